"""Notebooks of one's own: what they show gets into the page, or the cell that cannot is named with a remedy."""

import json
import subprocess
import sys

import nbformat
import pytest

from imis_plan.batch import run
from imis_plan.batch.cell_outputs import describe_pictures, page_failure
from imis_plan.kernels import cells
from imis_plan.sections.own_figures import title
from imis_plan.sections.papermill_parameters import injected_names
from tests.report.places import BORSA, ROOT, Page, old_report, place

PNG = "iVBORw0KGgo="
START = "from imis_plan.sections import display\ndisplay.reset_numbering()\nimport matplotlib.pyplot as plt"
PLOTS = """\
fig, ax = plt.subplots()
ax.plot([1, 2])
ax.set_title("Claims by <month>")
plt.show()
plt.plot([2, 1]);"""


def made(tmp_path, *own):
    """The result of a report with these cells, and the folder that it is in."""
    folder = place(tmp_path, *own, first=BORSA)
    old_report(tmp_path / "reports", "first")
    (result,) = run.make_reports(["first"], tmp_path / "reports", parameters=folder, workbook=False)
    return result, tmp_path / "reports" / "first"


@pytest.mark.slow
def test_a_figure_of_ones_own_is_described_by_its_title(tmp_path, monkeypatch):
    """The report is made; the warning names the cell, in the record of the batch and in the manifest."""
    monkeypatch.delenv("MPLBACKEND")  # of the tests; a kernel shows figures in the notebook
    result, report = made(tmp_path, START, PLOTS)
    assert result.error is None
    alts = [image["alt"] for image in Page((report / "report.html").read_text(encoding="utf-8")).all("img")]
    assert alts == ["Claims by <month>", "Image de la cellule 3"]
    right = "give it one, as in display.figure(fig, caption, alt)"
    warning = f"cell 3 (fig, ax = plt.subplots()): an image without alternative text; readers who cannot see it get “Claims by <month>”, “Image de la cellule 3”: {right}"
    assert result.warnings == (warning,)
    record = json.loads((tmp_path / "reports" / "batch.json").read_text(encoding="utf-8"))
    assert record["reports"][0]["warnings"] == [warning]
    (again,) = run.make_reports(["first"], tmp_path / "reports", parameters=tmp_path / "parameters", workbook=False)
    assert (again.status, again.warnings) == ("current", (warning,))


@pytest.mark.slow
def test_a_cell_that_no_page_can_contain_is_named_and_its_notebook_kept(tmp_path):
    """With a remedy; the report that was there stays."""
    script = "from IPython.display import HTML\nHTML('<script>alert(1)</script>')"
    result, report = made(tmp_path, START, script)
    right = "a page runs no script and loads nothing; show text, tables and figures as imis_plan.sections.display does"
    assert result.error == f"cell 3 (from IPython.display import HTML): not in a self-contained page: <script>: {right}"
    assert result.cell == 3
    assert (report / "report.html").read_text() == "the old report of first"
    failed = nbformat.read(report / "report.failed.ipynb", as_version=4)
    assert "alert(1)" in str(failed.cells[-1].outputs)


@pytest.mark.slow
def test_a_parameter_that_papermill_passes_by_a_wrong_name_is_refused(tmp_path):
    """Papermill itself only warns, and the report would be that of Nepal."""
    out = tmp_path / "out.ipynb"
    command = [
        sys.executable,
        "-m",
        "papermill",
        str(ROOT / "notebooks" / "country_budget.ipynb"),
        str(out),
        "-p",
        "senario",
        "borsa",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode != 0
    assert "papermill: senario: no parameter of this notebook, did you mean scenario?" in done.stderr
    assert all(not cell.get("outputs") or "Nepal" not in str(cell.outputs) for cell in nbformat.read(out, as_version=4).cells)


def test_names_are_those_of_the_cell_that_papermill_adds():
    """What the notebook itself assigns is no parameter."""
    cells_run = ["", 'scenario = "nepal"', '# Parameters\nsenario = "borsa"\nlanguage = "fr"\n', "a = 1"]
    assert injected_names(cells_run) == ["senario", "language"]


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ({}, ""),
        ({"xlabel": "year", "ylabel": "claims"}, "claims / year"),
        ({"xlabel": "year", "title": " Claims\nby year "}, "Claims by year"),
    ],
)
def test_the_title_of_a_figure_says_most(calls, expected):
    """Its axes' labels say something, too."""
    from matplotlib import pyplot as plt

    fig, ax = plt.subplots()
    ax.set(**calls)
    assert title(fig) == expected
    fig.suptitle("All in all")
    assert title(fig) == "All in all"


def notebook(*given):
    """A notebook of executed cells: each its source, its outputs, and its seconds."""
    made = [nbformat.v4.new_code_cell(source, outputs=outputs, execution_count=1) for source, outputs, _ in given]
    for cell, (*_, seconds) in zip(made, given, strict=True):
        cell.metadata["papermill"] = {"start_time": "2026", **({"duration": seconds} if seconds is not None else {})}
    return nbformat.v4.new_notebook(cells=made)


def output(data, **metadata):
    """What a cell shows."""
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata)


def test_a_described_picture_is_no_warning():
    """That of `display.figure` has its own text; where HTML is shown, the picture is not."""
    described = output({"image/png": PNG}, **{"image/png": {"alt": "what it shows"}})
    hidden = output({"image/png": PNG, "text/html": "<p>x</p>"})
    assert describe_pictures(notebook(("a", [described, hidden], 1.0))) == []


def test_a_text_cell_that_no_page_can_contain_is_named_by_its_place():
    """Text has no number in a notebook."""
    text = nbformat.v4.new_markdown_cell("<iframe src='x'></iframe>")
    found = page_failure(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1"), text]), "why")
    assert found.text.startswith("text cell (cell 2 of all) (<iframe src='x'></iframe>): not in a self-contained page: <iframe>")
    assert page_failure(nbformat.v4.new_notebook(cells=[]), "why") == ("why", None, None)


def test_an_error_of_five_megabytes_is_shortened():
    """Its beginning, and how long it is; all of it is in the notebook."""
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="x" * 5_000_000, traceback=[])
    found = cells.first_failure(notebook(("raise", [error], 1.0)))
    assert found
    assert found.text == f"cell 1 (raise): ValueError: {'x' * 1000} ... (5,000,000 characters)"


@pytest.mark.parametrize(
    ("seconds", "blame"),
    [
        ((1.0, 2.0), ""),  # the last cell took seven of ten seconds
        ((8.5, 1.0), "; most of the time went to cell 1 (a): 8 seconds"),
        ((4.0, 4.0), "; most of the time went to cell 1 (a): 4 seconds"),
    ],
)
def test_a_cell_is_not_blamed_for_the_time_of_another(seconds, blame):
    """Where the time ran out in a quick cell, the slow one before it is named, too."""
    found = cells.failure(
        notebook(("a", [], seconds[0]), ("b", [], seconds[1]), ("c", [], None)), TimeoutError("late"), timeout=10.0
    )
    assert found == (f"cell 3 (c): TimeoutError: late{blame}", 3, None)
    late = cells.failure(notebook(("a", [], 1.0), ("b", [], 12.0)), TimeoutError("late"), timeout=10.0)
    assert late.text == "cell 2 (b): TimeoutError: late"  # it ended, too late


@pytest.mark.slow
def test_a_title_that_this_machine_cannot_print_is_a_warning(tmp_path, monkeypatch):
    """In the record of the batch, before the report is mailed."""
    monkeypatch.setattr("imis_plan.sections.fonts.fonts_of_this_machine", lambda: iter(()))
    scenario = BORSA.replace("about:\n", "about:\n  # its title is below\n", 1)
    title_line = next(line for line in scenario.splitlines() if line.startswith("  title:"))
    folder = place(tmp_path, "scenario", first=scenario.replace(title_line, "  title: नेपाल"))
    (result,) = run.make_reports(["first"], tmp_path / "reports", parameters=folder, workbook=False)
    assert result.error is None
    (warning,) = result.warnings
    assert warning.startswith("no font of this machine has Devanagari letters (नपलाे): figures and PDF show boxes instead.")
