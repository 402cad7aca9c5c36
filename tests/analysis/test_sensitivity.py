"""What moves the total: indices of independent groups, the quotes to get first, and points outside the range."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from imis_plan import load, simulate
from imis_plan.analysis import mean_shifts, outliers, quotes, samples, sensitivity as sens
from imis_plan.analysis.risk import total_cost
from imis_plan.i18n.formats import escape_markdown, share
from imis_plan.i18n.translate import using_language
from imis_plan.model.draws import uncertain_parameters
from imis_plan.model.ledger import budget as ledger_of
from imis_plan.model.simulation import simulate as run
from imis_plan.scenario.plan import Plan
from imis_plan.sections.first_page import text as first_page_text
from imis_plan.sections.risk import tables as risk_tables, text as risk_text

DRAWS = 2000
SCENARIOS = (
    "borsa", "cameroon", "chad", "congo_dr", "gambia", "malawi", "mauritania", "nepal", "niger", "tanzania", "zambia", "zanzibar",
)  # fmt: skip


@pytest.fixture(scope="module")
def plan():
    """Borsa, the smallest scenario."""
    return load("borsa")


@pytest.fixture(scope="module")
def result(plan):
    """Some draws of it."""
    return simulate(plan, DRAWS)


@pytest.mark.parametrize("name", SCENARIOS)
def test_first_order_indices_sum_to_at_most_one(name):
    """In every scenario each index lies between 0 and 1 and below its total index; the sum is at most 1 within three errors."""
    found = sens.variance_shares(simulate(load(name), DRAWS))
    first, total = found.table["first"], found.table["total"]

    assert first.between(0, 1).all()
    assert (first[total.notna()] <= total[total.notna()]).all()
    assert first.sum() <= 1 + 3 * found.sampling_error
    assert first.sum() > 0.8  # amounts are sums of products of few factors
    assert found.sampling_error < 0.03
    assert found.evaluations < 150_000


def test_groups_are_the_correlated_parameters(plan, result):
    """Every uncertain parameter belongs to one group; those of a group vary together, and all others are alone."""
    groups = sens.independent_groups(plan, uncertain_parameters(plan))
    members = sorted(i for each in groups.values() for i in each)

    assert members == list(range(len(result.parameters)))
    assert len(groups["pay"]) > 3
    assert len(groups["server.sizing.bloat"]) == 1


def test_without_correlation_every_parameter_is_alone(plan):
    """A rank correlation of 0 dissolves the groups."""
    free = plan.replace({f"uncertainty.correlation_{name}": 0 for name in ("prices", "pay", "volumes")})
    parameters = uncertain_parameters(free)

    assert set(sens.independent_groups(free, parameters)) == {parameter.path for parameter in parameters}


def test_what_the_plan_does_not_use_explains_nothing(plan, result):
    """Prices of hosting that was not chosen, and of messages that are not sent, have indices of exactly 0."""
    shares = sens.variance_shares(result).table

    assert plan["server.hosting"] != "ministry_room"
    assert tuple(shares.loc["server.ministry_room.kwh_per_machine", ["first", "error", "total"]]) == (0, 0, 0)


class Toy:
    """Samples of a function of independent positions, in place of a plan."""

    def __init__(self, function, count, seed=1):
        rng = np.random.default_rng(seed)
        self.function = function
        a, b = rng.random((2, count, samples.SAMPLE_SIZE))
        self.sampled = samples.Samples((), list(a), list(b), function(a), function(b))

    def exchange(self, *members):
        """First-order index, error and total index of some of the positions together."""
        return sens.exchange_indices(self.sampled, self.function(np.array(samples.exchanged(self.sampled, members))))


def test_indices_of_a_sum():
    """Of X + 2 Y, X explains 1 / 5 of the variance and Y 4 / 5, alone and in all, by either estimate."""
    toy = Toy(lambda x: x[0] + 2 * x[1], 3)

    for i, expected in ((0, 0.2), (1, 0.8)):
        first, error, total = toy.exchange(i)
        assert first == pytest.approx(expected, abs=3 * error)
        assert total == pytest.approx(expected, abs=0.03)
        assert sens.class_index(toy.sampled.position(i), toy.sampled.total)[0] == pytest.approx(expected, abs=0.02)
    assert toy.exchange(2) == (0, 0, 0)
    assert sens.class_index(toy.sampled.position(2), toy.sampled.total)[0] == 0
    assert toy.exchange(0, 1)[2] == pytest.approx(1, abs=0.03)


def test_indices_of_a_product():
    """Of (1 + X) (1 + Y), each explains Var(X) E(1+Y)^2 / Var = 27 / 55 alone and 28 / 55 in all (X, Y even on 0 to 1)."""
    toy = Toy(lambda x: (1 + x[0]) * (1 + x[1]), 2)
    first, error, total = toy.exchange(0)

    assert first == pytest.approx(27 / 55, abs=3 * error)
    assert total == pytest.approx(28 / 55, abs=0.02)
    assert sens.class_index(toy.sampled.position(0), toy.sampled.total)[0] == pytest.approx(27 / 55, abs=0.02)


def test_the_function_of_ishigami():
    """The usual test of such estimates (Ishigami and Homma 1990): 0.314, 0.442 and 0 alone, 0.558, 0.442 and 0.244 in all."""

    def ishigami(x):
        """Sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on -pi to pi."""
        one, two, three = np.pi * (2 * x - 1)
        return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)

    toy = Toy(ishigami, 3)
    for i, (alone, together) in enumerate([(0.314, 0.558), (0.442, 0.442), (0.0, 0.244)]):
        first, error, total = toy.exchange(i)
        assert first == pytest.approx(alone, abs=3 * error)
        assert total == pytest.approx(together, abs=0.03)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 10), min_size=2, max_size=6), st.integers(0, 1000))
def test_indices_of_any_sum_of_products(weights, seed):
    """Whatever the weights: indices lie between 0 and 1, sum to at most 1 within three errors, and are 0 for a weight of 0."""
    if max(weights) < 0.1:
        weights = [1.0, *weights[1:]]
    toy = Toy(lambda x: np.tensordot(weights, x, 1) + weights[0] * x[0] * x[1], len(weights), seed)
    found = [sens.class_index(toy.sampled.position(i), toy.sampled.total) for i in range(len(weights))]

    assert all(0 <= first <= 1 for first, _error in found)
    assert sum(first for first, _error in found) <= 1 + 3 * sum(error**2 for _first, error in found) ** 0.5
    for i, weight in enumerate(weights):
        if weight == 0 and (i > 1 or weights[0] == 0):
            assert toy.exchange(i) == (0, 0, 0)


def test_the_joint_index_of_a_sum():
    """X and 2 Y together explain 5 / 14 of X + 2 Y + 3 Z; a position that does not matter adds nothing."""
    x = np.random.default_rng(2).random((4, 40_000))
    total = x[0] + 2 * x[1] + 3 * x[2]

    assert quotes.joint_index([x[0], x[1]], total) == pytest.approx(5 / 14, abs=0.01)
    assert quotes.joint_index([x[3]], total) == pytest.approx(0, abs=0.002)
    assert quotes.joint_index([x[0], x[1], x[2]], total) == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("name", ["nepal", "tanzania"])
def test_quotes_remove_the_variance_that_the_sentence_states(name):
    """Without correlation, exchanging the three prices in the samples gives the index that sorting the draws by them gives."""
    plan = load(name).replace({f"uncertainty.correlation_{group}": 0 for group in ("prices", "pay", "volumes")})
    result = simulate(plan, DRAWS)
    quotes, sampled = sens.variance_shares(result).quotes, samples.samples(result)
    rows = tuple(i for i, each in enumerate(sampled.parameters) if each.path in quotes.paths)
    first, error, _total = sens.exchange_indices(
        sampled, total_cost(plan, samples.evaluated_at(plan, samples.exchanged(sampled, rows)))
    )

    assert len(quotes.paths) == 3
    assert quotes.share == pytest.approx(first, abs=3 * error)


def test_quotes_are_of_prices_that_somebody_can_quote(plan):
    """Neither pay, nor allowances, nor rates of exchange, nor volumes; only prices of the budget."""
    prices = quotes.quotable_prices(plan)

    assert "printing.page" in prices
    assert not [path for path in prices if path.startswith("roles.") or path in ("capacity.per_diem", "money.planning_rate")]
    assert all(plan.parameters[path].currency for path in prices)


def test_a_plan_without_ranges_has_no_causes(plan):
    """Nothing explains a variance of 0, and no quotes are asked for."""
    certain = plan.replace({parameter.path: parameter.value for parameter in uncertain_parameters(plan)})
    found = sens.variance_shares(simulate(certain, 50))

    assert found.table["first"].sum() == 0
    assert found.quotes == ((), 0.0)


def test_mean_shifts_are_those_of_one_parameter_at_a_time(plan):
    """With the range of one price only, the mean of the simulation lies above the point by its shift."""
    shifts = mean_shifts.mean_shifts(plan)
    path = "server.managed.fee"
    only = plan.replace({each.path: each.value for each in uncertain_parameters(plan) if each.path != path})
    one = run(only, 20_000, design="latin")

    assert one.total.mean() - one.point == pytest.approx(shifts[path], rel=0.02)


def skewed(plan: Plan) -> Plan:
    """The plan with every price on the linear scale, at the low end of a wide range."""
    prices = [
        each for each in uncertain_parameters(plan) if each.currency and each.low and each.path in quotes.quotable_prices(plan)
    ]
    fields, assumed = ("value", "price_year", "unit"), {"source": "assumption: wide", "confidence": "assumed"}
    wide = {
        each.path: {key: getattr(each, key) for key in fields}
        | assumed
        | {"low": each.value * 0.99, "high": each.value * 9, "distribution": "triangular"}
        for each in prices
    }
    return plan.replace(wide)


def test_a_point_outside_the_range_is_named_with_its_causes(plan, result):
    """A point below P10 is named in the report and by the check, with the three ranges that cause it; one inside is not."""
    low = skewed(plan)
    simulated = simulate(low, DRAWS)
    found = outliers.outlier(simulated)

    assert outliers.outlier(result) is None
    assert outliers.outlier_message(plan) == ""
    assert "below the range" not in risk_text.cost_range(plan, result)
    assert found is not None
    assert found.beyond == "P10"
    assert found.paths == tuple(mean_shifts.mean_shifts(low).head(3).index)
    assert outliers.outlier_message(low) == (
        f"the point estimate is below P10 of its simulated cost, because of the ranges of {', '.join(found.paths)}"
    )
    assert "The point estimate is below the range of 80% of cases" in risk_text.cost_range(low, simulated)


PAY = ("roles.data_entry_clerk.pay", "roles.system_administrator.pay", "software.day_rate")
AGENTS = ("agents.households_per_agent",)


@pytest.mark.parametrize(
    ("quoted", "groups", "expected"),
    [
        (0.03, {"agents.households_per_agent": (0.49, AGENTS), "pay": (0.27, PAY)}, "agents.households_per_agent"),
        (0.03, {"pay": (0.27, PAY), "agents.households_per_agent": (0.05, AGENTS)}, "pay"),  # one of three can be quoted
        (0.03, {"prices USD": (0.5, ("printing.page", "capacity.venue")), "pay": (0.04, PAY)}, "pay"),
        (0.03, {"prices USD": (0.5, ("printing.page", "capacity.venue")), "pay": (0.02, PAY)}, None),  # less than the quotes
        (0.1, {"agents.households_per_agent": (0.49, AGENTS)}, None),  # the quotes remove a tenth
        (0.0, {"agents.households_per_agent": (0.0, AGENTS)}, None),  # nothing explains a variance of 0
        (0.0, {}, None),
    ],
)
def test_what_explains_more_than_few_quotes_is_found_out_first(monkeypatch, result, quoted, groups, expected):
    """Groups of which a supplier can quote most figures are left to the quotes."""
    rows = {name: (first, 0.0, first, members) for name, (first, members) in groups.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["first", "error", "total", "members"])
    found = sens.VarianceShares(table, quotes.Quotes(("printing.page",), quoted), 0)
    monkeypatch.setattr("imis_plan.analysis.sensitivity.variance_shares", lambda _result: found)
    unknown = sens.to_find_out_first(result)

    assert (unknown.name if unknown else None) == expected


def test_page_one_asks_to_find_out_first_what_explains_most():
    """Malawi: three quotes would remove less than a tenth, how the scheme is used explains more than half."""
    plan = load("malawi")
    result = simulate(plan, DRAWS)
    unknown = sens.to_find_out_first(result)
    (asked,) = first_page_text.reduce_uncertainty(plan, ledger_of(plan), result)

    assert unknown
    assert unknown.name == "volumes"
    first = unknown.members[0]
    assert asked == (
        f"**Find out first** use of the scheme, above all [“{escape_markdown(plan.parameters[first].description)}”](#p-{first}):"
        f" it explains {share(unknown.share)} of the uncertainty."
    )
    alone = first_page_text.find_out_first(plan, sens.Unknown(AGENTS[0], 0.49, AGENTS))
    assert alone == (
        "**Find out first** [“Insured households per agent”](#p-agents.households_per_agent): it explains 49% of the uncertainty."
    )
    with using_language("fr"):
        assert first_page_text.find_out_first(plan, unknown).startswith("**Préciser d’abord** le recours au régime, surtout [«")


def test_the_report_names_groups_and_quotes(plan, result):
    """Text, table and first page state the same indices."""
    text, table = risk_text.sensitivity(plan, result), risk_tables.variance(plan, result)
    first = sens.variance_shares(result).table["first"]

    assert "prices in USD (" in text
    assert risk_text.quotes(plan, result) in text
    assert "Written offers for" in text
    assert list(table["frame"]["Explains alone"]) == list(first[first > 0].head(10))
    assert "standard error" in table["notes"]


def test_page_one_asks_for_quotes_first(plan, result):
    """The decision names three prices and what their quotes would remove."""
    from imis_plan import budget

    asked = list(first_page_text.confirm_prices(plan, budget(plan), result))

    assert len(asked) == 1
    assert asked[0].startswith("**Obtain quotations first**")
