"""Mutations of real scenario files and of what they share: a result or problems, never a stack trace, nor a file after a refusal."""

import io
import warnings
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given, strategies as st

from imis_plan.cli.main import main
from imis_plan.scenario.yaml_file import parse
from tests.fuzz.mutations import examples, other_text, other_values
from tests.report.places import REAL, place

COUNTRIES = ("borsa", "nepal", "cameroon", "malawi")
SHARED = ("defaults", "units", "sources", "benchmarks")
TEXTS = {name: (REAL / f"{name}.yaml").read_text(encoding="utf-8") for name in (*COUNTRIES, *SHARED)}
DATA = {name: parse(text, REAL / f"{name}.yaml").data for name, text in TEXTS.items()}
BASED = "based_on: first\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of parameters with the scenarios."""
    return place(tmp_path_factory.mktemp("fuzz"), "1 + 1", **{name: TEXTS[name] for name in COUNTRIES})


def run(*arguments):
    """Exit code and messages of a command; a stack trace is an exception here."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of numbers close to the largest; the result is checked
        code = main([str(argument) for argument in arguments])
    return code, out.getvalue(), err.getvalue()


def result_or_problems(folder, name):
    """Check and budget of a scenario: both end with 0, or with problems and without a file."""
    ledger = folder.parent / "ledger.csv"
    ledger.unlink(missing_ok=True)
    checked, _, problems = run("check", name, "--parameters", folder)
    code, _, err = run("budget", name, "--parameters", folder, "--format", "csv", "--out", ledger)
    assert checked in (0, 2), problems
    assert code in (0, 2), err
    assert bool(problems) or checked == 0
    assert ledger.exists() == (code == 0), err
    assert checked == 2 or code == 0, f"good, and then: {err}"
    assert code == 2 or "inf" not in ledger.read_text(encoding="utf-8").split(",")


@examples(8)
@given(data=st.data())
def test_other_values_in_a_scenario(data, folder):
    """Any value in any place of a real scenario."""
    name = data.draw(st.sampled_from(COUNTRIES))
    (folder / "changed.yaml").write_text(data.draw(other_values(DATA[name])), encoding="utf-8")
    result_or_problems(folder, "changed")


@examples(8)
@given(data=st.data())
def test_other_text_in_a_scenario(data, folder):
    """A real scenario after slips of the hand."""
    name = data.draw(st.sampled_from(COUNTRIES))
    (folder / "changed.yaml").write_text(data.draw(other_text(TEXTS[name])), encoding="utf-8")
    result_or_problems(folder, "changed")


@examples(4, 0.3)
@given(data=st.data())
def test_other_values_in_what_scenarios_share(data, folder):
    """Any value in any place of the declarations, units, sources and benchmarks."""
    name = data.draw(st.sampled_from(SHARED))
    (folder / "changed.yaml").write_text(TEXTS["borsa"], encoding="utf-8")
    try:
        (folder / f"{name}.yaml").write_text(data.draw(other_values(DATA[name])), encoding="utf-8")
        result_or_problems(folder, "changed")
    finally:
        (folder / f"{name}.yaml").write_text(TEXTS[name], encoding="utf-8")


@examples(4, 0.3)
@given(data=st.data())
def test_other_text_in_what_scenarios_share(data, folder):
    """The declarations, units, sources and benchmarks after slips of the hand."""
    name = data.draw(st.sampled_from(SHARED))
    (folder / "changed.yaml").write_text(TEXTS["borsa"], encoding="utf-8")
    try:
        (folder / f"{name}.yaml").write_text(data.draw(other_text(TEXTS[name])), encoding="utf-8")
        result_or_problems(folder, "changed")
    finally:
        (folder / f"{name}.yaml").write_text(TEXTS[name], encoding="utf-8")
