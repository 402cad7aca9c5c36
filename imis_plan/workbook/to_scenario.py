"""The changes of a workbook as a scenario based on the exported one, which contains only the differences."""

from typing import Any

from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.parameter_checks import HORIZON, is_single_number
from imis_plan.scenario.plan import scenario_of
from imis_plan.scenario.save import derived_scenario_text, with_kept_factors
from imis_plan.scenario.yaml_file import parse
from imis_plan.workbook.read import Changes
from imis_plan.workbook.starting_point import NO_OPTION, prices_as_exported
from imis_plan.workbook.user_inputs import UserInput


def scenario_text(changes: Changes, name: str) -> str:
    """The text of a scenario of this name, checked.

    Raises BadInput if nothing was changed, or if the changes contradict each other.
    """
    parameters = changed_parameters(changes)
    if not parameters and not changes.rules:
        raise BadInput([Problem(changes.file, None, "", "nothing differs from the scenario", "change yellow cells first")])
    plan, chosen = changes.plan, None if changes.option == NO_OPTION else changes.option
    option = f", option {chosen}" if chosen else ""
    rules = {"funding": funding_rules(changes)} if changes.rules else {}
    text = derived_scenario_text(
        name, plan, with_kept_factors(plan, chosen, parameters), f"workbook {changes.file}{option}", rules
    )
    scenario_of(parse(text, plan.folder / f"{name}.yaml"), plan.folder)
    return text


def changed_parameters(changes: Changes) -> dict[str, dict[str, Any]]:
    """Parameter -> its data in the new scenario: changes of the option and of what-ifs, prices as in the cells, user's inputs."""
    parameters = changes.plan.parameters
    overridden = {path: parameter for path, parameter in parameters.items() if parameter.layer in ("option", "what-if")}
    data = {path: option_data(parameter) for path, parameter in overridden.items()}
    kept = prices_as_exported(changes.plan, {path: one.value for path, one in changes.typed.items()})
    data |= {path: kept_data(parameter) for path, parameter in kept.items()}
    return data | {path: input_data(parameters[path], one, changes.file) for path, one in changes.typed.items()}


def option_data(parameter: Parameter) -> dict[str, Any]:
    """A parameter that an option or a what-if changed, as data of a file."""
    if parameter.resolved:
        return {"from": parameter.item, "unit": parameter.unit, "price_year": parameter.price_year}
    bare = parameter.confidence == "assumed" and not str(parameter.source).startswith("assumption")
    return parameter_data(parameter, yaml_value(parameter.value), f"assumption: {parameter.source}" if bare else parameter.source)


def kept_data(parameter: Parameter) -> dict[str, Any]:
    """A price from observations as a value; an assumption, since a file cannot have the grade of an analogue or a prediction."""
    source = f"assumption: as exported, {parameter.source}"
    return {**parameter_data(parameter, parameter.value, source), "confidence": "assumed"}


def input_data(parameter: Parameter, one: UserInput, file: str) -> dict[str, Any]:
    """A parameter with the user's input, as data of a file."""
    return {
        **parameter_data(parameter, one.value, f"assumption: changed by hand in the workbook {file}, {one.cell}"),
        "confidence": "assumed",
    }


def parameter_data(parameter: Parameter, value: Any, source: str | None) -> dict[str, Any]:
    """A parameter with a new value, as data of a file: unit, price year and growth stay, its range is widened to the value."""
    data: dict[str, Any] = {"value": value}
    number = is_single_number(parameter) and not isinstance(value, (list, dict, str, bool))
    if number and parameter.path != HORIZON:
        low, high = (value if end is None else end for end in (parameter.low, parameter.high))
        data |= {"low": min(low, value), "high": max(high, value)}
    data["unit"] = parameter.unit
    if parameter.price_year is not None:
        data["price_year"] = parameter.price_year
    if parameter.growth is not None and number:
        data["growth"] = parameter.growth
    # The value stands against observed prices, too.
    return data | {"source": source, "confidence": parameter.confidence} | ({"from": None} if parameter.item else {})


def yaml_value(value: Any) -> Any:
    """A value of a type that YAML can write."""
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if hasattr(value, "items") else value


def funding_rules(changes: Changes) -> list[dict[str, Any]]:
    """All funding rules with the user's shares and caps."""
    rules = []
    for k, rule in enumerate(changes.plan.funding):
        data = {key: yaml_value(value) for key, value in dict(rule).items() if value is not None}
        data |= {name: one.value for name, one in changes.rules.get(k, {}).items()}
        rules.append(data)
    return rules


def default_name(changes: Changes) -> str:
    """The name of the file of the new scenario where none was given."""
    return f"{changes.plan.name}_changed.yaml"
