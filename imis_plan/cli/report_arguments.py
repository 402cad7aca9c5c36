"""The arguments of the command `imis-plan report`, which has most of them."""

import argparse
from pathlib import Path

from imis_plan.cli import argument_types
from imis_plan.cli.shared_arguments import add_ignored_columns, add_overrides
from imis_plan.i18n.interface import _


def add_report(command: argparse.ArgumentParser) -> None:
    """Add which reports are made, how, and what files each consists of."""
    command.add_argument("names", nargs="*", metavar="NAME", help=_("scenarios (default: all)"))
    add_overrides(command)
    command.add_argument(
        "--out",
        metavar="DIR",
        type=argument_types.path,
        default=Path("reports"),
        help=_("folder for the reports (default: reports/)"),
    )
    command.add_argument(
        "--notebook", metavar="FILE", type=Path, help=_("use this notebook (default: notebooks/country_budget.ipynb)")
    )
    _selection(command)
    _execution(command)
    _output(command)


def _selection(command: argparse.ArgumentParser) -> None:
    """Arguments that select reports."""
    command.add_argument(
        "--scenarios",
        metavar="FILE",
        type=Path,
        help=_(
            "table (CSV, .xlsx or .xlsx#SHEET) with a row for each variant of a base, or a folder of scenario files; "
            "NAME is then the base"
        ),
    )
    add_ignored_columns(command)
    command.add_argument(
        "--ledger-only", action="store_true", help=_("only the tables, without reports, for thousands of scenarios")
    )
    command.add_argument("--force", action="store_true", help=_("create reports again even if nothing has changed"))
    command.add_argument("--dry-run", action="store_true", help=_("print what would be done and why, without doing it"))
    command.add_argument("--prune", action="store_true", help=_("remove reports whose scenario no longer exists"))
    command.add_argument(
        "--shard",
        metavar="I/N",
        type=argument_types.shard,
        help=_("only every N-th report, starting with the I-th, for example 2/8"),
    )


def _output(command: argparse.ArgumentParser) -> None:
    """Arguments for the files of a report."""
    command.add_argument(
        "--formats",
        metavar="LIST",
        type=argument_types.formats,
        default=("html",),
        help=_("html, or html,pdf to print each page as well (needs Chromium); HTML is always created"),
    )
    command.add_argument("--brief", action="store_true", help=_("also create a two-page cabinet briefing"))
    command.add_argument(
        "--annex",
        action="store_true",
        help=_("also create the annex (calculations, parameters, sources) by itself; a printed report leaves it out"),
    )
    command.add_argument(
        "--no-workbook",
        dest="workbook",
        action="store_false",
        help=_("leave out budget.xlsx, the slowest part of a short report"),
    )


def _execution(command: argparse.ArgumentParser) -> None:
    """Arguments for the execution of reports."""
    command.add_argument(
        "--jobs", metavar="N", type=argument_types.count, help=_("number of reports created in parallel (default: one per core)")
    )
    command.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=argument_types.count,
        help=_("time limit for a notebook, and for the tables and workbook of its report (default: 900)"),
    )
    command.add_argument(
        "--kernel",
        choices=("fork", "standard"),
        default="fork",
        help=_("how kernels start (default: forked from a process with all modules imported)"),
    )
    command.add_argument(
        "--scheduler", metavar="ADDRESS", help=_("create reports on a Dask cluster, for example tcp://host:8786")
    )
    command.add_argument("--junit", metavar="FILE", type=argument_types.path, help=_("also write the results as JUnit XML"))
