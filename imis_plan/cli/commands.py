"""What each command of `imis-plan` does with its arguments, and the exit code it ends with."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import imis_plan
from imis_plan.cli import console
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import find_parameters, scenarios
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.price_library import price_library

if TYPE_CHECKING:
    import pandas as pd


def compare_(options: argparse.Namespace) -> int:
    """Set scenarios side by side."""
    from imis_plan.cli import compare_command

    return compare_command.compare_(options)


def baseline_(options: argparse.Namespace) -> int:
    """Read what a running openIMIS holds."""
    from imis_plan.cli import baseline_command

    return baseline_command.baseline_(options)


def workbook_(options: argparse.Namespace) -> int:
    """Write a workbook, or bring one back."""
    from imis_plan.cli import workbook_command

    return workbook_command.workbook_(options)


def list_(options: argparse.Namespace) -> int:
    """Print name, country, years and options of every scenario."""
    folder = find_parameters(options.parameters)
    rows = [_about(name, folder) for name in scenarios(folder)]
    console.rows(rows, options.format, options.out)
    return 0


def _about(name: str, folder: Path) -> dict[str, Any]:
    try:
        plan = imis_plan.load(name, parameters=folder)
    except BadInput as error:
        return {
            "scenario": name,
            "country": "",
            "title": f"{len(error.problems)} faults: imis-plan check {name}",
            "options": "",
        }
    about = plan.about
    return {
        "scenario": name,
        "country": in_language(about.country, "en"),
        "title": in_language(about.title, "en"),
        "options": " ".join(plan.options),
    }


def check_(options: argparse.Namespace) -> int:
    """Check scenarios and observed prices and say how much is assumed; all problems are reported together."""
    folder = find_parameters(options.parameters)
    names = options.names or scenarios(folder)
    library = price_library(folder)
    bad: list[Problem] = library.errors
    warn(library.warnings(folder))
    for name in names:
        try:
            plan = imis_plan.load(name, parameters=folder)
        except BadInput as error:
            bad += error.problems
        else:
            _say_good(name, plan)
            warn(plan.warnings)
    if bad:
        raise BadInput(bad)
    return 0


def warn(problems: Iterable[Problem]) -> None:
    """Print warnings, which are no data."""
    for problem in problems:
        console.message(f"warning: {problem}")


def _say_good(name: str, plan: Any) -> None:
    grades = [parameter.confidence for parameter in plan.parameters.values()]
    console.line(f"{name}: good, {len(grades)} parameters, {grades.count('assumed')} of them assumed")


def prices_(options: argparse.Namespace) -> int:
    """Print observed prices."""
    from imis_plan.cli import prices_command

    return prices_command.prices_(options)


def new_(options: argparse.Namespace) -> int:
    """Write a starting scenario; a file that is there is never overwritten."""
    from imis_plan.scenario import new_scenario

    path = new_scenario.write(options.name, Path(find_parameters(options.parameters)), options.like)
    console.line(str(path))
    console.message(f"fill it in, then: imis-plan check {options.name}")
    return 0


def budget_(options: argparse.Namespace) -> int:
    """Print a budget: a table by component and year for people, the whole ledger for machines."""
    from imis_plan.analysis.summary import by_component
    from imis_plan.i18n.localized_ledger import localize
    from imis_plan.model import ledger

    plan = plan_of(options)
    table = ledger.budget(plan)
    if options.format != "table":
        return _machine(localize(table), options)
    title = f"{plan.name}: nominal {plan.about.currency}"
    console.emit(f"{title}\n{console.frame_text(by_component(table))}", options.out)
    return 0


def staffing_(options: argparse.Namespace) -> int:
    """Print the staff by role and year."""
    from imis_plan.analysis.summary import staffing

    table = staffing(plan_of(options))
    if options.format != "table":
        return _machine(table, options)
    console.emit(console.staff_text(table), options.out)
    return 0


def actuals_(options: argparse.Namespace) -> int:
    """Print plan against actuals with the factors that would have been right, or the plan with them."""
    from imis_plan.analysis import variance
    from imis_plan.model import ledger

    plan = plan_of(options)
    table = ledger.budget(plan)
    actuals = variance.actuals_of(plan, table, options.file)
    if actuals is None:
        place = f"{plan.folder.name}/actuals/{plan.name}.yaml"
        raise BadInput([Problem(place, None, "", "no such file", "write one, or name a file: imis-plan actuals NAME FILE")])
    compared = variance.variance(plan, table, actuals)
    projected = variance.projection(table, compared)
    if options.format != "table":
        return _machine(projected if options.projection else compared, options)
    shown = compared.astype({"year": str}).set_index(variance.ITEM)
    frames = [variance.by_year(projected)] if options.projection else [shown, variance.factors(compared)]
    title = f"{plan.name}: nominal {plan.about.currency}, {actuals.file}"
    console.emit("\n\n".join([title, *map(console.frame_text, frames)]), options.out)
    return 0


def explore_(options: argparse.Namespace) -> int:
    """Serve the explorer until Ctrl-C; problems of the scenario are named before anything is started."""
    from imis_plan.explore import server as serve

    folder = find_parameters(options.parameters)
    if options.name:
        imis_plan.load(options.name, parameters=folder)
    server = serve.prepared("lab" if options.lab else "app", folder, options.name, options.notebook)
    return 0 if serve.serve(server, browser=not options.no_browser, say=console.line) else 1


def report_(options: argparse.Namespace) -> int:
    """Render reports."""
    from imis_plan.cli import report_command

    return report_command.report_(options)


def plan_of(options: argparse.Namespace) -> Any:
    """The plan that a command line asks for, in its language."""
    from imis_plan.i18n import translate

    if options.language:
        translate.set_language(options.language)
    return imis_plan.load(options.name, option=options.option, parameters=options.parameters, changes=changes(options))


def changes(options: argparse.Namespace) -> dict[str, Any]:
    """What-ifs of a command line as path -> value: `--set path=value`, read as YAML would read it, and `--percentile`.

    Raises BadInput naming every text that is not of this form.
    """
    said = console.settings(options.set)
    if options.percentile is None:
        return said
    return {"contingency.method": "percentile", "contingency.percentile": options.percentile, **said}


def _machine(table: "pd.DataFrame", options: argparse.Namespace) -> int:
    from imis_plan.analysis.export import csv_text, json_text

    console.emit((csv_text if options.format == "csv" else json_text)(table), options.out)
    return 0
