"""What the user probably meant by a command or an option that does not exist; argparse suggests names only since Python 3.14."""

import argparse
import re
from collections.abc import Mapping, Sequence

from imis_plan.i18n.interface import _
from imis_plan.problems import closest_match

OPTION = re.compile(r"--[a-z][a-z-]*")


def parse_or_suggest(
    top: argparse.ArgumentParser, commands: Mapping[str, argparse.ArgumentParser], arguments: Sequence[str]
) -> argparse.Namespace:
    """The parsed arguments; what argparse does not know ends the process with exit code 2, its usage and the closest name.

    commands : name of each command -> its parser
    """
    if arguments and not arguments[0].startswith("-") and arguments[0] not in commands:
        text = _("there is no command {name}, {hint}")
        top.error(text.format(name=repr(arguments[0]), hint=command_hint(arguments[0], commands)))
    options, unknown = top.parse_known_args(arguments)
    if unknown:
        command = commands[options.command]
        command.error(_("unrecognized arguments: %s") % " ".join(unknown) + option_hint(unknown, command.format_usage()))
    return options


def command_hint(name: str, commands: Mapping[str, argparse.ArgumentParser]) -> str:
    """The command that was probably meant, or all commands."""
    close = closest_match(name, commands)
    return _("did you mean {name}?").format(name=close) if close else _("choose from {names}").format(names=", ".join(commands))


def option_hint(unknown: Sequence[str], usage: str) -> str:
    """The options of a usage that were probably meant by unknown arguments, after a comma; "" where none is like them."""
    known = OPTION.findall(usage)
    typed = [text.partition("=")[0] for text in unknown if text.startswith("-")]
    close = dict.fromkeys(match for name in typed if (match := closest_match(name, known)))
    return ", " + _("did you mean {name}?").format(name=", ".join(close)) if close else ""
