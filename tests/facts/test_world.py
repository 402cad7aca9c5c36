"""What the pack gives for carrying a price from one year, currency and country to another."""

import pytest

from imis_plan.facts import world
from imis_plan.facts.lookup import series


def test_an_economy_has_currency_region_and_income_group():
    """Analogues are countries with the same region and group."""
    assert (world.economies()["ZMB"].currency, world.economies()["ZMB"].region) == ("ZMW", "Africa")
    assert world.economies()["ZMB"].income_group == world.economies()["KEN"].income_group == "lower middle income"


def test_prices_rise_by_the_inflation_of_each_year():
    """And fall by it the other way round; a year without a figure gives nothing."""
    rates = series("NPL", "cpi_inflation")
    expected = (1 + rates[2022]) * (1 + rates[2023])
    assert world.price_index("NPL", 2021, 2023) == pytest.approx(expected)
    assert world.price_index("NPL", 2023, 2021) == pytest.approx(1 / expected)
    assert world.price_index("NPL", 2023, 2040) is None


def test_a_currency_of_several_countries_has_one_rate():
    """Francs of West and of Central Africa have the same peg."""
    assert world.exchange_rate("XOF", 2025) == world.exchange_rate("XAF", 2025) == 655.957 * series("DEU", "exchange_rate")[2025]
    assert world.exchange_rate("NOK", 1990) is None


def test_parity_moves_with_prices_outside_its_years():
    """Zambia in 2025, from 2024: prices there over those of the dollar; without prices of 2025 the last parity stays."""
    assert world.parity("ZMB", 2024) == series("ZMB", "ppp_factor")[2024]
    index, dollar = world.price_index("ZMB", 2017, 2015), world.price_index("USD", 2017, 2015)
    assert index
    assert dollar
    assert world.parity("ZMB", 2015) == pytest.approx(series("ZMB", "ppp_factor")[2017] * index / dollar)


def test_pay_is_predicted_from_income():
    """The relation is the one that docs/prices.md states."""
    line = world.pay_line()
    assert (line.n, round(line.slope, 2), round(line.r2, 2)) == (71, 0.66, 0.75)
    found = world.predicted_pay("ZMB")
    assert found
    assert found.low < found.value < found.high
    assert world.predicted_pay("ATA") is None
