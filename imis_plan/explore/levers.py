"""The levers of a plan: the parameters that move its cost most, as the model finds them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from imis_plan.analysis.risk import tornado
from imis_plan.model.evaluate import evaluate, evaluated
from imis_plan.model.simulation import costs
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.parameter_checks import bounds
from imis_plan.scenario.plan import Plan

COUNT = 10
# A slider has about so many steps, of a round size.
STEPS = 100
EXACT = 1e-9
ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Lever:
    """A parameter that can be moved: from low to high by `step`, or to one of the `choices` of a choice or a switch."""

    parameter: Parameter
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    choices: tuple[Any, ...] = ()

    @property
    def path(self) -> str:
        """The path of its parameter."""
        return self.parameter.path


def levers(plan: Plan, moved: Iterable[str] = (), count: int = COUNT) -> tuple[Lever, ...]:
    """The parameters that move the cost of a plan most between their low and high, or from one choice to another.

    moved : paths of parameters that have been moved already; they come first, so that they can be moved back.
    """
    swings = tornado(plan)["swing"].to_dict() | choice_swings(plan)
    ranked = sorted((path for path in swings if swings[path] > 0), key=lambda path: -swings[path])
    chosen = dict.fromkeys([*moved, *ranked])
    return tuple(lever(plan, path) for path in list(chosen)[: max(count, len(set(moved)))])


def choice_swings(plan: Plan) -> dict[str, float]:
    """Path of each choice and switch -> what lies between its dearest and its cheapest value. [nominal LCU]"""
    return {parameter.path: swing(plan, parameter) for parameter in plan.parameters.values() if values_of(parameter)}


def swing(plan: Plan, parameter: Parameter) -> float:
    """What lies between the dearest and the cheapest value of a choice. [nominal LCU]"""
    found = [cost(plan, parameter.path, value) for value in values_of(parameter)]
    return max(found) - min(found)


def cost(plan: Plan, path: str, value: Any) -> float:
    """Base cost over all years with another value; what does not hang on it is not worked out again. [nominal LCU]"""
    known = evaluated(plan)
    capital, recurrent = costs(plan, evaluate({**known.values.parameters, path: value}, plan.roles, known))
    return float((capital + recurrent).sum())


def values_of(parameter: Parameter) -> tuple[Any, ...]:
    """The values that a choice or a switch can have; of anything else, none."""
    return (True, False) if parameter.kind == "flag" else parameter.choices


def lever(plan: Plan, path: str) -> Lever:
    """The lever of one parameter."""
    parameter = plan.parameters[path]
    if values_of(parameter):
        return Lever(parameter, choices=values_of(parameter))
    low, high = ends(plan, parameter)
    step = 1.0 if parameter.integer else round_step((high - low) / STEPS)
    return Lever(parameter, on_grid(low, float(parameter.value), step), high, step)


def on_grid(low: float, value: float, step: float) -> float:
    """The lowest end from which steps reach the value exactly: a slider would move any other value to its next step."""
    return float(f"{value - math.floor((value - low) / step + EXACT) * step:.12g}")


def ends(plan: Plan, parameter: Parameter) -> tuple[float, float]:
    """Where a slider begins and ends: the range, wide enough for the value; without one, half to twice the value."""
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
