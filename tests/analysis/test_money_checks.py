"""Currencies that gain or lose in real terms between the year of prices and the budget, and pay below the public minimum."""

import pytest

from imis_plan.analysis.money_checks import (
    REAL_CHANGE_BOUND,
    crossing_shares,
    low_pay,
    low_pay_message,
    messages,
    price_rise,
    real_change_message,
    real_changes,
)
from imis_plan.facts.lookup import series
from imis_plan.model.ledger import budget
from tests.model.plans import NAMES, ledger_of, plan_of


def test_zambias_dollar_of_2025_becomes_more_in_2027():
    """25.28 kwacha in 2025 and 18.93 in 2026, while prices rise by 8 and 7.5 % at home and 2.5 % a year abroad."""
    rate = series("ZMB", "exchange_rate")
    home, abroad = 1.08 * 1.075, 1.025**2
    payment = rate[2026] * 1.075 / 1.025
    (change,) = real_changes(plan_of("zambia"), ledger_of("zambia"))

    assert (change.currency, change.price_year, change.base_year) == ("USD", 2025, 2027)
    assert change.factor == pytest.approx(home * rate[2025] / payment / abroad)
    assert change.rates == pytest.approx((rate[2025], payment))
    assert "USD 1 of 2025 becomes USD 1.41 in 2027" in real_change_message(change)


def test_a_rate_that_follows_prices_needs_no_words():
    """Constant in real terms from the price year on: nothing changes, whatever inflation is."""
    plan = plan_of("zambia").replace(
        {"money.planning_rate": series("ZMB", "exchange_rate")[2025], "money.planning_rate_year": 2025}
    )

    assert real_changes(plan, budget(plan)) == []


def test_only_prices_that_cross_currencies_are_moved():
    """Pay in shillings does not depend on the rate, nor a phone in dollars on the rate of its price year."""
    ledger = ledger_of("tanzania")
    base = ledger[ledger["component"] != "contingency"]
    crossing = base[~base["tradable"] & (base["price_currency"] == "USD") & (base["amount"] > 0)]
    shares = crossing_shares(plan_of("tanzania"), ledger)

    assert sum(shares.values()) == pytest.approx(crossing["amount"].sum() / base["amount"].sum())


@pytest.mark.parametrize("name", NAMES)
def test_what_is_named_is_beyond_the_bound_and_noticeable(name):
    """The largest part of the cost first."""
    found = real_changes(plan_of(name), ledger_of(name))

    assert all(max(change.factor, 1 / change.factor) > 1 + REAL_CHANGE_BOUND and change.share >= 0.05 for change in found)
    assert [change.share for change in found] == sorted((change.share for change in found), reverse=True)


def test_prices_that_double_from_the_first_year_to_the_last_are_named():
    """In four years: 1.19 ** 4 = 2.005, 1.18 ** 4 = 1.94."""
    plan = plan_of("borsa")

    assert price_rise(plan.replace({"money.home_inflation_forward": 0.19})) == pytest.approx(1.19**4)
    assert price_rise(plan.replace({"money.home_inflation_forward": 0.18})) is None
    assert [name for name in NAMES if price_rise(plan_of(name))] == []


def test_pay_below_the_public_minimum_is_named():
    """450,000 shillings of 2022 are 450,000 x 1.038 x 1.031 x 1.035 in 2025, when the minimum is 500,000."""
    path = "roles.data_entry_clerk.pay"
    plan = plan_of("tanzania").replace({path: {"value": 585000, "low": 450000, "high": 728000, "price_year": 2022}})
    (low,) = low_pay(plan)

    assert low.pay == pytest.approx(450000 * 1.03799 * 1.03057 * 1.035)
    assert low_pay_message(low) == f"{path}: 498,223 a month in 2025, with its low end, is below the public minimum of 500,000"


def test_no_shipped_scenario_pays_less_than_the_public_minimum():
    """Where a minimum is known; Zanzibar has a public service and a minimum of its own."""
    assert [low for name in NAMES for low in low_pay(plan_of(name))] == []
    assert messages(plan_of("nepal")) == []
