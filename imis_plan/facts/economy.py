"""What follows from facts: a series of inflation without a gap at its end, the income group, the fiscal year."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from imis_plan.facts.fiscal_calendar import FiscalCalendar, calendar_values, two_years
from imis_plan.facts.lookup import latest, observations
from imis_plan.facts.records import Fact, IncomeBand
from imis_plan.facts.tables import corrections, income_bands

PRICES, FISCAL_PRICES, RATE_DIGITS = "cpi_inflation", "cpi_inflation_fiscal", 5
MONTH, DAY = "fiscal_year_start_month", "fiscal_year_start_day"


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """When the fiscal year of the state begins. `confirmed` is the second source that agrees, or replaced the first."""

    month: int
    day: int
    origin: str
    confirmed: str
    note: str


@dataclass(frozen=True, slots=True)
class Income:
    """Income per head and the band it is in; the band's year is the nearest one with thresholds."""

    gni: Fact
    band: IncomeBand


def inflation(iso3: str) -> tuple[Fact, ...]:
    """Consumer price inflation by calendar year, the GDP deflator for years without it; each fact says which one it is."""
    published = observations(iso3, PRICES)
    prices = (*published, *from_fiscal_years(iso3, {fact.year for fact in published}))
    known = {fact.year for fact in prices}
    others = (fact for fact in observations(iso3, "gdp_deflator") if fact.year not in known)
    return tuple(sorted((*prices, *others), key=lambda fact: fact.year))


def from_fiscal_years(iso3: str, known: Collection[int]) -> Iterator[Fact]:
    """Inflation of calendar years from that of the fiscal years in them, by days. known : years that need none."""
    fiscal, found = fiscal_year(iso3), {fact.year: fact for fact in observations(iso3, FISCAL_PRICES)}
    if fiscal is None:
        return
    share = FiscalCalendar(fiscal.month, fiscal.day).following_share
    for year, value in calendar_values({year: fact.value for year, fact in found.items()}, share).items():
        if year not in known:
            parts = " and ".join(f"{found[part].value:.2%} of {two_years(part)}" for part in (year - 1, year))
            note = f"mean by days of fiscal years: {parts}"
            yield replace(found[year], indicator=PRICES, value=round(value, RATE_DIGITS), note=note)


def income(iso3: str) -> Income | None:
    """Income per head in its last year, with its group of the World Bank."""
    gni = latest(iso3, "gni_per_head")
    return Income(gni, income_band(gni.value, gni.year)) if gni else None


def income_band(gni: float, year: int) -> IncomeBand:
    """The band of an income, by the thresholds of the year nearest to it, the earlier one of two as near."""
    nearest = min({band.gni_year for band in income_bands()}, key=lambda known: (abs(known - year), known))
    return next(
        band for band in income_bands() if band.gni_year == nearest and (band.up_to is None or gni <= band.up_to)
    )  # from low to high


def fiscal_year(iso3: str) -> FiscalYear | None:
    """The fiscal year of a state; the first of the month where no day is given."""
    month, day = latest(iso3, MONTH), latest(iso3, DAY)
    if month is None:
        return None
    return FiscalYear(int(month.value), int(day.value) if day else 1, month.origin, confirmation(iso3), month.note)


def confirmation(iso3: str) -> str:
    """The origin that confirms or replaces the fiscal year of a country, or nothing."""
    agreed = (row for row in corrections() if (row.iso3, row.indicator) == (iso3, MONTH))
    return next((row.origin for row in agreed if row.action in {"confirm", "replace"}), "")
