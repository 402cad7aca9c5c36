"""Save a what-if as a new scenario: the name of its base scenario and the parameters that differ.

Each of them is an assumption of the analyst: its source says so, and its note gives the reason.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.inheritance import BASED_ON
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.new_file import SCHEMA, create, exists_already, scenario_path
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.parameter_checks import HORIZON
from imis_plan.scenario.plan import Plan, scenario_of
from imis_plan.scenario.provenance import CALENDAR
from imis_plan.scenario.source_templates import KEEPS_FACTORS, WHAT_IF_OF_ANALYST
from imis_plan.scenario.yaml_file import parse
from imis_plan.sentence import sentence

HEAD = """\
{schema}
# Scenario {name}: {base} with the changes in this file. `imis-plan compare {base} {name}` compares the two.
"""
NO_REASON = "no reason given"
# A variant keeps the simulated contingency of the scenario that it is based on.
FACTORS = "contingency.factors"
FACTORS_OF_BASE = {"value": "base", "source": f"assumption: {KEEPS_FACTORS}", "confidence": "assumed"}


def save(name: str, base: Plan, changed: Plan, note: str = "") -> Path:
    """Write `<name>.yaml` into the folder of its base scenario and return its path.

    base : the scenario without option and what-ifs. changed : the plan to save.
    note : the reason for the changes, written with each parameter.

    Raises BadInput when the name is not valid, the file exists already, nothing differs, or the new scenario has problems.
    """
    path = scenario_path(name, base.folder)
    if path.exists():
        raise exists_already(path)
    text = scenario_text(name, base, changed, note)
    scenario_of(parse(text, path), base.folder)
    return create(path, text)


def scenario_text(name: str, base: Plan, changed: Plan, note: str) -> str:
    """Text of a scenario file with the parameters that differ."""
    parameters = differing_parameters(base, changed)
    if not parameters:
        raise BadInput(
            [Problem(name, None, "", sentence("the same as {name}", name=base.name), "change something before saving it")]
        )
    reason = single_line(note) or NO_REASON
    return derived_scenario_text(
        name,
        base,
        with_kept_factors(
            base,
            changed.option,
            {parameter.path: assumption(base.parameters[parameter.path], parameter, reason) for parameter in parameters},
        ),
        note or name,
    )


def with_kept_factors(
    base: Plan, option: str | None, parameters: Mapping[str, Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    """Parameters of a new scenario with the setting that keeps the simulated contingency of its base, as its what-if did.

    So both cost the same. Not with an option, whose own simulation a file based on the scenario cannot name.
    """
    kept = {FACTORS: FACTORS_OF_BASE} if option is None and FACTORS in base.parameters and FACTORS not in parameters else {}
    return {**parameters, **kept}


def derived_scenario_text(
    name: str, base: Plan, parameters: Mapping[str, Mapping[str, Any]], title: str, sections: Mapping[str, Any] | None = None
) -> str:
    """Text of the file of a scenario that is based on another one.

    parameters : path -> data. title : added to the title of the base. sections : other sections, such as funding.
    """
    tree: dict[str, Any] = {BASED_ON: base.name, "about": about_section(base, single_line(title)), **(sections or {})}
    for path, data in parameters.items():
        *groups, key = path.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[key] = dict(data)
    return HEAD.format(schema=SCHEMA, name=name, base=base.name) + "".join(yaml_lines(tree))


def differing_parameters(base: Plan, changed: Plan) -> list[Parameter]:
    """The parameters of a plan whose value or growth differs from the base, in the order of the base."""
    return [
        changed.parameters[path]
        for path, parameter in base.parameters.items()
        if (changed.parameters[path].value, changed.parameters[path].growth) != (parameter.value, parameter.growth)
    ]


def about_section(base: Plan, title: str) -> dict[str, str]:
    """The `about` section of the new scenario: its title and date."""
    base_title = in_language(base.about.title, base.about.language)
    return {"title": f"{base_title}: {title}", "date": datetime.now(UTC).date().isoformat()}


def assumption(base: Parameter, parameter: Parameter, reason: str) -> dict[str, Any]:
    """Data of a parameter in the new scenario. Its range is that of the base, extended to contain both values."""
    candidates = (base.low, base.high, base.value, parameter.value) if needs_range(parameter) else ()
    bounds = [candidate for candidate in candidates if isinstance(candidate, int | float)]
    fields = {
        "value": parameter.value,
        "low": min(bounds, default=None),
        "high": max(bounds, default=None),
        "unit": parameter.unit if parameter.currency else None,
        "price_year": parameter.price_year,
        "growth": parameter.growth,
        "source": f"assumption: {WHAT_IF_OF_ANALYST.format(value=flow_yaml(base.value))}",
        "confidence": "assumed",
        "note": reason,
    }
    # The analyst's value stands against observed prices, too.
    return {key: value for key, value in fields.items() if value is not None} | ({"from": None} if parameter.item else {})


def needs_range(parameter: Parameter) -> bool:
    """Whether an assumption of this parameter needs a range: every number does, except a calendar year and the horizon."""
    number = isinstance(parameter.value, int | float) and not isinstance(parameter.value, bool)
    return number and parameter.unit != CALENDAR and parameter.path != HORIZON


def single_line(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def yaml_lines(tree: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Lines of nested mappings."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:\n"
            yield from yaml_lines(value, f"{indent}  ")
        else:
            yield f"{indent}{key}: {flow_yaml(value)}\n"


def flow_yaml(value: Any) -> str:
    """A value as YAML on one line: JSON, but with years as keys without quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow_yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow_yaml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
