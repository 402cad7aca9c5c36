"""The command `imis-plan workbook`: a plan as a workbook that recalculates, and a changed workbook back as a scenario."""

import argparse
from pathlib import Path

from imis_plan.cli import commands, console
from imis_plan.scenario.output_file import check_output
from imis_plan.scenario.problems import BadInput, Problem


def workbook_(options: argparse.Namespace) -> int:
    """Write the workbook of a scenario, or with --import the scenario of a workbook; no file is overwritten without --force."""
    if (options.name is None) == (options.source is None):
        raise BadInput(
            [
                Problem(
                    "workbook", None, "", "neither a scenario nor a workbook, or both", "name a scenario, or a file with --import"
                )
            ]
        )
    path = export(options) if options.source is None else bring_back(options)
    console.line(str(path))
    return 0


def export(options: argparse.Namespace) -> Path:
    """Write a workbook; gives its path."""
    from imis_plan.i18n import translate
    from imis_plan.report.staging import write_whole
    from imis_plan.workbook.write import workbook

    plan = commands.plan_of(options)
    path: Path = options.out or Path(f"{plan.name}.xlsx")
    check_output(path, force=options.force)
    with translate.using_language(options.language or translate.available_language(plan.about.language)):
        write_whole(path, workbook(plan))
    return path


def bring_back(options: argparse.Namespace) -> Path:
    """Write the scenario of a changed workbook; gives its path."""
    from imis_plan.report.staging import write_whole
    from imis_plan.scenario.folder import RESERVED
    from imis_plan.scenario.new_scenario import NAME
    from imis_plan.workbook.read import changes_in
    from imis_plan.workbook.to_scenario import scenario_text, target

    changes = changes_in(options.source, options.parameters)
    path = target(changes, options.out)
    if not NAME.fullmatch(path.stem) or path.stem in RESERVED or path.suffix != ".yaml":
        raise BadInput([Problem(str(path), None, "", "not a name for a scenario", "use small letters, digits and _, then .yaml")])
    check_output(path, force=options.force)
    write_whole(path, scenario_text(changes, path.stem))
    console.message(f"now: imis-plan check {path.stem}; imis-plan budget {path.stem}")
    return path
