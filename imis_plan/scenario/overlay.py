"""Overlay: a file, an option or a what-if replaces fields of a declared parameter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from imis_plan.problems import Problem, closest_match, key_problem
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Kind, Layer, Parameter, ParameterInput
from imis_plan.scenario.parameter_checks import HORIZON, Rules, parameter_problems, path_length_problems, unit_mismatch
from imis_plan.scenario.provenance import provenance_problems
from imis_plan.scenario.roles import rounding_problems
from imis_plan.scenario.units import LCU, replace_lcu
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import dotted

# These fields describe one value and do not apply to another.
RESET_BY_NEW_VALUE = dict.fromkeys(("low", "high", "price_year", "source", "confidence", "growth", "note"))
# A value and what is said of it.
VALUE = ("value", "low", "high", "source", "confidence")
# Fields of a declaration that determine the kind of a parameter.
KIND_FLAGS: tuple[Literal["path", "history", "table"], ...] = ("path", "history", "table")


def parameter_without_value(data: Any, location: Location, layer: Layer) -> Parameter:
    """A parameter that has a kind but no value yet."""
    return Parameter(dotted(location.keys), None, "", kind_of(data), layer, location.document.name, location.line)


def kind_of(data: Any) -> Kind:
    """The kind of a parameter, from its declaration."""
    if not isinstance(data, dict):
        return "number"
    for flag in KIND_FLAGS:
        if data.get(flag) is True:
            return flag
    by_unit: dict[Any, Kind] = {"yes/no": "flag", "choice": "choice"}
    return "choice" if data.get("choices") else by_unit.get(str(data.get("unit")), "number")


def updated(base: Parameter, given: ParameterInput, rules: Rules, **where: Any) -> Parameter:
    """A parameter with the given fields. A new value resets the fields that describe the old one.

    where : layer, file and line of the given fields
    """
    fields = {name: getattr(given, name) for name in given.model_fields_set.difference(KIND_FLAGS)}
    if "value" in fields:
        fields = {**RESET_BY_NEW_VALUE, "required": False, **fields, "value": frozen(fields["value"])}
        fields["stated"] = not fields.get("item")
    elif "item" in fields:
        fields["stated"] = False
        if base.confidence != "assumed" or base.resolved:
            # What remains where nothing is observed is an assumption, not another price.
            fields = {**dict.fromkeys(VALUE), **fields}
    if "value" in fields or "item" in fields:
        fields["resolved"] = None
    if "choices" in fields:
        fields["choices"] = tuple(fields["choices"] or ())
    fields["unit"] = replace_lcu(fields.get("unit") or base.unit, rules.currency)
    unit = rules.units.parse(fields["unit"])
    fields["currency"] = unit.currency if unit else None
    if base.currency and fields["currency"] != base.currency:
        # A bound in another currency does not apply.
        fields |= {"min": fields.get("min"), "max": fields.get("max")}
        if fields.get("item") and "value" not in fields:
            # Nor does the assumption.
            fields = {**dict.fromkeys(VALUE), **fields}
    return replace(base, **fields, **where)


def frozen(value: Any) -> Any:
    """A list as a tuple, a mapping as a read-only one."""
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value


def with_currency(parameter: Parameter, currency: str) -> Parameter:
    """A parameter with a currency instead of LCU."""
    if LCU not in parameter.unit:
        return parameter
    return replace(
        parameter,
        unit=replace_lcu(parameter.unit, currency),
        currency=currency if parameter.currency == LCU else parameter.currency,
    )


def overlay(base: Parameter, data: Any, model: type[ParameterInput], rules: Rules, location: Location, layer: Layer) -> Parameter:
    """`base` with the fields in `data`; problems are reported. If the data is not valid, `base` is returned."""
    given = build(model, data, location)
    invalid_declaration = layer != "defaults" and base.layer == "defaults" and not base.unit
    if given is None or invalid_declaration:
        # The file gives this parameter, so it is not reported as missing.
        return replace(base, required=False)
    parameter = updated(base, given, rules, layer=layer, file=location.document.name, line=location.line)
    for problem in all_problems(parameter, base, rules):
        location.add(problem)
    return parameter


def all_problems(parameter: Parameter, base: Parameter, rules: Rules) -> Iterator[Problem]:
    """All problems of a parameter."""
    yield from missing_value_problems(parameter)
    yield from parameter_problems(parameter, rules)
    # Units in defaults.yaml are the declared ones.
    yield from unit_mismatch(base, parameter, rules.units) if parameter.layer != "defaults" else ()
    yield from provenance_problems(parameter, rules)
    yield from rounding_problems(parameter)


def missing_value_problems(parameter: Parameter) -> Iterator[Problem]:
    """A value that is missing although no scenario has to give it."""
    if parameter.value is None and not parameter.required and not parameter.item:
        yield key_problem("value", "no value", "give a value")


@dataclass(frozen=True)
class ChangeOrigin:
    """Layer and source of changed parameters whose data name no source."""

    layer: Literal["option", "what-if"]
    source: str


def changed_parameters(
    parameters: Mapping[str, Parameter], changes: Mapping[str, Any], origin: ChangeOrigin, rules: Rules, location: Location
) -> dict[str, Parameter]:
    """The parameters that an option or a what-if changes.

    changes : path -> value, or path -> mapping as in a file
    location : location of the changes; collects the problems
    """
    result = {}
    for path, data in changes.items():
        if path in parameters:
            given = parameter_data(parameters[path], data)
            fields = given if observed(given) else {"source": origin.source, "confidence": "assumed", **given}
            result[path] = overlay(parameters[path], fields, ParameterInput, rules, location.below(path), origin.layer)
        else:
            location.below(path).report("no such parameter", parameter_suggestion(path, parameters))
    return result


def parameter_data(base: Parameter, data: Any) -> dict[Any, Any]:
    """A change as data of a parameter. A plain value keeps the price year and the growth of the parameter that it changes."""
    if isinstance(data, dict) and (base.kind != "history" or "value" in data):
        return data
    context = {"price_year": base.price_year, "growth": None if isinstance(data, list) else base.growth}
    return {"value": data, **{key: value for key, value in context.items() if value is not None}}


def observed(data: Any) -> bool:
    """Whether the data of a parameter name an item of observed prices in place of a value."""
    return isinstance(data, dict) and bool(data.get("from")) and "value" not in data


def parameter_suggestion(path: Any, parameters: Mapping[str, Parameter]) -> str:
    """What to write instead of an unknown path: the closest match among the parameters."""
    name = str(path).rpartition(".")[2]
    same = [parameter for parameter in parameters if parameter.rpartition(".")[2] == name]
    match = closest_match(path, same or parameters) or (same[0] if same else None)
    return f"did you mean {match}?" if match else "see defaults.yaml for the names"


def short_path_problems(parameters: Mapping[str, Parameter]) -> Iterator[Problem]:
    """Lists with fewer numbers than the plan has years, in any file."""
    horizon = parameters[HORIZON].value if HORIZON in parameters else None
    if isinstance(horizon, int):
        for parameter in parameters.values():
            for problem in path_length_problems(parameter, horizon):
                yield problem.located(parameter.file, parameter.line, parameter.path)
