"""One parameter laid over another: what a file, an option or a what-if says about a parameter that has been declared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from imis_plan.problems import Problem, closest_match, key_problem
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Kind, Layer, Parameter, ParameterInput
from imis_plan.scenario.parameter_checks import HORIZON, Rules, other_unit, parameter_problems, short_list
from imis_plan.scenario.provenance import provenance_problems
from imis_plan.scenario.roles import rounding_problems
from imis_plan.scenario.units import LCU, localised
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import dotted

# What is said about one value does not hold for another.
OF_THE_VALUE = dict.fromkeys(("low", "high", "price_year", "source", "confidence", "growth", "note"))
# Asked of the declaration when it is read; `kind` keeps the answer.
SHAPES: tuple[Literal["path", "history", "table"], ...] = ("path", "history", "table")


def blank(data: Any, location: Location, layer: Layer) -> Parameter:
    """A parameter of which only the kind is known."""
    return Parameter(dotted(location.keys), None, "", kind_of(data), layer, location.document.name, location.line)


def kind_of(data: Any) -> Kind:
    """The kind of a parameter, from its declaration."""
    if not isinstance(data, dict):
        return "number"
    for shape in SHAPES:
        if data.get(shape) is True:
            return shape
    by_unit: dict[Any, Kind] = {"yes/no": "flag", "choice": "choice"}
    return "choice" if data.get("choices") else by_unit.get(str(data.get("unit")), "number")


def amended(base: Parameter, given: ParameterInput, rules: Rules, **where: Any) -> Parameter:
    """A parameter with what is given laid over it. A new value leaves behind what was said about the old one.

    where : layer, file and line of what is given
    """
    fields = {name: getattr(given, name) for name in given.model_fields_set.difference(SHAPES)}
    if "value" in fields:
        fields = {**OF_THE_VALUE, "required": False, **fields, "value": frozen(fields["value"])}
    if "choices" in fields:
        fields["choices"] = tuple(fields["choices"] or ())
    fields["unit"] = localised(fields.get("unit") or base.unit, rules.currency)
    unit = rules.units.parse(fields["unit"])
    fields["currency"] = unit.currency if unit else None
    if base.currency and fields["currency"] != base.currency:
        # A bound in another currency says nothing here.
        fields |= {"min": fields.get("min"), "max": fields.get("max")}
    return replace(base, **fields, **where)


def frozen(value: Any) -> Any:
    """Lists as tuples and mappings as read-only ones."""
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value


def in_currency(parameter: Parameter, currency: str) -> Parameter:
    """A parameter with its LCU named."""
    if LCU not in parameter.unit:
        return parameter
    return replace(
        parameter,
        unit=localised(parameter.unit, currency),
        currency=currency if parameter.currency == LCU else parameter.currency,
    )


def lay(base: Parameter, data: Any, model: type[ParameterInput], rules: Rules, location: Location, layer: Layer) -> Parameter:
    """The parameter that data makes of `base`; what is wrong is reported, and `base` stays if nothing can be made."""
    given = build(model, data, location)
    badly_declared = layer != "defaults" and base.layer == "defaults" and not base.unit
    if given is None or badly_declared:
        # The path was given after all: nobody has to hear that it is missing.
        return replace(base, required=False)
    parameter = amended(base, given, rules, layer=layer, file=location.document.name, line=location.line)
    for problem in problems_of(parameter, base, rules):
        location.add(problem)
    return parameter


def problems_of(parameter: Parameter, base: Parameter, rules: Rules) -> Iterator[Problem]:
    """All that is wrong with a parameter."""
    yield from no_value(parameter)
    yield from parameter_problems(parameter, rules)
    # The defaults are the declaration: there is nothing to depart from.
    yield from other_unit(base, parameter, rules.units) if parameter.layer != "defaults" else ()
    yield from provenance_problems(parameter, rules)
    yield from rounding_problems(parameter)


def no_value(parameter: Parameter) -> Iterator[Problem]:
    """A value that is absent though nobody else has to give it."""
    if parameter.value is None and not parameter.required:
        yield key_problem("value", "no value", "give a value")


@dataclass(frozen=True)
class Change:
    """What an option or a what-if says of leaves that name no source."""

    layer: Literal["option", "what-if"]
    source: str


def changed(
    parameters: Mapping[str, Parameter], changes: Mapping[str, Any], by: Change, rules: Rules, location: Location
) -> dict[str, Parameter]:
    """The leaves that an option or a what-if changes.

    changes : path -> value, or path -> mapping as in a file
    place : where the changes stand, and where problems go
    """
    result = {}
    for path, data in changes.items():
        if path in parameters:
            told = {"source": by.source, "confidence": "assumed", **as_mapping(parameters[path], data)}
            result[path] = lay(parameters[path], told, ParameterInput, rules, location.below(path), by.layer)
        else:
            location.below(path).report("no such parameter", near(path, parameters))
    return result


def as_mapping(base: Parameter, data: Any) -> dict[Any, Any]:
    """A change as a parameter. A bare value stays in the money of the parameter that it changes, and grows as that one grows."""
    if isinstance(data, dict) and (base.kind != "history" or "value" in data):
        return data
    kept = {"price_year": base.price_year, "growth": None if isinstance(data, list) else base.growth}
    return {"value": data, **{key: value for key, value in kept.items() if value is not None}}


def near(path: Any, parameters: Mapping[str, Parameter]) -> str:
    """The parameter that was probably meant."""
    name = str(path).rpartition(".")[2]
    same = [parameter for parameter in parameters if parameter.rpartition(".")[2] == name]
    close = closest_match(path, same or parameters) or (same[0] if same else None)
    return f"did you mean {close}?" if close else "see defaults.yaml for the names"


def short_lists(parameters: Mapping[str, Parameter]) -> Iterator[Problem]:
    """Lists that end before the last year of the plan, wherever they were written."""
    horizon = parameters[HORIZON].value if HORIZON in parameters else None
    if isinstance(horizon, int):
        for parameter in parameters.values():
            for problem in short_list(parameter, horizon):
                yield problem.located(parameter.file, parameter.line, parameter.path)
