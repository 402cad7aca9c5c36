"""What must hold for the facts before they are written; all that does not is reported at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tools.facts_rows import Row, Value

YEARS = range(2010, 2028)
PUBLISHED = re.compile(r"\d{4}(-\d{2}){0,2}|latest")
GRADES = frozenset("ABC")
# The euro area has prices of its own, Zanzibar a public service; their codes are those of the World Bank and of road traffic.
AREAS = frozenset({"EMU", "EAZ"})
# Currencies to which others are pegged, and whose path to the dollar the model knows.
ANCHORS = ("USD", "EUR", "INR")


def value_problems(found: list[Value], indicators: dict[str, Row], countries: set[str], origins: set[str]) -> Iterator[str]:
    """Values without a country, an indicator, an origin or a sane year, in another unit, or out of range."""
    for value in found:
        name = f"{value.where}: {' '.join(value.key)}"
        indicator = indicators.get(value.indicator)
        if indicator is None:
            yield f"{name}: the indicator is not in indicators.csv"
            continue
        if value.iso3 not in countries | AREAS:
            yield f"{name}: the country is not in countries.csv"
        if value.origin not in origins:
            yield f"{name}: the origin {value.origin} is not in origins.csv"
        if int(value.year) not in YEARS:
            yield f"{name}: a year from {YEARS[0]} to {YEARS[-1]} is expected"
        if value.unit not in {indicator["unit"], ""}:
            yield f"{name}: the unit is {value.unit}, {indicator['unit']} is expected"
        if not float(indicator["min"]) <= float(value.value) <= float(indicator["max"]):
            yield f"{name}: {value.value} is not between {indicator['min']} and {indicator['max']}"


def duplicate_keys(keys: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Keys that are there more than once, with the place of the last."""
    places = list(keys)
    counts, last = Counter(key for _, key in places), {key: where for where, key in places}
    yield from (f"{last[key]}: {key} is there {count} times" for key, count in counts.items() if count > 1)


def origin_problems(origins: list[Row]) -> Iterator[str]:
    """Origins without a producer, a title, a date, a licence or a grade."""
    for row in origins:
        missing = [column for column in ("producer", "title", "licence", "accessed") if not row[column]]
        if missing:
            yield f"{row.where}: {row['origin']} has no {', '.join(missing)}"
        if not PUBLISHED.fullmatch(row["published"]):
            yield f"{row.where}: published {row['published']}: write a date, a month, a year or latest"
        if row["confidence"] not in GRADES:
            yield f"{row.where}: confidence {row['confidence']}: write A, B or C"
        if row["licence_read"] not in {"yes", "no"}:
            yield f"{row.where}: licence_read {row['licence_read']}: write yes or no"
    yield from duplicate_keys((row.where, row["origin"]) for row in origins)


def currency_problems(rates: list[Row], currencies: dict[str, str]) -> Iterator[str]:
    """Exchange rates in another currency than the country's."""
    for row in rates:
        if row["currency"] != currencies.get(row["iso3"]):
            yield f"{row.where}: {row['iso3']} has {currencies.get(row['iso3'])} in countries.csv, not {row['currency']}"


def parity_problems(parities: list[Row], origins: set[str]) -> Iterator[str]:
    """Parities to a currency without a path of its own, that are not positive, or without an origin."""
    for row in parities:
        if row["anchor"] not in ANCHORS:
            yield f"{row.where}: {row['currency']} has the anchor {row['anchor']}: write {', '.join(ANCHORS)}"
        if not float(row["parity"]) > 0:
            yield f"{row.where}: {row['currency']} has the parity {row['parity']}: write units of it for one of the anchor"
        if row["origin"] not in origins:
            yield f"{row.where}: the origin {row['origin']} is not in origins.csv"
