"""What the observations of one country say together."""

import pytest

from imis_plan.facts.carry import Carried
from imis_plan.facts.evidence import contradictions, evidence, span
from tests.facts.small import observation


def gathered(*rows):
    """The evidence of rows that need no carrying."""
    return evidence(rows, lambda row: Carried(row, row.value, ()))


def test_the_value_is_the_median_of_the_sources():
    """Three sources."""
    assert gathered(*(observation(source=name, value=value) for name, value in (("a", 1), ("b", 5), ("c", 2)))).value == 2


def test_tiers_of_one_source_are_one_observation():
    """Median of 4 and of the median of 1, 2 and 3; with each tier for itself it were 2.5."""
    tiers = [observation(value=value, tier=str(value)) for value in (1, 2, 3)]
    assert gathered(*tiers, observation(source="b", value=4)).value == 3


def test_only_the_newest_of_a_series_counts():
    """DR Congo's internet: 170.97 of 2024, not the mean with 17.50 of 2022, though two sources print them."""
    old = observation(source="a", series="league", value=17.5, price_year=2022)
    new = observation(source="b", series="league", value=170.97, price_year=2024)
    found = gathered(old, new)
    assert found.value == 170.97
    assert [skipped.why for skipped in found.skipped] == ["the same series has a value of 2024"]


def test_bounds_do_not_move_the_value():
    """A ceiling, a floor and a modelled value beside one observation."""
    bounds = [observation(kind=kind, value=value) for kind, value in (("ceiling", 90), ("floor", 1), ("modelled", 40))]
    found = gathered(observation(value=10), *bounds)
    assert (found.value, len(found.bounds)) == (10, 3)


def test_a_direct_observation_outranks_a_range():
    """With one, the ends only bound; without one, their middle is the value."""
    ends = [observation(source="b", kind="range", tier=tier, value=value) for tier, value in (("low", 2), ("high", 4))]
    assert gathered(*ends).value == 3
    assert gathered(observation(value=10), *ends).value == 10


def test_bounds_alone_give_no_value():
    """A ceiling says only what it is not."""
    assert gathered(observation(kind="ceiling")).deciding == ()


def test_the_grade_is_that_of_the_weakest_that_decides():
    """A bound does not weaken it."""
    found = gathered(observation(grade="A"), observation(source="b", grade="B"), observation(source="c", grade="C", kind="floor"))
    assert found.grade == "B"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("ceiling", 30, (8, 30)),  # raises the top
        ("ceiling", 5, (8, 12.5)),  # a ceiling below the value does not lower the bottom
        ("floor", 5, (5, 12.5)),  # lowers the bottom
        ("floor", 30, (8, 12.5)),  # a floor above the value does not raise the top
        ("modelled", 5, (5, 12.5)),
        ("modelled", 30, (8, 30)),
    ],
)
def test_bounds_widen_the_range(kind, value, expected):
    """A value of 10 with a spread of 25 %: 10 / 1.25 = 8 to 10 x 1.25 = 12.5."""
    bound = Carried(observation(kind=kind, value=value), value, ())
    assert span(10, [10], [bound], 0.25) == pytest.approx(expected)


def test_the_range_reaches_from_lowest_to_highest():
    """Wider than the spread."""
    assert span(10, [4, 30], [], 0.25) == (4, 30)


def test_what_contradicts_the_value_is_named():
    """A ceiling of 3,000 rupees below the 3,900 that others give."""
    rows = [Carried(observation(kind=kind, value=value), value, ()) for kind, value in (("ceiling", 3000), ("floor", 10))]
    assert contradictions(3900, rows) == ("the ceiling of NPL 3000 NPR of 2025 (a) lies below the value",)
