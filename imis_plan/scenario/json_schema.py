"""JSON Schema of the parameter files: editors use it to complete keys, show their descriptions and mark errors.

Draft 7 is the latest version that yaml-language-server (VS Code, JupyterLab) supports. `imis-plan check` makes the checks that a
schema cannot express.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from imis_plan.scenario import roles
from imis_plan.scenario.declarations import Declarations, declarations
from imis_plan.scenario.facility_types import GROUP as TYPES, PARAMETERS as OF_TYPE, FacilityType
from imis_plan.scenario.folder import find_parameters
from imis_plan.scenario.from_facts import ALWAYS, MOSTLY
from imis_plan.scenario.inheritance import BASED_ON
from imis_plan.scenario.json_schema_parts import (
    Schema,
    common_parameter_schema,
    model_schema,
    object_schema,
    parameter_schema,
    reference,
    unit_definition_name,
    unit_schema,
)
from imis_plan.scenario.location import Location
from imis_plan.scenario.open_questions import TO_CONFIRM
from imis_plan.scenario.overlay import required_parameter, required_role_parameters
from imis_plan.scenario.parameter import Declaration, Parameter
from imis_plan.scenario.scenario_lines import LINES, PARAMETER_FIELDS, LineInput
from imis_plan.scenario.scenario_sections import About, FundingRule, Option, RoleInput
from imis_plan.scenario.units import LCU, Units, money_unit
from imis_plan.scenario.yaml_file import Document, Keys

DRAFT = "http://json-schema.org/draft-07/schema#"
SCENARIO, DEFAULTS = "schema.json", "defaults.schema.json"
TYPES_DESCRIPTION = "Types of facilities, so that posts in facilities are calculated for one facility of each type."


def write(folder: Path) -> list[Path]:
    """Write the schemas into a folder of parameter files; returns the paths written."""
    files = {folder / name: text for name, text in schema_texts(declarations(folder)).items()}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(files)


def schema_texts(shared: Declarations) -> dict[str, str]:
    """File name -> text of each schema."""
    schemas = {SCENARIO: scenario_schema(shared), DEFAULTS: defaults_schema(shared)}
    return {name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


def scenario_schema(shared: Declarations) -> Schema:
    """Schema of a scenario file. Required parameters are required only if it is not based on another scenario.

    What the facts may know is not required: whether they know it depends on the country.
    """
    tree, about = object_schema({}), model_schema(About)
    needs: Schema = {"properties": {}}
    for path, parameter in shared.parameters.items():
        if not path.startswith(f"{roles.ROLES}."):
            insert(tree, path.split("."), parameter, shared.units)
        if parameter.required and path not in (*ALWAYS, *MOSTLY):
            require(needs, path.split("."))
    needs["properties"]["about"] = {"required": about.pop("required")}
    needs["required"] = ["about", *needs.get("required", [])]
    tree["properties"] = {
        BASED_ON: {"type": "string", "description": "Name of the base scenario. This file then gives only what differs from it."},
        TO_CONFIRM: {
            "type": "array",
            "items": {"type": "string"},
            "description": "What was copied or made up for a start. Remove a line to confirm what it names.",
        },
        "about": about,
        **tree["properties"],
        "roles": {**object_schema(dict.fromkeys(shared.roles, reference("role"))), "additionalProperties": reference("role")},
        LINES: {"type": "object", "additionalProperties": reference("line")},
        "options": {"type": "object", "additionalProperties": option_schema(shared.parameters)},
        "funding": {"type": "array", "items": funding_schema(shared.known.components)},
    }
    tree |= {"if": {"required": [BASED_ON]}, "else": needs}
    parameters = [*shared.parameters.values(), *all_role_parameters(shared).values()]
    own = role_schema(shared, lambda parameter: parameter_schema(parameter, shared.units))
    defined = {
        "parameter": common_parameter_schema(),
        "role": own,
        "line": line_schema(),
        "line_parameter": model_schema(Declaration),
    }
    if TYPES[:1] in shared.groups:
        types = {"type": "object", "additionalProperties": reference("facility_type"), "description": TYPES_DESCRIPTION}
        tree["properties"][TYPES[0]]["properties"][TYPES[1]] = types
        defined["facility_type"] = type_schema(shared)
    defined |= unit_schemas(parameters, shared.units)
    return {"$schema": DRAFT, "title": "Scenario of one country", **tree, "definitions": defined}


def defaults_schema(shared: Declarations) -> Schema:
    """Schema of `defaults.yaml`."""
    listed = [*shared.units.measures, *(money_unit(c, per) for c in ("USD", "LCU") for per in shared.units.money)]
    unit = {"anyOf": [{"enum": listed}, {"type": "string", "pattern": "^[A-Z]{3}(/|$)"}]}
    parameter = model_schema(Declaration)
    parameter["properties"]["unit"] = {**unit, "description": "One of units.yaml. LCU means the currency of the scenario."}
    group = {"type": "object", "additionalProperties": {"anyOf": [reference("parameter"), reference("group")]}}
    role_group = {"type": "object", "additionalProperties": reference("role")}
    defined = {"parameter": parameter, "group": group, "role": role_schema(shared, lambda _: reference("parameter"))}
    head = {"$schema": DRAFT, "title": "Declaration of every parameter", "type": "object"}
    return {**head, "properties": {"roles": role_group}, "additionalProperties": reference("group"), "definitions": defined}


def insert(tree: Schema, keys: list[str], parameter: Parameter, units: Units) -> None:
    """Insert the schema of a parameter into the schema of its groups."""
    for key in keys[:-1]:
        tree = tree["properties"].setdefault(key, object_schema({}))
    tree["properties"][keys[-1]] = parameter_schema(parameter, units)


def require(needs: Schema, keys: list[str]) -> None:
    """Make a parameter and its groups required."""
    for i, key in enumerate(keys):
        needs["required"] = list(dict.fromkeys([*needs.get("required", []), key]))
        if i < len(keys) - 1:
            needs = needs.setdefault("properties", {}).setdefault(key, {})


def unit_schemas(parameters: Iterable[Parameter], units: Units) -> dict[str, Schema]:
    """Definitions of the units that parameters may have: the declared unit, or money in any currency."""
    return {unit_definition_name(parameter): unit_schema(parameter.unit, units) for parameter in parameters if parameter.unit}


def all_role_parameters(shared: Declarations) -> dict[Keys, Parameter]:
    """All parameters that a role can have, without values."""
    every: Schema = {"workload": {"any": {}}, "cover": {}, "ratio": {}}
    location = Location(Document(shared.folder, ""), (roles.ROLES, "any"))
    return dict(required_role_parameters(every, shared.rules(LCU), location, "defaults"))


def role_schema(shared: Declarations, schema_of: Callable[[Parameter], Schema]) -> Schema:
    """Schema of a role: its texts, its parameters and its staffing rules."""
    texts = {key: part for key, part in model_schema(RoleInput)["properties"].items() if key not in ("key", *roles.RULE_MODELS)}
    parameters = {keys: schema_of(parameter) for keys, parameter in all_role_parameters(shared).items()}
    numbers = {keys[0]: parameter for keys, parameter in parameters.items() if len(keys) == 1}
    staffing_rules = {name: rule_schema(name, parameters, shared.known.drivers) for name in roles.RULE_MODELS}
    staffing_rules["workload"] = {"type": "object", "additionalProperties": staffing_rules["workload"]}
    return object_schema({**texts, **numbers, **staffing_rules})


def rule_schema(name: str, parameters: Mapping[Keys, Schema], drivers: frozenset[str]) -> Schema:
    """Schema of one staffing rule."""
    driver = {"enum": sorted(drivers), "description": "The driver (quantity by year) that determines the number of posts."}
    numbers = {keys[-1]: parameter for keys, parameter in parameters.items() if keys[0] == name}
    return object_schema({**model_schema(roles.RULE_MODELS[name])["properties"], "driver": driver, **numbers})


def type_schema(shared: Declarations) -> Schema:
    """Schema of a type of facilities: its title, its staff and its parameters."""
    location, rules = Location(Document(shared.folder, ""), (*TYPES, "any")), shared.rules(LCU)
    every = {key: required_parameter(entry, rules, location.below(key), "defaults") for key, entry in OF_TYPE.items()}
    numbers = {key: parameter_schema(parameter, shared.units) for key, parameter in every.items()}
    return object_schema({**model_schema(FacilityType)["properties"], **numbers})


def line_schema() -> Schema:
    """Schema of a line that a scenario declares; what it does not list is a parameter of the line."""
    properties = model_schema(LineInput)["properties"]
    for name in PARAMETER_FIELDS:
        description = properties[name].pop("description")
        properties[name] = {"description": description, "anyOf": [properties[name], reference("line_parameter")]}
    return {"type": "object", "properties": properties, "additionalProperties": reference("line_parameter")}


def option_schema(parameters: Mapping[str, Parameter]) -> Schema:
    """Schema of an option, with the names of all parameters."""
    schema = model_schema(Option)
    paths = {path: {"description": f"{parameter.description} [{parameter.unit}]"} for path, parameter in parameters.items()}
    schema["properties"]["changes"] = {**object_schema(paths), "additionalProperties": True}
    return schema


def funding_schema(components: tuple[str, ...]) -> Schema:
    """Schema of a funding rule."""
    schema = model_schema(FundingRule)
    names = {"type": "array", "items": {"enum": list(components)}}
    schema["properties"]["components"] = {"anyOf": [{"enum": ["all"]}, names]}
    return schema


if __name__ == "__main__":
    write(find_parameters())
