"""Scenarios side by side, and the difference between two: exact, symmetric, and told the right way round."""

import re
import shutil
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from imis_plan.analysis.comparison import SHARE_PREFIX, compare, cost_structure, display_names
from imis_plan.analysis.decomposition import (
    FACTORS,
    decompose,
    decompose_lines,
    factor_effects,
    line_factors,
    shapley,
    split_difference,
    sum_by_component,
    usd_of_reference_year,
)
from imis_plan.i18n import translate
from imis_plan.model.money import Prices
from imis_plan.problems import BadInput
from imis_plan.scenario.plan import load
from imis_plan.sections import amounts, comparison
from tests.model.plans import FOLDER, NAMES, ledger_of, plan_of

PAIRS = list(combinations(NAMES, 2))
EXACT = 1e-9


@cache
def parts(name):
    """The factors of a scenario, per insured-year, in USD of 2027."""
    return line_factors(plan_of(name), "insured_year", 2027)


@cache
def everything():
    """All scenarios side by side."""
    return compare(*map(plan_of, NAMES))


def changed(name, changes):
    """A scenario with a what-if."""
    return plan_of(name).replace(changes)


def test_two_factors_share_a_difference_in_halves():
    """2 x 5 becomes 3 x 7: one more at the mean price 6, two costlier at the mean quantity 2.5."""
    assert shapley(np.array([2, 5]), np.array([3, 7])).tolist() == [(3 - 2) * 6, (7 - 5) * 2.5]


def test_a_factor_that_stays_has_no_effect():
    """Only the price moves: 2 x 3 x (7 - 5)."""
    assert shapley(np.array([2, 5, 3, 1]), np.array([2, 7, 3, 1])).tolist() == [0, 2 * 3 * (7 - 5), 0, 0]


FACTOR = st.floats(0, 10)


@given(st.lists(st.tuples(FACTOR, FACTOR), min_size=4, max_size=4))
def test_effects_add_up_and_turn_round(pairs):
    """The effects make the difference of the products, and change their sign with the direction."""
    left, right = np.array(pairs).T
    effects = shapley(left, right)

    assert effects.sum() == pytest.approx(right.prod() - left.prod(), rel=EXACT, abs=EXACT)
    assert shapley(right, left) == pytest.approx(-effects, rel=EXACT, abs=EXACT)


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_the_difference_of_any_two_scenarios_adds_up(one, two):
    """Line by line and in all: left + volume + price + timing + exchange = right, and both ends are those of the ledgers."""
    lines = split_difference(parts(one), parts(two))
    table = sum_by_component(lines)

    assert (lines["left"] + lines[list(FACTORS)].sum(axis=1) - lines["right"]).abs().max() < EXACT
    assert (table["left"] + table[list(FACTORS)].sum(axis=1) - table["right"]).abs().max() < EXACT
    assert table.loc["total", ["left", "right"]].tolist() == pytest.approx(
        everything().loc[[one, two], "usd_per_insured_year"].tolist(), rel=EXACT
    )


@pytest.mark.parametrize(("one", "two"), PAIRS[::7])
def test_the_way_back_is_the_way_there(one, two):
    """No factor and no scenario comes first."""
    there, back = (
        sum_by_component(split_difference(parts(one), parts(two))),
        sum_by_component(split_difference(parts(two), parts(one))),
    )
    assert there[list(FACTORS)].to_numpy() == pytest.approx(-back[list(FACTORS)].to_numpy(), abs=EXACT)


@pytest.mark.parametrize("name", NAMES)
def test_four_numbers_multiply_to_the_amount_of_each_line(name):
    """So that a reader can redo any line; and components are those of the ledger."""
    table = parts(name)
    table = table[table["amount"] != 0]
    sums = table.groupby("component")["amount"].sum() * everything().loc[name, "insured_years"]
    paid = ledger_of(name).groupby("component")["amount_usd"].sum()

    assert table[list(FACTORS)].prod(axis=1).to_numpy() == pytest.approx(table["amount"].to_numpy(), rel=EXACT)
    assert sums.to_dict() == pytest.approx(paid[paid != 0].to_dict(), rel=EXACT)


@pytest.mark.parametrize("name", NAMES)
def test_the_world_market_knows_no_exchange_rate(name):
    """A tradable line costs as many dollars whatever the rate does, but for the rounding to cents."""
    ledger = ledger_of(name)
    tradable = ledger[ledger["tradable"] & (ledger["amount_usd"] > 1)].drop_duplicates(["component", "line", "role_or_level"])
    keys = [(row.component, row.line, row.role_or_level, "") for row in tradable.itertuples()]

    assert parts(name).loc[keys, "exchange"].to_numpy() == pytest.approx(1, abs=0.01)


# What is changed in Nepal, and the factor that the whole difference then is.
ALONE = {
    "a costlier form is price": ({"printing.page": 9}, "price"),
    "twice the pages are volume": ({"printing.pages_per_enrolment": 6.4}, "volume"),
    "another card is volume that goes and comes": ({"printing.card_type": "pvc"}, "volume"),
    "another host is volume that goes and comes": (
        {"server.hosting": "cloud", "server.cloud.administration": 0.75},
        "volume",
    ),  # with the same administrators
}
# The same beside a plan with stated shares of contingency.
OF_LINES = {
    "a margin for contingency is a price": ({"contingency.physical.staff": 0.2}, "price"),
    "without contingency there is less of it": ({"contingency.method": "none"}, "volume"),
}


@pytest.mark.parametrize(("changes", "factor"), ALONE.values(), ids=ALONE)
def test_one_change_is_one_factor(changes, factor):
    """The other three have no part in it."""
    total = decompose(plan_of("nepal"), changed("nepal", changes)).loc["total"]

    assert total[factor] == pytest.approx(total["difference"], rel=1e-6)
    assert abs(total["difference"]) > 0.0001


@pytest.mark.parametrize(("changes", "factor"), OF_LINES.values(), ids=OF_LINES)
def test_one_change_of_stated_contingency_is_one_factor(changes, factor):
    """Its share is a price; a line that only one plan has is volume."""
    lines = {"contingency.method": "lines"}
    total = decompose(changed("nepal", lines), changed("nepal", {**lines, **changes})).loc["total"]

    assert total[factor] == pytest.approx(total["difference"], rel=1e-6)
    assert abs(total["difference"]) > 0.0001


def test_simulated_shares_of_contingency_are_a_price():
    """Gambia with P80 in place of the expected cost: the same base cost, larger shares."""
    total = decompose(plan_of("gambia"), changed("gambia", {"contingency.method": "percentile"})).loc["total"]

    assert total["price"] == pytest.approx(total["difference"], rel=1e-6)
    assert total["difference"] > 0


def test_a_devaluation_is_exchange_rate():
    """A costlier dollar in 2026, quoted prices as they were: what is paid at home costs fewer dollars, all else stays."""
    lines = {"contingency.method": "lines"}  # the option's own simulation would be another price of contingency
    base, option = (load("malawi", option=name, parameters=FOLDER, changes=lines) for name in (None, "devaluation"))
    total = decompose(base, option).loc["total"]

    assert total["exchange"] < -0.3
    assert total["exchange"] == pytest.approx(total["difference"], rel=0.05)
    assert total["volume"] == pytest.approx(0, abs=EXACT)


def test_a_later_start_is_timing():
    """The same offices a year later: each month of rent is dearer by a year of inflation in USD, at the same quoted price."""
    plan = plan_of("borsa")
    row = decompose_lines(plan, changed("borsa", {"time.base_year": plan["time.base_year"] + 1})).loc[
        ("office_running", "rent", "", "")
    ]
    inflation = plan["money.foreign_inflation_forward"]

    assert row["timing_right"] / row["timing_left"] == pytest.approx(1 + np.ravel(inflation)[0], rel=0.001)
    assert row["price_right"] == pytest.approx(row["price_left"])
    assert row["timing"] > 0


def test_a_percentile_contingency_adds_up_too():
    """It names no component, and is spread over all lines of its year."""
    plan = changed("borsa", {"contingency.method": "percentile"})
    total = decompose(plan_of("borsa"), plan).loc["total"]
    paid = compare(plan)["usd_per_insured_year"].iloc[0]

    assert total["right"] == pytest.approx(paid, rel=EXACT)
    assert total["left"] + total[list(FACTORS)].sum() == pytest.approx(total["right"], rel=EXACT)


def test_the_whole_budget_can_be_split_as_well():
    """Per total, both ends are the totals in USD."""
    total = decompose(plan_of("nepal"), plan_of("tanzania"), per="total").loc["total"]
    assert total[["left", "right"]].tolist() == pytest.approx(everything().loc[["nepal", "tanzania"], "total_usd"].tolist())


def test_nobody_insured_has_no_cost_per_insured():
    """The message says what to ask for."""
    nobody = changed("malawi", {"coverage.delay": 9, "coverage.insured_at_start": 0})
    with pytest.raises(BadInput, match=r"parameters/malawi.yaml:\d+: coverage.target.*malawi: nobody is insured.*per='total'"):
        decompose(nobody, plan_of("nepal"))


# Home prices double in 2021; foreign ones rise by half in 2022.
TOY = Prices(
    2021, np.arange(2.0), "TOY", {2020: 1.0, 2021: 1.0}, {2021: 0.0, 2022: 0.5}, {2020: 10, 2021: 10}, {"EUR": {2021: 1.2}}
)


@pytest.mark.parametrize(
    ("currency", "year", "dollars"),
    [
        ("USD", 2021, 1.5),  # one year of foreign inflation
        ("TOY", 2021, 1.5 / 10),  # at the rate of its own year, then foreign inflation
        ("TOY", 2019, 2 * 1.5 / 10),  # no rate in 2019: to 2020 at home, where prices doubled, then as above
        ("EUR", 2021, 1.2 * 1.5),
    ],
)
def test_a_quoted_price_becomes_dollars_of_the_reference_year(currency, year, dollars):
    """The exchange rate of its own year counts, then foreign prices."""
    assert usd_of_reference_year(TOY, currency, year, 2022) == pytest.approx(dollars)


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_can_be_compared(name):
    """Shares make a whole, and a unit cost times its units the total."""
    row = everything().loc[name]

    assert row[[column for column in row.index if column.startswith(SHARE_PREFIX)]].sum() == pytest.approx(1)
    assert row["usd_per_insured_year"] * row["insured_years"] == pytest.approx(row["total_usd"])
    assert row["total_usd"] == pytest.approx(ledger_of(name)["amount_usd"].sum())


def test_names_tell_all_plans_apart():
    """Two scenarios of one country have their file names with them, an option its title."""
    option = load("nepal", option="cloud", parameters=FOLDER)
    given = display_names(*map(plan_of, NAMES), option)

    assert len(set(given)) == len(given)
    assert display_names(plan_of("nepal"), option) == ["Nepal", "Nepal: Cloud servers"]
    assert display_names(plan_of("chad"), plan_of("borsa")) == ["Chad (chad)", "Chad (borsa)"]
    assert list(compare(option).index) == ["nepal:cloud"]


def test_structure_leaves_out_what_nobody_pays():
    """Nepal alone buys no phones."""
    assert "phones" not in cost_structure(compare(plan_of("nepal"))).index
    assert cost_structure(everything()).sum().tolist() == pytest.approx([1] * len(NAMES))


@pytest.mark.parametrize(("one", "two"), [("nepal", "tanzania"), *PAIRS[::5]])
def test_the_dearer_scenario_is_named_whichever_comes_first(one, two):
    """The sentence is the same from both ends, and names the costlier one first."""
    text = comparison.text.reasons_for_difference(plan_of(one), plan_of(two))
    costs = everything().loc[[one, two]].set_index(np.array(display_names(plan_of(one), plan_of(two))))["usd_per_insured_year"]
    plain = text.replace("\\", "")

    assert text == comparison.text.reasons_for_difference(plan_of(two), plan_of(one))
    if len({amounts.usd(cost) for cost in costs}) == 1:  # Zambia and Zanzibar, to the cent
        assert f"cost the same per insured person per year: {amounts.usd(costs.max())}." in plain
    else:
        assert f"Per insured person per year, {costs.idxmax()} costs" in plain
        assert f"The difference is {amounts.usd(costs.max() - costs.min())} (" in plain
    assert not re.search(r"\{\w*\}|\bnan\b|\bNone\b", text), text


def test_the_sentence_names_the_largest_factor_and_its_components():
    """Tanzania works with phones, Nepal on paper."""
    text = comparison.text.reasons_for_difference(plan_of("nepal"), plan_of("tanzania"))
    effects = decompose(plan_of("nepal"), plan_of("tanzania")).loc["total", list(FACTORS)]

    assert effects.idxmax() == "volume"
    assert (
        f"Most of the difference comes from volume ({amounts.usd(effects.max())}): Tanzania buys more for each insured person"
        in text
    )
    assert "Mobile phones (USD " in text
    assert "; Nepal does not have it." in text


def test_a_rate_of_contingency_is_no_price(tmp_path):
    """Malawi with clerks in hospitals buys at Malawi's prices; only its contingency is another share of them."""
    folder = tmp_path / "parameters"
    shutil.copytree(FOLDER, folder)
    shutil.copy(FOLDER.parent / "docs" / "examples" / "facility_types.yaml", folder / "facility_types.yaml")
    malawi, clerks = (load(name, parameters=folder) for name in ("malawi", "facility_types"))
    table = decompose(malawi, clerks)
    effects = factor_effects(table)

    assert effects["price"] == pytest.approx(0, abs=1e-9)
    assert effects["contingency"] == pytest.approx(table.loc["contingency", "price"])
    assert effects["contingency"] < -0.02
    assert effects.sum() == pytest.approx(table.loc["total", "difference"])
    text = comparison.text.reasons_for_difference(malawi, clerks)
    assert f"; the contingency on prices reduces it by {amounts.usd(-effects['contingency'])}." in text
    assert "; price " not in text
    assert f"Contingency on prices: −{amounts.usd(-effects['contingency'])}" in comparison.figures.waterfall(malawi, clerks).alt
    with translate.using_language("fr"):
        assert "la provision pour imprévus sur les prix la réduit de " in comparison.text.reasons_for_difference(malawi, clerks)


def test_a_higher_rate_of_contingency_is_the_reason_where_nothing_else_differs():
    """A budget that is sufficient in 95% of cases instead of the mean."""
    plan = plan_of("tanzania")
    more = plan.replace({"contingency.method": "percentile", "contingency.percentile": 0.95})
    text = comparison.text.reasons_for_difference(plan, more).replace("\\", "")
    assert "Most of the difference comes from the contingency on prices (USD " in text
    assert "adds more contingency to the price of each unit." in text


def test_a_scenario_is_as_dear_as_itself():
    """No reason is made up."""
    assert comparison.text.reasons_for_difference(plan_of("nepal"), plan_of("nepal")).startswith(
        "Nepal and Nepal cost the same per insured person per year"
    )


def test_the_waterfall_ends_where_the_other_scenario_is():
    """Its text for readers who cannot see it holds both ends and the four steps."""
    shown = comparison.figures.waterfall(plan_of("tanzania"), plan_of("nepal"))
    total = decompose(plan_of("tanzania"), plan_of("nepal")).loc["total"]

    assert f"Tanzania: {amounts.usd(total['left'])}" in shown.alt
    assert f"Volume: −{amounts.usd(total['volume'])}" in shown.alt
    assert shown.alt.endswith(f"Nepal: {amounts.usd(total['right'])}.")


def test_views_of_all_scenarios_name_the_ends():
    """Ranking, structure and tables hold every scenario, the cheapest and the costliest in words."""
    table = everything()
    ordered = table.sort_values("usd_per_insured_year")["name"]

    assert ordered.iloc[0] in comparison.figures.ranking(table).caption
    assert ordered.iloc[-1] in comparison.text.unit_cost_range(table).replace("\\", "")
    assert all(name in comparison.figures.structure(table).alt for name in ordered)
    assert list(comparison.tables.unit_costs(table)["frame"].index) == list(ordered)
    assert comparison.tables.structure(table)["frame"].shape[1] == len(NAMES)
    assert list(comparison.tables.decomposition(plan_of("nepal"), plan_of("zambia"))["frame"].columns)[1:5] == [
        "Volume",
        "Price",
        "Timing",
        "Exchange rate",
    ]
    assert "whose share varies most" in comparison.text.leading_components(table)


def test_lines_carry_the_numbers_of_both_plans():
    """Data entry clerks: person-months per insured-year, pay in USD of 2027, inflation, exchange rate."""
    row = decompose_lines(plan_of("nepal"), plan_of("tanzania")).loc[("staff", "pay", "data_entry_clerk", "")]
    assert row["left"] == pytest.approx(np.prod([row[f"{factor}_left"] for factor in FACTORS]))
    assert row["right"] == pytest.approx(np.prod([row[f"{factor}_right"] for factor in FACTORS]))
