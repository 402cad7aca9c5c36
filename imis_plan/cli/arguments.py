"""The arguments of each command."""

import argparse
from pathlib import Path

from imis_plan.cli import argument_types
from imis_plan.cli.report_arguments import add_report
from imis_plan.cli.shared_arguments import FORMATS, add_draft, add_ignored_columns, add_overrides, add_simulate, add_table
from imis_plan.i18n.interface import _

LAYOUTS = ("mtef", "costab", "csv")


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", nargs="*", metavar="NAME", help=_("scenarios (default: all)"))
    command.add_argument("--draft", action="store_true", help=_("accept open questions: list them, and exit with 0"))


def _prices(command: argparse.ArgumentParser) -> None:
    command.add_argument("item", nargs="?", metavar="ITEM", help=_("an item of observation_items.csv (default: all)"))
    command.add_argument("--country", metavar="NAME", help=_("a scenario, whose money prices are converted to, or a country"))
    add_table(command)


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "name", metavar="NAME", help=_("name of the new scenario, best that of its country: letters from a to z, digits, - and _")
    )
    command.add_argument(
        "--country",
        metavar="COUNTRY",
        help=_("its country: a name in English or French, a code such as KEN, or none (default: what NAME says)"),
    )
    command.add_argument(
        "--like", metavar="SCENARIO", help=_("copy roles, options and policy choices of this scenario, no facts")
    )
    command.add_argument("--ask", action="store_true", help=_("ask the open questions here; also of a scenario that exists"))
    command.add_argument(
        "--by", choices=("region",), help=_("write a table with a row for each first-level area, for report --scenarios")
    )


def _init(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", metavar="FOLDER", type=argument_types.path, help=_("the folder of the project; . for this one")
    )


def _figures(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help=_("the scenario"))
    add_overrides(command)
    add_table(command)


def _compare(command: argparse.ArgumentParser) -> None:
    command.add_argument("first", metavar="A", help=_("a scenario"))
    command.add_argument("others", metavar="B", nargs="+", help=_("the scenarios to compare it with"))
    add_simulate(command)
    command.add_argument(
        "--language",
        metavar="CODE",
        help=_("language of the explanation, for example fr (default: that of the command line; of csv and json: English)"),
    )
    add_draft(command)
    add_table(command)


def _actuals(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help=_("the scenario"))
    command.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        nargs="?",
        help=_(
            "actual expenditure as YAML, CSV, .xlsx or .xlsx#SHEET "
            "(default: actuals/NAME.yaml, .csv or .xlsx in the folder of parameters)"
        ),
    )
    command.add_argument(
        "--projection",
        action="store_true",
        help=_("print the projection, which is the plan with actuals and correction factors, instead of the variance"),
    )
    add_ignored_columns(command)
    add_overrides(command)
    add_table(command)


def _baseline(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "address",
        metavar="ADDRESS",
        help=_("https://HOST of the system, postgresql://HOST/NAME of its database, or a file of facts from an earlier run"),
    )
    command.add_argument(
        "--user", metavar="NAME", help=_("account or database role; the command asks for its password, or see --password-file")
    )
    command.add_argument(
        "--password-file",
        metavar="FILE",
        type=Path,
        help=_("file with the password (default: IMIS_PLAN_PASSWORD, else the command asks for it)"),
    )
    command.add_argument(
        "--year", metavar="YEAR", type=argument_types.count, help=_("year of claims and renewals (default: last calendar year)")
    )
    command.add_argument(
        "--day",
        metavar="DATE",
        type=argument_types.day,
        help=_("date on which policies count as active, for example 2026-11-30 (default: today)"),
    )
    command.add_argument("--like", metavar="SCENARIO", help=_("take prices, exchange rates and targets from this scenario"))
    command.add_argument(
        "--set", metavar="PATH=VALUE", action="append", default=[], help=_("set a parameter of the new scenario; can be repeated")
    )
    command.add_argument("--force", action="store_true", help=_("overwrite an existing scenario"))
    command.add_argument(
        "--compare", metavar="SCENARIO", help=_("compare this plan with the facts, and save them for its report")
    )
    command.add_argument("--ca-file", metavar="FILE", type=Path, help=_("certificates to trust instead of those of the system"))
    command.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=argument_types.count,
        default=60,
        help=_("time limit for each response (default: 60)"),
    )
    command.add_argument("--unencrypted", action="store_true", help=_("allow an unencrypted connection to another machine"))
    command.add_argument("--format", choices=FORMATS, default="table", help=_("table for reading; csv and json for programs"))
    command.add_argument(
        "--out", metavar="NAME", type=argument_types.name, help=_("write the scenario NAME to the folder of parameters")
    )


def _explore(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help=_("the scenario to begin with (default: that of the notebook)"))
    command.add_argument("--lab", action="store_true", help=_("open JupyterLab at the notebook instead of the app"))
    command.add_argument("--notebook", metavar="FILE", type=Path, help=_("use this notebook (default: notebooks/explore.ipynb)"))
    add_draft(command)
    command.add_argument("--no-browser", action="store_true", help=_("print the address without opening a browser"))


def _start(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "name", nargs="?", metavar="NAME", help=_("a plan of your own to open again, or a country to search for")
    )
    command.add_argument(
        "--lab", action="store_true", help=_("open the guided notebook in JupyterLab instead, as a copy of your own")
    )
    command.add_argument("--no-browser", action="store_true", help=_("print the address without opening a browser"))


def _notebook(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "copy",
        metavar="NAME",
        type=argument_types.name,
        help=_("name of the copy, in notebooks/ of your project or of the current folder"),
    )
    command.add_argument(
        "--from",
        dest="source",
        metavar="NOTEBOOK",
        default="country_budget",
        help=_("name or file of the notebook to copy (default: country_budget)"),
    )
    command.add_argument(
        "--scenario", metavar="NAME", default="nepal", help=_("take the words of this scenario (default: nepal)")
    )
    command.add_argument(
        "--text",
        metavar="NAME",
        action="append",
        default=[],
        help=_("a text to edit, for example cost.headline; can be repeated (default: those of the main chapters)"),
    )
    add_draft(command)
    command.add_argument("--language", metavar="CODE", help=_("language of the copy (default: that of the scenario)"))
    command.add_argument("--force", action="store_true", help=_("overwrite an existing notebook"))


def _workbook(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help=_("the scenario"))
    add_overrides(command)
    command.add_argument(
        "--import",
        dest="source",
        metavar="FILE",
        type=Path,
        help=_("a changed workbook: write its differences as a scenario (YAML)"),
    )
    command.add_argument(
        "--out",
        metavar="FILE",
        type=argument_types.path,
        help=_("file to write (default: NAME.xlsx; with --import NAME_changed.yaml in the folder of parameters)"),
    )
    command.add_argument("--force", action="store_true", help=_("overwrite an existing file"))


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", nargs="+", metavar="NAME", help=_("scenarios"))
    command.add_argument(
        "--layout",
        choices=LAYOUTS,
        required=True,
        help=_(
            "mtef: financing plan by economic code, funder and year (.xlsx); costab: cost tables of lenders (.xlsx); "
            "csv: the ledger by payer, with codes and taxes"
        ),
    )
    command.add_argument(
        "--year", metavar="YEAR", type=argument_types.count, help=_("budget year of mtef (default: first year of the plan)")
    )
    add_overrides(command)
    command.add_argument(
        "--out",
        "--output",
        metavar="PATH",
        type=argument_types.path,
        help=_("file to write, or folder for several scenarios (default: NAME_LAYOUT.xlsx or .csv here)"),
    )
    command.add_argument("--force", action="store_true", help=_("overwrite existing files"))


# Name of the command -> function that adds its arguments to a parser.
ARGUMENTS = {
    "start": _start,
    "list": add_table,
    "check": _check,
    "init": _init,
    "new": _new,
    "prices": _prices,
    "budget": _figures,
    "staffing": _figures,
    "compare": _compare,
    "actuals": _actuals,
    "baseline": _baseline,
    "explore": _explore,
    "notebook": _notebook,
    "workbook": _workbook,
    "export": _export,
    "report": add_report,
}
