"""The levers of a plan: which they are, how far they go, and in which steps."""

import pytest

from imis_plan import load
from imis_plan.analysis.risk import tornado
from imis_plan.explore.levers import levers, on_grid, round_step, slider_range


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


def test_a_slider_goes_as_far_as_the_range_of_its_parameter():
    """Low and high are those of the file; whatever a choice may be is offered."""
    plan = load("nepal")
    found = {lever.path: lever for lever in levers(plan)}
    target = found["coverage.target"]
    assert (target.low, target.high, target.step) == (0.2, 0.36, 0.002)  # (0.36 - 0.2) / 100, rounded up
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


@pytest.mark.parametrize(
    ("low", "value", "step", "start"),
    [(0.5771, 1.248, 0.1, 0.648), (0.2, 0.3, 0.002, 0.2), (5, 5, 1, 5), (0, 1.248, 0.05, 0.048)],
)
def test_steps_of_a_slider_reach_the_value(low, value, step, start):
    """A resolved price is no round number; a slider that cannot stand on it would change the budget when it appears."""
    assert on_grid(low, value, step) == pytest.approx(start)
