"""The tables of the pack, read from package data once and never changed."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from imis_plan.facts.records import Area, CloudRegion, Correction, Country, Fact, IncomeBand, Indicator, Origin

Facts = Mapping[tuple[str, str], tuple[Fact, ...]]


def rows(table: str) -> Iterator[dict[str, str]]:
    """Rows of a table as text. Nothing in them means "missing": `NA` is the code of Namibia."""
    text = (files("imis_plan.facts") / "data" / f"{table}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def countries() -> Mapping[str, Country]:
    """Countries by the three letters of ISO 3166-1."""
    return MappingProxyType({row["iso3"]: country(row) for row in rows("countries")})


def country(row: dict[str, str]) -> Country:
    """A country from its row."""
    return Country(
        row["iso3"],
        row["iso2"],
        row["name_en"],
        row["name_fr"],
        row["region"],
        row["subregion"],
        row["currency"],
        row["currency_note"],
        words(row["languages"]),
        words(row["weekend"]),
        row["least_developed"] == "yes",
    )


def words(text: str) -> tuple[str, ...]:
    """The parts of a list in one cell."""
    return tuple(text.split(";")) if text else ()


def number(text: str) -> float | None:
    """A number, or None for an empty cell."""
    return float(text) if text else None


@cache
def aliases() -> Mapping[str, str]:
    """Code by other names of countries."""
    return MappingProxyType({row["name"]: row["iso3"] for row in rows("aliases") if row["iso3"]})


@cache
def hints() -> Mapping[str, str]:
    """What to tell about names that are no single country of ISO 3166-1."""
    return MappingProxyType({row["name"]: row["hint"] for row in rows("aliases") if row["hint"]})


@cache
def indicators() -> Mapping[str, Indicator]:
    """Indicators by name."""
    found = (
        Indicator(row["indicator"], row["table"], row["unit"], float(row["min"]), float(row["max"]), row["description"])
        for row in rows("indicators")
    )
    return MappingProxyType({indicator.name: indicator for indicator in found})


@cache
def origins() -> Mapping[str, Origin]:
    """Origins by key."""
    found = (
        Origin(
            row["origin"],
            row["producer"],
            row["title"],
            row["address"],
            row["published"],
            row["accessed"],
            row["licence"],
            row["licence_read"] == "yes",
            row["confidence"],
        )
        for row in rows("origins")
    )
    return MappingProxyType({origin.key: origin for origin in found})


def as_sources() -> dict[str, dict[str, str]]:
    """Origins as entries of `sources.yaml`, so that a scenario can name one; what is not known is left out."""
    return {key: entry(origin) for key, origin in origins().items()}


def entry(origin: Origin) -> dict[str, str]:
    """An origin as an entry of `sources.yaml`."""
    date = "" if origin.published == "latest" else origin.published
    parts = {
        "title": origin.title,
        "publisher": origin.producer,
        "address": origin.address,
        "date": date,
        "licence": origin.licence,
    }
    return {key: part for key, part in parts.items() if part}


@cache
def facts(table: str) -> Facts:
    """Facts of a table by country and indicator, oldest first."""
    grouped: dict[tuple[str, str], list[Fact]] = {}
    units = {name: indicator.unit for name, indicator in indicators().items()}
    for row in rows(table):
        iso3, name = row["iso3"], row["indicator"]
        fact = Fact(iso3, name, int(row["year"]), float(row["value"]), units[name], row["origin"], row["note"])
        grouped.setdefault((iso3, name), []).append(fact)
    return MappingProxyType({key: tuple(found) for key, found in grouped.items()})


@cache
def corrections() -> tuple[Correction, ...]:
    """What is known to be wrong, doubtful or confirmed."""
    return tuple(
        Correction(
            row["iso3"],
            row["indicator"],
            int(row["year"]),
            number(row["expect"]),
            row["action"],
            number(row["value"]),
            row["origin"],
            row["reason"],
        )
        for row in rows("corrections")
    )


@cache
def income_bands() -> tuple[IncomeBand, ...]:
    """Bands of income, by year of the income and from low to high."""
    return tuple(
        IncomeBand(int(row["gni_year"]), row["group"], number(row["above"]), number(row["up_to"]), row["origin"])
        for row in rows("income_groups")
    )


@cache
def areas() -> Mapping[str, tuple[Area, ...]]:
    """First-level areas with their facilities, by country."""
    grouped: dict[str, list[Area]] = {}
    for row in rows("facilities"):
        area = Area(row["iso3"], row["area"], int(row["facilities"]), int(row["hospitals"]), row["origin"])
        grouped.setdefault(area.iso3, []).append(area)
    return MappingProxyType({iso3: tuple(found) for iso3, found in grouped.items()})


@cache
def cloud_regions() -> Mapping[str, tuple[CloudRegion, ...]]:
    """Nearest regions by country."""
    places = {(row["provider"], row["region"]): row for row in rows("cloud_regions")}
    grouped: dict[str, list[CloudRegion]] = {}
    for row in rows("cloud_nearest"):
        place = places[row["provider"].partition("_")[0], row["region"]]
        region = CloudRegion(
            row["iso3"],
            row["provider"],
            row["region"],
            place["place"],
            place["place_country"],
            int(row["km"]),
            number(place["usd_core_month"]),
            place["origin"],
        )
        grouped.setdefault(region.iso3, []).append(region)
    return MappingProxyType({iso3: tuple(found) for iso3, found in grouped.items()})
