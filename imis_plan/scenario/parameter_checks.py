"""What can be wrong with a parameter, each problem in a sentence with its remedy. Nothing stops at the first."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from imis_plan.scenario.fields import YEARS
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.problems import MISSING, suggestion
from imis_plan.scenario.units import Units, money

HORIZON = "time.horizon"
BARE = "a number without quotes, separators or %"


class Finding(NamedTuple):
    """What is wrong with one key of a parameter."""

    key: str
    what: str
    right: str
    value: Any = MISSING


@dataclass(frozen=True)
class Rules:
    """What leaves are held against."""

    units: Units
    sources: Mapping[str, Any]
    currency: str = "LCU"


def findings(parameter: Parameter, rules: Rules) -> Iterator[Finding]:
    """All that is wrong with the unit and the value of a parameter in effect."""
    yield from unit_findings(parameter, rules.units)
    if parameter.value is not None:
        wrong = list(VALUE_CHECKS[parameter.kind](parameter, rules))
        yield from wrong or (*range_findings(parameter, rules.units), *growth_findings(parameter))


def unit_findings(parameter: Parameter, units: Units) -> Iterator[Finding]:
    """A unit that is missing or not in the list."""
    if not parameter.unit:
        yield Finding("unit", "no unit", "give one of units.yaml")
    elif not units.parse(parameter.unit):
        yield Finding("unit", "unknown unit", units.instead(parameter.unit), parameter.unit)
    if not parameter.description:
        yield Finding("description", "no description", "say in a sentence what the value is")


def other_unit(base: Parameter, parameter: Parameter, units: Units) -> Iterator[Finding]:
    """A unit other than the declared one, in more than the currency."""
    declared, given = units.parse(base.unit), units.parse(parameter.unit)
    if declared and given and (declared.per, bool(declared.currency)) != (given.per, bool(given.currency)):
        right = base.unit if not declared.currency else f"{money(given.currency or declared.currency, declared.per)}"
        yield Finding("unit", f"declared in {base.unit}", f"give the value in {right}", parameter.unit)


def number_findings(parameter: Parameter, rules: Rules) -> Iterator[Finding]:
    """A value that is no number, or out of bounds."""
    yield from number_finding(parameter, parameter.value, rules.units)


def number_finding(parameter: Parameter, value: Any, units: Units, key: str = "value") -> Iterator[Finding]:
    """The first thing wrong with one number of a parameter."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Finding(key, "not a number", f"give {BARE}", value)
    elif not math.isfinite(value):
        yield Finding(key, "not a finite number", f"give {BARE}", value)
    elif parameter.integer and value != int(value):
        yield Finding(key, "not a whole number", f"give a whole number of {parameter.unit}", value)
    else:
        yield from bound_finding(parameter, value, units, key)


def bound_finding(parameter: Parameter, value: float, units: Units, key: str) -> Iterator[Finding]:
    """A number below or above the bounds of its parameter or unit."""
    low, high = bounds(parameter, units)
    thing = "a price of " if parameter.currency else ""
    if low is not None and value < low:
        yield Finding(key, f"below {low:.12g}", f"give {thing}{span(low, high)}", value)
    if high is not None and value > high:
        yield Finding(key, f"above {high:.12g}", f"give {thing}{span(low, high)}", value)


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


def path_findings(parameter: Parameter, rules: Rules) -> Iterator[Finding]:
    """A path by year with a wrong number in it. Whether it is long enough shows when the horizon is known."""
    for value in parameter.value if isinstance(parameter.value, tuple) else (parameter.value,):
        yield from number_finding(parameter, value, rules.units)


def short_list(parameter: Parameter, horizon: int) -> Iterator[Finding]:
    """A list with fewer numbers than the plan has years."""
    if parameter.kind == "path" and isinstance(parameter.value, tuple) and len(parameter.value) < horizon:
        what = f"{len(parameter.value)} numbers for {horizon} years"
        yield Finding("value", what, f"give {horizon} numbers, or one number with growth", parameter.value)


def history_findings(parameter: Parameter, rules: Rules) -> Iterator[Finding]:
    """A history that is no mapping from year to number."""
    if not isinstance(parameter.value, Mapping) or not parameter.value:
        yield Finding("value", "not by year", "give years and numbers, as in {2023: 4.1, 2024: 3.8}", parameter.value)
        return
    for year, value in parameter.value.items():
        if year not in YEARS:
            yield Finding("value", f"{year} is not a year", "give a year such as 2024")
        yield from number_finding(parameter, value, rules.units)


def table_findings(parameter: Parameter, rules: Rules) -> Iterator[Finding]:
    """A table that is no list, or has a wrong number in it."""
    if not isinstance(parameter.value, tuple) or not parameter.value:
        yield Finding("value", "not a list", "give numbers, as in [2, 4, 8]", parameter.value)
        return
    for value in parameter.value:
        yield from number_finding(parameter, value, rules.units)


def choice_findings(parameter: Parameter, _: Rules) -> Iterator[Finding]:
    """A value that cannot be chosen."""
    if parameter.value not in parameter.choices:
        yield Finding("value", "not a choice", suggestion(parameter.value, parameter.choices), parameter.value)


def flag_findings(parameter: Parameter, _: Rules) -> Iterator[Finding]:
    """A switch that is neither true nor false."""
    if not isinstance(parameter.value, bool):
        yield Finding("value", "neither true nor false", "give true or false, without quotes", parameter.value)


def range_findings(parameter: Parameter, units: Units) -> Iterator[Finding]:
    """A range that has nothing to be a range of, is half given, out of bounds, or does not hold the value."""
    ends = {key: end for key, end in (("low", parameter.low), ("high", parameter.high)) if end is not None}
    for key, end in ends.items():
        if not has_range(parameter):
            yield Finding(key, "a range around something else than one number", "leave low and high out", end)
            return
        if len(ends) == 1:
            missing = "high" if key == "low" else "low"
            yield Finding(key, f"a range without {missing}", "give both low and high", end)
        yield from number_finding(parameter, end, units, key)
        yield from order_finding(key, end, parameter.value)


def order_finding(key: str, end: float, value: float) -> Iterator[Finding]:
    """A low above the value, or a high below it."""
    if end > value if key == "low" else end < value:
        side = "above" if key == "low" else "below"
        yield Finding(key, f"{side} the value {value}", "keep low <= value <= high", end)


def has_range(parameter: Parameter) -> bool:
    """Whether the value is one number, around which a range makes sense."""
    return parameter.kind in ("number", "path") and not isinstance(parameter.value, tuple)


def growth_findings(parameter: Parameter) -> Iterator[Finding]:
    """A growth rate where nothing grows."""
    if parameter.growth is not None and (parameter.kind != "path" or isinstance(parameter.value, tuple)):
        yield Finding("growth", "growth of what is not one number by year", "leave growth out", parameter.growth)
    elif parameter.growth is not None and parameter.growth <= -1:
        yield Finding("growth", "-1 or less", "give a change per year such as 0.02", parameter.growth)


VALUE_CHECKS = {
    "number": number_findings,
    "path": path_findings,
    "history": history_findings,
    "table": table_findings,
    "choice": choice_findings,
    "flag": flag_findings,
}
