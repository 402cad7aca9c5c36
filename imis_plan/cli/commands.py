"""The short commands of `imis-plan`: what each does with its arguments, and the exit code it ends with.

The longer ones have modules of their own, such as `report_command`.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import imis_plan
from imis_plan.cli import console, overrides
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import (
    available_scenarios,
    find_parameters,
    is_installed,
    locate_scenario,
    scenarios,
    writable_parameters,
)
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.scenario_name import printable

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
        plan = imis_plan.load(name, parameters=folder)
    except BadInput as error:
        return {
            "scenario": printable(name),
            "country": "",
            "title": f"{len(error.problems)} problems: imis-plan check {printable(name)}",
            "options": "",
        }
    about = plan.about
    return {
        "scenario": name,
        "country": in_language(about.country, "en"),
        "title": in_language(about.title, "en"),
        "options": " ".join(plan.options),
    }


def check_command(options: argparse.Namespace) -> int:
    """Check scenarios, observed prices and charts of accounts, and print how much is assumed; all problems come together."""
    # With numpy, which --help does not need.
    from imis_plan.scenario.plan import shared_problems
    from imis_plan.scenario.price_library import price_library

    folder = find_parameters(options.parameters)
    names = options.names or scenarios(folder)
    bad: list[Problem] = shared_problems(folder)
    warn(price_library(folder).warnings(folder))
    for name in names:
        try:
            plan, found = _evaluated(name, folder)
        except BadInput as error:
            bad += error.problems
        else:
            bad += [*found, *_benchmark_problems(plan)]
            warn(plan.warnings)
            if not found:
                _report_valid(name, plan)
    if bad:
        raise BadInput(bad)
    return 0


def _evaluated(name: Any, folder: Path) -> tuple[Any, list[Problem]]:
    """A scenario, and what the model lacks in it or in one of its options."""
    from imis_plan.scenario.plan import read_scenario, with_option

    plan, variants = read_scenario(*locate_scenario(name, folder), None)
    if "uncertainty.seed" not in plan.parameters:
        return plan, []  # a folder that declares only some of the model's parameters
    from imis_plan.model.plan_problems import problems_of

    return plan, problems_of([plan, *(with_option(plan, option, variants) for option in variants)])


def _benchmark_problems(plan: Any) -> tuple[Problem, ...]:
    """Problems of the folder's benchmarks, which a report compares the budget with."""
    from imis_plan.analysis.plausibility import benchmarks

    try:
        benchmarks(plan)
    except BadInput as error:
        return error.problems
    return ()


def warn(problems: Iterable[Problem]) -> None:
    """Print warnings, which are not data."""
    for problem in problems:
        console.message(f"warning: {problem}")


def _report_valid(name: str, plan: Any) -> None:
    from imis_plan.analysis import money_checks
    from imis_plan.analysis.sensitivity import outlier_message

    grades = [parameter.confidence for parameter in plan.parameters.values()]
    console.line(f"{name}: good, {len(grades)} parameters, {grades.count('assumed')} of them assumed")
    if message := outlier_message(plan):
        console.line(f"{name}: {message}")
    for message in money_checks.messages(plan):
        console.line(f"{name}: {message}")


def prices_command(options: argparse.Namespace) -> int:
    """Print observed prices."""
    from imis_plan.cli.prices_command import print_prices

    return print_prices(options)


def new_command(options: argparse.Namespace) -> int:
    """Write a starting scenario; an existing file is never overwritten."""
    from imis_plan.scenario import new_scenario

    path = new_scenario.write(options.name, writable_parameters(options.parameters), options.like)
    console.line(str(path))
    console.message(f"fill it in, then: imis-plan check {options.name}")
    return 0


def init_command(options: argparse.Namespace) -> int:
    """Make a project: a folder of one's own for scenarios, notebooks and reports."""
    from imis_plan.scenario.own_folder import create_project

    create_project(options.folder)
    console.line(str(options.folder))
    console.message(f"next: cd {options.folder}, then imis-plan new NAME; README.md there says more")
    return 0


def budget_command(options: argparse.Namespace) -> int:
    """Print a budget: a table by component and year for people, the whole ledger for machines."""
    from imis_plan.analysis.summary import by_component
    from imis_plan.i18n.localized_ledger import localize_ledger
    from imis_plan.model import ledger

    plan = overrides.load_plan(options)
    table = ledger.budget(plan)
    if options.format != "table":
        return _write_table(localize_ledger(table), options)
    title = f"{plan.name}: nominal {plan.about.currency}"
    parts = [f"{title}\n{console.frame_text(by_component(table))}", *contingency_note(plan)]
    console.emit("\n".join(parts), options.out, force=options.force)
    return 0


def contingency_note(plan: Any) -> list[str]:
    """That the simulated contingency is that of another plan, and how to renew it; nothing where it is the plan's own."""
    from imis_plan.model.contingency import keeps_factors, simulated_name
    from imis_plan.model.contingency_factors import contingency_factors

    if not keeps_factors(plan):
        return []
    name = simulated_name(contingency_factors(plan))
    return [f"contingency: shares of the base cost as simulated for {name} without changes; --simulate renews them"]


def staffing_command(options: argparse.Namespace) -> int:
    """Print the staff by role and year."""
    from imis_plan.analysis.summary import staffing

    table = staffing(overrides.load_plan(options))
    if options.format != "table":
        return _write_table(table, options)
    console.emit(console.staff_text(table), options.out, force=options.force)
    return 0


def actuals_command(options: argparse.Namespace) -> int:
    """Print the variance of a plan with correction factors, or the projection: the plan with actuals and these factors."""
    from imis_plan.analysis import variance
    from imis_plan.model import ledger

    plan = overrides.load_plan(options)
    table = ledger.budget(plan)
    actuals = variance.actuals_of(plan, table, options.file, options.ignore_columns)
    if actuals is None:
        place = f"{plan.folder.name}/actuals/{plan.name}.yaml"
        raise BadInput([Problem(place, None, "", "no such file", "write one, or name a file: imis-plan actuals NAME FILE")])
    compared = variance.variance(plan, table, actuals)
    projected = variance.projection(table, compared)
    if options.format != "table":
        return _write_table(projected if options.projection else compared, options)
    shown = compared.astype({"year": str}).set_index(variance.ITEM)
    frames = [variance.by_year(projected)] if options.projection else [shown, variance.factors(compared)]
    title = f"{plan.name}: nominal {plan.about.currency}, {actuals.file}"
    console.emit("\n\n".join([title, *map(console.frame_text, frames)]), options.out, force=options.force)
    return 0


def explore_command(options: argparse.Namespace) -> int:
    """Serve the explorer until Ctrl-C; problems of the scenario are reported before the server starts."""
    from imis_plan.explore import server as serve
    from imis_plan.model.evaluate import evaluate_plan
    from imis_plan.scenario.own_folder import begin_parameters

    folder = find_parameters(options.parameters)
    if options.name:
        evaluate_plan(imis_plan.load(options.name, parameters=folder))
    if is_installed(folder):  # what the explorer saves goes to a folder of the user's own
        try:
            folder = begin_parameters(writable_parameters())
            console.message(f"scenarios that you save go to {folder}")
        except OSError as error:
            console.message(f"scenarios cannot be saved here: {error}")
    server = serve.prepare("lab" if options.lab else "app", folder, options.name, options.notebook)
    return 0 if serve.serve(server, browser=not options.no_browser, show=console.line_now) else 1


def _write_table(table: "pd.DataFrame", options: argparse.Namespace) -> int:
    from imis_plan.analysis.export import csv_text, json_text

    console.emit((csv_text if options.format == "csv" else json_text)(table), options.out, force=options.force)
    return 0
