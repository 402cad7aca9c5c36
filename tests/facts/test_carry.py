"""An observation in the money of a budget, factor by factor."""

from dataclasses import replace

import pytest

from imis_plan.facts.carry import Carried, Skipped, Target, carry
from tests.facts.small import ECONOMIES, KEN, MESSAGE, MINUTES, MONEY, NPL, PHONE, TZA, observation


def carried(row, item, economy, currency=None, year=2026):
    """The value in the money of a country."""
    found = carry(row, item, ECONOMIES, Target(economy, currency or economy.currency, year), MONEY)
    assert isinstance(found, Carried)
    return found.value


def test_a_tradable_price_goes_by_the_dollar():
    """10,199 shillings of 2024 are 100 USD; two years at 2 % and 2,500 Tanzanian shillings for a dollar of 2026."""
    row = observation(country="KEN", value=10199, currency="KES", price_year=2024)
    assert carried(row, PHONE, TZA) == pytest.approx(10199 / 101.99 * 1.02**2 * 2500)


def test_a_tradable_price_in_euros_follows_the_prices_of_the_euro_area():
    """100 euros of 2024 are 100 x 1.01 x 1.01 of 2026 with prices there, at the euro's rate of 2026; without prices, by dollars."""
    row = observation(country="KEN", value=100, currency="EUR", price_year=2024)
    rates = replace(MONEY, rate=lambda currency, year: 0.9 if currency == "EUR" else MONEY.rate(currency, year))
    known = replace(rates, index=lambda area, *years: 1.01**2 if area == "EMU" else MONEY.index(area, *years))
    unknown = replace(rates, index=lambda area, *years: None if area == "EMU" else MONEY.index(area, *years))

    def euros(money):
        found = carry(row, PHONE, ECONOMIES, Target(TZA, TZA.currency, 2026), money)
        assert isinstance(found, Carried)
        return found.value

    assert euros(known) == pytest.approx(100 * 1.01**2 / 0.9 * 2500)
    assert euros(unknown) == pytest.approx(100 / 0.9 * 1.02**2 * 2500)


def test_a_local_price_at_home_follows_the_prices_at_home():
    """One rupee of 2024, two years at 5 %."""
    assert carried(observation(price_year=2024), MESSAGE, NPL) == pytest.approx(1.05**2)


def test_a_local_price_at_home_in_dollars_is_converted_in_its_own_year():
    """Two dollars of 2024 at 100 rupees, two years at 5 %."""
    assert carried(observation(value=2, currency="USD", price_year=2024), MESSAGE, NPL) == pytest.approx(2 * 100 * 1.05**2)


def test_a_local_price_of_another_country_goes_by_purchasing_power():
    """Half a Kenyan shilling is 0.5 / 50 international dollars, and 40 rupees buy what one of these does."""
    row = observation(country="KEN", value=0.5, currency="KES")
    assert carried(row, MESSAGE, NPL) == pytest.approx(0.5 / 50 * 40 * 1.05)


def test_a_dollar_price_of_another_country_passes_its_own_currency():
    """A dollar is 101.99 shillings there."""
    row = observation(country="KEN", value=1, currency="USD")
    assert carried(row, MESSAGE, NPL) == pytest.approx(101.99 / 50 * 40 * 1.05)


def test_a_price_without_a_country_goes_by_the_dollar():
    """No purchasing power stands behind it, whatever its market."""
    row = observation(country="ALL", value=1, currency="USD")
    assert carried(row, MESSAGE, NPL) == pytest.approx(1.02 * 100)


def test_the_target_may_be_in_dollars():
    """Rupees of 2026 at the rate of 2026."""
    assert carried(observation(), MESSAGE, NPL, "USD") == pytest.approx(1.05 / 100)


def test_a_quantity_is_not_carried():
    """Twenty minutes stay twenty minutes."""
    assert carried(observation(value=20, currency="", price_year=2001), MINUTES, NPL) == 20


@pytest.mark.parametrize(
    ("row", "item", "why"),
    [
        (observation(price_year=2008), MESSAGE, "not known: prices of NPL 2008 to 2026"),
        (observation(country="KEN", currency="XYZ"), PHONE, "not known: USD/XYZ 2025"),
        (observation(country="UGA", currency="USD"), MESSAGE, "nothing is known of its country"),
    ],
)
def test_what_is_not_known_is_said(row, item, why):
    """The row is skipped with the missing factor."""
    found = carry(row, item, ECONOMIES, Target(NPL, "NPR", 2026), MONEY)
    assert isinstance(found, Skipped)
    assert found.why == why
    assert KEN.iso3 in ECONOMIES


def test_a_good_of_another_time_is_skipped():
    """A phone of 2012 is not the phone of 2026."""
    from dataclasses import replace

    found = carry(observation(price_year=2012), replace(PHONE, oldest=10), ECONOMIES, Target(NPL, "NPR", 2026), MONEY)
    assert str(found) == "NPL 1 NPR of 2012 (a): older than 10 years"
