"""Where a workbook starts: the scenario without option and what-ifs, the changes of each option, and the user's what-ifs."""

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

# These decide which years, posts and prices exist, how every price is read, or what is simulated, so a change of them needs another
# workbook.
STRUCTURE = (
    "time.base_year", "time.horizon", "time.fiscal_year_start", "money.planning_rate_year", "contingency.percentile", "contingency.factors", "taxes.prices",
)  # fmt: skip
METHOD = "contingency.method"
NO_OPTION = "base"
OTHER_STRUCTURE = N_(
    "it changes the years or cells of the workbook, so it needs a workbook of its own: export it with --option {option}"
)


@dataclass(frozen=True)
class StartingPoint:
    """A plan split into scenario, option and what-ifs.

    plan : as requested. base : without option and what-ifs, except those that decide the structure of the workbook (`structure`:
    path -> data as in a file). option : the one in effect, NO_OPTION for none. overrides : what-ifs, which go into the input cells.
    variants : option -> parameters that it changes; problems : option -> why it cannot be chosen in the workbook.
    """

    plan: Plan
    base: Plan
    option: str
    overrides: Mapping[str, Parameter]
    variants: Mapping[str, Mapping[str, Parameter]]
    problems: Mapping[str, str]
    structure: Mapping[str, Any]


def starting_point(plan: Plan) -> StartingPoint:
    """The starting point of a plan; a plan whose file cannot be read again is its own base."""
    mine, structure, option = what_ifs(plan), {}, plan.option
    if mine or option:
        try:
            base, _ = read_scenario(*locate_scenario(plan.name, plan.folder), None)
        except BadInput:
            return StartingPoint(plan, plan, NO_OPTION, {}, {}, {}, {})
        if option and why_not_selectable(base, parameters_changed_by(base, option)):
            # The option needs a workbook of its own, in which its changes are treated as what-ifs.
            mine, option = {path: plan.parameters[path] for path in base.options[option].changes} | mine, None
        before = variant(base, option) if option else base
        structure = {
            path: override_data(parameter)
            for path, parameter in mine.items()
            if changes_structure(parameter, before.parameters[path])
        }
        base = with_parameters(base, {path: mine[path] for path in structure})
    else:
        base = plan
    overrides = {path: parameter for path, parameter in mine.items() if path not in structure}
    variants, problems = selectable_options(base)
    return StartingPoint(plan, base, option or NO_OPTION, overrides, variants, problems, structure)


def parameters_changed_by(base: Plan, option: str) -> dict[str, Parameter]:
    """The parameters that an option changes. Raises BadInput if the option is not valid."""
    parameters = variant(base, option).parameters
    return {path: parameters[path] for path in base.options[option].changes}


def with_parameters(plan: Plan, parameters: Mapping[str, Parameter]) -> Plan:
    """The plan with some parameters replaced by what-ifs."""
    if not parameters:
        return plan
    return replace(plan, parameters=MappingProxyType({**plan.parameters, **parameters}), origin=plan.origin or plan)


def changes_structure(parameter: Parameter, before: Parameter) -> bool:
    """Whether a what-if needs other cells than the parameter it changes, or another simulation."""
    return (
        parameter.path in STRUCTURE
        or cell_structure(parameter) != cell_structure(before)
        or (parameter.kind == "path" and isinstance(before.value, tuple) != isinstance(parameter.value, tuple))
    )


def prices_as_exported(plan: Plan, changes: Mapping[str, Any]) -> dict[str, Parameter]:
    """The prices from observations that some what-ifs would convert anew, as they are in the cells: path -> parameter.

    A workbook has no observations, so that its prices stay when inflation or an exchange rate is typed.
    """
    changed = plan.replace(changes).parameters
    return {
        path: parameter
        for path, parameter in plan.parameters.items()
        if parameter.resolved and path not in changes and changed[path].value != parameter.value
    }


def cell_structure(parameter: Parameter) -> tuple[Any, ...]:
    """What a value in a cell cannot change: unit, price year, growth, and the years or entries of a table."""
    places = (
        tuple(parameter.value)
        if isinstance(parameter.value, Mapping)
        else len(parameter.value)
        if parameter.kind == "table"
        else None
    )
    growth = parameter.growth if not isinstance(parameter.value, tuple) else None
    return parameter.unit, parameter.price_year, growth, places


def override_data(parameter: Parameter) -> dict[str, Any]:
    """A parameter as the data of a what-if."""
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


def selectable_options(base: Plan) -> tuple[dict[str, dict[str, Parameter]], dict[str, str]]:
    """Options that can be chosen in a cell -> parameters they change; the others -> why they cannot."""
    variants: dict[str, dict[str, Parameter]] = {}
    problems = {}
    for name in base.options:
        try:
            changed = parameters_changed_by(base, name)
        except BadInput as error:
            problems[name] = str(error)
            continue
        if problem := why_not_selectable(base, changed):
            problems[name] = problem
        else:
            variants[name] = changed
    return variants, problems


def why_not_selectable(base: Plan, changed: Mapping[str, Parameter]) -> str:
    """Why an option cannot be chosen in a cell; empty if it can."""
    for path, parameter in changed.items():
        places = cell_structure(parameter)[3] != cell_structure(base.parameters[path])[3]
        if places or (path in STRUCTURE and parameter.value != base.parameters[path].value):
            return OTHER_STRUCTURE
    return ""
