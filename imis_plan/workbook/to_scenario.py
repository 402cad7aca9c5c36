"""The changes of a workbook as a scenario based on the one it was made from: only what differs."""

from pathlib import Path
from typing import Any

from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.parameter_checks import HORIZON, is_single_number
from imis_plan.scenario.plan import scenario_of
from imis_plan.scenario.save import derived_scenario_text
from imis_plan.scenario.yaml_file import parse
from imis_plan.workbook.read import Changes
from imis_plan.workbook.starting_point import NO_OPTION
from imis_plan.workbook.user_inputs import Typed


def scenario_text(changes: Changes, name: str) -> str:
    """The text of a scenario of this name, checked.

    Raises BadInput if nothing was changed, or if what was cannot stand together.
    """
    parameters = changed_parameters(changes)
    if not parameters and not changes.rules:
        raise BadInput([Problem(changes.file, None, "", "nothing differs from the scenario", "type into the yellow cells first")])
    plan, option = changes.plan, "" if changes.option == NO_OPTION else f", option {changes.option}"
    rules = {"funding": rules_of(changes)} if changes.rules else {}
    text = derived_scenario_text(name, plan, parameters, f"workbook {changes.file}{option}", rules)
    scenario_of(parse(text, plan.folder / f"{name}.yaml"), plan.folder)
    return text


def changed_parameters(changes: Changes) -> dict[str, dict[str, Any]]:
    """Parameter -> what the new scenario says of it: the option's changes, then what was typed; what shapes the workbook too."""
    parameters = changes.plan.parameters
    shaped = {path: parameter for path, parameter in parameters.items() if parameter.layer in ("option", "what-if")}
    said = {path: carried(parameter) for path, parameter in shaped.items()}
    return said | {path: by_hand(parameters[path], one, changes.file) for path, one in changes.typed.items()}


def carried(parameter: Parameter) -> dict[str, Any]:
    """A parameter of an option or a what-if as a file gives it."""
    if parameter.resolved:
        return {"from": parameter.item, "unit": parameter.unit, "price_year": parameter.price_year}
    bare = parameter.confidence == "assumed" and not str(parameter.source).startswith("assumption")
    return parameter_data(parameter, plain(parameter.value), f"assumption: {parameter.source}" if bare else parameter.source)


def by_hand(parameter: Parameter, one: Typed, file: str) -> dict[str, Any]:
    """A parameter with a value that somebody typed."""
    return {
        **parameter_data(parameter, one.value, f"assumption: changed by hand in the workbook {file}, {one.cell}"),
        "confidence": "assumed",
    }


def parameter_data(parameter: Parameter, value: Any, source: str | None) -> dict[str, Any]:
    """What a file says of a parameter with a value: unit, price year and growth stay, its range is widened to hold it."""
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


def plain(value: Any) -> Any:
    """A value as YAML writes it."""
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if hasattr(value, "items") else value


def rules_of(changes: Changes) -> list[dict[str, Any]]:
    """All rules of funding with the figures that were typed."""
    rules = []
    for k, rule in enumerate(changes.plan.funding):
        said = {key: plain(value) for key, value in dict(rule).items() if value is not None}
        said |= {name: one.value for name, one in changes.rules.get(k, {}).items()}
        rules.append(said)
    return rules


def target(changes: Changes, out: Path | None) -> Path:
    """Where the scenario goes: as named, or beside the one that it is based on."""
    return out if out is not None else changes.plan.folder / f"{changes.plan.name}_changed.yaml"
