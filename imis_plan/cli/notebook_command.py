"""The command `imis-plan notebook`: an editable copy of a report notebook, with texts to rewrite."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from imis_plan.cli import console, overrides
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import is_installed, package_folder, writable_parameters
from imis_plan.scenario.output_file import check_output
from imis_plan.scenario.own_folder import NOTEBOOKS
from imis_plan.scenario.plan import load
from imis_plan.scenario.scenario_name import is_name
from imis_plan.sentence import sentence


def notebook_command(options: argparse.Namespace) -> int:
    """Write the copy to the user's notebooks; an existing file is kept unless --force."""
    from imis_plan.batch.publish import write_atomic
    from imis_plan.batch.selection import find_notebook
    from imis_plan.i18n import translate
    from imis_plan.page.own_notebook import editable_copy

    if not is_name(options.copy):
        right = sentence("give letters from a to z, digits, - and _, without a folder and without .ipynb")
        raise BadInput([Problem(options.copy, None, "", "not a name of a notebook", right)])
    plan = load(options.scenario, parameters=options.parameters, draft=options.draft or None)
    overrides.warn_of_draft(plan)
    own = own_notebooks(options.parameters)
    named = named_notebook(options.source, [own, find_notebook(plan.folder).parent])
    source = find_notebook(plan.folder, named, option="--from")
    path = (own if is_of_package(source.parent) else source.parent) / f"{options.copy}.ipynb"
    check_output(path, force=options.force)
    language = translate.require_catalogue(options.language or translate.available_language(plan.about.language))
    with translate.using_language(language):
        text = editable_copy(source, plan, options.text)
    write_atomic(path, text)
    console.line(str(path))
    arguments = f"{plan.name} --notebook {path}{' --draft' if plan.open_questions else ''}"
    console.message(sentence("next: rewrite the cells tagged own-text, then: imis-plan report {arguments}", arguments=arguments))
    return 0


def named_notebook(name: str, folders: Sequence[Path]) -> Path:
    """A notebook by its path, or by its name, which is then in the first of these folders that has it."""
    if name.endswith(".ipynb") or Path(name).name != name:
        return Path(name)
    places = [folder / f"{name}.ipynb" for folder in folders]
    return next((place for place in places if place.is_file()), places[0])


def own_notebooks(parameters: Path | None = None) -> Path:
    """The folder of notebooks of the user's project, else that of the current folder.

    It is never one of the package, unless the user works in the repository of the package itself.
    """
    project = writable_parameters(parameters).resolve().parent
    here = Path.cwd()
    return (here if is_of_package(project / NOTEBOOKS) and not here.is_relative_to(project) else project) / NOTEBOOKS


def is_of_package(folder: Path) -> bool:
    """Whether a folder has the notebooks of the package, or is within an installed one."""
    return is_installed(folder) or folder.resolve() == package_folder(NOTEBOOKS)
