"""The explorer in JupyterLab itself: open the notebook, run all, move a lever, save a scenario, run its report."""

import re
from pathlib import Path

import nbformat
import pytest

from imis_plan import load
from imis_plan.scenario.own_folder import begin_parameters, copy_notebooks
from tests.explore.conftest import Shown, served, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TARGET = "Share of the population with an active policy"


def test_an_analyst_asks_what_if_in_jupyterlab(place, chromium, tmp_path):
    """The figure is there before anything runs; no news and no question for a kernel stand in the way; the report is a whole page."""
    with served(place, "zambia", "--lab") as address, visitor(chromium) as page:
        page.goto(address)
        page.locator(".jp-Notebook img").first.wait_for()  # stored, of the notebook's own scenario
        # JupyterLab lets one run cells before there is a kernel, and they then only lose their outputs. Until the status bar says
        # so there is none, whatever name and sign the toolbar shows.
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
        shown = Shown(page)
        assert (shown.change("total"), page.locator(".jp-Dialog, .Toastify__toast").count()) == ("as in the base", 0)
        before = shown.figure("total")
        assert before.startswith("ZMW")  # the scenario of the command, not of the notebook

        for _ in range(5):  # one step may be less than a digit of the total
            shown.press(TARGET)
        shown.changed()
        assert shown.figure("total") != before
        page.get_by_label("Name", exact=True).fill("zambia_lab")
        shown.click("Save as scenario")
        shown.see("Saved as parameters/zambia_lab.yaml")
        shown.click("Create its report")
        with page.expect_download() as download:
            page.get_by_role("link", name="Report of zambia_lab").click()
        report = Path(download.value.path()).read_text(encoding="utf-8")
        assert report.startswith("<!DOCTYPE html>")
        assert str(load("zambia_lab", parameters=place).about.title) in report
        page.screenshot(path=tmp_path / "lab.png")
        assert page.asked == []


def run_all(page):
    """Run every cell, and wait for the last one."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()


def test_the_guided_notebook_runs_twice_on_a_copy(tmp_path, chromium):
    """In a kernel that has run it before there is no error but the one that is expected; the plan keeps its answers."""
    place = begin_parameters(tmp_path / "parameters")
    copy = copy_notebooks(tmp_path) / "start_here.ipynb"
    lesson = nbformat.read(copy, as_version=4)
    lesson.cells = [cell for cell in lesson.cells if not cell.source.startswith("report(")]  # other tests render reports
    for cell in lesson.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    cells = sum(cell.cell_type == "code" for cell in lesson.cells)
    nbformat.write(lesson, copy)
    with served(place, "--lab", show="start") as address, visitor(chromium) as page:
        page.goto(address)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        for count in (1, 2):
            run_all(page)
            page.get_by_text("['kenya']").wait_for()
            page.get_by_text(f"[{count * cells}]:").first.wait_for()
            page.locator(".imis-start [data-figure=total]").wait_for()
        text = page.locator("body").inner_text()
        assert "above 1, give 0.0001 to 1" in text
        assert re.findall(r"(?i)script error|error displaying widget|model not found|traceback", text) == []
        assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 1  # the expected one
        assert page.asked == []
    assert load("kenya", parameters=place)["coverage.target"] == 0.125
