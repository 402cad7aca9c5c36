"""The levers of a plan: which they are, how far they go, and in which steps."""

import pytest
from hypothesis import given, strategies as st

from imis_plan import load
from imis_plan.analysis.options import variant
from imis_plan.analysis.risk import tornado
from imis_plan.explore.levers import levers, nearest_position, round_step, slider_positions, slider_range
from imis_plan.scenario.folder import scenarios

AMOUNT = st.floats(1e-6, 1e9)


def test_the_levers_are_what_the_model_finds_to_matter_most():
    """Ten; the largest swings of the tornado are among them, next to choices, and another country has others."""
    plan = load("nepal")
    found = [lever.path for lever in levers(plan)]
    numbers = [path for path in found if path in tornado(plan).index]
    assert len(found) == 10
    assert numbers == list(tornado(plan).index[: len(numbers)])
    assert "printing.card_type" in found  # which card is printed decides about more money than any price
    assert found != [lever.path for lever in levers(load("borsa"))]


def test_what_has_been_moved_stays_a_lever():
    """A lever that was moved must be there to be moved back, whatever else matters now."""
    found = [lever.path for lever in levers(load("nepal"), moved=["population.growth"])]
    assert (found[0], len(found)) == ("population.growth", 10)


def test_a_day_has_no_lever():
    """The first day of the fiscal year is neither a number nor one of a few choices."""
    assert "time.fiscal_year_start" not in [each.path for each in levers(load("nepal"), moved=["time.fiscal_year_start"])]


def test_a_slider_goes_as_far_as_the_range_of_its_parameter():
    """Low and high are those of the file; whatever a choice may be is offered."""
    plan = load("nepal")
    found = {lever.path: lever for lever in levers(plan)}
    target = found["coverage.target"]
    assert (target.positions[:3], target.positions[-1]) == ((0.2, 0.202, 0.204), 0.36)  # (0.36 - 0.2) / 100, rounded up
    assert found["printing.card_type"].choices == ("laminated_paper", "pvc", "preprinted_qr", "none")


def test_without_a_range_a_slider_goes_from_half_to_twice_the_value_within_bounds():
    """A share does not go beyond 1."""
    plan = load("nepal").replace({"coverage.target": 0.3, "claims.electronic_share": 0.95})
    assert slider_range(plan, plan.parameters["coverage.target"]) == (0.15, 0.6)
    assert slider_range(plan, plan.parameters["claims.electronic_share"]) == (0.475, 1.0)


@pytest.mark.parametrize(
    ("size", "step"), [(0.002, 0.002), (0.0021, 0.005), (0.006, 0.01), (1, 1), (120, 200), (0, 1), (37_650, 50_000)]
)
def test_steps_are_round(size, step):
    """1, 2 or 5 with zeros."""
    assert round_step(size) == pytest.approx(step)


def test_a_slider_stops_at_the_value_of_the_scenario_between_its_round_steps():
    """A resolved price is no round number; a slider that cannot stop at it would change the budget when it appears."""
    assert slider_positions(0.577, 1.248, 1.5, 0.25) == (0.577, 0.75, 1.0, 1.248, 1.25, 1.5)
    assert slider_positions(5, 5, 5, 1) == (5,)


@given(low=AMOUNT, first=st.floats(0, 1), width=AMOUNT)
def test_every_slider_reaches_its_ends_and_the_value(low, first, width):
    """Exactly, in ascending order and in some hundred steps."""
    high = low + width
    value = min(max(low + first * width, low), high)
    positions = slider_positions(low, value, high, round_step(width / 100))
    assert (positions[0], positions[-1], positions[nearest_position(positions, value)]) == (low, high, value)
    assert list(positions) == sorted(set(positions))
    assert len(positions) <= 104


@pytest.mark.parametrize("name", scenarios())
def test_each_slider_of_a_scenario_and_of_its_options_stands_on_its_value(name):
    """Whatever a price resolves to."""
    plan = load(name)
    for shown in (plan, *(variant(plan, option) for option in plan.options)):
        for lever in levers(shown):
            assert lever.choices or shown[lever.path] in lever.positions
