"""What users read about a problem in their input."""

import pickle

import pytest

from imis_plan.i18n.sentences import problem_text
from imis_plan.i18n.translate import using_language
from imis_plan.problems import BadInput, Problem, closest_match, key_problem, suggestion
from imis_plan.scenario.location import Location
from imis_plan.scenario.yaml_file import parse
from tests.scenario.test_yaml_file import FILE

TEXT = "a:\n  b: {value: 1,\n      unit: x}\n"


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("x.yaml", 3, "a.b", "not a number", "give one", "z"), 'x.yaml:3: a.b = "z": not a number, give one'),
        (Problem("x.yaml", None, "", "no such file", "name another"), "x.yaml: no such file, name another"),
        (Problem("x.csv", 2, "item", "unknown", "see the list", None), "x.csv:2: item = null: unknown, see the list"),
    ],
)
def test_a_problem_is_one_line_with_location_value_message_and_remedy(problem, text):
    """Parts that are not known are left out; null is a value."""
    assert str(problem) == text


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (key_problem("value", "below 5", "give 5", 1), "parameters/x.yaml:2: a.b = 1: below 5, give 5"),
        (key_problem("unit", "unknown unit", "give y", "x"), 'parameters/x.yaml:3: a.b.unit = "x": unknown unit, give y'),
        (key_problem("source", "no source", "give one"), "parameters/x.yaml:2: a.b: no source, give one"),
    ],
)
def test_a_location_completes_the_problem_of_a_key(problem, text):
    """The line is that of the key; the value and a missing key have the path of the parameter."""
    location = Location(parse(TEXT, FILE)).below("a", "b")
    location.add(problem)
    assert [str(each) for each in location.found] == [text]


def test_an_error_has_each_problem_once_in_the_order_of_the_lines():
    """Also after another process has sent it, where a problem without a value still has none."""
    first, second = (Problem("x.yaml", line, "a", "wrong", "correct it") for line in (1, 2))
    error = pickle.loads(pickle.dumps(BadInput([second, first, second])))  # noqa: S301  # our own bytes
    assert error.problems == (first, second)
    assert str(error) == "x.yaml:1: a: wrong, correct it\nx.yaml:2: a: wrong, correct it"


def test_an_unknown_name_gets_the_closest_match_or_the_list():
    """A long list is cut."""
    assert closest_match("claim", ["claims", "users"]) == "claims"
    assert suggestion("claim", ["claims", "users"]) == "did you mean claims?"
    assert suggestion("x", ["claims", "users"]) == "choose from claims, users"
    assert suggestion("x", map(str, range(20)), 2) == "choose from 0, 1, ..."
    assert suggestion("x", []) == "remove it: no name is allowed here"


def test_an_open_question_is_one_line_with_the_colon_of_the_language():
    """French has a space before it, which does not break."""
    problem = Problem("x.yaml", 3, "a.b", "People", "answer it", question=True)
    assert str(problem) == "x.yaml:3: open question: a.b: People, answer it"
    with using_language("fr"):
        assert problem_text(problem).startswith("x.yaml:3: question ouverte\u00a0: a.b: ")
