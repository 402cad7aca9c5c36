"""Lines that a scenario declares: each fault is named with its line and with what would be right."""

import json
from pathlib import Path

import jsonschema
import pytest

from imis_plan.problems import BadInput
from imis_plan.scenario.declarations import declarations
from imis_plan.scenario.json_schema import schema_texts
from imis_plan.scenario.plan import load, scenario_of
from imis_plan.scenario.yaml_file import parse

REAL = Path(__file__).parents[2] / "parameters"
HEAD = "based_on: nepal\n"
MOTORBIKES = """\
lines:
  district_motorbikes:
    component: other
    label: {en: Motorbikes of districts, fr: Motos des districts}
    kind: capital
    market: world
    unit: motorbike
    in_use: offices * per_office
    code: "31121"
    payment: before_rollout
    price: {value: 1800, unit: USD/motorbike, price_year: 2025, source: Two quotes of 2025, confidence: B, description: Motorbike}
    life: {value: 4, unit: year, source: Two quotes of 2025, confidence: B, description: Years of use}
    per_office: {value: 1, unit: motorbike/office, source: Rule of the board, confidence: B, description: Motorbikes per office}
"""


def plan_with(text, name="own"):
    """Nepal with these lines of a file."""
    return scenario_of(parse(HEAD + text, REAL / f"{name}.yaml"), REAL)[0]


def problems(text):
    """What is wrong with these lines of a file."""
    with pytest.raises(BadInput) as error:
        plan_with(text)
    return [str(problem) for problem in error.value.problems]


def test_a_line_is_resolved_to_names_of_the_model():
    """Its own parameters have paths below the line."""
    plan = plan_with(MOTORBIKES)
    line = plan.lines["district_motorbikes"]

    assert (line.price, line.life) == ("lines.district_motorbikes.price", "lines.district_motorbikes.life")
    assert line.working == "{offices} x {lines.district_motorbikes.per_office} - {kept}"
    assert (line.capital, line.tradable, line.in_use, line.by_year, line.category) == (True, True, True, True, "goods")
    assert plan["lines.district_motorbikes.per_office"] == 1
    assert plan.parameters["lines.district_motorbikes.price"].currency == "USD"


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("component: other", "component: othr", 'parameters/own.yaml:4: lines.district_motorbikes.component = "othr": not a component for a line, did you mean other?'),
        ("component: other", "component: staff", 'parameters/own.yaml:4: lines.district_motorbikes.component = "staff": not a component for a line, add a role instead'),
        ("in_use: offices", "in_use: ofices", 'parameters/own.yaml:9: lines.district_motorbikes.in_use = "ofices": no such driver or parameter, did you mean offices?'),
        ("offices * per_office", "offices", 'parameters/own.yaml:9: lines.district_motorbikes.in_use = "offices": it counts office, and the line counts motorbike, multiply by a parameter that converts one to the other'),
        ("offices * per_office", "offices * per_office * 2", 'parameters/own.yaml:9: lines.district_motorbikes.in_use = "offices * per_office * 2": the number 2 has no source, declare a parameter of the line for it'),
        ('"31121"', '"3112x"', 'parameters/own.yaml:10: lines.district_motorbikes.code = "3112x": unknown economic class, did you mean 3112?'),
        ("USD/motorbike", "USD/card", 'parameters/own.yaml:12: lines.district_motorbikes.price = "USD/card": the price is per card, give a price per motorbike'),
        ("price_year: 2025, ", "", "parameters/own.yaml:12: lines.district_motorbikes.price: no price year, give the year of the price level, as in price_year: 2025"),
        ("motorbike/office", "motorbike/ofice", 'parameters/own.yaml:14: lines.district_motorbikes.per_office.unit = "motorbike/ofice": unknown unit'),
        ("value: 1, ", "", "parameters/own.yaml:14: lines.district_motorbikes.per_office: no value, give a value"),
        ("confidence: B, description: Motorbikes per", "description: Motorbikes per", "parameters/own.yaml:14: lines.district_motorbikes.per_office: no confidence, give A, B, C or assumed"),
        ("district_motorbikes:", "printers:", "parameters/own.yaml:3: lines.printers: a line of the model has this name, in office_it, change its parameters instead, or choose another name"),
        ("district_motorbikes:", "District:", "parameters/own.yaml:3: lines.District: not a name of a line, use lower-case letters, digits and _, as in district_motorbikes"),
        ("en: Motorbikes of", "en: <b>Motorbikes</b> of", 'parameters/own.yaml:5: lines.district_motorbikes.label = "<b>Motorbikes</b> of districts": a mark that a name cannot have, use letters, digits, commas and brackets'),
        ("en: Motorbikes of", "en: =1+1", "a mark that a name cannot have"),
        ("    in_use", "    quantity: offices * per_office\n    in_use", "lines.district_motorbikes: quantity and in_use, give one of the two"),
        ("kind: capital", "kind: recurrent", 'lines.district_motorbikes.life = "lines.district_motorbikes.life": a life of something that is used up, remove it, or give kind: capital'),
        ("    life", "    lif", "lines.district_motorbikes.life: missing, give it: what is in use is bought again after its life"),
        ("    kind: capital\n", "", "parameters/own.yaml:3: lines.district_motorbikes.kind: missing, give kind: capital: used over several years"),
        ("market: world", "market: world\n    funder: Goverment of Nepal", 'parameters/own.yaml:8: lines.district_motorbikes.funder = "Goverment of Nepal": no funding rule has this funder, did you mean Government of Nepal?'),
        ("market: world", "market: world\n    tax: vat", 'parameters/own.yaml:8: lines.district_motorbikes.tax = "vat": not an allowed value, give none, services, equipment or cards'),
        ("market: world", "market: abroad", 'parameters/own.yaml:7: lines.district_motorbikes.market = "abroad": not an allowed value, give world or domestic'),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line_and_remedy(right, wrong, problem):
    """As for a parameter."""
    assert right in MOTORBIKES
    assert problem in "\n".join(problems(MOTORBIKES.replace(right, wrong, 1)))


def test_its_funder_pays_it_by_a_rule_at_the_head_of_the_others():
    """In all years, with the taxes of the funder's own rule; a rule that names the line decides instead."""
    text = MOTORBIKES.replace("market: world", "market: world\n    funder: Development partner")
    first, *rest = plan_with(text).funding
    rule = "funding:\n  - {funder: Development partner, components: all, lines: [district_motorbikes], share: 0.5, years: all}\n"

    assert (first.funder, first.lines, first.share, first.years, first.cap) == (
        "Development partner", ("district_motorbikes",), 1, "all", None,
    )  # fmt: skip
    assert (first.taxes, first.tax_bearer) == ("exempt", "Government of Nepal")
    assert tuple(rest) == plan_with(MOTORBIKES).funding
    assert [each.share for each in plan_with(text + rule).funding] == [0.5]


def test_entries_that_are_no_lines_are_named():
    """A list, and a text."""
    assert problems("lines: [a]\n")[0].startswith("parameters/own.yaml:2: lines: not a mapping, give lines by name")
    assert problems("lines:\n  a: 3\n")[0].startswith("parameters/own.yaml:3: lines.a = 3: not a line, give component")


def test_a_price_of_the_model_may_serve_if_it_is_per_what_the_line_counts():
    """Fuel at the price of stationery is a bad idea, but sound; an unknown path is named."""
    text = """\
lines:
  fuel: {component: office_running, label: Fuel, kind: recurrent, unit: office-month, quantity: offices * months, price: PRICE, code: "22", payment: monthly}
"""
    assert plan_with(text.replace("PRICE", "office_running.stationery")).lines["fuel"].category == "operating"
    assert (
        "the price is per kWh, give a price per office-month" in problems(text.replace("PRICE", "office_running.power_price"))[0]
    )
    assert "not a price, did you mean office_running.rent?" in problems(text.replace("PRICE", "office_running.rnt"))[0]


def test_a_calculation_may_be_given_in_each_language_and_its_names_are_checked():
    """Short names of the line's own parameters are replaced by their paths."""
    given = MOTORBIKES.replace('code: "31121"', 'code: "31121"\n    working: {en: "{offices} x {per_office} each", fr: "{offices} x {per_office} par bureau"}')  # fmt: skip
    line = plan_with(given).lines["district_motorbikes"]

    assert line.working == "{offices} x {lines.district_motorbikes.per_office} each"
    assert line.working.by_language["fr"] == "{offices} x {lines.district_motorbikes.per_office} par bureau"
    assert 'working = "per_ofice": no such name, did you mean per_office?' in problems(given.replace("{per_office} each", "{per_ofice} each"))[0]  # fmt: skip


def test_options_and_what_ifs_change_parameters_of_a_line():
    """By their paths, with their bounds."""
    option = "options:\n  fewer: {title: Fewer, description: Fewer, changes: {lines.district_motorbikes.per_office: 0.5}}\n"
    plan = plan_with(MOTORBIKES + option)

    assert plan.options["fewer"].changes == {"lines.district_motorbikes.per_office": 0.5}
    assert plan.replace({"lines.district_motorbikes.price": 2000})["lines.district_motorbikes.price"] == 2000
    with pytest.raises(BadInput, match="below 0"):
        plan.replace({"lines.district_motorbikes.per_office": -1})


def test_a_scenario_based_on_another_has_its_lines_and_may_change_them(tmp_path):
    """The label and the price."""
    folder = tmp_path / "parameters"
    folder.mkdir()
    for name in ("defaults", "units", "sources", "benchmarks", "nepal"):
        (folder / f"{name}.yaml").write_text((REAL / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "own.yaml").write_text(HEAD + MOTORBIKES, encoding="utf-8")
    change = """\
based_on: own
lines:
  district_motorbikes:
    label: Scooters
    price: {value: 900, unit: USD/motorbike, price_year: 2025, source: Quote of 2025, confidence: B}
"""
    (folder / "cheap.yaml").write_text(change, encoding="utf-8")
    plan = load("cheap", parameters=folder)

    assert plan.lines["district_motorbikes"].label == "Scooters"
    assert plan["lines.district_motorbikes.price"] == 900
    assert plan["lines.district_motorbikes.life"] == 4


def test_the_example_of_the_documentation_loads():
    """As a user copies it next to nepal.yaml."""
    example = REAL.parent / "docs" / "examples" / "own_lines.yaml"
    plan = load(example, parameters=REAL)

    assert list(plan.lines) == ["district_motorbikes", "motorbike_fuel"]
    assert load(example, option="two_each", parameters=REAL)["lines.district_motorbikes.per_office"] == 2


def test_editors_know_the_fields_of_a_line(tmp_path):
    """The JSON Schema accepts a sound line and marks an unknown value."""
    schema = json.loads(schema_texts(declarations(REAL))["schema.json"])
    data = json.loads(json.dumps(parse(HEAD + MOTORBIKES, tmp_path / "x.yaml").data))

    assert list(jsonschema.Draft7Validator(schema).iter_errors(data)) == []
    data["lines"]["district_motorbikes"]["kind"] = "both"
    assert [error.validator for error in jsonschema.Draft7Validator(schema).iter_errors(data)] == ["enum"]
