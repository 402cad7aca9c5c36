"""The sources of the facts as rows with file and line, and the corrections made to them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).parent / "facts_sources"
# Files with one value of an indicator in each row.
LONG_TABLES = ("population", "economy", "pay", "connectivity")
START = "fiscal_year_start_month"
# "16 July - 15 July", "June 1 - May 31"
FIRST_DAY = re.compile(r"(?:(\d+) [A-Z][a-z]+|[A-Z][a-z]+ (\d+)) - ")


@dataclass(frozen=True)
class Row:
    """A row of a file, with the file and its line."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The text in a column."""
        return self.cells[column]


@dataclass(frozen=True)
class Value:
    """A value of an indicator. It stays the text that the source has, so that building adds no digits."""

    where: str
    iso3: str
    indicator: str
    year: str
    value: str
    unit: str
    origin: str
    note: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What may be there once."""
        return self.iso3, self.indicator, self.year


def read_rows(name: str, folder: Path = FOLDER) -> list[Row]:
    """Rows of a source file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [Row(f"{name}.csv:{reader.line_num}", row) for row in reader]


def all_values(folder: Path = FOLDER) -> list[Value]:
    """All values as the sources have them."""
    found = [value_of_row(row) for name in LONG_TABLES for row in read_rows(name, folder)]
    found += [exchange_rate(row) for row in read_rows("exchange_rates", folder)]
    return found


def value_of_row(row: Row) -> Value:
    """A value from a row of a file with one indicator in each row."""
    columns = ("iso3", "indicator", "year", "value", "unit", "origin", "note")
    return Value(row.where, *(row[column] for column in columns))


def exchange_rate(row: Row) -> Value:
    """An exchange rate; its note says first which kind of average it is."""
    note = "; ".join(part for part in (row["kind"], row["note"]) if part)
    return Value(row.where, row["iso3"], "exchange_rate", row["year"], row["value"], "LCU/USD", row["origin"], note)


def fiscal_year_days(found: list[Value]) -> Iterator[Value]:
    """The day of the month on which fiscal years begin that do not begin on the first, read from their notes."""
    for value in found:
        match = FIRST_DAY.match(value.note) if value.indicator == START else None
        day = next(filter(None, match.groups()), "1") if match else "1"
        if day != "1":
            yield replace(value, indicator="fiscal_year_start_day", value=day, unit="day")


def apply_corrections(found: list[Value], corrections: list[Row]) -> tuple[list[Value], list[str]]:
    """The values after the corrections, with what does not fit: a source that has changed needs a new look."""
    by_key, problems = {value.key: value for value in found}, []
    for row in corrections:
        key = row["iso3"], row["indicator"], row["year"]
        old = by_key.get(key)
        if row["action"] not in ACTIONS:
            problems.append(f"{row.where}: action {row['action']}: write {', '.join(ACTIONS)}")
        elif not matches_expectation(old, row["expect"]):
            now = old.value if old else "nothing"
            problems.append(
                f"{row.where}: {' '.join(key)} is {now} in the source, not {row['expect'] or 'nothing'}: correct it anew"
            )
        else:
            by_key.pop(key, None)
            by_key |= {value.key: value for value in values_after(row, old)}
    return list(by_key.values()), problems


def matches_expectation(old: Value | None, expect: str) -> bool:
    """Whether the source still says what it said when it was corrected; nothing expected is nothing there."""
    if old is None or not expect:
        return old is None and not expect
    return float(old.value) == float(expect)


def values_after(row: Row, old: Value | None) -> Iterator[Value]:
    """What a correction leaves: a new value, the old one with a note, or nothing."""
    if row["action"] in {"replace", "add"}:
        unit = old.unit if old else ""
        yield Value(row.where, row["iso3"], row["indicator"], row["year"], row["value"], unit, row["origin"], row["reason"])
    elif row["action"] in {"confirm", "doubt"} and old:
        yield replace(old, note=row["reason"])


ACTIONS = ("add", "confirm", "doubt", "drop", "replace")
