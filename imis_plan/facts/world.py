"""What the pack knows that carries a price: economies, price indices, exchange rates, purchasing power, tested relations."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from imis_plan.facts.carry import DOLLAR, Economy
from imis_plan.facts.currencies import rates_per_dollar
from imis_plan.facts.economy import income, inflation
from imis_plan.facts.lookup import latest, series
from imis_plan.facts.prediction import Fit, fit, holds, predict
from imis_plan.facts.resolve import Predicted
from imis_plan.facts.tables import countries
from imis_plan.sentence import Digits, sentence

UNITED_STATES = "USA"
PAY, INCOME, PARITY = "public_pay_month_usd", "gni_per_head", "ppp_factor"
PUBLIC_PAY = "public_pay"
PAY_YEAR = 2023


@cache
def economies() -> Mapping[str, Economy]:
    """Every country with its currency, region and income group; no income is a group of its own."""
    return MappingProxyType({iso3: Economy(iso3, each.currency, each.region, group(iso3)) for iso3, each in countries().items()})


def group(iso3: str) -> str:
    """The income group of a country, or nothing."""
    found = income(iso3)
    return found.band.group if found else ""


@cache
def inflation_by_year(area: str) -> Mapping[int, float]:
    """Inflation of a country, or of the dollar for `USD`."""
    return MappingProxyType({fact.year: fact.value for fact in inflation(UNITED_STATES if area == DOLLAR else area)})


def compounded(rates: Mapping[int, float], start: int, end: int) -> float | None:
    """Prices of one year over those of another, either way round; None where a year is missing."""
    if end < start:
        level = compounded(rates, end, start)
        return 1 / level if level else None
    level = 1.0
    for year in range(start + 1, end + 1):
        if year not in rates:
            return None
        level *= 1 + rates[year]
    return level


@cache
def price_index(area: str, start: int, end: int) -> float | None:
    """Prices of a country, or of the dollar, in the last year over those of the first."""
    return compounded(inflation_by_year(area), start, end)


def exchange_rate(currency: str, year: int) -> float | None:
    """Units of a currency for a dollar in a year."""
    return rates_per_dollar(currency).get(year)


@cache
def parity(iso3: str, year: int) -> float | None:
    """Purchasing power parity; outside the published years it moves with prices there and in the United States."""
    known = series(iso3, PARITY)
    if not known or year in known:
        return known.get(year)
    nearest = min(known, key=lambda other: abs(other - year))
    there, dollar = price_index(iso3, nearest, year), price_index(DOLLAR, nearest, year)
    return known[nearest] * (there / dollar if there and dollar else 1.0)


@cache
def pay_line() -> Fit:
    """Mean public pay on income per head, of all countries with both; each in its last year."""
    pairs = [
        (gni, pay.value)
        for iso3 in countries()
        if (pay := latest(iso3, PAY)) and (gni := nearest_value(series(iso3, INCOME), pay.year))
    ]
    return fit([gni for gni, _ in pairs], [pay for _, pay in pairs])


def nearest_value(values: Mapping[int, float], year: int) -> float | None:
    """The value of the year nearest to one, or None without values."""
    return values[min(values, key=lambda other: abs(other - year))] if values else None


@cache
def predicted_pay(iso3: str) -> Predicted | None:
    """Mean public pay as income per head predicts it; None where no income is known or the relation does not hold."""
    gni, line = latest(iso3, INCOME), pay_line()
    if gni is None or not holds(line, 1):
        return None
    found = predict(line, gni.value)
    words = sentence("mean public pay on income per head, {count} countries, R2 {r2}", count=line.n, r2=Digits(f"{line.r2:.2f}"))
    return Predicted(found.value, found.low, found.high, DOLLAR, PAY_YEAR, words)


RELATIONS = MappingProxyType({PUBLIC_PAY: predicted_pay})
