"""Parts that the JSON Schemas of the parameter files are made of."""

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from imis_plan.scenario.parameter import Parameter, ParameterInput
from imis_plan.scenario.parameter_checks import bounds
from imis_plan.scenario.units import LCU, Units, money

Schema = dict[str, Any]
OFFERED = (LCU, "USD", "EUR")


def of_parameter(parameter: Parameter, units: Units) -> Schema:
    """Schema of one parameter in a country file."""
    unit = ref(unit_name(parameter)) if parameter.unit else {"type": "string"}
    own = {"value": value(parameter, units), "unit": unit}
    return {"description": hover(parameter), "properties": own, "allOf": [ref("leaf")]}


def any_parameter() -> Schema:
    """Schema of what all leaves of a country file have in common."""
    schema = model(ParameterInput)
    own = {key: part for key, part in schema["properties"].items() if key not in ("value", "unit")}
    names = {"enum": list(schema["properties"])}
    rule = {"dependencies": {"value": ["source", "confidence"]}}
    return {"type": "object", "properties": own, "propertyNames": names, **rule}


def value(parameter: Parameter, units: Units) -> Schema:
    """Schema of the value of a parameter."""
    one = number(parameter, units)
    by_kind: dict[str, Schema] = {
        "number": one,
        "path": {"anyOf": [one, {"type": "array", "items": one}]},
        "history": {"type": "object", "patternProperties": {r"^\d{4}$": one}, "additionalProperties": False},
        "table": {"type": "array", "items": one},
        "choice": {"enum": list(parameter.choices)},
        "flag": {"type": "boolean"},
    }
    default = {} if parameter.value is None or parameter.kind == "history" else {"default": parameter.value}
    return {**by_kind[parameter.kind], "description": hover(parameter), **default}


def number(parameter: Parameter, units: Units) -> Schema:
    """Schema of one number of a parameter. A highest price holds in its own currency only and is left out."""
    low, high = bounds(parameter, units)
    ends = {"minimum": low, "maximum": None if parameter.currency else high}
    return {
        "type": "integer" if parameter.integer else "number",
        **{key: end for key, end in ends.items() if end is not None},
    }


def hover(parameter: Parameter) -> str:
    """What an editor shows of a parameter: its meaning, unit and default."""
    if parameter.value is None:
        return f"{parameter.description} [{parameter.unit}]. Every country gives it."
    shown = list(parameter.value) if isinstance(parameter.value, tuple) else parameter.value
    spread = (
        f", {parameter.low:.12g} to {parameter.high:.12g}" if parameter.low is not None and parameter.high is not None else ""
    )
    default = json.dumps(dict(shown) if isinstance(shown, Mapping) else shown, ensure_ascii=False)
    return f"{parameter.description} [{parameter.unit}]. Default: {default}{spread} ({parameter.confidence})."


def spelled(unit: str, units: Units) -> Schema:
    """Schema of a unit. Money may be in any currency; offered are those that every scenario has exchange rates of."""
    parsed = units.parse(unit)
    if not (parsed and parsed.currency):
        return {"enum": [unit]}
    offered = [money(currency, parsed.per) for currency in OFFERED]
    return {"anyOf": [{"enum": offered}, {"type": "string", "pattern": f"^{money('[A-Z]{3}', re.escape(parsed.per))}$"}]}


def unit_name(parameter: Parameter) -> str:
    """Name of the definition of a parameter's unit, of letters that may stand in a reference."""
    unit = f"money/{parameter.unit.partition('/')[2]}" if parameter.currency else parameter.unit
    return f"unit_{unit.replace('/', '_per_').replace(' ', '_')}"


def model(of: type[BaseModel]) -> Schema:
    """Schema of a model, without what pydantic adds for its own sake."""
    return tidy(of.model_json_schema(ref_template="#/definitions/{model}"))


def tidy(schema: Any) -> Any:
    """A schema without titles, empty defaults, and the null that stands for a key left out."""
    if isinstance(schema, list):
        return [tidy(part) for part in schema if part != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    drop = {"$defs"} | ({"title"} if isinstance(schema.get("title"), str) else set())
    drop |= {"default"} if schema.get("default", 0) in (None, False, [], {}) else set()
    rest = {key: tidy(part) for key, part in schema.items() if key not in drop}
    if len(rest.get("anyOf", ())) == 1:
        return {**rest.pop("anyOf")[0], **rest}
    return rest


def mapping(properties: Schema) -> Schema:
    """Schema of a mapping with these keys and no others."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def ref(name: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": f"#/definitions/{name}"}
