"""JSON Schema of the parameter files, so that editors complete keys, show what they mean and mark what is wrong.

Draft 7, because yaml-language-server (VS Code, JupyterLab) understands no later one. What a schema cannot say,
`imis-plan check` does.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from imis_plan.scenario import roles
from imis_plan.scenario.declarations import Declarations, blank_role, declarations
from imis_plan.scenario.folder import find_parameters
from imis_plan.scenario.inheritance import BASED_ON
from imis_plan.scenario.json_schema_parts import Schema, any_parameter, mapping, model, of_parameter, ref, spelled, unit_name
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import About, Declaration, FundingRule, Option, Parameter, Role
from imis_plan.scenario.units import LCU, Units, money
from imis_plan.scenario.yaml_file import Document, Keys

DRAFT = "http://json-schema.org/draft-07/schema#"
COUNTRY, DEFAULTS = "schema.json", "defaults.schema.json"


def write(folder: Path) -> list[Path]:
    """Write the schemas of a folder of parameters beside its files; returns what was written."""
    files = {folder / name: text for name, text in texts(declarations(folder)).items()}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(files)


def texts(shared: Declarations) -> dict[str, str]:
    """File name -> text of each schema."""
    schemas = {COUNTRY: country(shared), DEFAULTS: defaults(shared)}
    return {name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


def country(shared: Declarations) -> Schema:
    """Schema of a country file. What it must give is asked of it only if it is not based on another one."""
    tree, about = mapping({}), model(About)
    needs: Schema = {"properties": {}}
    for path, parameter in shared.parameters.items():
        if not path.startswith(f"{roles.ROLES}."):
            plant(tree, path.split("."), parameter, shared.units)
        if parameter.required:
            ask(needs, path.split("."))
    needs["properties"]["about"] = {"required": about.pop("required")}
    needs["required"] = ["about", *needs.get("required", [])]
    tree["properties"] = {
        BASED_ON: {"type": "string", "description": "The scenario that this one is, but for what stands in this file."},
        "about": about,
        **tree["properties"],
        "roles": {**mapping(dict.fromkeys(shared.roles, ref("role"))), "additionalProperties": ref("role")},
        "options": {"type": "object", "additionalProperties": option(shared.parameters)},
        "funding": {"type": "array", "items": funding(shared.known.components)},
    }
    tree |= {"if": {"required": [BASED_ON]}, "else": needs}
    parameters = [*shared.parameters.values(), *any_role(shared).values()]
    own = role(shared, lambda parameter: of_parameter(parameter, shared.units))
    defined = {"leaf": any_parameter(), "role": own, **units_of(parameters, shared.units)}
    return {"$schema": DRAFT, "title": "Scenario of one country", **tree, "definitions": defined}


def defaults(shared: Declarations) -> Schema:
    """Schema of `defaults.yaml`."""
    listed = [*shared.units.measures, *(money(c, per) for c in ("USD", "LCU") for per in shared.units.money)]
    unit = {"anyOf": [{"enum": listed}, {"type": "string", "pattern": "^[A-Z]{3}(/|$)"}]}
    parameter = model(Declaration)
    parameter["properties"]["unit"] = {**unit, "description": "One of units.yaml. LCU stands for the scenario's currency."}
    group = {"type": "object", "additionalProperties": {"anyOf": [ref("leaf"), ref("group")]}}
    role_group = {"type": "object", "additionalProperties": ref("role")}
    defined = {"leaf": parameter, "group": group, "role": role(shared, lambda _: ref("leaf"))}
    head = {"$schema": DRAFT, "title": "Declaration of every parameter", "type": "object"}
    return {**head, "properties": {"roles": role_group}, "additionalProperties": ref("group"), "definitions": defined}


def plant(tree: Schema, keys: list[str], parameter: Parameter, units: Units) -> None:
    """Put the schema of a parameter into that of the groups around it."""
    for key in keys[:-1]:
        tree = tree["properties"].setdefault(key, mapping({}))
    tree["properties"][keys[-1]] = of_parameter(parameter, units)


def ask(needs: Schema, keys: list[str]) -> None:
    """Ask for a parameter and for the groups around it."""
    for i, key in enumerate(keys):
        needs["required"] = list(dict.fromkeys([*needs.get("required", []), key]))
        if i < len(keys) - 1:
            needs = needs.setdefault("properties", {}).setdefault(key, {})


def units_of(parameters: Iterable[Parameter], units: Units) -> dict[str, Schema]:
    """Definitions of the units that leaves may have: the declared one, money in any currency."""
    return {unit_name(parameter): spelled(parameter.unit, units) for parameter in parameters if parameter.unit}


def any_role(shared: Declarations) -> dict[Keys, Parameter]:
    """The leaves of a role whose need is derived in every way, before any file has given a value."""
    every: Schema = {"workload": {"any": {}}, "cover": {}, "ratio": {}}
    location = Location(Document(shared.folder, ""), (roles.ROLES, "any"))
    return dict(blank_role(every, shared.rules(LCU), location, "defaults"))


def role(shared: Declarations, schema_of: Callable[[Parameter], Schema]) -> Schema:
    """Schema of a role: its words, its leaves, and the ways in which its need is derived."""
    words = {key: part for key, part in model(Role)["properties"].items() if key not in ("key", *roles.PARTS)}
    parameters = {keys: schema_of(parameter) for keys, parameter in any_role(shared).items()}
    numbers = {keys[0]: parameter for keys, parameter in parameters.items() if len(keys) == 1}
    ways = {name: way(name, parameters, shared.known.drivers) for name in roles.PARTS}
    ways["workload"] = {"type": "object", "additionalProperties": ways["workload"]}
    return mapping({**words, **numbers, **ways})


def way(name: str, parameters: Mapping[Keys, Schema], drivers: frozenset[str]) -> Schema:
    """Schema of one way in which a need is derived."""
    driver = {"enum": sorted(drivers), "description": "The quantity by year that it follows."}
    numbers = {keys[-1]: parameter for keys, parameter in parameters.items() if keys[0] == name}
    return mapping({**model(roles.PARTS[name])["properties"], "driver": driver, **numbers})


def option(parameters: Mapping[str, Parameter]) -> Schema:
    """Schema of an option, which completes the names of parameters."""
    schema = model(Option)
    paths = {path: {"description": f"{parameter.description} [{parameter.unit}]"} for path, parameter in parameters.items()}
    schema["properties"]["changes"] = {**mapping(paths), "additionalProperties": True}
    return schema


def funding(components: tuple[str, ...]) -> Schema:
    """Schema of a funding rule."""
    schema = model(FundingRule)
    names = {"type": "array", "items": {"enum": list(components)}}
    schema["properties"]["components"] = {"anyOf": [{"enum": ["all"]}, names]}
    return schema


if __name__ == "__main__":
    write(find_parameters())
