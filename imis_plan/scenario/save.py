"""Write a what-if as a scenario of its own: the name of the scenario it is based on, and the parameters that differ.

Each of them is an assumption of the analyst: so it says in its source, and why in its note.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.inheritance import BASED_ON
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.new_scenario import SCHEMA, create, place_for, taken
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.parameter_checks import HORIZON
from imis_plan.scenario.plan import Plan, scenario_of
from imis_plan.scenario.provenance import CALENDAR
from imis_plan.scenario.yaml_file import parse

HEAD = """\
{schema}
# Scenario {name}: {base}, but for what stands here. `imis-plan compare {base} {name}` holds one against the other.
"""
UNEXPLAINED = "no reason was noted"


def save(name: str, base: Plan, changed: Plan, note: str = "") -> Path:
    """Write `<name>.yaml` beside the scenario that it is based on and return its path.

    base : the scenario without option and what-ifs. changed : what the new scenario shall be.
    note : why the analyst assumes what differs; it is written beside each parameter.

    Raises BadInput when the name cannot be one, the file is there already, nothing differs, or the new scenario would not pass.
    """
    path = place_for(name, base.folder)
    if path.exists():
        raise taken(path)
    text = text_of(name, base, changed, note)
    scenario_of(parse(text, path), base.folder)
    return create(path, text)


def text_of(name: str, base: Plan, changed: Plan, note: str) -> str:
    """Text of the file of a scenario that says what differs."""
    parameters = differing(base, changed)
    if not parameters:
        raise BadInput([Problem(name, None, "", f"the same as {base.name}", "change something before saving it")])
    reason = printable(note) or UNEXPLAINED
    return overlay(
        name,
        base,
        {parameter.path: entry(base.parameters[parameter.path], parameter, reason) for parameter in parameters},
        note or name,
    )


def overlay(
    name: str, base: Plan, parameters: Mapping[str, Mapping[str, Any]], what: str, more: Mapping[str, Any] | None = None
) -> str:
    """Text of the file of a scenario that is based on another one.

    leaves : path -> what the file says of it. what : what the title says beyond that of the base. more : other parts, as funding.
    """
    tree: dict[str, Any] = {BASED_ON: base.name, "about": about(base, printable(what)), **(more or {})}
    for path, data in parameters.items():
        *groups, key = path.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[key] = dict(data)
    return HEAD.format(schema=SCHEMA, name=name, base=base.name) + "".join(lines(tree))


def differing(base: Plan, changed: Plan) -> list[Parameter]:
    """The leaves of a plan whose value or growth is not that of the base, in the order of the base."""
    return [
        changed.parameters[path]
        for path, parameter in base.parameters.items()
        if (changed.parameters[path].value, changed.parameters[path].growth) != (parameter.value, parameter.growth)
    ]


def about(base: Plan, what: str) -> dict[str, str]:
    """What tells the new scenario from its base on the pages."""
    title = in_language(base.about.title, base.about.language)
    return {"title": f"{title}: {what}", "date": datetime.now(UTC).date().isoformat()}


def entry(base: Parameter, parameter: Parameter, reason: str) -> dict[str, Any]:
    """A parameter as the file of the new scenario has it. Its range is that of the base, wide enough for both values."""
    bounds = (
        [x for x in (base.low, base.high, base.value, parameter.value) if isinstance(x, int | float)] if ranged(parameter) else []
    )
    said = {
        "value": parameter.value,
        "low": min(bounds, default=None),
        "high": max(bounds, default=None),
        "unit": parameter.unit if parameter.currency else None,
        "price_year": parameter.price_year,
        "growth": parameter.growth,
        "source": f"assumption: what-if of the analyst, in place of {flow(base.value)}",
        "confidence": "assumed",
        "note": reason,
    }
    return {key: value for key, value in said.items() if value is not None}


def ranged(parameter: Parameter) -> bool:
    """Whether an assumption of this parameter has a range: one number does, but for a year and the number of years."""
    number = isinstance(parameter.value, int | float) and not isinstance(parameter.value, bool)
    return number and parameter.unit != CALENDAR and parameter.path != HORIZON


def printable(text: str) -> str:
    """Text on one line, without what no file may hold."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def lines(tree: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Lines of nested mappings; a parameter is one of key: value."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:\n"
            yield from lines(value, f"{indent}  ")
        else:
            yield f"{indent}{key}: {flow(value)}\n"


def flow(value: Any) -> str:
    """A value in a line; what JSON writes, YAML reads, but keys that are years want no quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
