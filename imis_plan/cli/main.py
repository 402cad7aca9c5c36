"""The command `imis-plan`. Only the arguments are read here; each command imports what it needs when it runs."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
FORMATS = ("table", "csv", "json")
PAGES = ("html", "pdf")
# Name of the command, what it does, an example. The function is `<name>_` in imis_plan.cli.commands.
COMMANDS = {
    "list": ("List the scenarios.", "imis-plan list"),
    "check": ("Check scenarios and name every fault in them.", "imis-plan check nepal chad"),
    "new": ("Write a starting scenario to fill in.", "imis-plan new ghana --like cameroon"),
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
    from imis_plan.scenario.faults import BadInput

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


def _variant(command: argparse.ArgumentParser) -> None:
    command.add_argument("--set", metavar="PATH=VALUE", action="append", default=[], help="change a parameter; may be repeated")
    command.add_argument("--option", metavar="NAME", help="an option of the scenario")
    command.add_argument(
        "--percentile", metavar="P", type=_percentile, help="contingency up to this percentile of the simulated cost, as in 80"
    )
    command.add_argument("--language", metavar="CODE", help="language, as in fr (default: the scenario's own)")


def _table(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=FORMATS, default="table", help="table for people; csv and json for machines")
    command.add_argument("--out", metavar="FILE", type=Path, help="write to this file instead of the terminal")


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", nargs="*", metavar="NAME", help="scenarios (default: all)")


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="name of the new scenario: small letters, digits and _")
    command.add_argument("--like", metavar="SCENARIO", help="start from a copy of this scenario")


def _figures(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="the scenario")
    _variant(command)
    _table(command)


def _compare(command: argparse.ArgumentParser) -> None:
    command.add_argument("first", metavar="A", help="a scenario")
    command.add_argument("others", metavar="B", nargs="+", help="the scenarios to hold it against")
    command.add_argument("--language", metavar="CODE", help="language of the sentence, as in fr (default: English)")
    _table(command)


def _actuals(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="the scenario")
    command.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        nargs="?",
        help="YAML or CSV of what was spent (default: actuals/NAME.yaml or .csv of the parameters)",
    )
    command.add_argument(
        "--projection", action="store_true", help="the plan with what was spent and with its factors, in place of the variance"
    )
    _variant(command)
    _table(command)


def _baseline(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "address",
        metavar="ADDRESS",
        help="https://HOST of the system, postgresql://HOST/NAME of its database, or a file of facts read before",
    )
    command.add_argument(
        "--user", metavar="NAME", help="account or database role; its password is asked for, or see --password-file"
    )
    command.add_argument(
        "--password-file",
        metavar="FILE",
        type=Path,
        help="file with the password (else IMIS_PLAN_PASSWORD, else it is asked for)",
    )
    command.add_argument(
        "--year", metavar="YEAR", type=_count, help="year of claims and renewals (default: the last that is over)"
    )
    command.add_argument(
        "--day", metavar="DATE", type=_day, help="day on which policies count as in force, as in 2026-11-30 (default: today)"
    )
    command.add_argument("--like", metavar="SCENARIO", help="take prices, money and targets from this scenario")
    command.add_argument(
        "--set", metavar="PATH=VALUE", action="append", default=[], help="give a parameter of the new scenario; may be repeated"
    )
    command.add_argument("--force", action="store_true", help="overwrite the scenario if it is there")
    command.add_argument("--compare", metavar="SCENARIO", help="hold this plan against what was read, and keep it for its report")
    command.add_argument("--ca-file", metavar="FILE", type=Path, help="certificates to trust in place of the system's")
    command.add_argument(
        "--timeout", metavar="SECONDS", type=_count, default=60, help="longest wait for one answer (default: 60)"
    )
    command.add_argument(
        "--unencrypted", action="store_true", help="insist on a connection to another machine that anybody on the way can read"
    )
    command.add_argument("--format", choices=FORMATS, default="table", help="table for people; csv and json for machines")
    command.add_argument("--out", metavar="NAME", help="write the scenario NAME into the folder of parameters")


def _explore(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="the scenario to begin with (default: the notebook's own)")
    command.add_argument("--lab", action="store_true", help="open JupyterLab at the notebook instead of the app")
    command.add_argument("--notebook", metavar="FILE", type=Path, help="another notebook than notebooks/explore.ipynb")
    command.add_argument("--no-browser", action="store_true", help="print the address and open nothing")


def _workbook(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="the scenario")
    _variant(command)
    command.add_argument(
        "--import", dest="source", metavar="FILE", type=Path, help="a changed workbook: write what differs as a scenario (YAML)"
    )
    command.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="file to write (default: NAME.xlsx; with --import NAME_changed.yaml of the parameters)",
    )


def _report(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", nargs="*", metavar="NAME", help="scenarios (default: all)")
    _variant(command)
    command.add_argument(
        "--out", metavar="DIR", type=Path, default=Path("reports"), help="folder for the reports (default: reports/)"
    )
    command.add_argument("--notebook", metavar="FILE", type=Path, help="another notebook than notebooks/country_budget.ipynb")
    _many(command)
    _running(command)
    _pages(command)


def _many(command: argparse.ArgumentParser) -> None:
    """Arguments that say which reports are made."""
    command.add_argument(
        "--scenarios",
        metavar="FILE",
        type=Path,
        help="CSV with a row for each scenario over a base, or a folder of scenario files; NAME is then the base",
    )
    command.add_argument("--ledger-only", action="store_true", help="the tables without a report, for thousands of scenarios")
    command.add_argument("--force", action="store_true", help="make reports again though nothing has changed")
    command.add_argument("--dry-run", action="store_true", help="say what would be done and why, and do nothing")
    command.add_argument("--prune", action="store_true", help="remove reports whose scenario is gone")
    command.add_argument("--shard", metavar="I/N", type=_shard, help="only every N-th report, from the I-th on, as in 2/8")


def _pages(command: argparse.ArgumentParser) -> None:
    """Arguments that say in which forms a report comes."""
    command.add_argument(
        "--formats",
        metavar="LIST",
        type=_formats,
        default=("html",),
        help="html, or html,pdf: each page printed, too (needs Chromium); the page itself is always made",
    )
    command.add_argument("--brief", action="store_true", help="also a briefing for the cabinet, two pages")


def _running(command: argparse.ArgumentParser) -> None:
    """Arguments that say how they are made."""
    command.add_argument("--jobs", metavar="N", type=_count, help="reports made at a time (default: one per core)")
    command.add_argument("--timeout", metavar="SECONDS", type=_count, help="for how long one report may run (default: 900)")
    command.add_argument(
        "--kernel",
        choices=("fork", "standard"),
        default="fork",
        help="how kernels start (default: forked from a warm process)",
    )
    command.add_argument("--scheduler", metavar="ADDRESS", help="make them on a Dask cluster, as in tcp://host:8786")
    command.add_argument("--junit", metavar="FILE", type=Path, help="write the results as JUnit XML, too")


def _shard(text: str) -> tuple[int, int]:
    """Number of a shard, from 1, and how many there are."""
    first, _, count = text.partition("/")
    if not (first.isdecimal() and count.isdecimal() and 1 <= int(first) <= int(count)):
        raise argparse.ArgumentTypeError(f"{text} is not of the form I/N with I from 1 to N")
    return int(first), int(count)


def _formats(text: str) -> tuple[str, ...]:
    """Names of formats, separated by commas."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    if unknown := [name for name in names if name not in PAGES]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(PAGES)}")
    return names


def _percentile(text: str) -> float:
    """A percentile between 1 and 99, as a share."""
    if not text.isdecimal() or not 1 <= int(text) <= 99:  # noqa: PLR2004  # they say what they are
        raise argparse.ArgumentTypeError(f"{text} is not a percentile from 1 to 99")
    return int(text) / 100


def _day(text: str) -> date:
    """A date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date, as in 2026-11-30") from None


def _count(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1")
    return int(text)


ARGUMENTS = {
    "list": _table,
    "check": _check,
    "new": _new,
    "budget": _figures,
    "staffing": _figures,
    "compare": _compare,
    "actuals": _actuals,
    "baseline": _baseline,
    "explore": _explore,
    "workbook": _workbook,
    "report": _report,
}

if __name__ == "__main__":
    sys.exit(main())
