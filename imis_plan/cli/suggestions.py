"""Suggestions for a command or an option that does not exist; argparse suggests names only since Python 3.14."""

import argparse
import re
from collections.abc import Mapping, Sequence

from imis_plan.i18n.interface import _, in_interface_language
from imis_plan.problems import closest_match, suggestion
from imis_plan.sentence import sentence

OPTION = re.compile(r"--[a-z][a-z-]*")


def parse_or_suggest(
    top: argparse.ArgumentParser, commands: Mapping[str, argparse.ArgumentParser], arguments: Sequence[str]
) -> argparse.Namespace:
    """The parsed arguments; what argparse does not know ends the process with exit code 2, its usage and the closest name.

    commands : name of each command -> its parser
    """
    if arguments and not arguments[0].startswith("-") and arguments[0] not in commands:
        hint = in_interface_language(suggestion(arguments[0], commands, limit=len(commands)))
        top.error(_("there is no command {name}; {hint}").format(name=repr(arguments[0]), hint=hint))
    options, unknown = top.parse_known_args(arguments)
    if unknown:
        command = commands[options.command]
        text = _("unrecognized arguments: %s") % " ".join(unknown)
        hint = option_hint(unknown, command.format_usage())
        command.error(_("{one}; {other}").format(one=text, other=hint) if hint else text)
    return options


def option_hint(unknown: Sequence[str], usage: str) -> str:
    """The options of a usage that were probably meant by unknown arguments; "" where none is like them."""
    known = OPTION.findall(usage)
    typed = [text.partition("=")[0] for text in unknown if text.startswith("-")]
    close = dict.fromkeys(match for name in typed if (match := closest_match(name, known)))
    return in_interface_language(sentence("did you mean {name}?", name=", ".join(close))) if close else ""
