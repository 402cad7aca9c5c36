"""Data flows one way: a module imports from those before it only."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "imis_plan"
ORDER = (
    "facts",
    "scenario",
    "model",
    "i18n",
    "analysis",
    "sections",
    "openimis",
    "workbook",
    "page",
    "kernels",
    "batch",
    "explore",
    "cli",
)


def targets(node):
    """Modules of the package that an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def later_layers(file):
    """Layers after a file's own from which it imports, at the top or inside a function."""
    own = ORDER.index(file.relative_to(PACKAGE).parts[0])
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for name in targets(node):
            parts = name.split(".")
            if parts[0] == "imis_plan" and len(parts) > 1 and parts[1] in ORDER and ORDER.index(parts[1]) > own:
                yield parts[1]


FILES = sorted(file for layer in ORDER for file in (PACKAGE / layer).rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_imports_only_from_those_before_it(file):
    """The order is that of `ORDER`."""
    assert sorted(later_layers(file)) == []


def test_every_package_has_a_layer():
    """No package is outside of the order; `locale` has no code."""
    assert sorted(file.parent.name for file in PACKAGE.glob("*/__init__.py")) == sorted(ORDER)


def test_the_map_of_contributing_has_this_order():
    """Its rows are the layers, from the first to the last."""
    page = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert tuple(re.findall(r"^\| `imis_plan/(\w+)` \|", page, re.MULTILINE)) == ORDER


@pytest.mark.parametrize(("module", "allowed"), [("sentence", set()), ("problems", {"imis_plan.sentence"})])
def test_problems_import_only_their_sentences(module, allowed):
    """Every layer reports them."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
    found = [name for node in ast.walk(tree) for name in targets(node) if name.startswith("imis_plan")]

    assert {name.rpartition(".")[0] for name in found} <= allowed


def test_relative_imports_are_not_used():
    """A full name says where a thing stands."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), file
