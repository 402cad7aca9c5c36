"""Exchange rates that stand once for each currency, parities and expected inflation."""

from collections import Counter

import pytest

from imis_plan.facts.currencies import expected_inflation, largest_change, parities, rate_facts, rates_per_dollar
from imis_plan.facts.economy import inflation
from imis_plan.facts.lookup import series
from imis_plan.facts.tables import countries, rows

EURO, INDIAN_RUPEE = series("DEU", "exchange_rate"), series("IND", "exchange_rate")


@pytest.mark.parametrize(
    ("currency", "anchor", "parity"), [("XAF", EURO, 655.957), ("XOF", EURO, 655.957), ("NPR", INDIAN_RUPEE, 1.6)]
)
def test_a_pegged_currency_has_the_rates_of_its_anchor(currency, anchor, parity):
    """Francs for a dollar are francs for a euro times euros for a dollar."""
    assert rates_per_dollar(currency) == {year: parity * rate for year, rate in anchor.items()}


def test_other_currencies_have_their_published_rates():
    """The shilling of the mainland is that of Zanzibar; a dollar is a dollar."""
    assert rates_per_dollar("TZS") == series("TZA", "exchange_rate")
    assert set(rates_per_dollar("USD").values()) == {1.0}
    assert rates_per_dollar("XTS") == {}


def test_published_rates_of_a_pegged_currency_agree_with_its_parity():
    """Within one per cent in each year that the facts have: what is published for the currency itself is a second source."""
    apart = {
        currency: max(abs(fact.value / rates_per_dollar(currency)[fact.year] - 1) for fact in rate_facts(currency))
        for currency in parities()
    }

    assert {currency: ratio for currency, ratio in apart.items() if ratio > 0.01} == {}


@pytest.mark.parametrize(("table", "key"), [("parities", "currency"), ("expected_inflation", "area")])
def test_each_currency_and_area_is_there_once(table, key):
    """Two rates of one currency would be two answers."""
    counts = Counter(row[key] for row in rows(table))

    assert {name for name, count in counts.items() if count > 1} == set()
    assert set(counts) <= {country.currency for country in countries().values()} | set(countries()) | {"EMU"}


def test_what_is_expected_has_a_range_around_it_and_a_published_past():
    """An expectation goes on from known inflation."""
    for area, expected in expected_inflation().items():
        assert expected.low < expected.value < expected.high
        assert inflation(area)[-1].year >= 2024, area


def test_the_largest_change_of_a_rate_is_a_factor_either_way():
    """A dollar cost 1.29 times as much in 2024 as in 2023, and in 2025 1.34 times as much as in 2026."""
    rate = series("ZMB", "exchange_rate")

    assert largest_change("ZMW") == pytest.approx(max(rate[2024] / rate[2023], rate[2025] / rate[2026]))
    assert largest_change("USD") == 1.0
