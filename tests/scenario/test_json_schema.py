"""The JSON Schemas that editors read."""

import json
from pathlib import Path

import jsonschema
import pytest

from imis_plan.scenario.declarations import declarations
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.json_schema import DEFAULTS, SCENARIO, schema_texts, write
from imis_plan.scenario.new_scenario import scenario_text
from imis_plan.scenario.yaml_file import parse, read
from tests import small

REAL = Path(__file__).parents[2] / "parameters"


@pytest.fixture
def schemas(tmp_path):
    """The schemas of the small folder by file name."""
    return {name: json.loads(text) for name, text in schema_texts(declarations(small.folder(tmp_path), small.KNOWN)).items()}


def errors(schema, text):
    """What an editor would mark in a text: where and with which rule of the schema."""
    # Through JSON, because there every key is text, as it is for an editor.
    data = json.loads(json.dumps(parse(text, Path("x.yaml")).data))
    found = jsonschema.Draft7Validator(schema).iter_errors(data)
    return sorted((".".join(map(str, error.path)), str(error.validator)) for error in found)


@pytest.mark.parametrize("name", [SCENARIO, DEFAULTS])
def test_the_schema_is_one_that_editors_understand(name, schemas):
    """Draft 7 is the latest that yaml-language-server reads."""
    assert schemas[name]["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(schemas[name])


def test_sound_files_are_not_marked(schemas):
    """The schemas accept files that load without problems."""
    assert errors(schemas[SCENARIO], small.COUNTRY) == []
    assert errors(schemas[DEFAULTS], small.DEFAULTS) == []


@pytest.mark.parametrize(
    ("correct", "wrong", "marked"),
    [
        ("card_pvc:", "card_pcv:", ("printing", "additionalProperties")),
        ("price_year:", "price_yaer:", ("printing.card_pvc", "enum")),
        ("NPR/card", "NPR/form", ("printing.card_pvc.unit", "anyOf")),
        ("value: 120", "value: -1", ("printing.card_pvc.value", "minimum")),
        (", confidence: B", ", confidence: D", ("printing.card_pvc.confidence", "enum")),
        (', source: "tender2025: item 1"', "", ("printing.card_pvc", "dependencies")),
        ("  total: {value: 1000000, source: census2021, confidence: A}", "  {}", ("population", "required")),
        ("components: [server, printing]", "components: [printng]", ("funding.0.components", "anyOf")),
        ("  currency: NPR\n", "", ("about", "required")),
        ("share: 0.5", "share: 50", ("funding.0.share", "maximum")),
    ],
)
def test_an_editor_marks_what_is_wrong(correct, wrong, marked, schemas):
    """The problems that a schema can see are marked at their place."""
    found = errors(schemas[SCENARIO], small.COUNTRY.replace(correct, wrong, 1))
    assert marked in found


def test_a_scenario_based_on_another_need_not_say_what_that_one_says(schemas):
    """What it does give follows the same rules."""
    over = 'based_on: toy\nabout: {title: Other}\npopulation: {growth: {value: 0.01, source: "x y", confidence: C}}\n'
    assert errors(schemas[SCENARIO], over) == []
    assert errors(schemas[SCENARIO], over.replace("growth", "growht")) == [("population", "additionalProperties")]
    assert errors(schemas[SCENARIO], over.replace("based_on: toy\n", ""))


def test_an_editor_shows_meaning_unit_and_default(schemas):
    """What appears on hover is what a budget officer wants to know before typing a value."""
    groups = schemas[SCENARIO]["properties"]
    card = groups["printing"]["properties"]["card_pvc"]
    assert card["description"] == "Card [USD/card]. Default: 0.9, 0.4 to 2 (B)."
    assert card["properties"]["value"]["default"] == 0.9
    assert groups["population"]["properties"]["total"]["description"] == "People [person]. Every scenario must give it."


def test_an_editor_offers_the_choices_and_the_currencies(schemas):
    """Values of a choice, currencies of a price, and parameters of an option are completed."""
    groups, defined = schemas[SCENARIO]["properties"], schemas[SCENARIO]["definitions"]
    assert groups["server"]["properties"]["hosting"]["properties"]["value"]["enum"] == ["cloud", "own"]
    assert defined["unit_money_per_card"]["anyOf"][0]["enum"] == ["LCU/card", "USD/card", "EUR/card"]
    assert "coverage.target" in groups["options"]["additionalProperties"]["properties"]["changes"]["properties"]


def test_every_reference_in_a_schema_leads_somewhere(schemas):
    """No completion ends at a definition that is not there."""
    for schema in schemas.values():
        refs = {part.split('"')[1] for part in json.dumps(schema).split('"$ref": ')[1:]}
        assert {ref.removeprefix("#/definitions/") for ref in refs} <= set(schema["definitions"])


def test_writing_puts_both_schemas_beside_the_files(tmp_path):
    """`make schema` writes them into the folder of parameters."""
    place = small.folder(tmp_path)
    (place / "defaults.yaml").write_text(small.DEFAULTS.replace("driver: claims", "driver: insured"))
    assert [path.name for path in write(place)] == [SCENARIO, DEFAULTS]
    assert all(path.read_text().endswith("}\n") for path in place.glob("*.json"))


@pytest.mark.parametrize("name", [SCENARIO, DEFAULTS])
def test_the_stored_schema_is_in_step_with_the_declarations(name):
    """After a change of declarations, `make schema` writes the schemas anew."""
    assert (REAL / name).read_text(encoding="utf-8") == schema_texts(declarations(REAL))[name], "run `make schema`"


@pytest.mark.parametrize("name", ["defaults", *scenarios(REAL)])
def test_every_file_of_the_project_names_its_schema_and_keeps_to_it(name):
    """Editors find the schema by the first line, and mark nothing."""
    schema = DEFAULTS if name == "defaults" else SCENARIO
    file = REAL / f"{name}.yaml"
    assert file.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema={schema}\n")
    data = json.loads(json.dumps(read(file).data))
    found = jsonschema.Draft7Validator(json.loads((REAL / schema).read_text(encoding="utf-8"))).iter_errors(data)
    assert [f"{'.'.join(map(str, error.path))}: {error.message[:200]}" for error in found] == []


@pytest.mark.parametrize("like", [None, "nepal"])
def test_editors_accept_a_new_scenario(like):
    """Open questions, what is to be confirmed, options and funders; as `check` does."""
    content = parse(scenario_text("kenya", REAL, None, like), REAL / "kenya.yaml").data
    schema = json.loads((REAL / "schema.json").read_text(encoding="utf-8"))
    found = jsonschema.Draft7Validator(schema).iter_errors(json.loads(json.dumps(content)))
    assert [f"{'.'.join(map(str, error.path))}: {error.message[:200]}" for error in found] == []
