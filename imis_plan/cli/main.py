"""The command `imis-plan`. Only the arguments are read here; each command imports what it needs when it runs."""

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TextIO

from imis_plan.cli.argparse_language import argparse_language
from imis_plan.cli.arguments import ARGUMENTS
from imis_plan.cli.suggestions import parse_or_suggest
from imis_plan.cli.system_errors import system_error_text
from imis_plan.i18n.interface import (
    _,
    environment_language,
    in_interface_language,
    interface_language,
    set_interface_language,
)
from imis_plan.i18n.translate import set_language
from imis_plan.problems import BadInput
from imis_plan.scenario.localized_text import N_

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
CLOSED = N_("the standard output is closed: redirect it to a file, or to /dev/null")
# Commands that print sentences; those with a table for reading have `--format`.
SENTENCES = ("check",)
# Commands with a module `<name>_command`; the others are in `commands`. The function is always `<name>_command`.
SEPARATE = ("baseline", "check", "compare", "explore", "export", "new", "notebook", "report", "start", "workbook")
# Name of the command, what it does, an example.
COMMANDS = {
    "start": (
        N_("Begin without code: choose a country, answer questions and see its budget, in a form in the browser."),
        "imis-plan start",
    ),
    "list": (N_("List the scenarios."), "imis-plan list"),
    "check": (N_("Check scenarios and report every problem in them."), "imis-plan check nepal chad"),
    "init": (N_("Begin a project of your own: a folder for scenarios, notebooks and reports."), "imis-plan init plans"),
    "new": (
        N_("Write the scenario of a country: what is published about it, and questions to answer."),
        "imis-plan new kenya",
    ),
    "prices": (
        N_("Print observed prices, and what they give for a scenario."),
        "imis-plan prices handset --country zambia",
    ),
    "budget": (
        N_("Print a budget by component and year, or its whole ledger."),
        "imis-plan budget nepal --format csv",
    ),
    "staffing": (N_("Print the staff by role and year."), "imis-plan staffing nepal --set coverage.target=0.5"),
    "compare": (
        N_("Compare scenarios side by side; for two, explain why one costs more than the other."),
        "imis-plan compare tanzania nepal",
    ),
    "actuals": (
        N_("Compare a plan with actual expenditure: variance, correction factors, or a projection."),
        "imis-plan actuals nepal spending.csv",
    ),
    "baseline": (
        N_("Read facts from a running openIMIS; start a scenario from them, or compare a plan with them."),
        "imis-plan baseline https://HOST --user NAME --out mine",
    ),
    "explore": (
        N_("Explore what-ifs in a browser, in an app without code or in JupyterLab."),
        "imis-plan explore nepal",
    ),
    "notebook": (
        N_("Copy a report notebook, with chosen texts to rewrite in cells of their own."),
        "imis-plan notebook mine --scenario nepal --text cost.headline",
    ),
    "workbook": (
        N_("Export a scenario as a workbook that recalculates, or import a changed workbook as a scenario."),
        "imis-plan workbook nepal --out nepal.xlsx",
    ),
    "export": (
        N_("Write a budget as a form: a ministry's financing plan, a lender's cost tables, or a long table."),
        "imis-plan export nepal --layout mtef",
    ),
    "report": (N_("Render the reports of the named scenarios, or of all."), "imis-plan report nepal chad --jobs 2"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 something failed, 2 bad input, 130 Ctrl-C."""
    prepare_streams()
    return _guarded(lambda: _run(parse(arguments)))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments of a command line; from here on messages are in the language of the environment. Raises BadInput."""
    set_interface_language(environment_language())
    with argparse_language(interface_language()):
        return parse_or_suggest(*parsers(), sys.argv[1:] if arguments is None else arguments)


def prepare_streams() -> None:
    """Make output UTF-8 whatever the locale is, and fill in for a closed input or error stream.

    Otherwise the next file that is opened would get its number, and what is printed would go into that file.
    """
    for number, stream in ((0, sys.stdin), (2, sys.stderr)):
        if stream is None and os.open(os.devnull, os.O_RDWR) == number == 2:  # noqa: PLR2004  # the number of stderr
            sys.stderr = open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _run(options: argparse.Namespace) -> int:
    atexit.register(gc.freeze)  # the process ends anyway; a last garbage collection takes longer than `list`
    if sys.stdout is None:
        print(f"imis-plan: {_(CLOSED)}", file=sys.stderr)
        return FAILED
    if options.command in SENTENCES or getattr(options, "format", None) == "table":
        set_language(interface_language())
    function = f"{options.command}_command"
    module = import_module(f"imis_plan.cli.{function if options.command in SEPARATE else 'commands'}")
    command: Callable[[argparse.Namespace], int] = getattr(module, function)
    code = command(options)
    sys.stdout.flush()
    return code


def _guarded(action: Callable[[], int]) -> int:
    """Turn an error that ends a command into its exit code."""
    try:
        return action()
    except BadInput as error:
        print(error.text(in_interface_language), file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # the reader (`| head`) has closed the pipe; without this, Python would report it again at exit
        silence(sys.stdout)
        return DONE
    except KeyboardInterrupt:
        print(_("interrupted"), file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        print(f"imis-plan: {in_interface_language(system_error_text(error))}", file=sys.stderr)
        silence(sys.stdout)  # what is left in its buffer, as on a full disk, would be reported again at exit
        return FAILED


def silence(stream: TextIO) -> None:
    """Send what is still to be written to a stream to nowhere."""
    with suppress(OSError, ValueError):  # a stream of a test has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def example(line: str) -> str:
    """A line to type, as the end of a help text."""
    return _("example: {line}").format(line=line)


def parsers() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """The parser of the whole command line, and those of its commands by name."""
    from imis_plan import __version__

    top = argparse.ArgumentParser(
        prog="imis-plan",
        description=_("Sourced budgets and staffing plans for national health-insurance information systems."),
        epilog=example("imis-plan report nepal"),
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"imis-plan {__version__}",
        help=_("show program's version number and exit"),
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parsers = {}
    for name, (purpose, line) in COMMANDS.items():
        text = _(purpose)
        parsers[name] = command = commands.add_parser(name, help=text, description=text, epilog=example(line))
        if name != "init":
            command.add_argument(
                "--parameters", metavar="DIR", type=Path, help=_("folder of the parameter files (default: parameters/)")
            )
        ARGUMENTS[name](command)
    return top, parsers


if __name__ == "__main__":
    sys.exit(main())
