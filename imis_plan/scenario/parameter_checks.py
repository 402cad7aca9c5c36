"""What can be wrong with a leaf, each fault in a sentence with its remedy. Nothing stops at the first."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from imis_plan.scenario.fields import YEARS
from imis_plan.scenario.parameter import Leaf
from imis_plan.scenario.problems import MISSING, suggestion
from imis_plan.scenario.units import Units, money

HORIZON = "time.horizon"
BARE = "a number without quotes, separators or %"


class Problem(NamedTuple):
    """What is wrong with one key of a leaf."""

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


def problems(leaf: Leaf, rules: Rules) -> Iterator[Problem]:
    """All that is wrong with the unit and the value of a leaf in effect."""
    yield from unit_problems(leaf, rules.units)
    if leaf.value is not None:
        wrong = list(VALUE_CHECKS[leaf.kind](leaf, rules))
        yield from wrong or (*range_problems(leaf, rules.units), *growth_problems(leaf))


def unit_problems(leaf: Leaf, units: Units) -> Iterator[Problem]:
    """A unit that is missing or not in the list."""
    if not leaf.unit:
        yield Problem("unit", "no unit", "give one of units.yaml")
    elif not units.parse(leaf.unit):
        yield Problem("unit", "unknown unit", units.instead(leaf.unit), leaf.unit)
    if not leaf.description:
        yield Problem("description", "no description", "say in a sentence what the value is")


def other_unit(base: Leaf, leaf: Leaf, units: Units) -> Iterator[Problem]:
    """A unit other than the declared one, in more than the currency."""
    declared, given = units.parse(base.unit), units.parse(leaf.unit)
    if declared and given and (declared.per, bool(declared.currency)) != (given.per, bool(given.currency)):
        right = base.unit if not declared.currency else f"{money(given.currency or declared.currency, declared.per)}"
        yield Problem("unit", f"declared in {base.unit}", f"give the value in {right}", leaf.unit)


def number_problems(leaf: Leaf, rules: Rules) -> Iterator[Problem]:
    """A value that is no number, or out of bounds."""
    yield from number_problem(leaf, leaf.value, rules.units)


def number_problem(leaf: Leaf, value: Any, units: Units, key: str = "value") -> Iterator[Problem]:
    """The first thing wrong with one number of a leaf."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Problem(key, "not a number", f"give {BARE}", value)
    elif not math.isfinite(value):
        yield Problem(key, "not a finite number", f"give {BARE}", value)
    elif leaf.integer and value != int(value):
        yield Problem(key, "not a whole number", f"give a whole number of {leaf.unit}", value)
    else:
        yield from bound_problem(leaf, value, units, key)


def bound_problem(leaf: Leaf, value: float, units: Units, key: str) -> Iterator[Problem]:
    """A number below or above the bounds of its leaf or unit."""
    low, high = bounds(leaf, units)
    thing = "a price of " if leaf.currency else ""
    if low is not None and value < low:
        yield Problem(key, f"below {low:.12g}", f"give {thing}{span(low, high)}", value)
    if high is not None and value > high:
        yield Problem(key, f"above {high:.12g}", f"give {thing}{span(low, high)}", value)


def span(low: float | None, high: float | None) -> str:
    """Bounds in words."""
    if low is not None and high is not None:
        return f"{low:.12g} to {high:.12g}"
    return f"{low:.12g} or more" if low is not None else f"{high:.12g} or less"


def bounds(leaf: Leaf, units: Units) -> tuple[float | None, float | None]:
    """Lowest and highest value that can be right: the leaf's own, or else its unit's; money is 0 or more."""
    measure = units.measures.get(leaf.unit)
    low, high = (measure.min, measure.max) if measure else (0 if leaf.currency else None, None)
    return (low if leaf.min is None else leaf.min), (high if leaf.max is None else leaf.max)


def path_problems(leaf: Leaf, rules: Rules) -> Iterator[Problem]:
    """A path by year with a wrong number in it. Whether it is long enough shows when the horizon is known."""
    for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
        yield from number_problem(leaf, value, rules.units)


def short_list(leaf: Leaf, horizon: int) -> Iterator[Problem]:
    """A list with fewer numbers than the plan has years."""
    if leaf.kind == "path" and isinstance(leaf.value, tuple) and len(leaf.value) < horizon:
        what = f"{len(leaf.value)} numbers for {horizon} years"
        yield Problem("value", what, f"give {horizon} numbers, or one number with growth", leaf.value)


def history_problems(leaf: Leaf, rules: Rules) -> Iterator[Problem]:
    """A history that is no mapping from year to number."""
    if not isinstance(leaf.value, Mapping) or not leaf.value:
        yield Problem("value", "not by year", "give years and numbers, as in {2023: 4.1, 2024: 3.8}", leaf.value)
        return
    for year, value in leaf.value.items():
        if year not in YEARS:
            yield Problem("value", f"{year} is not a year", "give a year such as 2024")
        yield from number_problem(leaf, value, rules.units)


def table_problems(leaf: Leaf, rules: Rules) -> Iterator[Problem]:
    """A table that is no list, or has a wrong number in it."""
    if not isinstance(leaf.value, tuple) or not leaf.value:
        yield Problem("value", "not a list", "give numbers, as in [2, 4, 8]", leaf.value)
        return
    for value in leaf.value:
        yield from number_problem(leaf, value, rules.units)


def choice_problems(leaf: Leaf, _: Rules) -> Iterator[Problem]:
    """A value that cannot be chosen."""
    if leaf.value not in leaf.choices:
        yield Problem("value", "not a choice", suggestion(leaf.value, leaf.choices), leaf.value)


def flag_problems(leaf: Leaf, _: Rules) -> Iterator[Problem]:
    """A switch that is neither true nor false."""
    if not isinstance(leaf.value, bool):
        yield Problem("value", "neither true nor false", "give true or false, without quotes", leaf.value)


def range_problems(leaf: Leaf, units: Units) -> Iterator[Problem]:
    """A range that has nothing to be a range of, is half given, out of bounds, or does not hold the value."""
    ends = {key: end for key, end in (("low", leaf.low), ("high", leaf.high)) if end is not None}
    for key, end in ends.items():
        if not has_range(leaf):
            yield Problem(key, "a range around something else than one number", "leave low and high out", end)
            return
        if len(ends) == 1:
            missing = "high" if key == "low" else "low"
            yield Problem(key, f"a range without {missing}", "give both low and high", end)
        yield from number_problem(leaf, end, units, key)
        yield from order_problem(key, end, leaf.value)


def order_problem(key: str, end: float, value: float) -> Iterator[Problem]:
    """A low above the value, or a high below it."""
    if end > value if key == "low" else end < value:
        side = "above" if key == "low" else "below"
        yield Problem(key, f"{side} the value {value}", "keep low <= value <= high", end)


def has_range(leaf: Leaf) -> bool:
    """Whether the value is one number, around which a range makes sense."""
    return leaf.kind in ("number", "path") and not isinstance(leaf.value, tuple)


def growth_problems(leaf: Leaf) -> Iterator[Problem]:
    """A growth rate where nothing grows."""
    if leaf.growth is not None and (leaf.kind != "path" or isinstance(leaf.value, tuple)):
        yield Problem("growth", "growth of what is not one number by year", "leave growth out", leaf.growth)
    elif leaf.growth is not None and leaf.growth <= -1:
        yield Problem("growth", "-1 or less", "give a change per year such as 0.02", leaf.growth)


VALUE_CHECKS = {
    "number": number_problems,
    "path": path_problems,
    "history": history_problems,
    "table": table_problems,
    "choice": choice_problems,
    "flag": flag_problems,
}
