"""The layer between `defaults.yaml` and the file of a scenario: money that the facts know, with its sources."""

import pytest

from imis_plan.facts.currencies import parities, rates_per_dollar
from imis_plan.facts.economy import inflation
from imis_plan.facts.tables import countries
from imis_plan.problems import BadInput
from imis_plan.scenario.declarations import declarations
from imis_plan.scenario.folder import PACKAGE_PARAMETERS as REAL, scenarios
from imis_plan.scenario.from_facts import ALWAYS, MOSTLY, published_money, with_facts
from imis_plan.scenario.overlay import all_problems
from imis_plan.scenario.plan import load

MONEY = (*ALWAYS, *MOSTLY)
PLANS = {name: load(name, parameters=REAL) for name in ("tanzania", "zanzibar", "cameroon", "nepal", "malawi", "gambia")}


def test_a_scenario_takes_inflation_and_rates_from_the_facts():
    """With the keys of their sources; Tanzania's file says nothing about money."""
    parameters = PLANS["tanzania"].parameters
    known = {fact.year: fact.value for fact in inflation("TZA")}

    assert {parameters[path].layer for path in MONEY} == {"facts"}
    assert parameters["money.home_inflation"].value == known
    assert parameters["money.home_inflation"].source == "worldbank_cpi: 2010–2024"
    assert parameters["money.exchange_rates"].value == rates_per_dollar("TZS")
    assert parameters["money.exchange_rates"].source == (
        "imf_weo_2019: 2015–2016; factbook_2024: 2017–2019; factbook: 2020–2024; currency_api: 2025–2026"
    )
    assert PLANS["zanzibar"].parameters["money.exchange_rates"].value == rates_per_dollar("TZS")


def test_the_plan_starts_at_the_last_average_with_the_largest_change_as_its_range():
    """A dollar cost 2,601 shillings in 2026; the largest change was 9 %, from 2023 to 2024."""
    rates, planned = rates_per_dollar("TZS"), PLANS["tanzania"].parameters["money.planning_rate"]
    change = rates[2024] / rates[2023]

    assert (planned.value, PLANS["tanzania"]["money.planning_rate_year"]) == (rates[2026], 2026)
    assert (planned.low, planned.high) == pytest.approx((rates[2026] / change, rates[2026] * change), rel=1e-3)


@pytest.mark.parametrize(
    ("name", "anchor", "parity", "origin"),
    [("cameroon", "EUR", 655.957, "ecb_peg"), ("nepal", "INR", 1.6, "nrb_parity2014"), ("gambia", "USD", 1.0, "assumption")],
)
def test_a_currency_with_a_parity_is_pegged(name, anchor, parity, origin):
    """All others are constant in real terms."""
    plan = PLANS[name]

    assert plan["money.exchange_path"] == ("constant_real" if origin == "assumption" else "pegged")
    assert (plan["money.anchor"], plan["money.parity"]) == (anchor, parity)
    assert str(plan.parameters["money.parity"].source).startswith(f"{origin}: ")


def test_published_inflation_of_fiscal_years_is_carried():
    """Nepal: fiscal years of 5.44, 4.06 and 1.70 % (its first half) in calendar years, 196 and 169 days of 365; 2026 near 2 %."""
    parameter = PLANS["nepal"].parameters["money.home_inflation"]

    assert parameter.value[2024] == pytest.approx((0.0544 * 196 + 0.0406 * 169) / 365, abs=5e-6)
    assert parameter.value[2025] == pytest.approx((0.0406 * 196 + 0.0170 * 169) / 365, abs=5e-6)
    assert parameter.value[2026] == 0.02
    assert "2025: mean by days of fiscal years: 4.06% of 2024/25 and 1.70% of 2025/26" in str(parameter.note)


def test_a_file_keeps_what_is_better_with_its_reason():
    """Malawi states its own range of the rate and its own path of inflation; the value of the rate is that of the facts."""
    parameters = PLANS["malawi"].parameters
    planned = parameters["money.planning_rate"]

    assert (planned.layer, planned.value, planned.high) == ("country", rates_per_dollar("MWK")[2026], 4300)
    assert parameters["money.home_inflation_forward"].layer == "country"
    assert parameters["money.home_inflation"].layer == "facts"


@pytest.mark.parametrize("name", scenarios(REAL))
def test_a_file_that_replaces_the_facts_says_why(name):
    """Copies would part from the facts one day; what is stated is an assumption with its reason, or has a note."""
    stated = [each for path, each in load(name, parameters=REAL).parameters.items() if path in MONEY and each.layer == "country"]

    assert [each.path for each in stated if not (each.note or str(each.source).startswith("assumption: "))] == []
    assert bool(stated) == (name == "malawi")


def test_what_defaults_give_is_not_replaced():
    """An analyst's own `defaults.yaml` may fix a value for all countries."""
    shared = declarations(REAL)
    declared = shared.parameters_in("NPR")
    declared["money.foreign_inflation"] = declared["money.discount_rate"]

    assert "money.foreign_inflation" not in with_facts(declared, "NPL", "NPR")


@pytest.mark.parametrize("iso3", countries())
def test_each_country_gets_values_without_problems(iso3):
    """Units, ranges, sources and grades are those that a file would have to give."""
    currency = countries()[iso3].currency or "USD"
    shared = declarations(REAL)
    rules, declared = shared.rules(currency), shared.parameters_in(currency)
    found = with_facts(declared, iso3, currency)

    assert [str(problem) for path, each in found.items() for problem in all_problems(each, declared[path], rules)] == []
    assert set(ALWAYS) <= set(found) <= set(MONEY)


def test_a_place_without_facts_gets_what_holds_everywhere():
    """Kosovo has the euro and no series of prices: its file gives them."""
    found = published_money("XKX", "EUR")

    assert "money.home_inflation" not in found
    assert found["money.planning_rate"].value == rates_per_dollar("EUR")[2026]


def test_a_parity_that_contradicts_the_rate_is_refused():
    """A shilling is not pegged to the dollar at one for one."""
    with pytest.raises(BadInput, match=r"money\.parity = 1\.0: contradicts money\.planning_rate, one USD is 2600\.96"):
        load("tanzania", parameters=REAL, changes={"money.exchange_path": "pegged"})


def test_a_shock_of_a_pegged_currency_is_not_refused():
    """Each end of the range of the planning rate: the euro moves with the franc."""
    planned = PLANS["cameroon"].parameters["money.planning_rate"]

    for end in (planned.low, planned.high):
        assert load("cameroon", parameters=REAL, changes={"money.planning_rate": end})["money.planning_rate"] == end


def test_every_parity_agrees_with_the_rates_of_its_country():
    """So that no country of a pegged currency is refused."""
    for currency, parity in parities().items():
        assert rates_per_dollar(currency)[2026] / rates_per_dollar(parity.anchor)[2026] == pytest.approx(parity.value)
