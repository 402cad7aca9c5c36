"""A folder of one's own: the one in which scenarios are written, and a whole project for an analyst."""

import shutil
from importlib.resources import files
from pathlib import Path

from imis_plan import __version__
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import FOLDER, PACKAGE_PARAMETERS, SCHEMA, has_parameters, is_installed, package_folder
from imis_plan.sentence import sentence

NOTEBOOKS = "notebooks"
PACKAGE_NOTEBOOKS = ("country_budget", "explore", "own_section", "portfolio", "start", "start_here")
# Text of the files of a project; the names are those in the folder `project` of this package.
TEXTS = {
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "requirements": "requirements.txt",
    "reports": "reports/README.md",
    "test_check": "tests/test_check.py",
}


def begin_parameters(folder: Path) -> Path:
    """The folder, made if needed, with the schema by which editors check scenarios and the package recognises the folder.

    All other shared files are those of the package, unless the folder gets its own. Raises BadInput within an installed package.
    """
    refuse_installed(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not has_parameters(folder):
        shutil.copyfile(PACKAGE_PARAMETERS / SCHEMA, folder / SCHEMA)
    return folder


def refuse_installed(folder: Path) -> None:
    """Raise BadInput for a folder within an installed package."""
    if is_installed(folder):
        right = sentence("begin a project of your own with `imis-plan init FOLDER`, and work there")
        raise BadInput([Problem(str(folder), None, "", "part of the installed package, where nothing is written", right)])


def create_project(folder: Path) -> list[Path]:
    """Make an analyst's project in a folder, and return its files: schema, notebooks to edit, README, a test that runs `check`.

    Raises BadInput, before anything is written, when one of the files is there already.
    """
    refuse_installed(folder)
    if folder.exists() and not folder.is_dir():
        raise BadInput([Problem(str(folder), None, "", "a file, not a folder", "give the name of a folder")])
    contents = {folder / name: content for name, content in project_files().items()}
    right = sentence("take another folder, or remove the file first")
    if found := [Problem(str(path), None, "", "already exists", right) for path in contents if path.exists()]:
        raise BadInput(found)
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(contents)


def copy_notebooks(folder: Path) -> Path:
    """The notebooks of the package in a folder of one's own, without replacing any that is there; returns their folder."""
    refuse_installed(folder)
    own = folder / NOTEBOOKS
    own.mkdir(parents=True, exist_ok=True)
    for notebook in package_notebooks():
        if not (own / notebook.name).exists():
            shutil.copyfile(notebook, own / notebook.name)
    return own


def package_notebooks() -> list[Path]:
    """The notebooks of the package; no others that somebody keeps beside them in a repository."""
    return [package_folder(NOTEBOOKS) / f"{name}.ipynb" for name in PACKAGE_NOTEBOOKS]


def project_files() -> dict[str, bytes]:
    """Every file of a project: path within its folder -> content."""
    texts = files("imis_plan.scenario") / "project"
    made = {
        name: (texts / f"{text}.txt").read_text(encoding="utf-8").replace("{version}", __version__).encode()
        for text, name in TEXTS.items()
    }
    notebooks = {f"{NOTEBOOKS}/{path.name}": path.read_bytes() for path in package_notebooks()}
    return {**made, f"{FOLDER}/{SCHEMA}": (PACKAGE_PARAMETERS / SCHEMA).read_bytes(), **notebooks}
