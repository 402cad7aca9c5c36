"""The stored tables: one value for each key, with unit, range and origin, and equal to what the sources give."""

import re
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from imis_plan.facts import tables
from imis_plan.facts.currencies import parities
from imis_plan.facts.economy import fiscal_year
from imis_plan.facts.lookup import latest, observations, series
from tools.build_facts import TARGET, build

TABLES = sorted({indicator.table for indicator in tables.indicators().values()})
FACTS = [fact for table in TABLES for found in tables.facts(table).values() for fact in found]
CODES = set(tables.countries())


def test_building_gives_the_stored_bytes():
    """Nobody edits a table by hand; `make facts` makes them anew."""
    stored = {file.name: file.read_bytes() for file in TARGET.glob("*.csv")}

    assert build() == stored


def test_the_pack_is_small():
    """It is part of the package, which is to be downloaded over slow lines."""
    assert sum(len(content) for content in build().values()) < 1_200_000


def test_each_value_is_there_once():
    """A country has one value of an indicator a year."""
    counts = Counter((fact.iso3, fact.indicator, fact.year) for fact in FACTS)

    assert [key for key, count in counts.items() if count > 1] == []
    assert len(FACTS) > 15_000


def test_each_value_has_a_country_an_origin_and_a_unit():
    """Nothing refers to what is not there."""
    known = CODES | {"EMU", "EAZ"}
    wrong = [fact for fact in FACTS if fact.iso3 not in known or fact.origin not in tables.origins() or not fact.unit]

    assert wrong == []


def test_each_value_is_within_the_range_of_its_indicator():
    """A share is at most 1, a month at most 12, and so on."""
    wrong = [fact for fact in FACTS if not within(fact)]

    assert wrong == []


def within(fact):
    """Whether a value is within the range of its indicator, and its year sane."""
    indicator = tables.indicators()[fact.indicator]
    return indicator.min <= fact.value <= indicator.max and 2010 <= fact.year <= 2027


def test_shares_are_no_percentages():
    """A unit of 1 goes to 1, and some value of each such indicator is well above one per cent."""
    shares = [name for name, indicator in tables.indicators().items() if indicator.unit == "1"]

    assert len(shares) == 5
    assert all(0.05 < max(fact.value for fact in FACTS if fact.indicator == name) <= 1 for name in shares)


def test_facts_are_sorted_by_year():
    """The last one is the latest."""
    assert all(
        [fact.year for fact in found] == sorted(fact.year for fact in found)
        for table in TABLES
        for found in tables.facts(table).values()
    )


def test_facts_cannot_be_changed():
    """What is read once serves every caller."""
    fact: Any = FACTS[0]
    countries: Any = tables.countries()

    with pytest.raises(AttributeError):
        fact.value = 0
    with pytest.raises(TypeError):
        countries["NPL"] = None


def test_countries_have_codes_names_and_a_currency():
    """249 codes of ISO 3166-1; only Antarctica is without a currency."""
    countries = tables.countries().values()

    assert len(countries) == 249
    assert len({country.iso2 for country in countries}) == 249
    assert [country.iso3 for country in countries if not re.fullmatch("[A-Z]{3}", country.currency)] == ["ATA"]
    assert [country.iso3 for country in countries if not (country.name_en and country.name_fr)] == []
    assert tables.countries()["NAM"].iso2 == "NA"  # which some readers of CSV take for "missing"


@pytest.mark.parametrize(
    ("iso3", "currency", "languages", "weekend"),
    [
        ("NPL", "NPR", ("ne",), ("Sat", "Sun")),
        ("KEN", "KES", ("sw", "en"), ("Sat", "Sun")),
        ("EGY", "EGP", ("ar",), ("Fri", "Sat")),
        ("IRN", "IRR", ("fa",), ("Fri",)),
        ("BGR", "EUR", ("bg",), ("Sat", "Sun")),  # the euro since January 2026
    ],
)
def test_a_country_has_its_currency_languages_and_weekend(iso3, currency, languages, weekend):
    """Single ones, known from elsewhere."""
    country = tables.countries()[iso3]

    assert (country.currency, country.languages, country.weekend) == (currency, languages, weekend)


def test_the_weekend_and_the_working_days_make_a_week():
    """Two indicators of one source agree."""
    days = {iso3: latest(iso3, "working_days_per_week") for iso3 in CODES}
    wrong = [iso3 for iso3, fact in days.items() if fact and fact.value + len(tables.countries()[iso3].weekend) != 7]

    assert wrong == []


def test_origins_are_complete_and_all_used():
    """Each has a producer, a title, a licence and a grade; none is a leftover."""
    regions = {region.origin for found in tables.cloud_regions().values() for region in found}
    areas = {area.origin for found in tables.areas().values() for area in found}
    reasons = {row.origin for row in tables.corrections()} | {band.origin for band in tables.income_bands()}
    reasons |= {parity.origin for parity in parities().values()}
    used = {fact.origin for fact in FACTS} | regions | areas | reasons | {"cldr", "country_codes"}

    assert used == set(tables.origins())
    assert all(origin.producer and origin.title and origin.licence for origin in tables.origins().values())


def test_licences_that_were_not_read_are_known():
    """The three that the documentation names; a fourth needs a decision."""
    assert sorted(key for key, origin in tables.origins().items() if not origin.licence_read) == [
        "imf_weo_2019",
        "maina2019",
        "un_households_2019",
    ]


def test_the_tables_are_part_of_the_package():
    """They are found as resources, wherever the package is installed."""
    names = {entry.name for entry in (files("imis_plan.facts") / "data").iterdir()}

    assert {f"{table}.csv" for table in TABLES} | {"countries.csv", "origins.csv", "corrections.csv"} <= names


def test_pegged_countries_share_a_rate():
    """Six countries of the Central African franc have one exchange rate."""
    rates = [series(iso3, "exchange_rate") for iso3 in ("CMR", "TCD", "CAF", "COG", "GAB", "GNQ")]

    assert all(rate == rates[0] for rate in rates)
    assert sorted(rates[0]) == list(range(2015, 2027))


# Figures read in a second publication, and how far apart the two may be.
FACTBOOK = "The World Factbook, factbook.json @8662a8b1"
TLO = "Thanzi la Onse model, resource files @a15a9956"


@pytest.mark.parametrize(
    ("iso3", "indicator", "year", "origin", "second", "apart", "source"),
    [
        ("NPL", "cpi_inflation", 2021, "worldbank_cpi", 0.041, 0.0006, FACTBOOK),  # "4.1% (2021 est.)"
        ("NPL", "cpi_inflation", 2022, "worldbank_cpi", 0.077, 0.0006, FACTBOOK),  # "7.7% (2022 est.)"
        ("NPL", "cpi_inflation", 2023, "worldbank_cpi", 0.071, 0.0006, FACTBOOK),  # "7.1% (2023 est.)"
        ("NPL", "exchange_rate", 2024, "factbook", 133.869, 0.2, "European Central Bank, Indian rupee at the peg of 1.6"),
        ("NPL", "exchange_rate", 2019, "factbook_2024", 112.684, 0.2, "European Central Bank, Indian rupee at the peg of 1.6"),
        ("MWI", "cpi_inflation", 2022, "worldbank_cpi", 0.21, 0.0006, FACTBOOK),  # "21% (2022 est.)"
        ("MWI", "cpi_inflation", 2023, "worldbank_cpi", 0.288, 0.0006, FACTBOOK),  # "28.8% (2023 est.)"
        ("MWI", "exchange_rate", 2015, "imf_weo_2019", 499.6058, 0.1, TLO),
        ("MWI", "exchange_rate", 2017, "factbook_2024", 730.2725, 0.1, TLO),
        ("MWI", "exchange_rate", 2020, "factbook", 749.5275, 0.1, TLO),
        ("MWI", "exchange_rate", 2024, "tlomodel", 1729.751, 5, "currency lists of eight days"),
        ("ZMB", "cpi_inflation", 2022, "worldbank_cpi", 0.11, 0.0006, FACTBOOK),  # "11% (2022 est.)"
        ("ZMB", "cpi_inflation", 2023, "worldbank_cpi", 0.109, 0.0006, FACTBOOK),  # "10.9% (2023 est.)"
        ("ZMB", "population", 2024, "worldbank_population", 22_021_971, 1_100_000, FACTBOOK),  # mid-2025, a year later
        ("MWI", "population", 2024, "worldbank_population", 21_763_309, 200_000, FACTBOOK),  # "21,763,309 (2024 est.)"
    ],
)
def test_three_countries_agree_with_a_second_source(iso3, indicator, year, origin, second, apart, source):
    """Nepal, Malawi and Zambia; the pack takes the value from another publisher than the one it is compared with."""
    (fact,) = (fact for fact in observations(iso3, indicator) if fact.year == year)

    assert fact.origin == origin
    assert fact.value == pytest.approx(second, abs=apart), source


@pytest.mark.parametrize("correction", tables.corrections(), ids=lambda row: f"{row.iso3} {row.indicator} {row.year}")
def test_each_known_correction_is_made(correction):
    """A replaced value is the right one, a doubtful one says so, a dropped one is gone."""
    found = [fact for fact in observations(correction.iso3, correction.indicator) if fact.year == correction.year]
    expected = correction.value if correction.action in {"replace", "add"} else correction.expect

    assert [fact.value for fact in found] == ([] if correction.action == "drop" else [expected])
    assert all(fact.note == correction.reason for fact in found)


@pytest.mark.parametrize(
    ("iso3", "month", "day"),
    [
        ("NPL", 7, 16),
        ("TZA", 7, 1),  # Zanzibar, too
        ("MWI", 4, 1),  # since 2022/23
        ("CMR", 1, 1),  # by law 2002/001; the Factbook has July
        ("TCD", 1, 1),  # the mutuelle Borsa is there
        ("COD", 1, 1),
        ("GMB", 1, 1),
        ("MRT", 1, 1),
        ("NER", 1, 1),
        ("ZMB", 1, 1),
    ],
)
def test_fiscal_years_of_the_shipped_scenarios_are_confirmed(iso3, month, day):
    """Each by a second source."""
    found_month, found_day, confirmed = start(iso3)

    assert (found_month, found_day) == (month, day)
    assert confirmed in tables.origins()


def start(iso3):
    """Month and day on which a fiscal year begins, and what confirms it."""
    found = fiscal_year(iso3)
    return found and (found.month, found.day, found.confirmed)


def test_a_fiscal_year_may_begin_within_a_month():
    """Days stand in the notes of the source."""
    assert start("GBR") == (4, 6, "")  # "6 April - 5 April"
    assert start("ETH") == (7, 8, "")  # "8 July - 7 July"
    assert start("KEN") == (7, 1, "")
    assert start("ATA") is None
