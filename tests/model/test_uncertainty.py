"""The plan under uncertainty: one model, many draws."""

import numpy as np
import pytest

from imis_plan import budget, load, simulate
from imis_plan.model import simulation
from imis_plan.model.draws import inputs_at_positions, uncertain_parameters
from imis_plan.model.evaluate import evaluate, inputs
from imis_plan.model.simulation import (
    CHUNK_SIZE,
    base_cost_by_year,
    chunk_positions,
    chunks,
    planned_simulation,
    simulate_variants,
)


@pytest.fixture(scope="module")
def plan():
    """Borsa: small, so that brute force is quick."""
    return load("borsa")


@pytest.fixture(scope="module")
def result(plan):
    """Some thousand draws of it."""
    return simulate(plan, 6000)


def one_draw(values, i):
    """Values of one draw, as those of a point."""
    return {name: taken(value, i) for name, value in values.items()}


def taken(value, i):
    """A value or series of one draw; what is the same in all draws stays."""
    if not isinstance(value, np.ndarray):
        return value
    return value[..., i if value.shape[-1] > 1 else 0]


def test_each_draw_is_a_point_evaluation(plan, result):
    """Taking the first draws one by one, as a loop over plans would, gives the same costs."""
    u = chunk_positions(plan, uncertain_parameters(plan), next(chunks(6000)), result.seed, "random")
    values = inputs_at_positions(plan, inputs(plan), u)
    for i in range(40):
        capital, recurrent = base_cost_by_year(plan, evaluate(one_draw(values, i), plan.roles))

        assert capital == pytest.approx(result.capital[:, i])
        assert recurrent == pytest.approx(result.recurrent[:, i])


def test_the_point_is_the_ledger_without_contingency(plan, result):
    """The point estimate of a simulation is the base cost of the ledger, to the rounding of its rows."""
    ledger = budget(plan)
    base = ledger[ledger["component"] != "contingency"]

    assert result.point == pytest.approx(base["amount"].sum(), abs=0.01 * len(base))


def test_the_same_seed_gives_the_same_figures(plan, result):
    """Seed and draws decide everything, however many threads work."""
    again, other = simulate(plan, 6000), simulate(plan, 6000, seed=result.seed + 1)

    assert np.array_equal(again.total, result.total)
    assert not np.array_equal(other.total, result.total)


def test_without_ranges_there_is_no_spread(plan):
    """Where every range has shrunk to its value, each draw is the point."""
    certain = plan.replace({parameter.path: parameter.value for parameter in uncertain_parameters(plan)})
    result = simulate(certain, 50)

    assert result.parameters == ()
    assert result.total == pytest.approx(np.full(50, result.point))


def test_a_latin_hypercube_repeats_the_median_better(plan):
    """With the same few draws, medians of Latin hypercubes lie closer together than those of random draws."""
    free = plan.replace({f"uncertainty.correlation_{name}": 0 for name in ("prices", "pay", "volumes")})
    medians = {d: [np.median(simulate(free, 400, seed=s, design=d).total) for s in range(12)] for d in ("random", "latin")}

    assert np.std(medians["latin"]) < np.std(medians["random"])


def test_wider_prices_widen_the_spread(plan, result):
    """A price with twice the range above its value makes the costly cases costlier and leaves the point alone."""
    pay = plan.parameters["roles.data_entry_clerk.pay"]
    wide = {
        "value": pay.value,
        "low": pay.low,
        "high": 3 * pay.high,
        "source": "assumption: three times the observed range",
        "confidence": "assumed",
        "price_year": pay.price_year,
    }
    wider = simulate(plan.replace({pay.path: wide}), 6000)

    assert np.quantile(wider.total, 0.9) > np.quantile(result.total, 0.9)
    assert wider.point == pytest.approx(result.point)


@pytest.mark.parametrize("draws", [1, CHUNK_SIZE, CHUNK_SIZE + 1])
def test_any_number_of_draws(plan, draws):
    """One draw, a full chunk, and a chunk and one more all come out whole."""
    assert simulate(plan, draws).total.shape == (draws,)


def test_threads_change_no_draw(plan, monkeypatch):
    """Four chunks in parallel give what they give one after the other."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    together = simulate(plan, 4 * CHUNK_SIZE)
    monkeypatch.setattr(simulation, "CHUNKS_PER_THREAD", 5)
    one_by_one = simulate(plan, 4 * CHUNK_SIZE)
    np.testing.assert_array_equal(together.capital, one_by_one.capital)
    np.testing.assert_array_equal(together.recurrent, one_by_one.recurrent)


@pytest.mark.parametrize(("draws", "design"), [(0, "random"), (10, "sobol")])
def test_nonsense_is_refused(plan, draws, design):
    """No draws, or a design that nobody knows, is an error that says what there is."""
    with pytest.raises(ValueError, match="choose from random, latin"):
        simulate(plan, draws, design=design)


def test_contingency_by_percentile_makes_the_budget_reach_it(plan):
    """Base cost and the contingency lines add up to the percentile of the same draws."""
    chosen = plan.replace({"contingency.method": "percentile", "contingency.percentile": 0.8})
    simulated = simulate(chosen, int(chosen["uncertainty.draws"]), design="latin")

    assert budget(chosen)["amount"].sum() == pytest.approx(np.quantile(simulated.total, 0.8), rel=1e-6)


def test_variants_see_the_same_draws_of_what_they_share():
    """An option that settles one parameter leaves the random numbers of all others as they are."""
    plans = (load("nepal"), load("nepal", "two_year_delay"))
    one, two = (
        {
            each.path: row
            for each, row in zip(parameters, chunk_positions(plan, parameters, next(chunks(500)), 1, "random"), strict=True)
        }
        for plan, parameters in ((plan, uncertain_parameters(plan)) for plan in plans)
    )

    assert len(set(one) & set(two)) < len(one)  # the delay itself is no longer drawn
    assert all(np.array_equal(one[path], two[path]) for path in set(one) & set(two))


def test_each_component_holds_its_part_of_a_percentile_contingency(plan):
    """The reserve of a year is shared out by base cost, so that funding rules find it with its component."""
    rows = budget(plan.replace({"contingency.method": "percentile"})).query("component == 'contingency'")

    assert set(rows["role_or_level"]) > {"staff", "server"}
    assert (rows["amount"] >= 0).all()


def test_a_year_without_cost_keeps_its_part_of_the_reserve():
    """Where a late start leaves the first year empty but for the luck of an early one, nothing of the reserve is lost."""
    late = {"value": 1, "low": 0, "high": 2, "source": "assumption: late", "confidence": "assumed"}
    plan = load("congo_dr").replace(
        {
            "coverage.delay": late,
            "contingency.method": "percentile",
            "contingency.factors": "plan",
            "other.project_management.included": False,
        }
    )
    ledger = budget(plan)
    base = ledger[ledger["component"] != "contingency"]

    assert base.query("year == 2027")["amount"].sum() == 0
    assert ledger["amount"].sum() == pytest.approx(np.quantile(planned_simulation(plan).total, 0.8), rel=1e-6)


@pytest.mark.parametrize("name", ["nepal", "borsa"])
def test_variants_worked_out_together_give_what_each_gives_alone(name):
    """To the last digit: prices, volumes, the horizon, the correlation and the seed differ, and what is shared is the same."""
    base = load(name)
    changes: list[dict[str, object]] = [
        {},
        {"printing.page": 0.05},
        {"coverage.delay": 2},
        {"time.horizon": 3},
        {"uncertainty.correlation_prices": 0.1},
        {"uncertainty.seed": 7},
        {"uncertainty.distribution": "pert"},
    ]
    plans = [base.replace(change) for change in changes]
    for result in simulate_variants(plans, 3000, design="latin"):
        alone = simulate(result.plan, 3000, design="latin")

        assert (result.total == alone.total).all()
        assert (result.by_year == alone.by_year).all()
