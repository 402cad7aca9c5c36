"""Contingency factors: the budget is the mean or a percentile of the simulation, and what-ifs keep the factors."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from imis_plan.analysis.options import alternatives
from imis_plan.model import simulated_cost
from imis_plan.model.contingency_factors import contingency_factors, distributed_shares
from imis_plan.model.ledger import budget
from imis_plan.model.simulation import planned_simulation
from imis_plan.scenario import scenario_table
from imis_plan.scenario.plan import load
from imis_plan.scenario.save import save
from tests.model.plans import FOLDER, NAMES, ledger_of, plan_of, total

# Part of the mean by which the sum may miss it, and the least chance that the sum is enough.
TOLERANCE, LEAST_CHANCE = 0.005, 0.45


def contingency_of(ledger):
    """Contingency over all years. [LCU]"""
    return float(ledger.loc[ledger["component"] == "contingency", "amount"].sum())


@pytest.fixture
def simulated(monkeypatch):
    """Names of the plans that a test simulates for their contingency; nothing is remembered at its start."""
    names = []

    def noted(plan):
        names.append(plan.name)
        return planned_simulation(plan)

    monkeypatch.setattr(simulated_cost, "known", type(simulated_cost.known)(simulated_cost.REMEMBERED))
    monkeypatch.setattr(simulated_cost, "planned_simulation", noted)
    monkeypatch.setattr(simulated_cost, "planned_simulations", lambda plans: [noted(plan) for plan in plans])
    return names


@pytest.mark.parametrize("name", NAMES)
def test_the_sum_is_the_expected_cost_and_enough_in_nearly_half_of_the_cases(name):
    """Base cost where the mean lies below it; else base cost and contingency are the mean to half a per cent."""
    ledger, result = ledger_of(name), planned_simulation(plan_of(name))
    asked, mean = float(ledger["amount"].sum()), float(result.total.mean())
    base = asked - contingency_of(ledger)

    if mean <= base:
        assert asked == pytest.approx(base, abs=0.01)
    else:
        assert asked == pytest.approx(mean, rel=TOLERANCE)
    assert (result.total <= asked + 1).mean() >= LEAST_CHANCE


@pytest.mark.parametrize("name", NAMES)
def test_contingency_is_never_negative(name):
    """No kind and no year has a negative share, and none exceeds its base cost."""
    shares = contingency_factors(plan_of(name)).shares

    assert all(0 <= share <= 1 for row in shares.values() for share in row)
    assert (ledger_of(name).query("component == 'contingency'")["amount"] >= 0).all()


def test_a_reserve_is_distributed_by_weight_and_never_above_the_base_cost():
    """30 by weights 10, -5 and 40 where base costs are 100, 50 and 20: 40 counts as 20, so 10 and 20."""
    shares, means = distributed_shares(30.0, np.array([[10.0, -5.0], [40.0, 3.0]]), np.array([[100.0, 50.0], [20.0, 0.0]]))

    assert shares == pytest.approx(np.array([[10 / 100, 0], [20 / 20, 20 / 20]]))
    assert means == pytest.approx([10 / 150, 20 / 20])


GRIDS = st.lists(st.floats(0, 1e12), min_size=6, max_size=6).map(lambda costs: np.array(costs).round(2).reshape(2, 3))
WEIGHTS = st.lists(st.floats(-1e12, 1e12), min_size=6, max_size=6).map(lambda costs: np.array(costs).reshape(2, 3))


@given(st.floats(0, 1), WEIGHTS, GRIDS)
def test_shares_of_the_base_cost_add_up_to_the_reserve(part, weights, base):
    """Whatever weights and costs: to twelve decimals of a share, and no share is negative."""
    reserve = part * base.sum()
    shares, means = distributed_shares(reserve, weights, base)

    assert (shares * base).sum() == pytest.approx(reserve, rel=1e-9, abs=1e-11 * base.sum())
    assert (shares >= 0).all()
    assert (means >= 0).all()


def test_years_that_cost_nothing_get_their_part_elsewhere():
    """The mean exceeds the point only where nothing is planned: all of the reserve goes to the base cost in proportion."""
    shares, means = distributed_shares(20.0, np.array([[0.0, 20.0], [0.0, 0.0]]), np.array([[50.0, 0.0], [50.0, 0.0]]))

    assert shares == pytest.approx(np.array([[0.2, 0.2], [0.2, 0.2]]))
    assert means == pytest.approx([0.2, 0.2])


def test_a_plan_that_costs_nothing_has_no_contingency():
    """There is nothing to take a share of."""
    shares, means = distributed_shares(0.0, np.zeros((2, 3)), np.zeros((2, 3)))

    assert not shares.any()
    assert not means.any()


@pytest.mark.parametrize("percentile", [0.5, 0.8, 0.95])
def test_a_percentile_is_reached(percentile):
    """Of the same draws, to half a per cent."""
    plan = plan_of("gambia")
    wanted = float(np.quantile(planned_simulation(plan).total, percentile))

    assert total(plan.replace({"contingency.method": "percentile", "contingency.percentile": percentile})) == pytest.approx(
        wanted
    )


def test_quantiles_and_chances_are_those_of_the_draws():
    """Between two draws by a straight line, as NumPy does it; a sum that is enough in every case, or in none."""
    costs = np.array([40.0, 10.0, 20.0, 30.0])
    quantiles = simulated_cost.quantiles(costs)
    assert quantiles == pytest.approx(np.quantile(costs, simulated_cost.PROBABILITIES), rel=1e-12)
    nothing = np.zeros((2, 1))
    cost = simulated_cost.SimulatedCost(nothing, nothing, nothing, quantiles)
    assert [cost.chance(total) for total in (5, 10, 25, 40, 50)] == pytest.approx([0, 0, 0.5, 1, 1], abs=1e-4)
    assert cost.chance(cost.percentile(0.8)) == pytest.approx(0.8, abs=1e-6)


def test_the_contingency_rises_with_the_percentile():
    """More certainty costs more; below the point estimate it costs nothing."""
    plan = plan_of("tanzania")
    held = [
        contingency_of(budget(plan.replace({"contingency.method": "percentile", "contingency.percentile": p})))
        for p in (0.05, 0.6, 0.8, 0.9)
    ]

    assert held[0] == 0
    assert held == sorted(held)
    assert held[1] > 0


@pytest.mark.parametrize("what_if", [{"coverage.target": 0.05}, {"time.horizon": 3}, {"money.discount_rate": 0.1}])
def test_what_ifs_keep_the_factors_and_do_not_simulate(simulated, what_if):
    """One simulation for the scenario; each what-if takes its shares of its own base cost, year by year."""
    plan = load("tanzania", parameters=FOLDER)
    shares = contingency_factors(plan).shares
    rows = budget(plan.replace(what_if)).query("component == 'contingency'")

    assert simulated == ["tanzania"]
    for row in rows.itertuples():
        assert row.unit_price == shares[row.kind][row.year - 2027]
        assert row.amount == pytest.approx(row.quantity * row.unit_price, abs=0.006)
        assert "simulated for tanzania without changes" in row.working


def test_years_beyond_the_simulated_plan_have_the_share_of_all_years():
    """Two years more than the scenario."""
    plan = plan_of("zambia")
    factors = contingency_factors(plan)
    rows = budget(plan.replace({"time.horizon": plan["time.horizon"] + 2})).query("component == 'contingency' and year > 2031")

    assert {(row.kind, row.unit_price) for row in rows.itertuples()} == set(factors.means.items())


def test_simulate_renews_the_factors():
    """The plan with its change is simulated, and its sum is its own mean."""
    plan = plan_of("gambia").replace({"coverage.target": 0.5, "contingency.factors": "plan"})

    assert total(plan) == pytest.approx(float(planned_simulation(plan).total.mean()), rel=TOLERANCE)
    assert "without changes" not in " ".join(budget(plan).query("component == 'contingency'")["working"])


def test_equal_plans_are_simulated_once(simulated):
    """A scenario that is loaded again, and one with a what-if that no draw depends on."""
    for changes in ({}, {}, {"contingency.percentile": 0.9}, {"contingency.method": "percentile", "contingency.factors": "plan"}):
        budget(load("borsa", parameters=FOLDER, changes=changes))

    assert simulated == ["borsa"]


@pytest.mark.parametrize("method", ["lines", "none"])
def test_methods_without_simulation_do_not_simulate(simulated, method):
    """Stated shares and no contingency need no draws."""
    budget(load("borsa", parameters=FOLDER, changes={"contingency.method": method}))

    assert simulated == []


def test_each_option_has_its_own_simulation(simulated):
    """One run for the base and all options together; the sum of each is its own mean, or its base cost."""
    found = alternatives(load("gambia", parameters=FOLDER))

    assert simulated == []  # the simulation of the comparison is the one of the contingencies
    for case in [*found.cases.values()][:3]:
        mean = float(planned_simulation(case.plan).total.mean())
        base = case.figures["total"] - contingency_of(case.ledger)
        assert case.figures["total"] == pytest.approx(max(mean, base), rel=TOLERANCE)


def test_an_option_with_a_what_if_keeps_the_factors_of_the_option():
    """Not those of the scenario, and not new ones."""
    option = next(iter(plan_of("gambia").options))
    changed = load("gambia", option=option, parameters=FOLDER, changes={"coverage.target": 0.5})
    found = alternatives(plan_of("gambia").replace({"coverage.target": 0.5}))

    assert contingency_factors(changed).option == option
    assert contingency_factors(found.cases[option].plan).shares == contingency_factors(changed).shares
    assert float(budget(changed)["amount"].sum()) == pytest.approx(found.cases[option].figures["total"])


def test_rows_of_a_table_keep_the_factors_of_their_base(simulated, tmp_path):
    """However many rows there are, only the base is simulated; with `--simulate`, each row is."""
    for file in FOLDER.glob("*.yaml"):
        (tmp_path / file.name).symlink_to(file)
    table = tmp_path / "rows.csv"
    table.write_text("name,coverage.target\neast,0.45\nwest,0.5\nsouth,0.55\n")
    names = scenario_table.write(table, FOLDER, tmp_path, "gambia")
    shares = {name: contingency_factors(load(name, parameters=tmp_path)).shares for name in names}

    assert simulated == ["gambia"]
    assert set(map(str, shares.values())) == {str(contingency_factors(plan_of("gambia")).shares)}
    assert "simulated for gambia without changes" in budget(load("east", parameters=tmp_path))["working"].iloc[-1]

    budget(load("west", parameters=tmp_path, changes={"contingency.factors": "plan"}))

    assert simulated == ["gambia", "west"]


def test_a_saved_what_if_costs_what_was_shown(tmp_path):
    """It keeps the shares of its base; with an option, it is simulated."""
    for file in FOLDER.glob("*.yaml"):
        (tmp_path / file.name).symlink_to(file)
    base, changes = load("gambia", parameters=tmp_path), {"coverage.target": 0.5}
    save("kept", base, base.replace(changes))
    save("renewed", base, load("gambia", option="government_hosting", parameters=tmp_path, changes=changes))

    assert total(load("kept", parameters=tmp_path)) == pytest.approx(total(base.replace(changes)), abs=0.01)
    assert contingency_factors(load("renewed", parameters=tmp_path)).scenario == "renewed"


def test_a_scenario_based_on_another_one_is_simulated_itself(tmp_path):
    """Unless it says that it keeps the factors of its base, as rows of a table do."""
    for file in FOLDER.glob("*.yaml"):
        (tmp_path / file.name).symlink_to(file)
    target = 'coverage:\n  target: {value: 0.5, low: 0.45, high: 0.55, source: "assumption: a test", confidence: assumed}\n'
    about = "about: {title: Child}\n"
    (tmp_path / "own.yaml").write_text(f"based_on: gambia\n{about}{target}")
    kept = 'contingency:\n  factors: {value: base, source: "assumption: a test", confidence: assumed}\n'
    (tmp_path / "kept.yaml").write_text(f"based_on: gambia\n{about}{target}{kept}")
    own, kept_factors = (contingency_factors(load(name, parameters=tmp_path)) for name in ("own", "kept"))

    assert (own.scenario, kept_factors.scenario) == ("own", "gambia")
    assert kept_factors.shares == contingency_factors(plan_of("gambia")).shares
    assert own.shares != kept_factors.shares
