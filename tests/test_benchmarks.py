"""The benchmarks run: each once, at its smallest size, so that no renamed function stops them unseen."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

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
