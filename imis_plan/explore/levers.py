"""The levers of a plan: the parameters with the largest effect on its cost."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from imis_plan.analysis.risk import tornado
from imis_plan.model.evaluate import evaluate, evaluate_plan
from imis_plan.model.simulation import base_cost_by_year
from imis_plan.scenario.facility_types import HEAD as TYPES
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.value_checks import MONTH_DAY, bounds

COUNT = 10
# Approximate number of steps of a slider; their size is round.
STEPS = 100
# Further digits of a multiple of the step are floating-point errors.
DIGITS = ".12g"
ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Lever:
    """A parameter that can be changed: to one of `positions`, from low to high, or to one of `choices`.

    positions : values of the slider, ascending; the value of the scenario is one of them, exactly.
    """

    parameter: Parameter
    positions: tuple[float, ...] = ()
    choices: tuple[Any, ...] = ()

    @property
    def path(self) -> str:
        """The path of its parameter."""
        return self.parameter.path


def levers(plan: Plan, moved: Iterable[str] = (), count: int = COUNT) -> tuple[Lever, ...]:
    """The parameters with the largest effect on the cost of a plan, between low and high or between choices.

    moved : paths of changed parameters; they come first, so that they can be reset. A day, which has neither, has no lever, nor
        have types of facilities, whose numbers and shares change together.
    """
    swings = tornado(plan)["swing"].to_dict() | choice_swings(plan)
    alone = [path for path in swings if swings[path] > 0 and not path.startswith(TYPES)]
    ranked = sorted(alone, key=lambda path: -swings[path])
    chosen = dict.fromkeys([*(path for path in moved if plan.parameters[path].unit != MONTH_DAY), *ranked])
    return tuple(lever(plan, path) for path in list(chosen)[: max(count, len(set(moved)))])


def choice_swings(plan: Plan) -> dict[str, float]:
    """Path of each choice and switch -> cost difference between its most and its least expensive value. [nominal LCU]"""
    return {parameter.path: swing(plan, parameter) for parameter in plan.parameters.values() if choices_of(parameter)}


def swing(plan: Plan, parameter: Parameter) -> float:
    """Cost difference between the most and the least expensive value of a choice. [nominal LCU]"""
    found = [cost(plan, parameter.path, value) for value in choices_of(parameter)]
    return max(found) - min(found)


def cost(plan: Plan, path: str, value: Any) -> float:
    """Base cost over all years with another value; only formulas that depend on it are evaluated again. [nominal LCU]"""
    known = evaluate_plan(plan)
    capital, recurrent = base_cost_by_year(plan, evaluate({**known.values.parameters, path: value}, plan.roles, known))
    return float((capital + recurrent).sum())


def choices_of(parameter: Parameter) -> tuple[Any, ...]:
    """The values of a choice or a switch; of any other parameter, none."""
    return (True, False) if parameter.kind == "flag" else parameter.choices


def lever(plan: Plan, path: str) -> Lever:
    """The lever of one parameter."""
    parameter = plan.parameters[path]
    if choices_of(parameter):
        return Lever(parameter, choices=choices_of(parameter))
    low, high = slider_range(plan, parameter)
    step = 1.0 if parameter.integer else round_step((high - low) / STEPS)
    if plan.rules.units.is_whole(parameter.unit):
        step, low, high = max(step, 1.0), math.floor(low), math.ceil(high)
    return Lever(parameter, slider_positions(low, float(parameter.value), high, step))


def slider_positions(low: float, value: float, high: float, step: float) -> tuple[float, ...]:
    """The multiples of a step from low to high, both ends, and the value itself.

    A slider that cannot stop at the value of the scenario would change the budget before anybody moves it.
    """
    multiples = (clean(number * step) for number in range(math.ceil(low / step), math.floor(high / step) + 1))
    return tuple(sorted({low, value, high, *(each for each in multiples if low < each < high)}))


def clean(value: float) -> float:
    """A value without the floating-point error of its steps."""
    return float(format(value, DIGITS))


def nearest_position(positions: tuple[float, ...], value: float) -> int:
    """The number of the position that is closest to a value."""
    return min(range(len(positions)), key=lambda number: abs(positions[number] - value))


def slider_range(plan: Plan, parameter: Parameter) -> tuple[float, float]:
    """Lowest and highest value of a slider: the range and the value; without a range, half to twice the value."""
    value = float(parameter.value)
    low = value / 2 if parameter.low is None else parameter.low
    high = value * 2 if parameter.high is None else parameter.high
    least, most = bounds(parameter, plan.rules.units)
    low, high = max(low, low if least is None else least), min(high, high if most is None else most)
    return min(low, value), max(high, value)


def round_step(size: float) -> float:
    """1, 2 or 5 times a power of ten, at least as large as `size`."""
    power = 10.0 ** math.floor(math.log10(size)) if size > 0 else 1.0
    return next(power * digit for digit in ROUND if power * digit >= size * (1 - 1e-9))
