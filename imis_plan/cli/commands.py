"""The short commands of `imis-plan`: what each does with its arguments, and the exit code it ends with.

The longer ones have modules of their own, such as `report_command`.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imis_plan.cli import console, overrides
from imis_plan.cli.table_names import component_names, line_names, role_names
from imis_plan.i18n.sentences import localized_sentence
from imis_plan.i18n.translate import _, localize_digits, localized, plural
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import available_scenarios, find_parameters
from imis_plan.scenario.open_questions import counted, faults_in, questions_in
from imis_plan.scenario.plan import load_unanswered
from imis_plan.scenario.scenario_name import printable
from imis_plan.sentence import sentence

if TYPE_CHECKING:
    import pandas as pd


def list_command(options: argparse.Namespace) -> int:
    """Print name, country, years and options of every scenario."""
    folder = find_parameters(options.parameters)
    rows = [_scenario_row(name, folder) for name in available_scenarios(folder)]
    console.print_rows(rows, options.format, options.out, force=options.force)
    return 0


def _scenario_row(name: str, folder: Path) -> dict[str, Any]:
    try:
        plan = load_unanswered(name, parameters=folder)
    except BadInput as error:
        return {
            "scenario": printable(name),
            "country": "",
            "title": problem_count(len(faults_in(error.problems)), printable(name)) + open_count(questions_in(error.problems)),
            "options": "",
        }
    about = plan.about
    return {
        "scenario": name,
        "country": localized(about.country),
        "title": localized(about.title) + open_count(plan.open_questions),
        "options": " ".join(plan.options),
    }


def problem_count(count: int, name: str) -> str:
    """How many problems a scenario has, and the command that lists them."""
    text = plural("{count} problem: imis-plan check {name}", "{count} problems: imis-plan check {name}", count)
    return text.format(count=count, name=name)


def open_count(asked: Sequence[Problem]) -> str:
    """How many questions are open, in brackets; empty if there are none."""
    return f" ({localized_sentence(counted(len(asked)))})" if asked else ""


def prices_command(options: argparse.Namespace) -> int:
    """Print observed prices."""
    from imis_plan.cli.prices_command import print_prices

    return print_prices(options)


def init_command(options: argparse.Namespace) -> int:
    """Make a project: a folder of one's own for scenarios, notebooks and reports."""
    from imis_plan.scenario.own_folder import create_project

    create_project(options.folder)
    console.line(str(options.folder))
    console.message(sentence("next: cd {folder}, then imis-plan new NAME; README.md there says more", folder=options.folder))
    return 0


def budget_command(options: argparse.Namespace) -> int:
    """Print a budget: a table by component and year for people, the whole ledger for machines."""
    from imis_plan.analysis.summary import by_component
    from imis_plan.i18n.localized_ledger import localize_ledger
    from imis_plan.model import ledger
    from imis_plan.model.year_labels import with_fiscal_year, with_year_labels
    from imis_plan.sections import draft

    plan = overrides.load_plan(options)
    table = ledger.budget(plan)
    if options.format != "table":
        return _write_table(with_fiscal_year(plan, localize_ledger(table)), options)
    title = table_title(plan)
    if plan.open_questions:
        title = "\n".join([_("{title}, draft").format(title=title), draft.notice(plan)])
    text = console.frame_text(with_year_labels(plan, by_component(table).rename(index=component_names())))
    parts = [f"{title}\n{text}", support_note(plan, table), *contingency_note(plan)]
    console.emit("\n".join(parts), options.out, force=options.force)
    return 0


def table_title(plan: Any) -> str:
    """What the amounts of a table are."""
    return _("{scenario}: nominal {currency}").format(scenario=plan.name, currency=plan.about.currency)


def support_note(plan: Any, table: "pd.DataFrame") -> str:
    """The total with project support, which stands beside the budget and is no part of it."""
    from imis_plan.analysis.project_support import with_support
    from imis_plan.analysis.summary import TOTAL

    amount = float(with_support(plan, table).loc[TOTAL, TOTAL])
    text = _("with project support (a partner's staff and office, indirect cost): {amount}")
    return text.format(amount=localize_digits(f"{amount:,.0f}"))


def contingency_note(plan: Any) -> list[str]:
    """That the simulated contingency is that of another plan, and how to renew it; nothing where it is the plan's own."""
    from imis_plan.model.contingency import keeps_factors, simulated_name
    from imis_plan.model.contingency_factors import contingency_factors

    if not keeps_factors(plan):
        return []
    name = simulated_name(contingency_factors(plan))
    text = _("contingency: shares of the base cost as simulated for {name} without changes; --simulate renews them")
    return [text.format(name=name)]


def staffing_command(options: argparse.Namespace) -> int:
    """Print the staff by role and year."""
    from imis_plan.analysis.posts import staffing
    from imis_plan.model.year_labels import with_fiscal_year

    plan = overrides.load_plan(options)
    table = with_fiscal_year(plan, staffing(plan))
    if options.format != "table":
        return _write_table(table, options)
    console.emit(console.staff_text(table.assign(year=table["fiscal_year"]), role_names(plan)), options.out, force=options.force)
    return 0


def actuals_command(options: argparse.Namespace) -> int:
    """Print the variance of a plan with correction factors, or the projection: the plan with actuals and these factors."""
    from imis_plan.analysis import variance
    from imis_plan.model import ledger
    from imis_plan.model.year_labels import with_year_labels, year_label

    plan = overrides.load_plan(options)
    table = ledger.budget(plan)
    actuals = variance.actuals_of(plan, table, options.file, options.ignore_columns)
    if actuals is None:
        place = f"{plan.folder.name}/actuals/{plan.name}.yaml"
        raise BadInput([Problem(place, None, "", "no such file", "write one, or name a file: imis-plan actuals NAME FILE")])
    if actuals.codes:
        return print_execution(plan, table, actuals, options)
    compared = variance.variance(plan, table, actuals)
    projected = variance.projection(table, compared)
    if options.format != "table":
        return _write_table(projected if options.projection else compared, options)
    shown = compared.assign(year=[year_label(plan, year) for year in compared["year"]]).set_index(variance.ITEM)
    frames = [with_year_labels(plan, variance.by_year(projected))] if options.projection else [shown, variance.factors(compared)]
    named = [frame.rename(index={**line_names(table), **component_names()}) for frame in frames]
    title = f"{table_title(plan)}, {actuals.file}"
    console.emit("\n\n".join([title, *map(console.frame_text, named)]), options.out, force=options.force)
    return 0


def print_execution(plan: Any, ledger: "pd.DataFrame", actuals: Any, options: argparse.Namespace) -> int:
    """Print what was planned and spent by economic code, and the shares executed."""
    from imis_plan.analysis import execution

    if options.projection:
        right = sentence("give actuals by component: a projection multiplies budget lines, and a code has many")
        raise BadInput([Problem(actuals.file, None, "--projection", "actuals by economic code", right)])
    table = execution.execution(plan, ledger, actuals)
    if options.format != "table":
        return _write_table(table, options)
    shown = table.astype({"year": str}).drop(columns=["scheme", "year_plan"]).set_index("code")
    note = _("quarter 0 is the whole year; to_date is a share of the year")
    title = f"{table_title(plan)}, {actuals.file}; {note}"
    sums = execution.by_period(table).reset_index().astype({"year": str}).set_index("year")
    console.emit("\n\n".join([title, *map(console.frame_text, (shown, sums))]), options.out, force=options.force)
    return 0


def _write_table(table: "pd.DataFrame", options: argparse.Namespace) -> int:
    from imis_plan.analysis.export import csv_text, json_text

    console.emit((csv_text if options.format == "csv" else json_text)(table), options.out, force=options.force)
    return 0
