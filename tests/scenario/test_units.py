"""The closed list of units."""

from pathlib import Path

import pytest

from imis_plan.facts.tables import countries
from imis_plan.scenario.units import Unit, iso_currencies, replace_lcu, units_from
from imis_plan.scenario.yaml_file import parse
from tests.small import UNITS

FILE = Path("parameters/units.yaml")


@pytest.fixture
def units():
    """The units of the small folder."""
    return units_from(parse(UNITS, FILE))[0]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("person", Unit("person", None, "person")),
        ("1/year", Unit("1/year", None, "1/year")),
        ("USD/card", Unit("USD/card", "USD", "card")),
        ("LCU/person/month", Unit("LCU/person/month", "LCU", "person/month")),
        ("EUR", Unit("EUR", "EUR", "")),
        ("NPR/USD", Unit("NPR/USD", "NPR", "USD")),
        ("GHS/card", Unit("GHS/card", "GHS", "card")),  # in no list by hand
    ],
)
def test_a_unit_of_the_list_is_taken_apart(text, unit, units):
    """A price is a currency and what is paid for; every other unit is one word."""
    assert units.parse(text) == unit


@pytest.mark.parametrize(
    "text", ["", "%", "USD/", "/card", "card", "GBX/card", "USD/crad", "usd/card", "USD/card/card", "Person"]
)
def test_what_is_not_in_the_list_is_no_unit(text, units):
    """The list is closed: no currency, thing or spelling outside of it passes."""
    assert units.parse(text) is None


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("%", 'use the unit "1" for a share (0.25, not 25 %)'),
        ("percent of people", 'use the unit "1" for a share (0.25, not 25 %)'),
        ("USD/crad", "did you mean USD/card?"),
        ("USD/aeroplane", "add it to `money` in units.yaml if it is needed"),
        ("GBX/card", "GBX is not a currency, did you mean GBP?"),
        ("QQQ/card", "QQQ is not a currency, give a currency code of three letters (ISO 4217), such as NPR"),
        ("persons", "did you mean person?"),
        ("furlong", "choose from units.yaml, or add it there if it is needed"),
    ],
)
def test_an_unknown_unit_comes_with_advice(text, advice, units):
    """The advice names the unit that was probably meant, or where a new one is added."""
    assert units.suggestion(text) == advice


def test_lcu_stands_for_the_currency_of_the_scenario():
    """LCU is replaced where it is a currency, and nowhere else."""
    assert replace_lcu("LCU/card", "NPR") == "NPR/card"
    assert replace_lcu("LCU/USD", "NPR") == "NPR/USD"
    assert replace_lcu("USD/card", "NPR") == "USD/card"


def test_lists_may_be_written_with_dashes_or_with_meanings():
    """A person who adds a unit need not know which of the two forms a list has."""
    text = "units:\n  - person\nmoney: {card: a card}\ncurrencies:\n  - USD\n"
    units, problems = units_from(parse(text, FILE))
    assert problems == []
    assert units.parse("USD/card") == Unit("USD/card", "USD", "card")
    assert units.parse("person") == Unit("person", None, "person")


def test_a_wrong_list_of_units_is_a_fault_in_its_own_file():
    """Misspelled and missing sections are named."""
    _, problems = units_from(parse("unit: {person: people}\nmoney: [card]\ncurrencies: [USD]\n", FILE))
    assert [str(problem) for problem in problems] == [
        "parameters/units.yaml:1: unit: unknown key, did you mean units?",
        "parameters/units.yaml:1: units: missing, give the units as `name: meaning`",
    ]


def test_every_country_of_the_facts_has_a_known_currency():
    """A scenario of any country can begin."""
    currencies = {country.currency for country in countries().values()} - {""}

    assert currencies <= set(iso_currencies())
    assert len(iso_currencies()) > 150


def test_money_of_the_past_is_no_currency():
    """The old ouguiya was worth a tenth of the new one: a price in it must not pass for one."""
    assert not {"MRO", "ZMK", "DEM"} & set(iso_currencies())
