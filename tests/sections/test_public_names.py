"""Tab completion in a notebook shows the public functions of a chapter, and nothing that its modules import."""

import inspect
import json
import re
from importlib import import_module
from pathlib import Path

import pytest

import imis_plan.sections
from imis_plan.sections.public_names import only

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "imis_plan" / "sections"
CHAPTERS = sorted(file.parent.name for file in FOLDER.glob("*/__init__.py"))
MODULES = sorted(
    f"{chapter}.{file.stem}" for chapter in CHAPTERS for file in (FOLDER / chapter).glob("*.py") if file.stem != "__init__"
)
CALLS = re.compile(r"(?<![\w.])([a-z_]+\.(?:text|tables|figures|cards)|display)\.(\w+)")


def cells():
    """The code of all notebooks, cell by cell."""
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        yield from (
            "".join(cell["source"]) for cell in json.loads(file.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"
        )


def called():
    """What notebooks call: module below `sections`, and name."""
    found = {match.groups() for cell in cells() for match in CALLS.finditer(cell)}
    return sorted((module, name) for module, name in found if module.partition(".")[0] in imis_plan.sections.__all__)


def test_names_are_sorted_and_cannot_be_changed_from_outside():
    """Each call gives a list of its own."""
    show = only(["b", "a"])
    show().append("c")

    assert show() == ["a", "b"]


def test_the_package_shows_every_chapter():
    """A new folder is a new name, beside what displays the chapters and fills texts."""
    assert dir(imis_plan.sections) == sorted([*CHAPTERS, "display", "narrative"])


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_shows_its_modules(name):
    """Text, tables and figures, as far as it has them."""
    chapter = import_module(f"imis_plan.sections.{name}")

    assert dir(chapter) == sorted(file.stem for file in (FOLDER / name).glob("*.py") if file.stem != "__init__")


@pytest.mark.parametrize("name", ["display", "narrative", *MODULES])
def test_a_module_shows_its_public_functions(name):
    """Every name is there, is made in this module, and says what it is."""
    module = import_module(f"imis_plan.sections.{name}")

    assert dir(module) == sorted(module.__all__)
    for shown in dir(module):
        value = getattr(module, shown)
        if inspect.isfunction(value):
            assert inspect.getmodule(value) is module
            assert inspect.getdoc(value)
        else:
            assert shown.isupper()


@pytest.mark.parametrize(("module", "name"), called())
def test_what_notebooks_call_is_public(module, name):
    """A function that a notebook calls can be found by completion."""
    assert name in dir(import_module(f"imis_plan.sections.{module}"))
