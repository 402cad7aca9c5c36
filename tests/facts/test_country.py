"""Countries by name and code, and the facts that follow."""

import pytest

from imis_plan.facts import tables
from imis_plan.facts.country import UnknownCountryError, find_country
from imis_plan.facts.economy import income, income_band, inflation
from imis_plan.facts.lookup import UnknownIndicatorError, facilities, latest, nearest_cloud, observations, series
from imis_plan.scenario.folder import scenarios


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Kenya", "KEN"),
        ("kenya", "KEN"),
        (" KEN ", "KEN"),
        ("ke", "KEN"),
        ("na", "NAM"),
        ("Népal", "NPL"),
        ("Nepal", "NPL"),
        ("Tanzanie", "TZA"),
        ("la Gambie", "GMB"),
        ("Gambia, The", "GMB"),
        ("congo_dr", "COD"),
        ("République démocratique du Congo", "COD"),
        ("Côte d’Ivoire", "CIV"),
        ("cote d'ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Lao PDR", "LAO"),
        ("St Lucia", "LCA"),
        ("Bosnia and Herzegovina", "BIH"),
        ("UK", "GBR"),
    ],
)
def test_a_country_is_known_by_its_names_and_codes(text, iso3):
    """English and French, with or without accents, articles and capitals."""
    assert find_country(text).iso3 == iso3


def test_every_country_is_found_by_each_of_its_names_and_codes():
    """No name or code means two countries."""
    for country in tables.countries().values():
        for text in (country.iso3, country.iso2, country.name_en, country.name_fr):
            assert country.iso3 == find_country(text).iso3


def test_every_other_name_is_found():
    """And none of them takes the name of another country."""
    assert all(find_country(name).iso3 == iso3 for name, iso3 in tables.aliases().items())


def test_shipped_scenarios_are_found_by_the_names_of_their_files():
    """All but those of a part of a country."""
    unknown = []
    for name in scenarios():
        try:
            find_country(name)
        except UnknownCountryError:
            unknown.append(name)

    assert unknown == ["borsa", "zanzibar"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Kenia", 'no country is called "Kenia", did you mean Kenya (KEN)?'),
        ("Nigerr", 'no country is called "Nigerr", did you mean Niger (NER) or Nigeria (NGA)?'),
        ("xyzzy", 'no country is called "xyzzy": give its name in English or French, or its three letters, such as KEN'),
        (
            "Zanzibar",
            '"Zanzibar" has no facts of its own: it is a part of Tanzania (TZA), whose facts are for the whole union; its scenario is written by hand',
        ),
        (
            "Congo",
            '"Congo" has no facts of its own: it stands for two countries, the Democratic Republic of the Congo (COD) and the Republic of the Congo (COG)',
        ),
    ],
)
def test_an_unknown_country_comes_with_advice(text, message):
    """What was probably meant, or why it is not there."""
    with pytest.raises(UnknownCountryError) as error:
        find_country(text)

    assert str(error.value) == message


def test_a_country_has_a_name_in_both_languages():
    """French for French, English for every other language."""
    assert find_country("TZA").name("fr") == "Tanzanie"
    assert find_country("TZA").name("pt") == "Tanzania"


def test_what_is_not_known_is_empty():
    """Mauritania has no household size, Antarctica no exchange rate."""
    assert observations("MRT", "household_size") == ()
    assert latest("MRT", "household_size") is None
    assert series("ATA", "exchange_rate") == {}


def test_an_unknown_indicator_comes_with_advice():
    """A spelling error is no empty answer."""
    with pytest.raises(UnknownIndicatorError, match='no indicator "populaton", did you mean population'):
        observations("NPL", "populaton")


def test_a_fact_says_where_it_comes_from():
    """Value, unit, year and origin stay together."""
    (fact,) = (fact for fact in observations("NPL", "population") if fact.year == 2024)

    assert fact == latest("NPL", "population")
    assert (fact.value, fact.year, fact.unit, fact.origin) == (29_651_054, 2024, "person", "worldbank_population")
    assert tables.origins()[fact.origin].producer == "World Bank"


def test_the_deflator_fills_the_years_without_consumer_prices():
    """DR Congo has none for 2018 to 2023; each value of these years says that it is another index."""
    found = inflation("COD")

    assert [fact.year for fact in found] == list(range(2010, 2026))
    assert {fact.year for fact in found if fact.indicator == "gdp_deflator"} == set(range(2018, 2024))
    assert {fact.indicator for fact in inflation("NPL")} == {"cpi_inflation"}


def test_inflation_may_exceed_100_per_cent():
    """Sudan had 359 % in 2021."""
    assert max(fact.value for fact in inflation("SDN")) == pytest.approx(3.59, abs=0.01)


@pytest.mark.parametrize(
    ("gni", "year", "group"),
    [
        (1135, 2024, "low income"),  # the limit belongs to the lower group
        (1136, 2024, "lower middle income"),
        (4496, 2024, "upper middle income"),
        (13_936, 2024, "high income"),
        (1140, 2023, "low income"),  # 1,145 in that year
        (1140, 2019, "low income"),  # no thresholds kept for it: those of 2023
    ],
)
def test_income_groups_follow_from_thresholds(gni, year, group):
    """Those of the year of the income, or of the nearest one."""
    assert income_band(gni, year).group == group


def test_income_says_its_group():
    """With the figure that it follows from."""
    assert group_of("NPL") == (1470, "lower middle income")
    assert group_of("MWI") == (latest_gni("MWI"), "low income")
    assert group_of("ATA") is None


def group_of(iso3):
    """Income per head and the name of its group."""
    found = income(iso3)
    return found and (found.gni.value, found.band.group)


def latest_gni(iso3):
    """The last value of a series of incomes."""
    return list(series(iso3, "gni_per_head").values())[-1]


def test_facilities_are_by_first_level_area():
    """49 countries of Africa; elsewhere nothing is known."""
    assert len(tables.areas()) == 49
    assert facilities("NPL") == ()
    assert sum(area.facilities for area in facilities("ZMB")) == 1263
    assert all(0 <= area.hospitals <= area.facilities for found in tables.areas().values() for area in found)


def test_the_nearest_cloud_region_comes_with_a_price():
    """Where the provider has published one."""
    prices = {region.provider: region.usd_core_month for region in nearest_cloud("KEN")}

    assert sorted(prices) == ["aws", "azure", "azure_priced"]
    assert prices["aws"] is None
    assert 20 < (prices["azure_priced"] or 0) < 80
    assert all(found[-1].usd_core_month for found in tables.cloud_regions().values())
