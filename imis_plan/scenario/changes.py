"""Options and what-ifs: changes of the parameters of a scenario that has been read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.given_parameters import parameter_suggestion
from imis_plan.scenario.location import Location
from imis_plan.scenario.overlay import overlay
from imis_plan.scenario.parameter import Parameter, ParameterInput


@dataclass(frozen=True)
class ChangeOrigin:
    """Layer and source of changed parameters whose data name no source."""

    layer: Literal["option", "what-if"]
    source: str


def changed_parameters(
    parameters: Mapping[str, Parameter], changes: Mapping[str, Any], origin: ChangeOrigin, rules: CheckContext, location: Location
) -> dict[str, Parameter]:
    """The parameters that an option or a what-if changes.

    changes : path -> value, or path -> mapping as in a file
    location : location of the changes; collects the problems
    """
    result = {}
    for path, data in changes.items():
        if path in parameters:
            given = parameter_data(parameters[path], data)
            fields = given if names_item(given) else {"source": origin.source, "confidence": "assumed", **given}
            result[path] = overlay(parameters[path], fields, ParameterInput, rules, location.below(path), origin.layer)
        else:
            location.below(path).report("no such parameter", parameter_suggestion(path, parameters, data))
    return result


def parameter_data(base: Parameter, data: Any) -> dict[Any, Any]:
    """A change as data of a parameter. A plain value keeps the price year and the growth of the parameter that it changes."""
    if isinstance(data, dict) and (base.kind != "history" or "value" in data):
        return data
    context = {"price_year": base.price_year, "growth": None if isinstance(data, list) else base.growth}
    return {"value": data, **{key: value for key, value in context.items() if value is not None}}


def names_item(data: Any) -> bool:
    """Whether the data of a parameter name an item of observed prices instead of a value."""
    return isinstance(data, dict) and bool(data.get("from")) and "value" not in data
