"""Parts of the JSON Schemas of the parameter files."""

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from imis_plan.scenario.open_questions import OPEN
from imis_plan.scenario.parameter import Parameter, ParameterInput
from imis_plan.scenario.units import LCU, Units, money_unit
from imis_plan.scenario.value_checks import bounds

Schema = dict[str, Any]
SUGGESTED_CURRENCIES = (LCU, "USD", "EUR")


def parameter_schema(parameter: Parameter, units: Units) -> Schema:
    """Schema of one parameter in a scenario file."""
    unit = reference(unit_definition_name(parameter)) if parameter.unit else {"type": "string"}
    own = {"value": value_schema(parameter, units), "unit": unit}
    return {"description": description_with_default(parameter), "properties": own, "allOf": [reference("parameter")]}


def common_parameter_schema() -> Schema:
    """Schema of what all parameters of a scenario file have in common."""
    schema = model_schema(ParameterInput)
    own = {key: part for key, part in schema["properties"].items() if key not in ("value", "unit")}
    names = {"enum": list(schema["properties"])}
    rule = {"dependencies": {"value": ["source", "confidence"]}}
    return {"type": "object", "properties": own, "propertyNames": names, **rule}


def value_schema(parameter: Parameter, units: Units) -> Schema:
    """Schema of the value of a parameter."""
    one = number_schema(parameter, units)
    by_kind: dict[str, Schema] = {
        "number": one,
        "path": {"anyOf": [one, {"type": "array", "items": one}]},
        "history": {"type": "object", "patternProperties": {r"^\d{4}$": one}, "additionalProperties": False},
        "table": {"type": "array", "items": one},
        "choice": {"enum": list(parameter.choices)} if parameter.choices else {"type": "string", "pattern": r"^\d\d-\d\d$"},
        "flag": {"type": "boolean"},
    }
    default = {} if parameter.value is None or parameter.kind == "history" else {"default": parameter.value}
    kind = by_kind[parameter.kind]
    if parameter.question or parameter.required:
        kind = {"anyOf": [*kind.get("anyOf", [kind]), {"enum": [OPEN]}]}
    return {**kind, "description": description_with_default(parameter), **default}


def number_schema(parameter: Parameter, units: Units) -> Schema:
    """Schema of one number of a parameter. The maximum of a price is left out, because it applies to its own currency only."""
    low, high = bounds(parameter, units)
    ends = {"minimum": low, "maximum": None if parameter.currency else high}
    return {
        "type": "integer" if parameter.integer or units.is_whole(parameter.unit) else "number",
        **{key: end for key, end in ends.items() if end is not None},
    }


def description_with_default(parameter: Parameter) -> str:
    """What an editor shows for a parameter: its description, unit and default."""
    limits = "".join(f" {relation}." for relation in parameter.at_most)
    if parameter.value is None:
        return f"{parameter.description} [{parameter.unit}]. Every scenario must give it.{limits}"
    shown = list(parameter.value) if isinstance(parameter.value, tuple) else parameter.value
    spread = (
        f", {parameter.low:.12g} to {parameter.high:.12g}" if parameter.low is not None and parameter.high is not None else ""
    )
    default = json.dumps(dict(shown) if isinstance(shown, Mapping) else shown, ensure_ascii=False)
    return f"{parameter.description} [{parameter.unit}]. Default: {default}{spread} ({parameter.confidence}).{limits}"


def unit_schema(unit: str, units: Units) -> Schema:
    """Schema of a unit. Money may be in any currency; suggested are those for which every scenario has exchange rates."""
    parsed = units.parse(unit)
    if not (parsed and parsed.currency):
        return {"enum": [unit]}
    suggested = [money_unit(currency, parsed.per) for currency in SUGGESTED_CURRENCIES]
    return {"anyOf": [{"enum": suggested}, {"type": "string", "pattern": f"^{money_unit('[A-Z]{3}', re.escape(parsed.per))}$"}]}


def unit_definition_name(parameter: Parameter) -> str:
    """Name of the definition of a parameter's unit, with characters that are allowed in a reference."""
    unit = f"money/{parameter.unit.partition('/')[2]}" if parameter.currency else parameter.unit
    return f"unit_{unit.replace('/', '_per_').replace(' ', '_')}"


def model_schema(of: type[BaseModel]) -> Schema:
    """Schema of a pydantic model, simplified, with the schemas of the models within it in their places."""
    schema = of.model_json_schema()
    return simplified(schema, schema.get("$defs", {}))


def simplified(schema: Any, models: Mapping[str, Schema]) -> Any:
    """A schema without titles, empty defaults, null types and references to models.

    A model stands in its place, because draft 7 ignores what stands beside a reference, such as the description of the field.
    """
    if isinstance(schema, list):
        return [simplified(part, models) for part in schema if part != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    if isinstance(to := schema.get("$ref"), str):
        model = models[to.rpartition("/")[2]]
        schema = model | {key: part for key, part in schema.items() if key != "$ref"}
    drop = {"$defs"} | ({"title"} if isinstance(schema.get("title"), str) else set())
    drop |= {"default"} if schema.get("default", 0) in (None, False, [], {}) else set()
    rest = {key: simplified(part, models) for key, part in schema.items() if key not in drop}
    if len(rest.get("anyOf", ())) == 1:
        return {**rest.pop("anyOf")[0], **rest}
    return rest


def object_schema(properties: Schema) -> Schema:
    """Schema of a mapping with these keys and no others."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def reference(name: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": f"#/definitions/{name}"}
