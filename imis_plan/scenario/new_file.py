"""The file of a new scenario: a name that can be one, and a file that is never overwritten."""

import os
from pathlib import Path

from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.own_folder import begin_parameters
from imis_plan.scenario.scenario_name import NOT_A_NAME, RESERVED, is_name, usable_name
from imis_plan.sentence import sentence

# Editors find the schema by this line; it must be the first one.
SCHEMA = "# yaml-language-server: $schema=schema.json"


def scenario_path(name: str, folder: Path) -> Path:
    """The path for a new scenario. Raises BadInput when the name is not valid."""
    if not is_name(name):
        remedy = sentence("{right}; reserved: {names}", right=usable_name(name), names=", ".join(sorted(RESERVED)))
        raise bad_input(name, NOT_A_NAME, remedy)
    return folder / f"{name}.yaml"


def create(path: Path, text: str) -> Path:
    """Write a new file, complete or not at all, and return its path. Raises BadInput when it exists already."""
    begin_parameters(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    try:
        # Unlike a rename, this fails when the file exists, even if another process has just created it.
        path.hardlink_to(draft)
    except FileExistsError:
        raise exists_already(path) from None
    finally:
        draft.unlink()
    return path


def exists_already(path: Path) -> BadInput:
    """The error for a file that exists already."""
    return bad_input(f"{path.parent.name}/{path.name}", "already exists", "take another name, or remove the file first")


def bad_input(subject: str, message: str, remedy: str) -> BadInput:
    """An error with one problem."""
    return BadInput([Problem(subject, None, "", message, remedy)])
