"""The command `imis-plan export`: a budget as a form that a ministry or a lender copies into its own template."""

import argparse
from pathlib import Path
from typing import Any

from imis_plan.cli import console, overrides
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.open_questions import error_of
from imis_plan.scenario.output_file import check_output, shown
from imis_plan.sentence import sentence

SUFFIX = {"mtef": ".xlsx", "costab": ".xlsx", "csv": ".csv"}


def export_command(options: argparse.Namespace) -> int:
    """Write the form of each scenario. All are calculated before the first is written; no file is overwritten."""
    from imis_plan.batch.publish import write_atomic

    names = list(dict.fromkeys(options.names))
    targets = destinations(options, names)
    problems = [problem for path in targets.values() for problem in output_problems(path, force=options.force)]
    contents: dict[Path, bytes] = {}
    for name, path in targets.items():
        try:
            contents[path] = content(argparse.Namespace(**vars(options) | {"name": name}))
        except BadInput as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise error_of(problems)
    for path, data in contents.items():
        write_atomic(path, data)
        console.line(str(path))
    return 0


def destinations(options: argparse.Namespace, names: list[str]) -> dict[str, Path]:
    """Scenario -> the file of its form. Raises BadInput where two scenarios would share a file."""
    out: Path | None = options.out
    usual = {name: f"{Path(name).stem}_{options.layout}{SUFFIX[options.layout]}" for name in names}
    if len(names) > 1 and out is not None and out.is_file():
        raise BadInput([Problem(shown(out), None, "", "a file, not a folder", "name a folder for the forms")])
    if len(names) > 1 and out is not None and out.suffix.lower() in SUFFIX.values() and not out.is_dir():
        what = sentence("the name of a file, for {number} forms", number=len(names))
        raise BadInput([Problem(shown(out), None, "", what, "name a folder for the forms")])
    if len(set(usual.values())) < len(names):
        raise BadInput([Problem("NAME", None, "", "two scenarios of the same name", "export them one by one", ", ".join(names))])
    if len(names) == 1 and out is not None and not out.is_dir():
        if out.suffix.lower() != SUFFIX[options.layout]:
            remedy = sentence("end it in {suffix}", suffix=SUFFIX[options.layout])
            raise BadInput(
                [Problem(shown(out), None, "", sentence("no name of a file of layout {layout}", layout=options.layout), remedy)]
            )
        return {names[0]: out}
    return {name: (out or Path()) / file for name, file in usual.items()}


def output_problems(path: Path, *, force: bool) -> tuple[Problem, ...]:
    """Why a file cannot be written, if it cannot."""
    try:
        check_output(path, force=force)
    except BadInput as error:
        return error.problems
    return ()


def content(options: argparse.Namespace) -> bytes:
    """The form of a scenario, in its language or the one that was asked for."""
    from imis_plan.analysis.export import csv_file
    from imis_plan.analysis.financing_plan import long_table
    from imis_plan.i18n import translate
    from imis_plan.i18n.localized_ledger import localize_long_table
    from imis_plan.model.ledger import budget
    from imis_plan.model.year_labels import with_fiscal_year
    from imis_plan.workbook.exports.costab import costab
    from imis_plan.workbook.exports.mtef import mtef

    if options.year is not None and options.layout != "mtef":
        remedy = sentence("leave it out, or use layout mtef")
        raise BadInput(
            [Problem("--year", None, "", sentence("layout {layout} has all years", layout=options.layout), remedy, options.year)]
        )
    plan = overrides.load_plan(options)
    year = budget_year(plan, options.year)
    with translate.using_language(options.language or translate.available_language(plan.about.language)):
        ledger = budget(plan)
        if options.layout == "csv":
            return csv_file(localize_long_table(with_fiscal_year(plan, long_table(plan, ledger))))
        return (mtef if options.layout == "mtef" else costab)(plan, ledger, year)


def budget_year(plan: Any, given: int | None) -> int:
    """The budget year. Raises BadInput for one that the plan does not have."""
    first, horizon = int(plan["time.base_year"]), int(plan["time.horizon"])
    if given is None or first <= given < first + horizon:
        return given or first
    raise BadInput(
        [
            Problem(
                "--year",
                None,
                "",
                sentence("not a year of {name}", name=plan.name),
                sentence("give {first} to {last}", first=first, last=first + horizon - 1),
                given,
            )
        ]
    )
