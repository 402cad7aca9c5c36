"""Arguments that several commands have."""

import argparse

from imis_plan.cli import argument_types
from imis_plan.i18n.interface import _

FORMATS = ("table", "csv", "json")


def add_draft(command: argparse.ArgumentParser) -> None:
    """Add the switch that lets typical values stand for open questions."""
    command.add_argument(
        "--draft", action="store_true", help=_("use typical values of comparable scenarios where questions are open")
    )


def add_overrides(command: argparse.ArgumentParser) -> None:
    """Add what changes a plan for one run, and the language."""
    add_draft(command)
    command.add_argument(
        "--set", metavar="PATH=VALUE", action="append", default=[], help=_("change a parameter; can be repeated")
    )
    command.add_argument("--option", metavar="NAME", help=_("an option of the scenario"))
    command.add_argument(
        "--percentile",
        metavar="P",
        type=argument_types.percentile,
        help=_("contingency up to this percentile of the simulated cost, for example 80"),
    )
    add_simulate(command)
    command.add_argument(
        "--language",
        metavar="CODE",
        help=_(
            "language, for example fr (default: that of the scenario; of tables: that of the command line; of csv and json: "
            "English)"
        ),
    )


def add_simulate(command: argparse.ArgumentParser) -> None:
    """Add the switch that simulates the contingency of a changed plan."""
    command.add_argument(
        "--simulate",
        action="store_true",
        help=_(
            "simulate the contingency of this plan with its changes (default: that of the scenario or option it departs from)"
        ),
    )


def add_table(command: argparse.ArgumentParser) -> None:
    """Add how and where a table is written."""
    command.add_argument("--format", choices=FORMATS, default="table", help=_("table for reading; csv and json for programs"))
    command.add_argument("--out", metavar="FILE", type=argument_types.path, help=_("write to this file instead of the terminal"))
    command.add_argument("--force", action="store_true", help=_("overwrite a file that is no earlier output of this command"))


def add_ignored_columns(command: argparse.ArgumentParser) -> None:
    """Add columns of the user's table that are left unread."""
    command.add_argument(
        "--ignore-columns",
        metavar="LIST",
        type=argument_types.columns,
        action="extend",
        default=[],
        help=_("columns of the table that are not for imis-plan, for example remarks,phone; can be repeated"),
    )
