"""The benchmarks run: each once, at its smallest size, so that no renamed function stops them unseen."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from time import process_time
from unittest.mock import MagicMock, call

import nbformat
import pytest

from benchmarks import new_parts
from benchmarks.report import NOTEBOOK, Meter, read_notebook
from imis_plan.workbook import sheets

ROOT = Path(__file__).parents[1]
NUMBER = r"[\d,.]+"
# What `make bench` prints: a line for each, with numbers in it.
PRINTED = {
    "processor seconds of a report by part": (
        r"load +simulation +options +figures +tables +words +files +workbook +page +other +all +evaluations, ledgers\n"
        rf" +zanzibar( +{NUMBER}){{11}} +\d+, \d+\n"
    ),
    "point evaluations": rf"base: \d years, \d roles +{NUMBER} ms",
    "loading": rf"load and check all \d+ scenarios, cold: {NUMBER} s",
    "NumPy's own time": rf"NumPy draws the numbers alone +{NUMBER} s +{NUMBER} draws per second",
    "draws": rf"simulate +{NUMBER} s +{NUMBER} draws per second, {NUMBER} times the draws alone",
    "rows": rf"1 rows +{NUMBER} s, +{NUMBER} ms for each more than before \({NUMBER} per second of the processor\)",
    "index of the rows": rf"index of 1: 1 pages, the largest {NUMBER} kB",
    "page of a report": rf"report +{NUMBER}, of that {NUMBER} the check",
    "page of a briefing": rf"briefing +{NUMBER}, of that {NUMBER} the check",
    "workbook": rf"workbook of nepal: written in {NUMBER} s, {NUMBER} kB",
    "parts of the workbook": rf"the model on cells {NUMBER} s; ledger {NUMBER} s;",
    "explorer": rf"to start {NUMBER} ms, from lever to numbers {NUMBER} ms, to figure {NUMBER} ms",
}


@pytest.fixture(scope="module")
def printed():
    """What all benchmarks print; the command fails where one of them does."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--smallest"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("what", PRINTED)
def test_the_benchmarks_print(what, printed):
    """Every measure is there, with its numbers."""
    assert re.search(PRINTED[what], printed), printed


@pytest.mark.slow
def test_every_part_of_a_report_takes_time(printed):
    """A part whose functions have other names now would take none."""
    seconds = printed.partition("zanzibar")[2].split()[:11]
    assert min(map(float, seconds[1:])) > 0, printed  # loading takes less than is printed where all is imported


def busy(seconds):
    """Use the processor so long."""
    end = process_time() + seconds
    while process_time() < end:
        pass


def test_a_part_within_another_is_charged_once():
    """Three parts of 0.02 s in each other, 0.06 s in all; the innermost belongs to what is around both."""
    meter = Meter()
    with meter.part("outer"):
        busy(0.02)
        with meter.part("inner"):
            busy(0.02)
            with meter.part("outer"):
                busy(0.02)

    assert meter.seconds["inner"] == pytest.approx(0.02, abs=0.015)
    assert meter.seconds["outer"] == pytest.approx(0.04, abs=0.015)


def test_what_counts_as_new_is_in_the_report():
    """Cells show it, functions have these names, sheets are written; nothing is declared that has gone."""
    assert new_parts.CELLS.keys() - {*new_parts.all_shown(read_notebook())} == set()
    for module, name in (*new_parts.FUNCTIONS, *new_parts.OLDER):
        assert callable(getattr(import_module(module), name))
    for name in new_parts.SHEETS:
        assert callable(import_module(f"{sheets.__name__}.{name}").write)


def test_the_notebook_without_what_is_new_shows_all_else():
    """Each other table, text and figure is still there, and the cells are still Python."""
    everything = new_parts.all_shown(read_notebook(NOTEBOOK))
    left = new_parts.without_new(read_notebook(NOTEBOOK))

    assert new_parts.all_shown(left) == [name for name in everything if name not in new_parts.CELLS]
    for cell in left.cells:
        if cell.cell_type == "code":
            ast.parse(cell.source)


CELL = """\
display.text(cost.text.by_year(plan, ledger))
if plan.funding:
    display.table(**funding.tables.funding_by_year(plan, ledger))
    display.table(
        **funding.tables.funding_by_component(plan, ledger), fold=True
    )
if plan.chart.name:
    display.table(**economic_codes.tables.by_account(plan, ledger))
total = taxes.tables.by_year(plan, ledger)"""


def test_only_statements_that_show_what_is_new_alone_are_left_out():
    """One within an `if` beside an old table goes, an `if` around a new table goes whole; what is only computed stays."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])

    assert new_parts.without_new(notebook).cells[0].source == (
        "display.text(cost.text.by_year(plan, ledger))\n"
        "if plan.funding:\n"
        "    display.table(**funding.tables.funding_by_year(plan, ledger))\n"
        "total = taxes.tables.by_year(plan, ledger)"
    )


def test_new_statements_of_a_cell_are_charged_each_to_its_part():
    """The cell runs as it is: a text once, another one twice in a `for`, which shows nothing else and so is charged whole."""
    source = (
        "display.text(taxes.text.taxes())\n"
        "display.text(cost.text.by_year())\n"
        "for _ in range(2):\n"
        "    display.text(cash_plan.text.cash_plan())"
    )
    space = {name: MagicMock() for name in (new_parts.CHARGED, "display", "taxes", "cost", "cash_plan")}
    exec(compile(new_parts.charging(source), "cell", "exec"), space)  # noqa: S102 - our own words

    assert space[new_parts.CHARGED].call_args_list == [call("cell taxes.text.taxes"), call("cell cash_plan.text.cash_plan")]
    assert space["display"].text.call_count == 4
