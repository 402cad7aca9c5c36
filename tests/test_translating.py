"""A translator adds a language as docs/translating.md says, with no line of code: here Swahili, in a copy of the project."""

import os
import shutil
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.report.places import place as parameters, write_notebook
from tools.catalogues import catalogue_file, main, merge_catalogues, template
from tools.messages import ROOT, Message

OWN = {
    "What it costs": "Gharama",
    "Amounts are in {currency}, in nominal terms (prices of the year of payment), for {first} to {last}.": "Fedha ni {currency}, {first}–{last}.",
}
CELLS = (
    "from imis_plan import load\nfrom imis_plan.i18n import set_language\nfrom imis_plan.sections import cost, display\nset_language(language)\ndisplay.text(cost.text.report_title(load(scenario)))",
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of what translations are made from."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("imis_plan", "tools", "docs", "notebooks", "parameters"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    return folder


def run(folder, *command):
    """A Python process that finds the copy before the project itself."""
    env = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run([sys.executable, "-m", *command], cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_two_translated_messages_are_two_sentences_of_a_report(copy, tmp_path):
    """`make messages LANGUAGE=sw`, two translations, `make messages`, a report: the rest of it is English."""
    begun = run(copy, "tools.catalogues", "sw")
    assert begun.returncode == 0, begun.stderr
    file = catalogue_file("sw", copy / "imis_plan" / "locale")
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale="sw")
    for message, text in OWN.items():
        catalogue[message].string = text
    with file.open("wb") as stream:
        write_po(stream, catalogue)
    assert "sw: " in run(copy, "tools.catalogues").stdout

    folder = parameters(tmp_path, *CELLS, one=(ROOT / "parameters" / "nepal.yaml").read_text(encoding="utf-8"))
    notebook = write_notebook(tmp_path / "notebook.ipynb", *CELLS)
    add_text(notebook, "## What it costs\n\n## Who pays")
    out = tmp_path / "reports"
    made = run(
        copy,
        "imis_plan.cli.main",
        "report",
        "one",
        "--language",
        "sw",
        "--parameters",
        str(folder),
        "--notebook",
        str(notebook),
        "--out",
        str(out),
    )

    assert made.returncode == 0, made.stderr
    page = (out / "one" / "report.html").read_text(encoding="utf-8")
    expected = ('<html lang="sw">', "Gharama", "Fedha ni NPR, FY 2027/28 (2084/85 BS)–FY 2031/32 (2088/89 BS).", "Who pays")
    assert [words for words in expected if words not in page] == []
    assert "What it costs" not in page


def add_text(notebook, markdown):
    """Add a cell of text to a notebook."""
    import nbformat

    node = nbformat.read(notebook, as_version=4)
    node.cells.append(nbformat.v4.new_markdown_cell(markdown, id="text"))
    nbformat.write(node, notebook)


@pytest.mark.parametrize("code", ["en", "english", "x", "zz_ZZ"])
def test_what_is_no_language_to_translate_into_is_refused(code, capsys):
    """Nothing is written, and the message says what would be right."""
    assert main([code]) == 2
    assert f"LANGUAGE={code}: not a language to translate into" in capsys.readouterr().err


def test_a_reworded_message_starts_from_its_old_translation():
    """Marked as fuzzy, so that it is not shown until somebody has looked; a message that is gone is gone."""
    old = Catalog(locale="fr")
    old.add("The whole budget is funded", "Tout le budget est financé")
    old.add("Gone", "Parti")
    new = merge_catalogues(
        old, template([Message("a.py", "The whole budget is now funded"), Message("a.py", "Quite another thing")])
    )
    found = {entry.id: (entry.string or "", entry.fuzzy) for entry in new if entry.id}

    assert found == {"The whole budget is now funded": ("Tout le budget est financé", True), "Quite another thing": ("", False)}
    assert not new.obsolete
