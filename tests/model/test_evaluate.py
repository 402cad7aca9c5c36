"""The same formulas for a number and for a hundred thousand draws of it."""

import random

import numpy as np
import pytest

from imis_plan.model.evaluate import driver_formulas, evaluate, inputs, path_by_year
from tests.model.plans import NAMES, plan_of

# Years are structure, and so are histories, tables, choices, flags and text: they stay single values.
STRUCTURE = {"time.base_year", "time.horizon", "population.year", "money.planning_rate_year"}
DRAWS = 3


def numeric(plan):
    """Leaves that a simulation may draw."""
    return [
        parameter
        for parameter in plan.parameters.values()
        if parameter.kind in ("number", "path") and parameter.path not in STRUCTURE
    ]


def drawn(plan, points):
    """Inputs in which every numeric parameter has one value per draw; `points` are the inputs of each draw."""
    values = points[0] | {"t": points[0]["t"][:, None]}
    for parameter in numeric(plan):
        values[parameter.path] = np.stack([point[parameter.path] for point in points], axis=-1)
    return values


def results(plan, values, draws=1):
    """Every driver, and every line's quantity, index and rate, as (years, draws)."""
    found = evaluate(values, plan.roles)
    horizon = plan["time.horizon"]
    shape = (horizon, draws)

    def grid(x):
        """A result with the year as first axis and the draws as second."""
        return np.broadcast_to(x if np.ndim(x) != 1 or draws > 1 else np.asarray(x)[:, None], shape)

    table = {name: grid(found.values[name]) for name in driver_formulas(plan.roles)}
    for component, line, _ in found.lines:
        parameter = plan.parameters[line.price]
        index, rate = found.prices.factors(parameter.currency, parameter.price_year, line.market)
        for what, x in (("quantity", line.effective_quantity), ("index", index), ("rate", rate)):
            table[f"{component}.{line.line}.{line.level}.{what}"] = grid(x)
    return table


def assert_same(point, draws, i):
    """Draw i gives what the point gives, for every driver and line."""
    for name, expected in point.items():
        np.testing.assert_allclose(draws[name][:, i], expected[:, 0], rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("name", NAMES)
def test_equal_draws_give_the_point(name):
    """Three equal draws of every figure: three times the scenario itself."""
    plan = plan_of(name)
    point = inputs(plan)
    draws = results(plan, drawn(plan, [point] * DRAWS), DRAWS)
    for i in range(DRAWS):
        assert_same(results(plan, point), draws, i)


def varied(plan, seed):
    """Inputs with every figure that has a range somewhere in it; whole numbers stay whole."""
    rng, values = random.Random(seed), inputs(plan)  # noqa: S311  # no secret
    for parameter in numeric(plan):
        if parameter.low is not None and parameter.high is not None:
            x = rng.uniform(parameter.low, parameter.high)
            value = float(round(x)) if parameter.integer else x
            values[parameter.path] = np.full(len(values["t"]), value) if parameter.kind == "path" else value
    return values


@pytest.mark.parametrize("name", NAMES)
def test_each_draw_is_a_scenario_of_its_own(name):
    """Draw i equals the evaluation of the values of draw i; no draw leaks into another."""
    plan = plan_of(name)
    points = [varied(plan, seed) for seed in range(DRAWS)]
    draws = results(plan, drawn(plan, points), DRAWS)
    for i, point in enumerate(points):
        assert_same(results(plan, point), draws, i)


@pytest.mark.parametrize("hosting", ["ministry_room", "government", "cloud", "managed"])
@pytest.mark.parametrize("shape", ["linear", "logistic", "given"])
def test_draws_work_for_every_hosting_and_every_shape(hosting, shape):
    """Decisions pick formulas, and each of these takes draws."""
    plan = plan_of("tanzania").replace(
        {
            "server.hosting": hosting,
            "coverage.shape": shape,
            "coverage.shrinks": True,
            "agents.basis": "ratio",
            "phones.per_facility": 0.3,
        }
    )
    points = [varied(plan, seed) for seed in range(DRAWS)]
    draws = results(plan, drawn(plan, points), DRAWS)
    for i, point in enumerate(points):
        assert_same(results(plan, point), draws, i)


@pytest.mark.parametrize("path", ["constant_real", "constant", "given"])
def test_draws_work_for_every_exchange_path(path):
    """Inflation and rates of exchange are drawn like all else."""
    plan = plan_of("malawi").replace(
        {"money.exchange_path": path, "money.exchange_rate_path": [1700 + 50 * year for year in range(15)]}
    )
    points = [varied(plan, seed) for seed in range(DRAWS)]
    draws = results(plan, drawn(plan, points), DRAWS)
    for i, point in enumerate(points):
        assert_same(results(plan, point), draws, i)


def test_a_path_is_a_list_or_grows():
    """A list is cut to the horizon; 2 growing by a half is 2, 3, 4.5."""
    plan = plan_of("tanzania").replace(
        {"coverage.rollout": [0.1 * n for n in range(1, 11)], "claims.per_insured_year": {"value": 2, "growth": 0.5}}
    )

    assert path_by_year(plan.parameters["coverage.rollout"], 3).tolist() == pytest.approx([0.1, 0.2, 0.3])
    assert path_by_year(plan.parameters["claims.per_insured_year"], 3).tolist() == [2, 2 * 1.5, 2 * 1.5**2]


@pytest.mark.parametrize("horizon", [1, 2, 15])
def test_a_plan_may_be_a_year_or_fifteen(horizon):
    """Every series has as many years as the plan."""
    plan = plan_of("tanzania").replace({"time.horizon": horizon})

    assert {len(entry.line.effective_quantity) for entry in evaluate(inputs(plan), plan.roles).lines} == {horizon}
