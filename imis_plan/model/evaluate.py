"""From a plan to its budget lines: parameters -> drivers -> staffing -> server size -> training -> lines.

`evaluate` runs every formula once, in that order, on numbers or on draws.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from imis_plan.model.budget_line import Line
from imis_plan.model.components import line_functions, phones
from imis_plan.model.declared_line import declared_line
from imis_plan.model.drivers import DRIVERS
from imis_plan.model.exchange_rates import FISCAL_HISTORIES
from imis_plan.model.memoize import memoize
from imis_plan.model.money import Prices, prices_from
from imis_plan.model.plan_problems import failed_evaluation, unusable_lines
from imis_plan.model.sizing import ADMINISTRATION, SIZING
from imis_plan.model.staffing import staffing_drivers
from imis_plan.model.training import TRAINING_DRIVERS
from imis_plan.model.values import Values
from imis_plan.problems import BadInput
from imis_plan.scenario.parameter import FISCAL
from imis_plan.scenario.plan import Plan

# Among the inputs of a plan: the lines that its scenario declares.
DECLARED_LINES = "plan.lines"
# The key of the prices among the results of formulas; no driver has such a name.
PRICES = "plan.prices"


class EvaluatedLine(NamedTuple):
    """A budget line in its component, with the paths of the parameters that its quantity depends on."""

    component: str
    line: Line
    dependencies: frozenset[str]


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
    """Values of a plan's parameters as formulas read them: paths are arrays of the horizon's length."""
    horizon = plan["time.horizon"]
    values = {
        path: path_by_year(parameter, horizon) if parameter.kind == "path" else parameter.value
        for path, parameter in plan.parameters.items()
    }
    return values | {"t": np.arange(horizon, dtype=float)} | inputs_without_formulas(plan)


def inputs_without_formulas(plan: Plan) -> dict[str, Any]:
    """What the model reads of a plan that no formula computes: its currency, its own lines, and which histories are fiscal."""
    fiscal = frozenset(path for path, parameter in plan.parameters.items() if parameter.years == FISCAL)
    return {"about.currency": plan.about.currency, DECLARED_LINES: plan.lines, FISCAL_HISTORIES: fiscal}


def path_by_year(parameter: Any, horizon: int) -> np.ndarray:
    """A path parameter as a series: a list, or a start value with growth. Shape (horizon,)."""
    if isinstance(parameter.value, (list, tuple)):
        return np.array(parameter.value[:horizon], dtype=float)
    return parameter.value * (1 + (parameter.growth or 0.0)) ** np.arange(horizon, dtype=float)


@memoize
def evaluate_plan(plan: Plan) -> Evaluation:
    """Drivers, lines and prices of a plan, evaluated once for all tables and figures.

    Raises BadInput, with file and line, where the plan lacks what the model needs, or has an amount that cannot be.
    """
    try:
        with np.errstate(all="ignore"):  # what comes of a division by zero is a problem of its line
            evaluation = evaluate(inputs(plan), plan.roles)
    except (ValueError, ArithmeticError, KeyError) as error:
        raise BadInput([failed_evaluation(plan, error)]) from error
    if problems := list(unusable_lines(plan, evaluation)):
        raise BadInput(problems)
    return evaluation


def driver_formulas(roles: Any) -> dict[str, Any]:
    """Every driver of a plan with these roles, in the order in which they are computed."""
    return DRIVERS | SIZING | ADMINISTRATION | staffing_drivers(roles) | TRAINING_DRIVERS | phones.DRIVERS


def budget_lines(values: Values, roles: Any) -> Iterator[EvaluatedLine]:
    """Each budget line with its component and the parameters that its quantity depends on."""
    for component, functions in line_functions(roles).items():
        for number, function in enumerate(functions):
            line, dependencies = values.evaluate(function, (component, number))
            yield EvaluatedLine(component, line, dependencies)
        for own in values.parameters.get(DECLARED_LINES, {}).values():
            if own.component == component:
                line, dependencies = values.evaluate(partial(declared_line, own=own), own)
                yield EvaluatedLine(component, line, dependencies)


def evaluate(parameters: Mapping[str, Any], roles: Any, previous: Evaluation | None = None) -> Evaluation:
    """Run the whole model on parameter values.

    parameters : path -> value; series have the budget year as first axis (see `imis_plan.model.arrays`).
    previous : the evaluation of a variant with the same roles; formulas that read nothing that has changed are not run again.
    """
    return evaluate_values(Values(parameters, previous.values if previous else None), roles)


def evaluate_values(values: Values, roles: Any) -> Evaluation:
    """Run the whole model on values of a subclass, such as the cells of the workbook."""
    for name, formula in driver_formulas(roles).items():
        values.add_driver(name, formula)
    lines = tuple(budget_lines(values, roles))
    prices, _ = values.evaluate(prices_from, PRICES)
    return Evaluation(values, lines, prices)
