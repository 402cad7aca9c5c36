"""What is published about a country, as parameters of a scenario: value, range, source and grade."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from imis_plan.facts.carry import DOLLAR
from imis_plan.facts.currencies import expected_inflation, rates_per_dollar
from imis_plan.facts.economy import inflation
from imis_plan.facts.lookup import facilities, latest, nearest_cloud, observations
from imis_plan.facts.records import Country, Fact
from imis_plan.facts.tables import countries, origins
from imis_plan.facts.world import UNITED_STATES
from imis_plan.scenario.from_facts import FISCAL_YEAR_START, Given, fiscal_year_start, inflations
from imis_plan.scenario.localized_text import N_

# Years of the past that say what the next ones may bring.
RECENT = 5
Data = Mapping[str, Any]
# Words after the key of a source, as files have them; they are translated where they are shown.
TWO_ORIGINS = N_("{year}; range: {origin} {other}")
MEAN_GROWTH = N_("{year}, mean of ten years; range: other published rates")
ESTIMATED_GROWTH = N_("{year}, estimate; range: other published rates")
HOUSEHOLDS = N_("list of {year}, the survey may be ten years older")
LISTED_FACILITIES = N_("public facilities of {count} areas, collected up to 2019; newer national lists are longer")
WORKING_WEEK = N_("{year}, seven days less the weekend")
HOLIDAYS = N_("{year}, on working days")
NEAREST_REGION = N_("{place}, nearest region with a price, {km} km away")
RECENT_INFLATION = N_("median of {first} to {last}; range: lowest and highest of them")
SAME_CURRENCY = N_("median of {count} countries with the currency {currency}")
SAME_REGION = N_("median of {count} countries in {region}")
ALL_COUNTRIES = N_("the world")
REGIONS = (N_("Africa"), N_("Americas"), N_("Asia"), N_("Europe"), N_("Oceania"))  # as the facts have them
COMPOSED = (
    TWO_ORIGINS, MEAN_GROWTH, ESTIMATED_GROWTH, HOUSEHOLDS, LISTED_FACILITIES, WORKING_WEEK, HOLIDAYS, NEAREST_REGION,
    RECENT_INFLATION, SAME_CURRENCY, SAME_REGION,
)  # fmt: skip


def published(country: Country, base_year: int) -> dict[str, Data]:
    """Path of each parameter that the facts know, and what a file says of it."""
    found = {**dict(people(country.iso3)), **dict(places(country.iso3)), **dict(working_time(country.iso3, base_year))}
    begins = {FISCAL_YEAR_START: as_in_file(fiscal_year_start(country.iso3))}
    return {**begins, **found, **dict(cloud(country.iso3)), **dict(money(country))}


def budget_currency(country: Country) -> str:
    """The currency of the country; the dollar where it has none, or no exchange rate of it is published."""
    return country.currency if country.currency and rates_per_dollar(country.currency) else DOLLAR


def sourced(fact: Fact, value: Any, detail: str, low: float | None = None, high: float | None = None) -> Data:
    """A value with the origin of a fact as its source."""
    ends = {"low": low, "high": high} if low is not None and high is not None and low < high else {}
    grade = origins()[fact.origin].confidence
    return {"value": value, **ends, "source": f"{fact.origin}: {detail}", "confidence": grade}


def people(iso3: str) -> Iterator[tuple[str, Data]]:
    """Population, its growth, and persons in a household."""
    counted, estimated = latest(iso3, "population"), latest(iso3, "population_estimate")
    if total := counted or estimated:
        ends = [int(each.value) for each in (counted, estimated) if each]
        words = str(total.year)
        if counted and estimated and estimated.value != total.value:
            words = TWO_ORIGINS.format(year=total.year, origin=estimated.origin, other=estimated.year)
        if total.value >= 1:
            yield "population.total", sourced(total, int(total.value), words, min(ends), max(ends))
            yield "population.year", sourced(total, total.year, "year of the figure")
    rates = [latest(iso3, f"population_growth_{kind}") for kind in ("10y", "last", "estimate")]
    if known := [each for each in rates if each]:
        values = [round(each.value, 4) for each in known]
        words = (MEAN_GROWTH if known[0] is rates[0] else ESTIMATED_GROWTH).format(year=known[0].year)
        yield "population.growth", sourced(known[0], values[0], words, min(values), max(values))
    if size := latest(iso3, "household_size"):
        yield "population.household_size", sourced(size, size.value, HOUSEHOLDS.format(year=size.year))


def places(iso3: str) -> Iterator[tuple[str, Data]]:
    """Public health facilities, where a list is published."""
    if areas := facilities(iso3):
        total, origin = sum(area.facilities for area in areas), areas[0].origin
        words = f"{origin}: {LISTED_FACILITIES.format(count=len(areas))}"
        grade = origins()[origin].confidence
        yield "facilities.number", {"value": total, "source": words, "confidence": grade}


def working_time(iso3: str, base_year: int) -> Iterator[tuple[str, Data]]:
    """Days of the working week, and holidays on them."""
    week = latest(iso3, "working_days_per_week")
    if week:
        yield "staffing.days_per_week", sourced(week, int(week.value), WORKING_WEEK.format(year=week.year))
    kind = "public_holidays_mon_fri" if week is None or week.value <= 5 else "public_holidays"  # noqa: PLR2004  # Monday to Friday
    known = observations(iso3, kind)
    if known:
        nearest = min(known, key=lambda fact: abs(fact.year - base_year))
        ends = [int(fact.value) for fact in known]
        yield (
            "staffing.public_holidays",
            sourced(nearest, int(nearest.value), HOLIDAYS.format(year=nearest.year), min(ends), max(ends)),
        )


def cloud(iso3: str) -> Iterator[tuple[str, Data]]:
    """The price of the nearest region that has one."""
    for region in nearest_cloud(iso3):
        if region.usd_core_month is not None:
            origin = origins()[region.origin]
            words = f"{origin.key}: {NEAREST_REGION.format(place=region.place, km=f'{region.km:,}')}"
            price = {"unit": "USD/core/month", "price_year": int(origin.published[:4])}
            yield "server.cloud.core", {"value": region.usd_core_month, **price, "source": words, "confidence": origin.confidence}
            return


def money(country: Country) -> Iterator[tuple[str, Data]]:
    """Inflation that scenarios of the country do not take from the facts anyway (`from_facts`): expected, or of the dollar."""
    if budget_currency(country) != country.currency:
        yield from ((path, as_in_file(given)) for path, given in inflations("home", UNITED_STATES))
    elif country.iso3 not in expected_inflation() and (known := inflation(country.iso3)):
        yield "money.home_inflation_forward", expected(known)


def as_in_file(given: Given) -> Data:
    """A value from the facts as a file states it."""
    value = dict(given.value) if isinstance(given.value, Mapping) else given.value
    ends = {} if given.low is None else {"low": given.low, "high": given.high}
    return {"value": value, **ends, "source": given.source, "confidence": given.confidence}


def expected(known: Sequence[Fact]) -> Data:
    """What inflation is expected to be: the median of the last five years, between their lowest and highest."""
    recent = [fact.value for fact in known[-RECENT:]]
    return {
        "value": round(median(recent), 4),
        "low": min(recent),
        "high": max(recent),
        "source": f"assumption: {RECENT_INFLATION.format(first=known[-len(recent)].year, last=known[-1].year)}",
        "confidence": "assumed",
    }


def inflation_elsewhere(country: Country) -> tuple[dict[int, float], str] | None:
    """Median inflation by year of the countries with the same currency, else of the region; and which they are, in words."""
    others = [each for each in countries().values() if each.iso3 != country.iso3]
    circles = {
        SAME_CURRENCY: [each for each in others if each.currency == country.currency],
        SAME_REGION: [each for each in others if country.region in ("", each.region)],
    }
    for words, circle in circles.items():
        if found := [known for each in circle if (known := inflation(each.iso3))]:
            years: dict[int, list[float]] = {}
            for fact in (fact for known in found for fact in known):
                years.setdefault(fact.year, []).append(fact.value)
            text = words.format(count=len(found), currency=country.currency, region=country.region or ALL_COUNTRIES)
            return {year: round(median(values), 5) for year, values in sorted(years.items())}, text
    return None
