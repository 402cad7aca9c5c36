"""The way from a plan to its budget lines: parameters -> drivers -> staffing -> server size -> training -> lines.

`evaluate` runs every formula once, in that order. It neither knows nor cares whether the values are numbers or draws.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from imis_plan.model.budget_line import Line
from imis_plan.model.components import line_functions, phones
from imis_plan.model.drivers import DRIVERS
from imis_plan.model.memoize import once
from imis_plan.model.money import Prices, prices
from imis_plan.model.sizing import SIZING
from imis_plan.model.staffing import staffing_drivers
from imis_plan.model.training import TRAINING
from imis_plan.model.values import Values
from imis_plan.scenario.plan import Plan


class EvaluatedLine(NamedTuple):
    """A budget line in its component, with the paths of the parameters behind its quantity."""

    component: str
    line: Line
    basis: frozenset[str]


@dataclass(frozen=True)
class Evaluation:
    """Everything that follows from a plan's values.

    values : parameters and drivers by name.
    lines : budget lines in the order of the report.
    prices : indices and exchange rates.
    """

    values: Values
    lines: tuple[EvaluatedLine, ...]
    prices: Prices


def inputs(plan: Plan) -> dict[str, Any]:
    """Values of a plan's parameters as formulas want them: paths become arrays of the horizon's length."""
    horizon = plan["time.horizon"]
    values = {
        path: by_year(parameter, horizon) if parameter.kind == "path" else parameter.value
        for path, parameter in plan.parameters.items()
    }
    return values | {"t": np.arange(horizon, dtype=float), "about.currency": plan.about.currency}


def inputs_like(plan: Plan, other: Plan, values: Mapping[str, Any]) -> dict[str, Any]:
    """`inputs` of a variant; what it has in common with another is the same object, so that `evaluate` can tell.

    other, values : the other plan and its inputs.
    """
    own = inputs(plan)
    if len(own["t"]) != len(values["t"]):
        return own
    return {
        name: values[name] if plan.parameters.get(name) is other.parameters.get(name) else value for name, value in own.items()
    }


def by_year(parameter: Any, horizon: int) -> np.ndarray:
    """A path parameter as a series: a list, or a start value with growth. Shape (horizon,)."""
    if isinstance(parameter.value, (list, tuple)):
        return np.array(parameter.value[:horizon], dtype=float)
    return parameter.value * (1 + (parameter.growth or 0.0)) ** np.arange(horizon, dtype=float)


@once
def evaluated(plan: Plan) -> Evaluation:
    """Drivers, lines and prices of a plan, each plan evaluated once however many views ask."""
    return evaluate(inputs(plan), plan.roles)


def formulas(roles: Any) -> dict[str, Any]:
    """Every driver of a plan with these roles, in the order in which they are worked out."""
    return DRIVERS | staffing_drivers(roles) | SIZING | TRAINING | phones.DRIVERS


def budget_lines(values: Values, roles: Any) -> Iterator[EvaluatedLine]:
    """Each budget line with its component and the parameters behind its quantity."""
    for component, functions in line_functions(roles).items():
        for number, function in enumerate(functions):
            line, basis = values.call(function, (component, number))
            yield EvaluatedLine(component, line, basis)


def evaluate(parameters: Mapping[str, Any], roles: Any, like: Evaluation | None = None) -> Evaluation:
    """Run the whole model on the given parameter values.

    parameters : path -> value; series have the budget year as first axis (see `imis_plan.model.arrays`).
    like : a variant with the same roles that is worked out already; what reads nothing that differs is taken from it.
    """
    return run(Values(parameters, like.values if like else None), roles)


def run(values: Values, roles: Any) -> Evaluation:
    """Run the whole model on values that may do more than keep what is worked out, as those of the workbook do."""
    for name, formula in formulas(roles).items():
        values.derive(name, formula)
    return Evaluation(values, tuple(budget_lines(values, roles)), prices(values))
