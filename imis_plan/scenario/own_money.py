"""The money of a scenario for carrying observed prices: its own inflation and exchange rates, and the facts for all others."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from imis_plan.facts import world
from imis_plan.facts.carry import DOLLAR, Money
from imis_plan.scenario.fields import YEARS, is_finite
from imis_plan.scenario.parameter import Parameter

EURO = "EUR"
HORIZONS = range(1, 101)
# Yearly figures as a key of a cache: the year and its value.
Series = tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class OwnMoney:
    """What a scenario gives: inflation at home and of the dollar, and units of its currency and of the euro for a dollar."""

    iso3: str
    currency: str
    home: Series
    foreign: Series
    rates: Series
    euro: Series


def own_money(iso3: str, currency: str, parameters: Mapping[str, Parameter]) -> OwnMoney:
    """The money parameters of a scenario; those that are missing or wrong are left out."""
    euro = ((year, 1 / rate) for year, rate in history(parameters, "money.usd_per_eur").items() if rate)
    return OwnMoney(
        iso3, currency, inflation(parameters, "home"), inflation(parameters, "foreign"), rates(parameters), tuple(euro)
    )


def history(parameters: Mapping[str, Parameter], path: str) -> dict[int, float]:
    """Values by calendar year of a parameter; what is no year, or no number, is a problem of the parameter and left out."""
    found = value(parameters, path)
    pairs = found.items() if isinstance(found, Mapping) else ()
    return {year: each for year, each in pairs if is_year(year) and is_rate(each)}


def is_year(year: Any) -> bool:
    """Whether a key is a calendar year."""
    return isinstance(year, int) and not isinstance(year, bool) and year in YEARS


def is_rate(rate: Any) -> bool:
    """Whether a value is a number from which a price level or an amount can be calculated."""
    return isinstance(rate, int | float) and not isinstance(rate, bool) and is_finite(rate) and rate > -1


def value(parameters: Mapping[str, Parameter], path: str) -> Any:
    """The value of a parameter, or None where the folder does not declare it."""
    return parameters[path].value if path in parameters else None


def inflation(parameters: Mapping[str, Parameter], area: str) -> Series:
    """Known inflation, then the expected one, whose first value also serves the years not yet known, as in the budget."""
    known = history(parameters, f"money.{area}_inflation")
    path = parameters.get(f"money.{area}_inflation_forward")
    first, years = value(parameters, "time.base_year"), value(parameters, "time.horizon")
    if known and path and is_year(first) and isinstance(years, int) and years in HORIZONS and all_rates(path):
        # Up to the year of the prices: a budget before them is a problem of its base year, not of each price.
        last = max(first + years - 1, *price_years(parameters))
        known |= {year: expected(path, max(0, year - first)) for year in range(max(known) + 1, last + 1)}
    return tuple(sorted(known.items()))


def price_years(parameters: Mapping[str, Parameter]) -> list[int]:
    """The years to which observed prices are carried, and one that is before every other."""
    return [YEARS.start, *(each.price_year or 0 for each in parameters.values() if each.item and is_year(each.price_year))]


def all_rates(path: Parameter) -> bool:
    """Whether every value of a parameter by year is a rate."""
    values = path.value if isinstance(path.value, tuple) else (path.value, path.growth or 0)
    return bool(values) and all(map(is_rate, values))


def expected(path: Parameter, position: int) -> float:
    """A value by year at a position of the budget."""
    if isinstance(path.value, tuple):
        return float(path.value[min(position, len(path.value) - 1)])
    return float(path.value * (1 + (path.growth or 0)) ** position)


def rates(parameters: Mapping[str, Parameter]) -> Series:
    """Known exchange rates and the planning rate."""
    known = history(parameters, "money.exchange_rates")
    year, planned = value(parameters, "money.planning_rate_year"), value(parameters, "money.planning_rate")
    if is_year(year) and is_rate(planned) and planned > 0:
        known[year] = planned
    return tuple(sorted(known.items()))


@lru_cache(maxsize=256)
def money_of(own: OwnMoney) -> Money:
    """Price index, rates and purchasing power; the scenario's figures take precedence over the facts."""
    inflations = {
        own.iso3: {**world.inflation_by_year(own.iso3), **dict(own.home)},
        DOLLAR: {**world.inflation_by_year(DOLLAR), **dict(own.foreign)},
    }
    known = {EURO: dict(own.euro), own.currency: dict(own.rates)}

    @cache
    def index(area: str, start: int, end: int) -> float | None:
        """Prices of a country or of the dollar."""
        return world.compounded(inflations[area], start, end) if area in inflations else world.price_index(area, start, end)

    def rate(currency: str, year: int) -> float | None:
        """Units of a currency for a dollar."""
        return known.get(currency, {}).get(year) or world.exchange_rate(currency, year)

    return Money(index, rate, world.parity)
