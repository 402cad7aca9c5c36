"""Checks of a row of observations: item, country, unit, currency, year, source, grade; then of all rows together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from imis_plan.facts.items import QUANTITY, Item, is_positive
from imis_plan.facts.terms import ALL, DATED, GRADES, KINDS, OBSERVED, RANGE, STATED, TAX, UNDATED
from imis_plan.problems import Problem, closest_match, suggestion
from imis_plan.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from imis_plan.facts.csv_rows import Row
    from imis_plan.facts.records import Observation

WORDS = {"dated": DATED, "kind": KINDS, "grade": GRADES, "tax": TAX}
FIRST_YEAR = 1980
# A value that is this multiple of the median of its item is probably a slip of unit or currency; with fewer rows nobody can say.
FAR, ENOUGH = 10, 4


@dataclass(frozen=True)
class Reference:
    """What rows are checked against; `in_usd` gives a value in dollars, or None where no rate is known."""

    items: Mapping[str, Item]
    sources: Collection[str]
    currencies: Collection[str]
    countries: Collection[str]
    last_year: int
    in_usd: Callable[[float, str, int], float | None] | None = None


def row_problems(row: Row, reference: Reference) -> Iterator[Problem]:
    """Everything that is wrong with one row."""
    yield from identity_problems(row, reference)
    yield from amount_problems(row, reference)
    yield from year_problems(row, reference)
    for column, words in WORDS.items():
        if row[column] not in words:
            yield row.problem(column, "not a word of this column", suggestion(row[column], words))
    if row["kind"] == RANGE and not row["tier"]:
        yield row.problem("tier", "an end of a range without its name", "give low or high, and a row for the other end")


def identity_problems(row: Row, reference: Reference) -> Iterator[Problem]:
    """An item, a country or a source that nobody knows."""
    if row["item"] not in reference.items:
        yield row.problem("item", "not in observation_items.csv", suggestion(row["item"], tuple(reference.items)))
    if row["country"] != ALL and row["country"] not in reference.countries:
        yield row.problem(
            "country", "no country", "give its three letters of ISO 3166-1, or ALL for a price that is the same everywhere"
        )
    if row["source"] not in reference.sources:
        yield row.problem("source", "not in sources.yaml", known_source(row["source"], reference.sources))


def known_source(key: str, sources: Collection[str]) -> str:
    """What to write in place of an unknown key."""
    match = closest_match(key, sources)
    return (
        sentence("did you mean {name}?", name=match)
        if match
        else sentence("add it there with title, publisher, address and date")
    )


def amount_problems(row: Row, reference: Reference) -> Iterator[Problem]:
    """A value that is no number, another unit than the item's, a currency too many or too few."""
    if not is_positive(row["value"]):
        yield row.problem("value", "no number above zero", "give one number, and a row for each further one")
    item = reference.items.get(row["item"])
    if item is None:
        return
    if row["unit"] != item.unit:
        yield row.problem(
            "unit",
            sentence("not the unit of {name}", name=item.name),
            sentence("write {unit}, and convert the value", unit=item.unit),
        )
    if item.market == QUANTITY:
        if row["currency"]:
            yield row.problem("currency", sentence("{name} is no price", name=item.name), "leave it empty")
    elif row["currency"] not in reference.currencies:
        yield row.problem("currency", "no currency", "give its three letters of ISO 4217, such as USD")


def year_problems(row: Row, reference: Reference) -> Iterator[Problem]:
    """A year that cannot be, or a grade that an undated price cannot have."""
    if not (row["price_year"].isdecimal() and FIRST_YEAR <= int(row["price_year"]) <= reference.last_year):
        right = sentence(
            "give the year whose money the price is in, {first_year} to {last_year}",
            first_year=FIRST_YEAR,
            last_year=reference.last_year,
        )
        yield row.problem("price_year", "no year of an observation", right)
    if row["dated"] != STATED and row["grade"] in GRADES[:-1]:
        yield row.problem("grade", "the source does not date the price", "give C, the best grade of an undated price")
    if row["dated"] == UNDATED and not row["note"]:
        yield row.problem("note", "an undated price", "say for which year it is taken, and why")


def table_problems(rows: Iterable[Observation], reference: Reference) -> Iterator[Problem]:
    """Rows that repeat another one, and values far off the rest of their item."""
    rows = tuple(rows)
    yield from repeated(rows)
    if reference.in_usd:
        yield from far_off(rows, reference.in_usd)


def repeated(rows: Iterable[Observation]) -> Iterator[Problem]:
    """Rows with the key of an earlier one."""
    first: dict[tuple[str, ...], Observation] = {}
    for row in rows:
        same = first.setdefault(row.key, row)
        if same is not row:
            right = sentence("remove it, or name the tier that it is")
            yield Problem(row.file, row.line, "item", sentence("repeats line {line}", line=same.line), right, row.item)


def far_off(rows: Iterable[Observation], in_usd: Callable[[float, str, int], float | None]) -> Iterator[Problem]:
    """Direct observations more than ten times, or less than a tenth of, the median of their item in dollars.

    A value that its series has replaced by a newer one does not count any more, and is not looked at.
    """
    rows = tuple(rows)
    last: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows:
        last[row.item, row.country, row.series] = max(last[row.item, row.country, row.series], row.price_year)
    values: dict[str, list[tuple[Observation, float]]] = defaultdict(list)
    for row in rows:
        usd = in_usd(row.value, row.currency, row.price_year) if row.currency else row.value
        newest = row.price_year == last[row.item, row.country, row.series]
        if row.kind == OBSERVED and usd is not None and newest:
            values[row.item].append((row, usd))
    for item, found in values.items():
        middle = median(usd for _, usd in found)
        for row, usd in found if len(found) >= ENOUGH else ():
            if not middle / FAR <= usd <= middle * FAR:
                what = sentence(
                    "{usd} USD, while the median of {item} is {middle} USD", usd=f"{usd:.4g}", item=item, middle=f"{middle:.4g}"
                )
                right = sentence("check unit, currency and decimal point")
                yield Problem(row.file, row.line, "value", what, right, f"{row.value:g}", warning=True)
