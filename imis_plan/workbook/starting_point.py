"""What a workbook starts from: the scenario without option and what-ifs, what each option changes, and what its user changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from imis_plan.analysis.options import variant, what_ifs
from imis_plan.model.budget_line import N_
from imis_plan.problems import BadInput
from imis_plan.scenario.folder import locate_scenario
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan, read_scenario

# Which years, posts and prices there are follows from these, so a change of them makes another workbook.
STRUCTURE = ("time.base_year", "time.horizon", "money.planning_rate_year", "contingency.percentile")
METHOD, PERCENTILE = "contingency.method", "percentile"
NO_OPTION = "base"
OTHER_SHAPE = N_(
    "it changes which years or cells there are, so that it needs a workbook of its own: export it with --option {option}"
)
BY_SIMULATION = N_(
    "its contingency rests on a simulation, so that it needs a workbook of its own: export it with --option {option}"
)


@dataclass(frozen=True)
class State:
    """A plan taken apart.

    plan : as it was asked for. base : without option and what-ifs, except those that shape the workbook (`structure`: path -> data as
    in a file). option : the one in effect, NO_OPTION for none. own : what-ifs, which go into the input cells. variants : option ->
    leaves that it changes; problems : option -> why it cannot be chosen in the workbook.
    """

    plan: Plan
    base: Plan
    option: str
    own: Mapping[str, Parameter]
    variants: Mapping[str, Mapping[str, Parameter]]
    problems: Mapping[str, str]
    structure: Mapping[str, Any]


def state_of(plan: Plan) -> State:
    """A plan taken apart; one whose file cannot be read again is its own base."""
    mine, structure, option = what_ifs(plan), {}, plan.option
    if mine or option:
        try:
            base, _ = read_scenario(*locate_scenario(plan.name, plan.folder), None)
        except BadInput:
            return State(plan, plan, NO_OPTION, {}, {}, {}, {})
        if option and unfit(base, plan, changed_by(base, option)):
            # It has a workbook of its own, in which what it changes stands as somebody's changes do.
            mine, option = {path: plan.parameters[path] for path in base.options[option].changes} | mine, None
        before = variant(base, option) if option else base
        structure = {path: as_data(parameter) for path, parameter in mine.items() if shapes(parameter, before.parameters[path])}
        base = with_parameters(base, {path: mine[path] for path in structure})
    else:
        base = plan
    own = {path: parameter for path, parameter in mine.items() if path not in structure}
    variants, problems = options_of(base, plan)
    return State(plan, base, option or NO_OPTION, own, variants, problems, structure)


def changed_by(base: Plan, option: str) -> dict[str, Parameter]:
    """The leaves that an option changes. Raises BadInput if it cannot be."""
    parameters = variant(base, option).parameters
    return {path: parameters[path] for path in base.options[option].changes}


def with_parameters(plan: Plan, parameters: Mapping[str, Parameter]) -> Plan:
    """The plan with some leaves in place of its own."""
    return replace(plan, parameters=MappingProxyType({**plan.parameters, **parameters}))


def shapes(parameter: Parameter, before: Parameter) -> bool:
    """Whether a what-if needs other cells than the parameter it changes, or a simulation."""
    return (
        parameter.path in STRUCTURE
        or (parameter.path == METHOD and parameter.value == PERCENTILE)
        or frame(parameter) != frame(before)
        or (parameter.kind == "path" and isinstance(before.value, tuple) != isinstance(parameter.value, tuple))
    )


def frame(parameter: Parameter) -> tuple[Any, ...]:
    """What must stay when a value is changed in a cell: unit, price year, growth, and the years or places there are."""
    places = (
        tuple(parameter.value)
        if isinstance(parameter.value, Mapping)
        else len(parameter.value)
        if parameter.kind == "table"
        else None
    )
    growth = parameter.growth if not isinstance(parameter.value, tuple) else None
    return parameter.unit, parameter.price_year, growth, places


def as_data(parameter: Parameter) -> dict[str, Any]:
    """A parameter as a what-if would give it."""
    value = dict(parameter.value) if isinstance(parameter.value, Mapping) else parameter.value
    value = list(value) if isinstance(value, tuple) else value
    data = {
        "value": value,
        "unit": parameter.unit,
        "price_year": parameter.price_year,
        "growth": parameter.growth,
        "source": parameter.source,
    }
    return {key: entry for key, entry in data.items() if entry is not None}


def options_of(base: Plan, plan: Plan) -> tuple[dict[str, dict[str, Parameter]], dict[str, str]]:
    """What each option of a scenario changes, and those that cannot be chosen in a cell."""
    variants: dict[str, dict[str, Parameter]] = {}
    problems = {}
    for name in base.options:
        try:
            changed = changed_by(base, name)
        except BadInput as error:
            problems[name] = str(error)
            continue
        if problem := unfit(base, plan, changed):
            problems[name] = problem
        else:
            variants[name] = changed
    return variants, problems


def unfit(base: Plan, plan: Plan, changed: Mapping[str, Parameter]) -> str:
    """Why an option cannot be chosen in a cell; nothing if it can."""
    for path, parameter in changed.items():
        if path == METHOD and parameter.value == PERCENTILE and plan[METHOD] != PERCENTILE:
            return BY_SIMULATION
        places = frame(parameter)[3] != frame(base.parameters[path])[3]
        if places or (path in STRUCTURE and parameter.value != base.parameters[path].value):
            return OTHER_SHAPE
    return ""
