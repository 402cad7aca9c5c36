"""Sources that cannot be right stop the build, with file, line and what is wrong."""

import shutil

import pytest

from tools.build_facts import SourceError, build
from tools.facts_rows import FOLDER

ECONOMY = "iso3,indicator,year,value,unit,origin,note\n"


@pytest.fixture
def sources(tmp_path):
    """A copy of the sources that a test may spoil."""
    return shutil.copytree(FOLDER, tmp_path / "sources")


def append(folder, name, line):
    """Add a line to a file, and say which line it is."""
    file = folder / name
    text = file.read_text(encoding="utf-8") + line + "\n"
    file.write_text(text, encoding="utf-8")
    return f"{name}:{text.count(chr(10))}"


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        (
            "economy.csv",
            "NPL,cpi_inflation,2025,4.1,%,worldbank_cpi,",
            "NPL cpi_inflation 2025: the unit is %, 1/year is expected",
        ),
        (
            "economy.csv",
            "NPL,cpi_inflation,2025,41,1/year,worldbank_cpi,",
            "NPL cpi_inflation 2025: 41 is not between -0.1 and 30",
        ),
        (
            "economy.csv",
            "NPL,cpi_inflation,1925,0.04,1/year,worldbank_cpi,",
            "NPL cpi_inflation 1925: a year from 2010 to 2027 is expected",
        ),
        ("economy.csv", "NPL,cpi_inflation,2023,0.04,1/year,factbook,", "NPL cpi_inflation 2023 is there 2 times"),
        (
            "economy.csv",
            "NEP,cpi_inflation,2025,0.04,1/year,factbook,",
            "NEP cpi_inflation 2025: the country is not in countries.csv",
        ),
        ("economy.csv", "NPL,cpi,2025,0.04,1/year,factbook,", "NPL cpi 2025: the indicator is not in indicators.csv"),
        (
            "economy.csv",
            "NPL,cpi_inflation,2025,0.04,1/year,hearsay,",
            "NPL cpi_inflation 2025: the origin hearsay is not in origins.csv",
        ),
        ("exchange_rates.csv", "NPL,INR,2014,60,annual average,ecb,", "NPL has NPR in countries.csv, not INR"),
        ("aliases.csv", "Burma,MMR,", "Burma is there 2 times"),
        ("origins.csv", "hearsay,,Talk,,someday,2026-11-26,none,perhaps,D", "hearsay has no producer"),
        (
            "origins.csv",
            "hearsay,A,Talk,,someday,2026-11-26,none,yes,A",
            "published someday: write a date, a month, a year or latest",
        ),
        ("corrections.csv", "NPL,vat_standard,2026,,mend,,ita_nepal,", "action mend: write add, confirm, doubt, drop, replace"),
        (
            "corrections.csv",
            "KEN,fiscal_year_start_month,2024,1,replace,7,factbook_2001,",
            "KEN fiscal_year_start_month 2024 is 7 in the source, not 1: correct it anew",
        ),
    ],
)
def test_a_bad_row_stops_the_build(name, line, message, sources):
    """With the file and the line in which it stands."""
    where = append(sources, name, line)

    with pytest.raises(SourceError) as error:
        build(sources)

    assert f"{where}: {message}" in str(error.value).splitlines()


def test_all_problems_are_reported_at_once(sources):
    """So that a set of new figures is put right in one go."""
    append(sources, "economy.csv", "NEP,cpi,2025,4.1,%,hearsay,")
    append(sources, "economy.csv", "NEP,cpi_inflation,1925,4.1,%,hearsay,")

    with pytest.raises(SourceError) as error:
        build(sources)

    assert len(str(error.value).splitlines()) == 5


def test_a_corrected_value_keeps_what_the_source_says_elsewhere(sources):
    """A correction concerns one value."""
    append(sources, "corrections.csv", "KEN,vat_standard,2026,0.16,replace,0.17,ita_tanzania,for this test")
    changed = build(sources)
    plain = build()

    assert [name for name in plain if changed[name] != plain[name]] == ["corrections.csv", "taxes.csv"]
    assert b"KEN,vat_standard,2026,0.17,ita_tanzania,for this test" in changed["taxes.csv"]
