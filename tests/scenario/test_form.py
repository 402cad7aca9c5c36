"""Answers from a notebook go into the form of a new scenario; what notebooks show of problems and parameters."""

import shutil
from importlib import import_module
from pathlib import Path

import pytest

from imis_plan import budget, load, simulate
from imis_plan.problems import BadInput, NoSuchParameter
from imis_plan.scenario.folder import find_parameters
from imis_plan.scenario.form import create_form, fill_in_form, own_folder
from imis_plan.scenario.own_folder import copy_notebooks, create_project
from tests import small

REAL = Path(__file__).parents[2] / "parameters"
ABOUT = {
    "country": 'A "country"',
    "iso3": "TOY",
    "scheme": "s",
    "title": "t",
    "currency": "NPR",
    "language": "en",
    "target": "x: y",
    "date": "2026-01-31",
    "version": "1",
}
TOTAL = {"population.total": {"value": 7, "low": 5, "high": 9, "source": "assumption: a guess", "confidence": "assumed"}}


@pytest.fixture
def place(tmp_path):
    """A folder without any scenario."""
    return small.folder(tmp_path, country=None)


def test_answers_fill_the_form_and_its_comments_stay(place):
    """A range comes above the source."""
    file = create_form("toy", place, "none")
    fill_in_form(file, ABOUT, TOTAL)
    text = file.read_text(encoding="utf-8")
    assert '  country: "A \\"country\\""  # name of the country\n' in text
    assert '  # People [person]?\n  total:\n    value: 7\n    low: 5\n    high: 9\n    source: "assumption: a guess"\n' in text
    plan = load("toy", parameters=place, draft=True)
    assert (plan["population.total"], plan.parameters["population.total"].high, plan.about.country) == (7, 9, 'A "country"')


def test_answering_again_changes_the_answers_only(place):
    """The notebook can be run again."""
    file = create_form("toy", place, "none")
    fill_in_form(file, ABOUT, TOTAL)
    once = file.read_text(encoding="utf-8")
    assert create_form("toy", place, "none") == file
    fill_in_form(file, ABOUT, TOTAL)
    assert file.read_text(encoding="utf-8") == once
    fill_in_form(file, ABOUT, {"population.total": {"value": 8}})
    assert file.read_text(encoding="utf-8") == once.replace("value: 7", "value: 8")


def test_a_figure_with_a_source_loses_the_range_of_an_assumption(place):
    """The lines of the range are taken out, and an answer without them needs nothing to be taken out."""
    file = create_form("toy", place, "none")
    counted = {"population.total": {"value": 7, "low": None, "high": None, "source": "census of 2024", "confidence": "C"}}
    fill_in_form(file, ABOUT, TOTAL)
    for _ in range(2):
        fill_in_form(file, ABOUT, counted)
        assert '  total:\n    value: 7\n    source: "census of 2024"\n' in file.read_text(encoding="utf-8")
    parameter = load("toy", parameters=place, draft=True).parameters["population.total"]
    assert (parameter.value, parameter.low, parameter.high) == (7, None, None)


def test_a_key_that_is_not_in_the_form_is_a_problem_and_nothing_is_written(place):
    """With what it does ask."""
    file = create_form("toy", place, "none")
    before = file.read_text(encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        fill_in_form(file, {"contry": "x"}, {"population.totl": {"value": 1}, "population.total": {"value": 2}})
    assert [str(problem) for problem in caught.value.problems] == [
        'parameters/toy.yaml:12: about.contry = "x": not in the form, did you mean country?',
        "parameters/toy.yaml:27: population.totl.value = 1: not in the form, remove it: no name is allowed here",
    ]
    assert file.read_text(encoding="utf-8") == before


def test_a_folder_of_ones_own_takes_what_all_scenarios_share_from_the_package(tmp_path, monkeypatch):
    """Next to the shared files of a checkout; it is made once, and from then on looked into."""
    shutil.copytree(REAL, tmp_path / "parameters")
    monkeypatch.setenv("IMIS_PLAN_PARAMETERS", str(tmp_path / "parameters"))
    own = own_folder()
    assert own == tmp_path / "my_plans" / "parameters"
    assert [path.name for path in own.iterdir()] == ["schema.json"]
    (own / "sources.yaml").write_text("mine", encoding="utf-8")
    assert own_folder() == own
    assert (own / "sources.yaml").read_text(encoding="utf-8") == "mine"
    assert find_parameters() == own


def test_the_folder_of_a_project_is_ones_own(tmp_path, monkeypatch):
    """And outside any project it is in the current folder, never in the package."""
    create_project(tmp_path / "plans")
    monkeypatch.chdir(tmp_path / "plans")
    assert own_folder() == tmp_path / "plans" / "parameters"
    monkeypatch.setenv("IMIS_PLAN_PARAMETERS", "")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    monkeypatch.setattr("imis_plan.scenario.form.is_installed", lambda _folder: True)
    assert own_folder() == tmp_path / "empty" / "my_plans" / "parameters"


def test_notebooks_are_worked_on_as_copies(tmp_path):
    """One that is there already stays."""
    own = copy_notebooks(tmp_path)
    assert (own / "start_here.ipynb").read_bytes() == (REAL.parent / "notebooks" / "start_here.ipynb").read_bytes()
    (own / "start_here.ipynb").write_text("mine", encoding="utf-8")
    assert copy_notebooks(tmp_path) == own
    assert (own / "start_here.ipynb").read_text(encoding="utf-8") == "mine"


def test_an_error_in_a_notebook_is_its_problems_and_no_stack_trace():
    """File, key and remedy; as a table where the error itself is shown."""
    with pytest.raises(BadInput) as caught:
        load("nepal", coverage__target="<much>")
    line = 'what-if: coverage.target = "<much>": not a number, give a number without quotes, separators or %'
    assert caught.value._render_traceback_() == [line]
    assert "&lt;much&gt;" in caught.value._repr_html_()
    assert "&lt;much&gt;" in caught.value.problems[0]._repr_html_()


def test_a_path_that_does_not_exist_is_named_with_the_one_that_was_meant():
    """Without a stack trace, and without the quotes that a KeyError puts around its words."""
    with pytest.raises(NoSuchParameter) as caught:
        load("nepal")["coverage.traget"]
    assert str(caught.value) == "coverage.traget: did you mean coverage.target?"
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_a_notebook_completes_the_paths_of_a_plan():
    """Behind plan["."""
    plan = load("nepal")
    assert plan._ipython_key_completions_() == [*plan.parameters]


@pytest.mark.parametrize("name", ["imis_plan", "imis_plan.explore"])
def test_a_package_shows_its_public_names_and_nothing_else(name):
    """Neither its imports nor its submodules; each name is there when it is asked for."""
    package = import_module(name)
    shown = [public for public in dir(package) if not public.startswith("__")]

    assert shown == sorted(package.__all__)
    assert all(hasattr(package, public) for public in shown)


def test_a_parameter_shows_all_that_is_known_about_it():
    """Value with unit and range, source and grade, file and line, every text escaped."""
    html = load("nepal").parameters["coverage.target"]._repr_html_()
    for words in (
        "coverage.target",
        "0.28 1 (0.2 to 0.36)",
        "assumption: 23 % were active",
        "assumed",
        "parameters/nepal.yaml:",
    ):
        assert words in html
    assert "Price year" not in html  # a share has none


def test_a_simulation_shows_what_it_found():
    """Not its arrays."""
    result = simulate(load("borsa"), draws=100)
    assert repr(result).startswith("Simulation of borsa: 100 draws, XAF ")
    assert budget(load("borsa"))["amount"].sum() > result.point  # the budget has contingency, the simulation has none
