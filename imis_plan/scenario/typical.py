"""Typical values of comparable scenarios: what a draft uses in place of an answer that nobody has given yet.

Comparable are the scenarios of the same region and income group, else those of the same region, else all; at least two. A country
counts once: with the scenario of most people, and not with those that are based on another one, whose values they repeat.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context
from math import ceil, floor, log10
from pathlib import Path
from statistics import median_high, median_low, mode, quantiles
from typing import Any

from imis_plan.facts import world
from imis_plan.facts.analogues import LEAST, alike
from imis_plan.problems import BadInput
from imis_plan.scenario.folder import PACKAGE_PARAMETERS, scenario_names
from imis_plan.scenario.localized_text import N_, OPEN_SOURCE, in_language
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan, load

POPULATION = "population.total"
# Significant digits of what is calculated from several values: no value of a country has more precision than that.
DIGITS = 2
MOST_COMMON, MEDIAN = N_("most common of comparable scenarios"), N_("median of comparable scenarios")
SCALED_MEDIAN = N_("median of comparable scenarios in proportion to the population")
# So many scenarios have quarters.
ENOUGH = 4


@dataclass(frozen=True)
class Typical:
    """A value with its range, and the values of the comparable scenarios in words."""

    value: Any
    low: float | None
    high: float | None
    words: str

    @property
    def source(self) -> str:
        """The source of an open question with this value."""
        return f"{OPEN_SOURCE}: {self.words}"


def usable_scenarios(folder: Path) -> list[Plan]:
    """The scenarios of a folder, and the shipped ones that it does not have, without those with problems or open questions."""
    shipped = dict.fromkeys(scenario_names(PACKAGE_PARAMETERS), PACKAGE_PARAMETERS)
    places = {**shipped, **dict.fromkeys(scenario_names(folder), folder)}
    found = []
    for name, place in sorted(places.items()):
        try:
            found.append(load(name, parameters=place, draft=False))
        except BadInput:  # it cannot be compared with; `imis-plan check` says why
            continue
    return found


def comparable(plans: Sequence[Plan], iso3: str) -> list[Plan]:
    """The scenarios of countries like this one, or of all of them; one for each country."""
    plans = one_per_country(plans)
    economies = world.economies()
    home = economies.get(iso3)
    near = [plan for plan in plans if home and alike(home, economies.get(plan.about.iso3))]
    region = [plan for plan in plans if home and (other := economies.get(plan.about.iso3)) and other.region == home.region]
    return next((found for found in (near, region) if len(found) >= LEAST), plans)


def one_per_country(plans: Sequence[Plan]) -> list[Plan]:
    """The scenarios without those based on another of them; of each country the one of most people, the first of equals."""
    names = {plan.name for plan in plans}
    own = [plan for plan in plans if names.isdisjoint(file.stem for file in plan.files if file.stem != plan.name)]
    largest: dict[str, Plan] = {}
    for plan in own:
        other = largest.get(plan.about.iso3)
        if other is None or plan[POPULATION] > other[POPULATION]:
            largest[plan.about.iso3] = plan
    return [plan for plan in own if largest[plan.about.iso3] is plan]


def typical_value(parameter: Parameter, plans: Sequence[Plan], population: float | None) -> Typical | None:
    """The typical value of a parameter in these scenarios, or None where none of them has one number or name.

    population : people of the new scenario, to whom counts are scaled; None leaves counts as they are
    """
    values = {plan: value for plan in plans if (value := value_of(plan, parameter, population)) is not None}
    if not values:
        return None
    if parameter.kind not in ("number", "path"):
        chosen = mode(values.values())
        return Typical(chosen, None, None, f"{MOST_COMMON}, {listed(values)}")
    value, (low, high) = central(values.values()), middle(list(values.values()))
    words = SCALED_MEDIAN if is_scaled(parameter, population) else MEDIAN
    return Typical(value, min(low, value), max(high, value), f"{words}, {listed(values)}")


def central(numbers: Collection[float]) -> float:
    """The median: a value that some country has, or the mean of two middle values with two digits; of counts the lower of them.

    The lower of two shares could be far from the other: of 0.05 and 0.2, nearly the whole range would be above it.
    """
    low, high = median_low(numbers), median_high(numbers)
    return low if low == high or all_whole(numbers) else two_digits((low + high) / 2)


def middle(numbers: list[float]) -> tuple[float, float]:
    """The range of the middle half of some numbers, in whole numbers if they all are; of few of them, of all."""
    if len(numbers) < ENOUGH:
        return min(numbers), max(numbers)
    lower, _, upper = quantiles(numbers, n=4, method="inclusive")
    return (floor(lower), ceil(upper)) if all_whole(numbers) else (two_digits(lower), two_digits(upper))


def all_whole(numbers: Iterable[float]) -> bool:
    """Whether all numbers are written without decimals, as counts are."""
    return all(isinstance(number, int) for number in numbers)


def two_digits(number: float) -> float:
    """A number with two significant digits: 0.13 for 0.125, as it is done by hand. A share just below 1 stays as it is."""
    digits = float(Context(prec=DIGITS, rounding=ROUND_HALF_UP).create_decimal(repr(number)))
    return number if number < 1 <= digits else digits


def is_scaled(parameter: Parameter, population: float | None) -> bool:
    """Whether the values of other scenarios are scaled to a population."""
    return bool(parameter.scales_with and population)


def value_of(plan: Plan, parameter: Parameter, population: float | None) -> Any:
    """The value of a parameter in a scenario, in proportion to a population if it is a count; None if it is no single value."""
    other = plan.parameters.get(parameter.path)
    if other is None or isinstance(other.value, tuple) or not isinstance(other.value, int | float | str | bool):
        return None
    if parameter.kind in ("number", "path") and parameter.scales_with and population:
        return whole(float(other.value) * population / plan[POPULATION])
    return None if other.currency and other.currency != "USD" else other.value


def whole(number: float) -> int:
    """A count with few significant digits; what is more than nothing is at least one."""
    return ceil(round(number, DIGITS - 1 - floor(log10(number)))) if number > 0 else 0


def listed(values: dict[Plan, Any]) -> str:
    """The values by scenario, in words: `Nepal 0.28, Tanzania 0.03`."""
    names = {plan: in_language(plan.about.country, "en") for plan in values}
    twice = repeated(names.values())
    labels = {plan: f"{name} ({plan.name})" if name in twice else name for plan, name in names.items()}
    return ", ".join(f"{labels[plan]} {shown(value)}" for plan, value in values.items())


def shown(value: Any) -> str:
    """A value in words."""
    return f"{value:,.12g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def repeated(names: Iterable[str]) -> set[str]:
    """The names that occur more than once."""
    names = list(names)
    return {name for name in names if names.count(name) > 1}
