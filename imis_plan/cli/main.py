"""The command `imis-plan`. Only the arguments are read here; each command imports what it needs when it runs."""

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from imis_plan.cli.arguments import ARGUMENTS

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
# Commands with a module `<name>_command`; the others are in `commands`. The function is always `<name>_command`.
SEPARATE = ("baseline", "check", "compare", "new", "report", "workbook")
# Name of the command, what it does, an example.
COMMANDS = {
    "list": ("List the scenarios.", "imis-plan list"),
    "check": ("Check scenarios and report every problem in them.", "imis-plan check nepal chad"),
    "new": (
        "Write the scenario of a country: what is published about it, and questions to answer.",
        "imis-plan new kenya",
    ),
    "prices": (
        "Print observed prices, and what they give for a scenario.",
        "imis-plan prices handset --country zambia",
    ),
    "budget": (
        "Print a budget by component and year, or its whole ledger.",
        "imis-plan budget nepal --format csv",
    ),
    "staffing": ("Print the staff by role and year.", "imis-plan staffing nepal --set coverage.target=0.5"),
    "compare": (
        "Compare scenarios side by side; for two, explain why one costs more than the other.",
        "imis-plan compare tanzania nepal",
    ),
    "actuals": (
        "Compare a plan with actual expenditure: variance, correction factors, or a projection.",
        "imis-plan actuals nepal docs/examples/actuals_nepal.yaml",
    ),
    "baseline": (
        "Read facts from a running openIMIS; start a scenario from them, or compare a plan with them.",
        "imis-plan baseline https://HOST --user NAME --out mine",
    ),
    "explore": (
        "Explore what-ifs in a browser, in an app without code or in JupyterLab.",
        "imis-plan explore nepal",
    ),
    "workbook": (
        "Export a scenario as a workbook that recalculates, or import a changed workbook as a scenario.",
        "imis-plan workbook nepal --out nepal.xlsx",
    ),
    "report": ("Render the reports of the named scenarios, or of all.", "imis-plan report nepal chad --jobs 2"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 something failed, 2 bad input, 130 Ctrl-C."""
    options = parser().parse_args(arguments)
    atexit.register(gc.freeze)  # the process ends anyway; a last garbage collection takes longer than `list`
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")
    return _guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    function = f"{options.command}_command"
    module = import_module(f"imis_plan.cli.{function if options.command in SEPARATE else 'commands'}")
    command: Callable[[argparse.Namespace], int] = getattr(module, function)
    code = command(options)
    sys.stdout.flush()
    return code


def _guarded(action: Callable[[], int]) -> int:
    """Turn an error that ends a command into its exit code."""
    from imis_plan.problems import BadInput

    try:
        return action()
    except BadInput as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # the reader (`| head`) has closed the pipe; without this, Python would report it again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        print(f"imis-plan: {error}", file=sys.stderr)
        return FAILED


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    from imis_plan import __version__

    top = argparse.ArgumentParser(
        prog="imis-plan",
        description="Sourced budgets and staffing plans for national health-insurance information systems.",
        epilog="example: imis-plan report nepal",
    )
    top.add_argument("--version", action="version", version=f"imis-plan {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (text, example) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text, epilog=f"example: {example}")
        command.add_argument(
            "--parameters", metavar="DIR", type=Path, help="folder of the parameter files (default: parameters/)"
        )
        ARGUMENTS[name](command)
    return top


if __name__ == "__main__":
    sys.exit(main())
