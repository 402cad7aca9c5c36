"""Builds the tables of `imis_plan/facts/data` from `tools/facts_sources`: `python -m tools.build_facts`, or `make facts`."""

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tools.facts_checks import currency_problems, duplicate_keys, origin_problems, parity_problems, value_problems
from tools.facts_rows import FOLDER, Row, Value, all_values, apply_corrections, fiscal_year_days, read_rows

TARGET = Path(__file__).parents[1] / "imis_plan" / "facts" / "data"
# "7 less the weekend, Fri to Sat"; a weekend from Saturday to Sunday has no note.
WEEKEND = re.compile(r"7 less the weekend, (.+)")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FACT = ("iso3", "indicator", "year", "value", "origin", "note")
COUNTRY = ("iso3", "iso2", "name_en", "name_fr", "region", "subregion", "currency", "currency_note", "languages", "weekend")


class SourceError(Exception):
    """Sources that cannot be built from; the message has one problem a line."""


def build(folder: Path = FOLDER) -> dict[str, bytes]:
    """The tables of the pack by file name; the same sources give the same bytes."""
    raw = list(with_first_days(folder))
    found, misfits = apply_corrections(raw, read_rows("corrections", folder))
    problems = [*duplicate_keys((value.where, " ".join(value.key)) for value in raw), *misfits, *all_problems(found, folder)]
    if problems:
        raise SourceError("\n".join(problems))
    tables = {**dict(fact_tables(found, folder)), **dict(other_tables(found, folder))}
    return {f"{name}.csv": text.encode() for name, text in sorted(tables.items())}


def with_first_days(folder: Path) -> Iterator[Value]:
    """All values, with the days on which fiscal years begin."""
    found = all_values(folder)
    yield from found
    yield from fiscal_year_days(found)


def all_problems(found: list[Value], folder: Path) -> Iterator[str]:
    """Everything that is wrong with values, origins, currencies and names."""
    countries, origins = read_rows("countries", folder), read_rows("origins", folder)
    indicators = {row["indicator"]: row for row in read_rows("indicators", folder)}
    codes, keys = {row["iso3"] for row in countries}, {row["origin"] for row in origins}
    yield from value_problems(found, indicators, codes, keys)
    yield from origin_problems(origins)
    yield from currency_problems(read_rows("exchange_rates", folder), {row["iso3"]: row["currency"] for row in countries})
    yield from money_problems(folder, keys)
    yield from duplicate_keys((row.where, row["iso3"]) for row in countries)
    yield from duplicate_keys((row.where, row["name"]) for row in read_rows("aliases", folder))
    yield from duplicate_keys((row.where, f"{row['iso3']} {row['admin1']}") for row in read_rows("facilities", folder))


def money_problems(folder: Path, origins: set[str]) -> Iterator[str]:
    """Parities and expected inflation that are there twice, or that cannot be right."""
    parities, expected = read_rows("parities", folder), read_rows("expected_inflation", folder)
    yield from duplicate_keys((row.where, row["currency"]) for row in parities)
    yield from duplicate_keys((row.where, row["area"]) for row in expected)
    yield from parity_problems(parities, origins)
    for row in expected:
        if not float(row["low"]) <= float(row["value"]) <= float(row["high"]):
            yield f"{row.where}: {row['area']}: keep low <= value <= high"
        if not row["reason"]:
            yield f"{row.where}: {row['area']} has no reason"


def fact_tables(found: list[Value], folder: Path) -> Iterator[tuple[str, str]]:
    """Tables of facts; indicators without a table stay in the sources."""
    home = {row["indicator"]: row["table"] for row in read_rows("indicators", folder)}
    for name in sorted(set(home.values()) - {""}):
        here = sorted((value for value in found if home[value.indicator] == name), key=lambda value: value.key)
        yield name, table_text(FACT, ([getattr(value, column) for column in FACT] for value in here))


def other_tables(found: list[Value], folder: Path) -> Iterator[tuple[str, str]]:
    """Tables that are no facts by year."""
    home = {row["indicator"]: row["table"] for row in read_rows("indicators", folder)}
    used = {value.origin for value in found if home[value.indicator]}
    yield "countries", table_text((*COUNTRY, "least_developed"), country_rows(found, folder))
    yield "indicators", source_table("indicators", folder, lambda row: bool(row["table"]))
    yield "origins", source_table("origins", folder, lambda row: row["origin"] in used | other_origins(folder))
    yield from (
        (name, source_table(name, folder))
        for name in ("corrections", "aliases", "income_groups", "parities", "expected_inflation")
    )
    areas = (
        (row["iso3"], row["admin1"], row["facilities"], row["hospitals"], "maina2019") for row in read_rows("facilities", folder)
    )
    yield "facilities", table_text(("iso3", "area", "facilities", "hospitals", "origin"), sorted(areas))
    nearest = sorted(
        tuple(row[column] for column in ("iso3", "provider", "region", "km")) for row in read_rows("cloud_nearest", folder)
    )
    yield "cloud_nearest", table_text(("iso3", "provider", "region", "km"), nearest)
    yield "cloud_regions", table_text(REGION, region_rows({row[2] for row in nearest}, folder))


REGION = ("provider", "region", "place", "place_country", "usd_core_month", "origin")


def region_rows(used: set[str], folder: Path) -> list[tuple[str, ...]]:
    """Regions that are nearest to some country; without a price, the origin is that of the place."""
    return sorted(
        (
            row["provider"],
            row["region"],
            row["place"],
            row["country"],
            row["usd_core_month"],
            "azure2025" if row["usd_core_month"] else "cloud_regions_info",
        )
        for row in read_rows("cloud_regions", folder)
        if row["region"] in used
    )


def other_origins(folder: Path) -> set[str]:
    """Origins of what is no fact by year."""
    named = {row["origin"] for name in ("corrections", "income_groups", "parities") for row in read_rows(name, folder)}
    return named | {"maina2019", "azure2025", "cloud_regions_info", "cldr", "country_codes"}


def country_rows(found: list[Value], folder: Path) -> Iterator[list[str]]:
    """Countries with their weekend, which the sources keep in the note of the working days."""
    weekends = {value.iso3: weekend_days(value.note) for value in found if value.indicator == "working_days_per_week"}
    for row in sorted(read_rows("countries", folder), key=lambda row: row["iso3"]):
        cells = {**row.cells, "languages": row["official_languages"], "weekend": weekends.get(row["iso3"], "")}
        yield [*(cells[column] for column in COUNTRY), "yes" if row["ldc"] else "no"]


def weekend_days(note: str) -> str:
    """Days of the weekend as `Sat;Sun`."""
    match = WEEKEND.match(note)
    first, _, last = (match.group(1) if match else "Sat to Sun").partition(" to ")
    return ";".join(DAYS[DAYS.index(first) : DAYS.index(last or first) + 1])


def source_table(name: str, folder: Path, keep: Callable[[Row], bool] = lambda _: True) -> str:
    """A table as the sources have it, or some of its rows."""
    kept = [row.cells for row in read_rows(name, folder) if keep(row)]
    return table_text(tuple(kept[0]), (row.values() for row in kept))


def table_text(columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    """A table as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def main() -> None:
    """Write the tables; nothing is written if anything is wrong."""
    try:
        tables = build()
    except SourceError as error:
        raise SystemExit(str(error)) from None
    for old in TARGET.glob("*.csv"):
        old.unlink()
    for name, content in tables.items():
        (TARGET / name).write_bytes(content)
    size = sum(map(len, tables.values()))
    rows = sum(content.count(b"\n") - 1 for content in tables.values())
    sys.stdout.write(f"{len(tables)} tables, {rows} rows, {size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
