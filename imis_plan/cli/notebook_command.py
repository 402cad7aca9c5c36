"""The command `imis-plan notebook`: an editable copy of a report notebook, with texts to rewrite."""

import argparse
from pathlib import Path

import imis_plan
from imis_plan.cli import console
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.output_file import check_output
from imis_plan.scenario.scenario_name import is_name
from imis_plan.sentence import sentence


def notebook_command(options: argparse.Namespace) -> int:
    """Write the copy next to the notebook it comes from; an existing file is kept unless --force."""
    from imis_plan.batch.publish import write_atomic
    from imis_plan.batch.selection import find_notebook
    from imis_plan.i18n import translate
    from imis_plan.page.own_notebook import editable_copy

    if not is_name(options.copy):
        right = sentence("give letters from a to z, digits, - and _, without a folder and without .ipynb")
        raise BadInput([Problem(options.copy, None, "", "not a name of a notebook", right)])
    plan = imis_plan.load(options.scenario, parameters=options.parameters)
    source = find_notebook(plan.folder, named_notebook(options.source, find_notebook(plan.folder)))
    path = source.with_name(f"{options.copy}.ipynb")
    check_output(path, force=options.force)
    language = translate.require_catalogue(options.language or translate.available_language(plan.about.language))
    with translate.using_language(language):
        text = editable_copy(source, plan, options.text)
    write_atomic(path, text)
    console.line(str(path))
    text = sentence(
        "next: rewrite the cells tagged own-text, then: imis-plan report {name} --notebook {path}", name=plan.name, path=path
    )
    console.message(text)
    return 0


def named_notebook(name: str, report: Path) -> Path:
    """A notebook by its path, or by its name, which is then next to the usual one of reports."""
    is_path = name.endswith(".ipynb") or Path(name).name != name
    return Path(name) if is_path else report.with_name(f"{name}.ipynb")
