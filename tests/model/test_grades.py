"""Grades of confidence."""

import pytest

from imis_plan.model.grades import weakest


@pytest.mark.parametrize(
    ("grades", "result"),
    [
        (["A", "A"], "A"),  # nothing weaker in it
        (["A", "B"], "B"),
        (["C", "A", "B"], "C"),
        (["C", "analogue"], "analogue"),  # a weak source of the country is stronger than other countries
        (["predicted", "analogue"], "predicted"),
        (["predicted", "assumed"], "assumed"),
        (["assumed", "C"], "assumed"),  # an assumption is weaker than a weak source
        ([], ""),  # a quantity that rests on no parameter
        ([None, "B"], "B"),  # what has no grade does not count
    ],
)
def test_a_chain_is_as_weak_as_its_weakest_figure(grades, result):
    """An amount rests on all figures behind it."""
    assert weakest(grades) == result
