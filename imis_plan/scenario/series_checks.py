"""Checks of series by year: percent given for shares, and exchange rates across a redenomination of the currency."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from imis_plan.problems import Problem, key_problem
from imis_plan.scenario.fields import is_finite
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.units import Units
from imis_plan.sentence import sentence

RATE = "1/year"
# Rates of 100 % a year and more are real in some years of some countries, and rarely in most years of a series.
HIGH_RATE = 1.0
# The part of a power of ten by which a jump may miss it: rates of the same year differ by so much.
NEAR = 0.15
# In more years, a slow devaluation may come to ten times.
FEW_YEARS = 2
# Their values are read in tests: nobody is asked about them.
SHARED_LAYERS = ("defaults", "facts")
SERIES_KINDS = ("history", "path")


def percent_warnings(parameters: Mapping[str, Parameter]) -> Iterator[Problem]:
    """A warning for each yearly rate of a scenario with most values above 1: 7.7 in place of 0.077.

    Values of the defaults, and of facts that scenarios share, are not asked about: their source is read in a test.
    """
    for parameter in parameters.values():
        if parameter.layer not in SHARED_LAYERS and parameter.unit == RATE and parameter.kind in SERIES_KINDS:
            numbers = [number for number in numbers_of(parameter.value) if number is not None]
            high = [number for number in numbers if number > HIGH_RATE]
            if len(high) * 2 > len(numbers):
                message = sentence(
                    "{count} of {total} values are above 1, which is 100 %: percent?", count=len(high), total=len(numbers)
                )
                remedy = sentence(
                    "write {high} % as {share}, or keep the values if prices rise that fast",
                    high=f"{high[0]:g}",
                    share=f"{high[0] / 100:g}",
                )
                yield Problem(parameter.file, parameter.line, parameter.path, message, remedy, warning=True)


def numbers_of(value: Any) -> list[float | None]:
    """The values of a series; None for what is no number."""
    found = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
    return [each if isinstance(each, int | float) and not isinstance(each, bool) and is_finite(each) else None for each in found]


def break_problems(parameter: Parameter, units: Units) -> Iterator[Problem]:
    """A fall of an exchange rate to about a tenth or a hundredth: no currency gains so much, but a new one has fewer zeros."""
    for earlier, later, power in breaks(parameter, units):
        if power < 0:
            yield key_problem("value", *break_text(parameter, earlier, later, power))


def break_warnings(parameters: Mapping[str, Parameter], units: Units) -> Iterator[Problem]:
    """A warning for a rise of an exchange rate to about ten times, a hundred times ...: a devaluation, or other zeros."""
    for parameter in parameters.values():
        if parameter.layer in SHARED_LAYERS:
            continue
        for earlier, later, power in breaks(parameter, units):
            if power > 0 and later - earlier <= FEW_YEARS:
                message, remedy = break_text(parameter, earlier, later, power)
                yield Problem(parameter.file, parameter.line, parameter.path, message, remedy, warning=True)


def breaks(parameter: Parameter, units: Units) -> Iterator[tuple[int, int, int]]:
    """Years before and after each jump of an exchange rate by about a power of ten, and the power."""
    unit = units.parse(parameter.unit)
    if parameter.kind != "history" or not isinstance(parameter.value, Mapping) or not unit or unit.per not in units.currencies:
        return
    if not all(isinstance(year, int) for year in parameter.value) or None in numbers_of(parameter.value):
        return  # a problem of its own
    for (earlier, before), (later, after) in pairwise(sorted(parameter.value.items())):
        jump = math.log10(after) - math.log10(before) if before > 0 and after > 0 else 0.0
        if round(jump) and abs(jump - round(jump)) < NEAR:
            yield earlier, later, round(jump)


def break_text(parameter: Parameter, earlier: int, later: int, power: int) -> tuple[str, str]:
    """What a jump may mean, and what would be right."""
    before, after = parameter.value[earlier], parameter.value[later]
    times = f"{10 ** abs(power):,}"
    message = sentence(
        "from {before} in {earlier} to {after} in {later}: was the currency redenominated?",
        before=f"{before:g}",
        earlier=earlier,
        after=f"{after:g}",
        later=later,
    )
    how = f"divide those up to {earlier} by {times}" if power < 0 else f"divide those from {later} on by {times}"
    doubt = "" if power < 0 else ", unless it was devalued that much"
    return message, f"give all years in the same money ({how}), and prices of the time before, too{doubt}"
