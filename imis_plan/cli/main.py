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
# Name of the command, what it does, an example. The function is `<name>_` in imis_plan.cli.commands.
COMMANDS = {
    "list": ("List the scenarios.", "imis-plan list"),
    "check": ("Check scenarios and name every fault in them.", "imis-plan check nepal chad"),
    "new": ("Write a starting scenario to fill in.", "imis-plan new ghana --like cameroon"),
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
        "Set scenarios side by side; of two, say why one is dearer than the other.",
        "imis-plan compare tanzania nepal",
    ),
    "actuals": (
        "Hold a plan against what was spent: variance, factors, or the plan with them.",
        "imis-plan actuals nepal docs/examples/actuals_nepal.yaml",
    ),
    "baseline": (
        "Read what a running openIMIS holds; start a scenario from it, or hold a plan against it.",
        "imis-plan baseline https://HOST --user NAME --out mine",
    ),
    "explore": (
        "Ask what if: open the explorer in a browser, as an app without code or in JupyterLab.",
        "imis-plan explore nepal",
    ),
    "workbook": (
        "Write a scenario as a workbook that recalculates, or bring a changed workbook back as a scenario.",
        "imis-plan workbook nepal --out nepal.xlsx",
    ),
    "report": ("Render the reports of the named scenarios, or of all.", "imis-plan report nepal chad --jobs 2"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 something failed, 2 bad input, 130 Ctrl-C."""
    options = parser().parse_args(arguments)
    atexit.register(gc.freeze)  # what is left at the end goes with the process; to look through it all takes longer than to list
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")
    return _guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    command: Callable[[argparse.Namespace], int] = getattr(import_module("imis_plan.cli.commands"), f"{options.command}_")
    code = command(options)
    sys.stdout.flush()
    return code


def _guarded(action: Callable[[], int]) -> int:
    """Turn what ends a command early into its exit code."""
    from imis_plan.problems import BadInput

    try:
        return action()
    except BadInput as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # the reader (`| head`) has seen enough; Python would complain once more at exit
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
