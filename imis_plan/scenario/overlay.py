"""Overlay: the files of a scenario replace fields of the declared parameters."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal

from imis_plan.problems import Problem, key_problem
from imis_plan.scenario import roles
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.location import Location
from imis_plan.scenario.open_questions import OPEN, answered_problems, question_of
from imis_plan.scenario.parameter import Declaration, Kind, Layer, Parameter, ParameterInput
from imis_plan.scenario.parameter_checks import parameter_problems, unit_mismatch
from imis_plan.scenario.provenance import provenance_problems
from imis_plan.scenario.series_checks import break_problems
from imis_plan.scenario.units import LCU, replace_lcu
from imis_plan.scenario.validation import build
from imis_plan.scenario.value_checks import MONTH_DAY
from imis_plan.scenario.whole_numbers import as_whole, with_whole_numbers
from imis_plan.scenario.yaml_file import Keys, dotted

# These fields describe one value and do not apply to another.
RESET_BY_NEW_VALUE = dict.fromkeys(("low", "high", "price_year", "source", "confidence", "growth", "note", "years"))
# A value and what is said of it.
VALUE = ("value", "low", "high", "source", "confidence")
# What only an open question uses.
NOT_USED = ("typical",)
# Fields of a declaration that determine the kind of a parameter.
KIND_FLAGS: tuple[Literal["path", "history", "table"], ...] = ("path", "history", "table")


def required_role_parameters(
    role: dict[Any, Any], rules: CheckContext, location: Location, layer: Layer
) -> Iterator[tuple[Keys, Parameter]]:
    """Keys within the role of each parameter that it must have, and the parameter without a value."""
    for keys, entry in roles.parameter_declarations(role):
        yield keys, required_parameter(entry, rules, location.below(*keys), layer)


def required_parameter(entry: Mapping[str, Any], rules: CheckContext, location: Location, layer: Layer) -> Parameter:
    """A parameter without a value that a file must give. entry : its declaration."""
    base = parameter_without_value(entry, location, layer)
    return updated(base, Declaration.model_validate({"required": True, **entry}), rules)


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
    by_unit: dict[Any, Kind] = {"yes/no": "flag", "choice": "choice", MONTH_DAY: "choice"}
    return "choice" if data.get("choices") else by_unit.get(str(data.get("unit")), "number")


def updated(base: Parameter, given: ParameterInput, rules: CheckContext, **where: Any) -> Parameter:
    """A parameter with the given fields. A new value resets the fields that describe the old one.

    where : layer, file and line of the given fields
    """
    fields = {name: getattr(given, name) for name in given.model_fields_set.difference(KIND_FLAGS, NOT_USED)}
    if "value" in fields:
        fields = {**RESET_BY_NEW_VALUE, "required": False, **fields, "value": frozen(fields["value"])}
        fields["stated"] = not fields.get("item")
        fields["open"] = where.get("layer") == "country" and fields["value"] == OPEN and OPEN not in base.choices
        if fields["open"]:
            fields["value"] = frozen(given.typical)
    elif "item" in fields:
        fields["stated"] = False
        if base.confidence != "assumed" or base.resolved:
            # What remains where nothing is observed is an assumption, not another price.
            fields = {**dict.fromkeys(VALUE), **fields}
    if "value" in fields or "item" in fields:
        fields["resolved"] = None
    if "choices" in fields:
        names = fields["choices"] or ()
        fields |= {"choices": tuple(names), "choice_names": frozen(names) if isinstance(names, dict) else {}}
    fields["unit"] = replace_lcu(fields.get("unit") or base.unit, rules.currency)
    unit = rules.units.parse(fields["unit"])
    fields["currency"] = unit.currency if unit else None
    if base.currency and fields["currency"] != base.currency:
        # A bound in another currency does not apply.
        fields |= {"min": fields.get("min"), "max": fields.get("max")}
        if fields.get("item") and "value" not in fields:
            # Nor does the assumption.
            fields = {**dict.fromkeys(VALUE), **fields}
    return with_whole_numbers(replace(base, **fields, **where), rules.units)


def frozen(value: Any) -> Any:
    """A list as a tuple, a mapping as a read-only one; its years are whole."""
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType({as_whole(key): each for key, each in value.items()}) if isinstance(value, dict) else value


def with_currency(parameter: Parameter, currency: str) -> Parameter:
    """A parameter with a currency instead of LCU."""
    if LCU not in parameter.unit:
        return parameter
    return replace(
        parameter,
        unit=replace_lcu(parameter.unit, currency),
        currency=currency if parameter.currency == LCU else parameter.currency,
    )


def overlay(
    base: Parameter, data: Any, model: type[ParameterInput], rules: CheckContext, location: Location, layer: Layer
) -> Parameter:
    """`base` with the fields in `data`; problems are reported. If the data is not valid, `base` is returned."""
    given = build(model, data, location)
    invalid_declaration = layer != "defaults" and base.layer == "defaults" and not base.unit
    if given is None or invalid_declaration:
        # The file gives this parameter, so it is not reported as missing.
        return replace(base, required=False)
    parameter = updated(base, given, rules, layer=layer, file=location.document.name, line=location.line)
    if parameter.open:
        location.add(question_of(parameter))
    for problem in all_problems(parameter, base, rules):
        location.add(problem)
    return parameter


def all_problems(parameter: Parameter, base: Parameter, rules: CheckContext) -> Iterator[Problem]:
    """All problems of a parameter."""
    yield from missing_value_problems(parameter)
    wrong = list(parameter_problems(parameter, rules))
    yield from wrong or break_problems(parameter, rules.units)
    # Units in defaults.yaml are the declared ones.
    yield from unit_mismatch(base, parameter, rules.units) if parameter.layer != "defaults" else ()
    yield from provenance_problems(parameter, rules)
    yield from answered_problems(parameter)
    yield from roles.rounding_problems(parameter)


def missing_value_problems(parameter: Parameter) -> Iterator[Problem]:
    """A value that is missing although no scenario has to give it; observed prices give one that nothing states."""
    absent = parameter.value is None and not parameter.required and not parameter.open
    if absent and (parameter.stated or not parameter.item):
        yield key_problem("value", "no value", "give a value")
