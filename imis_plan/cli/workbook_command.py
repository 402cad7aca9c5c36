"""The command `imis-plan workbook`: export a plan as a workbook that recalculates, or import a changed workbook."""

import argparse
import shlex
from pathlib import Path

from imis_plan.cli import console, overrides
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.output_file import check_output
from imis_plan.sentence import sentence


def workbook_command(options: argparse.Namespace) -> int:
    """Write the workbook of a scenario, or with --import the scenario of a workbook; no scenario is overwritten."""
    if (options.name is None) == (options.source is None):
        raise BadInput(
            [
                Problem(
                    "workbook", None, "", "neither a scenario nor a workbook, or both", "name a scenario, or a file with --import"
                )
            ]
        )
    path = export_workbook(options) if options.source is None else import_workbook(options)
    console.line(str(path))
    return 0


def export_workbook(options: argparse.Namespace) -> Path:
    """Write a workbook. Returns its path."""
    from imis_plan.batch.publish import write_atomic
    from imis_plan.i18n import translate
    from imis_plan.workbook.write import workbook

    plan = overrides.load_plan(options)
    path: Path = options.out or Path(f"{plan.name}.xlsx")
    check_output(path, force=options.force)
    with translate.using_language(options.language or translate.available_language(plan.about.language)):
        write_atomic(path, workbook(plan))
    return path


def import_workbook(options: argparse.Namespace) -> Path:
    """Write the scenario of a changed workbook. Returns its path."""
    from imis_plan.batch.publish import write_atomic
    from imis_plan.scenario.folder import writable_parameters
    from imis_plan.scenario.own_folder import begin_parameters
    from imis_plan.scenario.scenario_name import NOT_A_NAME, is_name, usable_name
    from imis_plan.workbook.read import read_changes
    from imis_plan.workbook.to_scenario import default_name, scenario_text

    changes = read_changes(options.source, options.parameters)
    path = options.out or writable_parameters(options.parameters) / default_name(changes)
    if not is_name(path.stem) or path.suffix != ".yaml":
        raise BadInput([Problem(str(path), None, "", NOT_A_NAME, sentence("{right}; then .yaml", right=usable_name(path.stem)))])
    check_output(path, force=options.force)
    text = scenario_text(changes, path.stem)
    if not options.out:
        begin_parameters(path.parent)
    write_atomic(path, text)
    named = named_scenario(path, options)
    console.message(sentence("next: imis-plan check {name}, then imis-plan budget {name}", name=named))
    return path


def named_scenario(path: Path, options: argparse.Namespace) -> str:
    """How the next commands name the scenario in a file: by its name where they look for it, else by its path."""
    name = shlex.quote(str(path)) if options.out else path.stem
    return f"{name} --parameters {shlex.quote(str(options.parameters))}" if options.parameters else name
