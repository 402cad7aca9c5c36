"""Money of fiscal years: indices, rates and pay as day-weighted means, and what does not depend on the first day."""

import numpy as np
import pytest

from imis_plan.facts.fiscal_calendar import parse_start
from imis_plan.model.inflation import calendar_path, inflation_by_year
from imis_plan.model.ledger import budget
from imis_plan.model.money import Prices, prices_from
from tests.model.plans import by_line, ledger_of, moved, plan_of
from tests.model.test_money import MONEY

START = "time.fiscal_year_start"
JULY = 181 / 365  # of a year from July, the part in the following year
HOME = {2025: 0.10, 2026: 0.10, 2027: 0.10, 2028: 0.10, 2029: 0.10}
RATE = {2025: 100.0, 2026: 110.0, 2027: 120.0, 2028: 130.0, 2029: 150.0}
RUPEE = Prices(
    2027, np.arange(2.0), "NPR", HOME, HOME, RATE, {"EUR": {2027: 1.1, 2028: 1.2, 2029: 1.3}}, fiscal=parse_start("07-01")
)


def test_the_index_of_a_year_from_july_lies_between_two_calendar_years():
    """Prices of 2025, 10 % a year: 1.21 in 2027 for 184 days, 1.331 in 2028 for 181 days."""
    index, _ = RUPEE.factors("NPR", 2025, "local")

    assert index[0] == pytest.approx((1.21 * 184 + 1.331 * 181) / 365)
    assert index[1] == pytest.approx(index[0] * 1.10)


def test_the_rate_of_a_year_from_july_is_the_mean_of_two():
    """120 and 130, then 130 and 150; a euro is 1.1 x 120 and 1.2 x 130."""
    assert RUPEE.payment_rates() == pytest.approx([(120 * 184 + 130 * 181) / 365, (130 * 184 + 150 * 181) / 365])
    assert RUPEE.payment_rates("EUR")[0] == pytest.approx((132 * 184 + 156 * 181) / 365)


def test_constant_prices_are_those_of_the_first_fiscal_year():
    """The first year has its own prices, so that real and nominal are the same in it."""
    assert RUPEE.real_index() == pytest.approx([1, 1.1])


def money(**more):
    """Parameters of money for two years from July."""
    return MONEY | {START: "07-01", "money.exchange_path": "constant"} | {f"money.{name}": value for name, value in more.items()}


def test_growth_of_pay_belongs_to_fiscal_years():
    """Prices rise by 4 % from the first year to the second, pay by 3 % more."""
    steady = {"home_inflation": {2024: 0.04}, "home_inflation_forward": np.array([0.04, 0.04])}
    found = prices_from(money(**steady, pay_growth=np.array([0.02, 0.03]), pay_rises={}))
    pay, prices = (found.factors("NPR", 2025, market)[0] for market in ("pay", "local"))

    assert pay / prices == pytest.approx([1.02, 1.02 * 1.03])


def test_a_rate_given_for_a_fiscal_year_is_used_as_given():
    """A budget circular gives 140 and 160; neither is mixed with its neighbour."""
    given = np.array([140.0, 160.0])

    assert prices_from(money(exchange_path="given", exchange_rate_path=given)).payment_rates() == pytest.approx(given)


def test_a_pegged_currency_keeps_its_parity_in_fiscal_years():
    """The mean of 655.957 and 655.957."""
    found = prices_from(money(exchange_path="pegged", anchor="EUR", parity=655.957))

    assert found.payment_rates("EUR") == pytest.approx([655.957] * 2)


def test_a_path_by_fiscal_year_gives_each_calendar_year_its_days():
    """2028: 181 days of the first fiscal year, 184 of the second; steady before and after."""
    found = calendar_path([0.04, 0.08], 2027, JULY, range(2026, 2031))

    assert found == pytest.approx({2026: 0.04, 2027: 0.04, 2028: (0.04 * 181 + 0.08 * 184) / 365, 2029: 0.08, 2030: 0.08})


def test_inflation_of_fiscal_years_goes_on_with_the_expected_one():
    """4.06 % in 2024/25, then 5 % in each fiscal year: half of 2025 is the one, half the other."""
    found = inflation_by_year({2023: 0.0544, 2024: 0.0406}, np.array([0.05, 0.05]), 2027, JULY, fiscal=True)

    assert found[2024] == pytest.approx((0.0544 * 181 + 0.0406 * 184) / 365)
    assert found[2025] == pytest.approx((0.0406 * 181 + 0.05 * 184) / 365)
    assert found[2026] == found[2029] == pytest.approx(0.05)  # one calendar year after the last fiscal year begins
    assert min(found) == 2024
    assert max(found) == 2029


def test_a_scenario_may_say_that_its_inflation_is_of_fiscal_years():
    """The same figures mean another year: prices differ, and so does the budget."""
    figures = dict(zip(range(2000, 2027), [0.02, 0.08] * 14, strict=False))
    source = {"source": "assumption: a test", "confidence": "assumed"}
    plans = [
        plan_of("nepal").replace({"money.home_inflation": {"value": figures, **source, **more}})
        for more in ({}, {"years": "fiscal"})
    ]
    calendar, fiscal = (prices_from_plan(plan).home for plan in plans)

    assert calendar[2020] == figures[2020]
    assert fiscal[2020] == pytest.approx((figures[2019] * 196 + figures[2020] * 169) / 365)  # Nepal: 15 July is day 196


def prices_from_plan(plan):
    """Prices of a plan."""
    from imis_plan.model.evaluate import evaluate_plan

    return evaluate_plan(plan).prices


@pytest.mark.parametrize("start", ["04-01", "07-16", "10-01"])
def test_the_first_day_of_the_fiscal_year_changes_prices_and_no_quantity(start):
    """People, posts and purchases are by year of the plan, whenever it begins."""
    plan = plan_of("cameroon").replace({START: start, "contingency.method": "none"})
    one, two = (
        table[table["component"] != "contingency"].reset_index(drop=True) for table in (ledger_of("cameroon"), budget(plan))
    )

    assert list(one["quantity"]) == list(two["quantity"])
    assert list(one["year"]) == list(two["year"])
    assert two["amount"].sum() > one["amount"].sum()  # later, and prices rise


def test_a_later_start_costs_more_the_later_it_is():
    """Zambia's prices rise by several per cent a year."""
    sums = [
        by_line(budget(plan_of("zambia").replace({START: start}))).to_numpy().sum()
        for start in ("01-01", "04-01", "07-01", "10-01")
    ]

    assert sums == sorted(sums)
    assert sums[0] == pytest.approx(ledger_of("zambia")["amount"].sum())


def test_january_is_the_calendar_year_to_the_cent():
    """Said or not."""
    plan = plan_of("zambia").replace({START: "01-01"})

    assert moved(ledger_of("zambia"), budget(plan)) == set()
