"""The money of a country: exchange rates that stand once for each currency, parities, expected inflation.

A pegged currency has no series of its own: its rates are those of its anchor times the parity.
"""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from imis_plan.facts.carry import DOLLAR
from imis_plan.facts.lookup import observations
from imis_plan.facts.records import ExpectedInflation, Fact, Parity
from imis_plan.facts.tables import countries, rows

# Years of exchange rates from which the range of a planning rate is taken.
YEARS_OF_CHANGE = 5


@cache
def parities() -> Mapping[str, Parity]:
    """Pegged currencies with their anchor."""
    found = (Parity(row["currency"], row["anchor"], float(row["parity"]), row["origin"], row["note"]) for row in rows("parities"))
    return MappingProxyType({each.currency: each for each in found})


@cache
def expected_inflation() -> Mapping[str, ExpectedInflation]:
    """What is expected, by country or area."""
    found = (
        ExpectedInflation(row["area"], float(row["value"]), float(row["low"]), float(row["high"]), row["reason"])
        for row in rows("expected_inflation")
    )
    return MappingProxyType({each.area: each for each in found})


@cache
def rate_facts(currency: str) -> tuple[Fact, ...]:
    """Published units of a currency for a dollar by year, from the first country in alphabetical order that uses it."""
    users = (iso3 for iso3, country in sorted(countries().items()) if country.currency == currency)
    return next((found for iso3 in users if (found := observations(iso3, "exchange_rate"))), ())


@cache
def rates_per_dollar(currency: str) -> Mapping[int, float]:
    """Units of a currency for a dollar by year; those of a pegged currency are its anchor's times the parity."""
    if currency == DOLLAR:
        return MappingProxyType({fact.year: 1.0 for fact in rate_facts(DOLLAR)})
    parity = parities().get(currency)
    if parity is None:
        return MappingProxyType({fact.year: fact.value for fact in rate_facts(currency)})
    return MappingProxyType({year: parity.value * rate for year, rate in rates_per_dollar(parity.anchor).items()})


def largest_change(currency: str) -> float:
    """The largest change of a rate from one year to the next in the last five years, as a factor of 1 or more. [1]"""
    rates = rates_per_dollar(currency)
    years = sorted(rates)[-YEARS_OF_CHANGE - 1 :]
    ratios = [rates[year] / rates[before] for before, year in pairwise(years)]
    return max((max(ratio, 1 / ratio) for ratio in ratios), default=1.0)
