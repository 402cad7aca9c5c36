"""The arguments of each command."""

import argparse
from pathlib import Path

from imis_plan.cli import argument_types

FORMATS = ("table", "csv", "json")


def _variant(command: argparse.ArgumentParser) -> None:
    command.add_argument("--set", metavar="PATH=VALUE", action="append", default=[], help="change a parameter; may be repeated")
    command.add_argument("--option", metavar="NAME", help="an option of the scenario")
    command.add_argument(
        "--percentile",
        metavar="P",
        type=argument_types.percentile,
        help="contingency up to this percentile of the simulated cost, as in 80",
    )
    command.add_argument("--language", metavar="CODE", help="language, as in fr (default: the scenario's own; tables: English)")


def _table(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=FORMATS, default="table", help="table for people; csv and json for machines")
    command.add_argument("--out", metavar="FILE", type=Path, help="write to this file instead of the terminal")


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", nargs="*", metavar="NAME", help="scenarios (default: all)")


def _prices(command: argparse.ArgumentParser) -> None:
    command.add_argument("item", nargs="?", metavar="ITEM", help="an item of observation_items.csv (default: all)")
    command.add_argument("--country", metavar="NAME", help="a scenario, whose money prices are converted to, or a country")
    _table(command)


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
        "--year", metavar="YEAR", type=argument_types.count, help="year of claims and renewals (default: the last that is over)"
    )
    command.add_argument(
        "--day",
        metavar="DATE",
        type=argument_types.day,
        help="day on which policies count as in force, as in 2026-11-30 (default: today)",
    )
    command.add_argument("--like", metavar="SCENARIO", help="take prices, money and targets from this scenario")
    command.add_argument(
        "--set", metavar="PATH=VALUE", action="append", default=[], help="give a parameter of the new scenario; may be repeated"
    )
    command.add_argument("--force", action="store_true", help="overwrite the scenario if it is there")
    command.add_argument("--compare", metavar="SCENARIO", help="hold this plan against what was read, and keep it for its report")
    command.add_argument("--ca-file", metavar="FILE", type=Path, help="certificates to trust in place of the system's")
    command.add_argument(
        "--timeout", metavar="SECONDS", type=argument_types.count, default=60, help="longest wait for one answer (default: 60)"
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
    command.add_argument(
        "--shard", metavar="I/N", type=argument_types.shard, help="only every N-th report, from the I-th on, as in 2/8"
    )


def _pages(command: argparse.ArgumentParser) -> None:
    """Arguments that say in which forms a report comes."""
    command.add_argument(
        "--formats",
        metavar="LIST",
        type=argument_types.formats,
        default=("html",),
        help="html, or html,pdf: each page printed, too (needs Chromium); the page itself is always made",
    )
    command.add_argument("--brief", action="store_true", help="also a briefing for the cabinet, two pages")
    command.add_argument(
        "--no-workbook",
        dest="workbook",
        action="store_false",
        help="leave budget.xlsx out, which takes longer than all else of a short report",
    )


def _running(command: argparse.ArgumentParser) -> None:
    """Arguments that say how they are made."""
    command.add_argument("--jobs", metavar="N", type=argument_types.count, help="reports made at a time (default: one per core)")
    command.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=argument_types.count,
        help="for how long a notebook, and what stands beside its report, may run (default: 900)",
    )
    command.add_argument(
        "--kernel",
        choices=("fork", "standard"),
        default="fork",
        help="how kernels start (default: forked from a warm process)",
    )
    command.add_argument("--scheduler", metavar="ADDRESS", help="make them on a Dask cluster, as in tcp://host:8786")
    command.add_argument("--junit", metavar="FILE", type=Path, help="write the results as JUnit XML, too")


# Name of the command -> what gives its parser the arguments.
ARGUMENTS = {
    "list": _table,
    "check": _check,
    "new": _new,
    "prices": _prices,
    "budget": _figures,
    "staffing": _figures,
    "compare": _compare,
    "actuals": _actuals,
    "baseline": _baseline,
    "explore": _explore,
    "workbook": _workbook,
    "report": _report,
}
