"""What can be wrong with a parameter, each problem in a sentence with its remedy. Nothing stops at the first."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from imis_plan.problems import Problem, key_problem, suggestion
from imis_plan.scenario.fields import YEARS
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.units import Units, money

HORIZON = "time.horizon"
BARE = "a number without quotes, separators or %"


@dataclass(frozen=True)
class Rules:
    """What leaves are held against."""

    units: Units
    sources: Mapping[str, Any]
    currency: str = "LCU"


def parameter_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """All that is wrong with the unit and the value of a parameter in effect."""
    yield from unit_problems(parameter, rules.units)
    if parameter.value is not None:
        wrong = list(VALUE_CHECKS[parameter.kind](parameter, rules))
        yield from wrong or (*range_problems(parameter, rules.units), *growth_problems(parameter))


def unit_problems(parameter: Parameter, units: Units) -> Iterator[Problem]:
    """A unit that is missing or not in the list."""
    if not parameter.unit:
        yield key_problem("unit", "no unit", "give one of units.yaml")
    elif not units.parse(parameter.unit):
        yield key_problem("unit", "unknown unit", units.instead(parameter.unit), parameter.unit)
    if not parameter.description:
        yield key_problem("description", "no description", "say in a sentence what the value is")


def other_unit(base: Parameter, parameter: Parameter, units: Units) -> Iterator[Problem]:
    """A unit other than the declared one, in more than the currency."""
    declared, given = units.parse(base.unit), units.parse(parameter.unit)
    if declared and given and (declared.per, bool(declared.currency)) != (given.per, bool(given.currency)):
        right = base.unit if not declared.currency else f"{money(given.currency or declared.currency, declared.per)}"
        yield key_problem("unit", f"declared in {base.unit}", f"give the value in {right}", parameter.unit)


def number_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """A value that is no number, or out of bounds."""
    yield from single_number_problems(parameter, parameter.value, rules.units)


def single_number_problems(parameter: Parameter, value: Any, units: Units, key: str = "value") -> Iterator[Problem]:
    """The first thing wrong with one number of a parameter."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield key_problem(key, "not a number", f"give {BARE}", value)
    elif not math.isfinite(value):
        yield key_problem(key, "not a finite number", f"give {BARE}", value)
    elif parameter.integer and value != int(value):
        yield key_problem(key, "not a whole number", f"give a whole number of {parameter.unit}", value)
    else:
        yield from bound_problems(parameter, value, units, key)


def bound_problems(parameter: Parameter, value: float, units: Units, key: str) -> Iterator[Problem]:
    """A number below or above the bounds of its parameter or unit."""
    low, high = bounds(parameter, units)
    thing = "a price of " if parameter.currency else ""
    if low is not None and value < low:
        yield key_problem(key, f"below {low:.12g}", f"give {thing}{span(low, high)}", value)
    if high is not None and value > high:
        yield key_problem(key, f"above {high:.12g}", f"give {thing}{span(low, high)}", value)


def span(low: float | None, high: float | None) -> str:
    """Bounds in words."""
    if low is not None and high is not None:
        return f"{low:.12g} to {high:.12g}"
    return f"{low:.12g} or more" if low is not None else f"{high:.12g} or less"


def bounds(parameter: Parameter, units: Units) -> tuple[float | None, float | None]:
    """Lowest and highest value that can be right: the parameter's own, or else its unit's; money is 0 or more."""
    measure = units.measures.get(parameter.unit)
    low, high = (measure.min, measure.max) if measure else (0 if parameter.currency else None, None)
    return (low if parameter.min is None else parameter.min), (high if parameter.max is None else parameter.max)


def path_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """A path by year with a wrong number in it. Whether it is long enough shows when the horizon is known."""
    for value in parameter.value if isinstance(parameter.value, tuple) else (parameter.value,):
        yield from single_number_problems(parameter, value, rules.units)


def short_list(parameter: Parameter, horizon: int) -> Iterator[Problem]:
    """A list with fewer numbers than the plan has years."""
    if parameter.kind == "path" and isinstance(parameter.value, tuple) and len(parameter.value) < horizon:
        what = f"{len(parameter.value)} numbers for {horizon} years"
        yield key_problem("value", what, f"give {horizon} numbers, or one number with growth", parameter.value)


def history_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """A history that is no mapping from year to number."""
    if not isinstance(parameter.value, Mapping) or not parameter.value:
        yield key_problem("value", "not by year", "give years and numbers, as in {2023: 4.1, 2024: 3.8}", parameter.value)
        return
    for year, value in parameter.value.items():
        if year not in YEARS:
            yield key_problem("value", f"{year} is not a year", "give a year such as 2024")
        yield from single_number_problems(parameter, value, rules.units)


def table_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """A table that is no list, or has a wrong number in it."""
    if not isinstance(parameter.value, tuple) or not parameter.value:
        yield key_problem("value", "not a list", "give numbers, as in [2, 4, 8]", parameter.value)
        return
    for value in parameter.value:
        yield from single_number_problems(parameter, value, rules.units)


def choice_problems(parameter: Parameter, _: Rules) -> Iterator[Problem]:
    """A value that cannot be chosen."""
    if parameter.value not in parameter.choices:
        yield key_problem("value", "not a choice", suggestion(parameter.value, parameter.choices), parameter.value)


def flag_problems(parameter: Parameter, _: Rules) -> Iterator[Problem]:
    """A switch that is neither true nor false."""
    if not isinstance(parameter.value, bool):
        yield key_problem("value", "neither true nor false", "give true or false, without quotes", parameter.value)


def range_problems(parameter: Parameter, units: Units) -> Iterator[Problem]:
    """A range that has nothing to be a range of, is half given, out of bounds, or does not hold the value."""
    ends = {key: end for key, end in (("low", parameter.low), ("high", parameter.high)) if end is not None}
    for key, end in ends.items():
        if not has_range(parameter):
            yield key_problem(key, "a range around something else than one number", "leave low and high out", end)
            return
        if len(ends) == 1:
            missing = "high" if key == "low" else "low"
            yield key_problem(key, f"a range without {missing}", "give both low and high", end)
        yield from single_number_problems(parameter, end, units, key)
        yield from order_problems(key, end, parameter.value)


def order_problems(key: str, end: float, value: float) -> Iterator[Problem]:
    """A low above the value, or a high below it."""
    if end > value if key == "low" else end < value:
        side = "above" if key == "low" else "below"
        yield key_problem(key, f"{side} the value {value}", "keep low <= value <= high", end)


def has_range(parameter: Parameter) -> bool:
    """Whether the value is one number, around which a range makes sense."""
    return parameter.kind in ("number", "path") and not isinstance(parameter.value, tuple)


def growth_problems(parameter: Parameter) -> Iterator[Problem]:
    """A growth rate where nothing grows."""
    if parameter.growth is not None and (parameter.kind != "path" or isinstance(parameter.value, tuple)):
        yield key_problem("growth", "growth of what is not one number by year", "leave growth out", parameter.growth)
    elif parameter.growth is not None and parameter.growth <= -1:
        yield key_problem("growth", "-1 or less", "give a change per year such as 0.02", parameter.growth)


VALUE_CHECKS = {
    "number": number_problems,
    "path": path_problems,
    "history": history_problems,
    "table": table_problems,
    "choice": choice_problems,
    "flag": flag_problems,
}
