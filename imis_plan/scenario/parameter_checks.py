"""Checks of a parameter (unit, value, range, growth) and of parameters together. Every problem is found, not only the first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from imis_plan.facts.fiscal_calendar import parse_start
from imis_plan.problems import Problem, key_problem, suggestion
from imis_plan.scenario.fields import YEARS, is_finite
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.units import Units, money_unit
from imis_plan.scenario.whole_numbers import whole_readings
from imis_plan.sentence import Digits, Unit, one_of, sentence

HORIZON, BASE_YEAR = "time.horizon", "time.base_year"
MONTH_DAY = "month-day"
# Acts on pay hold from a day within a year and are no means of years.
NEVER_FISCAL = ("money.pay_rises",)
PLAIN_NUMBER = sentence("a number without quotes, separators or %")


@dataclass(frozen=True)
class Rules:
    """What parameters are checked against."""

    units: Units
    sources: Mapping[str, Any]
    currency: str = "LCU"


def parameter_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """Problems with the unit and the value of a parameter."""
    yield from unit_problems(parameter, rules.units)
    if parameter.value is not None:
        value_problems = list(VALUE_CHECKS[parameter.kind](parameter, rules))
        yield from value_problems or (
            *range_problems(parameter, rules.units),
            *distribution_problems(parameter),
            *growth_problems(parameter),
            *years_problems(parameter),
        )


def has_valid_value(parameter: Parameter, rules: Rules) -> bool:
    """Whether the value of a parameter is of its kind and within its bounds."""
    return parameter.value is not None and not any(True for _ in VALUE_CHECKS[parameter.kind](parameter, rules))


def unit_problems(parameter: Parameter, units: Units) -> Iterator[Problem]:
    """A unit that is missing or not in the list, or a missing description."""
    if not parameter.unit:
        yield key_problem("unit", "no unit", "give a unit of units.yaml")
    elif not units.parse(parameter.unit):
        yield key_problem("unit", "unknown unit", units.suggestion(parameter.unit), parameter.unit)
    if not parameter.description:
        yield key_problem("description", "no description", "describe the value in a sentence")


def unit_mismatch(base: Parameter, parameter: Parameter, units: Units) -> Iterator[Problem]:
    """A unit that differs from the declared one in more than the currency."""
    declared, given = units.parse(base.unit), units.parse(parameter.unit)
    if declared and given and (declared.per, bool(declared.currency)) != (given.per, bool(given.currency)):
        remedy = base.unit if not declared.currency else money_unit(given.currency or declared.currency, declared.per)
        yield key_problem(
            "unit",
            sentence("the declared unit is {unit}", unit=base.unit),
            sentence("give the value in {remedy}", remedy=remedy),
            parameter.unit,
        )


def number_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """A value that is not a number, or out of bounds."""
    yield from single_number_problems(parameter, parameter.value, rules.units)


def single_number_problems(parameter: Parameter, value: Any, units: Units, key: str = "value") -> Iterator[Problem]:
    """The first problem with one number of a parameter."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield key_problem(key, "not a number", sentence("give {number}", number=PLAIN_NUMBER), value)
    elif not is_finite(value):
        yield key_problem(key, "not a finite number", sentence("give {number}", number=PLAIN_NUMBER), value)
    elif parameter.integer and value != int(value):
        yield key_problem(key, "not a whole number", sentence("give a whole number [{unit}]", unit=Unit(parameter.unit)), value)
    elif units.is_whole(parameter.unit) and value != int(value):
        yield key_problem(
            key,
            sentence("not a whole number [{unit}]", unit=Unit(parameter.unit)),
            sentence("give {names}", names=one_of(whole_readings(value))),
            value,
        )
    else:
        yield from bound_problems(parameter, value, units, key)


def bound_problems(parameter: Parameter, value: float, units: Units, key: str) -> Iterator[Problem]:
    """A number below or above the bounds of its parameter or unit."""
    low, high = bounds(parameter, units)
    prefix = sentence("a price of ") if parameter.currency else ""
    if low is not None and value < low:
        yield key_problem(
            key,
            sentence("below {low}", low=Digits(f"{low:.12g}")),
            sentence("give {prefix}{range}", prefix=prefix, range=range_text(low, high)),
            value,
        )
    if high is not None and value > high:
        yield key_problem(
            key,
            sentence("above {high}", high=Digits(f"{high:.12g}")),
            sentence("give {prefix}{range}", prefix=prefix, range=range_text(low, high)),
            value,
        )


def range_text(low: float | None, high: float | None) -> str:
    """Bounds as text, as they are typed into a file: with a decimal point in every language."""
    ends = {name: f"{end:.12g}" for name, end in (("low", low), ("high", high)) if end is not None}
    if low is not None and high is not None:
        return sentence("{low} to {high}", **ends)
    return sentence("{low} or more", **ends) if low is not None else sentence("{high} or less", **ends)


def bounds(parameter: Parameter, units: Units) -> tuple[float | None, float | None]:
    """Lowest and highest allowed value: the parameter's own, or else its unit's; money is 0 or more."""
    measure = units.measures.get(parameter.unit)
    low, high = (measure.min, measure.max) if measure else (0 if parameter.currency else None, None)
    return (low if parameter.min is None else parameter.min), (high if parameter.max is None else parameter.max)


def path_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """A wrong number in a path by year. Its length is checked when the horizon is known."""
    for value in parameter.value if isinstance(parameter.value, tuple) else (parameter.value,):
        yield from single_number_problems(parameter, value, rules.units)


def path_length_problems(parameter: Parameter, horizon: int) -> Iterator[Problem]:
    """A path by year with fewer numbers than the plan has years."""
    if parameter.kind == "path" and isinstance(parameter.value, tuple) and len(parameter.value) < horizon:
        message = sentence("{count} numbers for {horizon} years", count=len(parameter.value), horizon=horizon)
        yield key_problem(
            "value", message, sentence("give {horizon} numbers, or one number with growth", horizon=horizon), parameter.value
        )


def history_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """A history that is not a mapping from year to number."""
    if not isinstance(parameter.value, Mapping) or not (parameter.value or parameter.may_be_empty):
        yield key_problem(
            "value",
            "not a mapping from year to number",
            sentence("write it as {example}", example="{2023: 4.1, 2024: 3.8}"),
            parameter.value,
        )
        return
    for year, value in parameter.value.items():
        if year not in YEARS:
            yield key_problem("value", sentence("{year} is not a year", year=year), "give a year such as 2024")
        yield from single_number_problems(parameter, value, rules.units)


def table_problems(parameter: Parameter, rules: Rules) -> Iterator[Problem]:
    """A table that is not a list of numbers."""
    if not isinstance(parameter.value, tuple) or not parameter.value:
        yield key_problem("value", "not a list", "write it as [2, 4, 8]", parameter.value)
        return
    for value in parameter.value:
        yield from single_number_problems(parameter, value, rules.units)


def choice_problems(parameter: Parameter, _: Rules) -> Iterator[Problem]:
    """A value that is not among the choices, or no month and day."""
    if parameter.unit == MONTH_DAY:
        try:
            parse_start(str(parameter.value))
        except ValueError as error:
            yield key_problem("value", str(error), 'give month and day, as in "07-01"', parameter.value)
    elif parameter.value not in parameter.choices:
        yield key_problem("value", "not an allowed value", suggestion(parameter.value, parameter.choices), parameter.value)


def flag_problems(parameter: Parameter, _: Rules) -> Iterator[Problem]:
    """A flag that is neither true nor false."""
    if not isinstance(parameter.value, bool):
        yield key_problem("value", "neither true nor false", "give true or false, without quotes", parameter.value)


def range_problems(parameter: Parameter, units: Units) -> Iterator[Problem]:
    """A range of a value that is not one number, or that is incomplete, out of bounds or without the value in it."""
    ends = {key: end for key, end in (("low", parameter.low), ("high", parameter.high)) if end is not None}
    for key, end in ends.items():
        if not is_single_number(parameter):
            yield key_problem(key, "a range for a value that is not a single number", "remove low and high", end)
            return
        if len(ends) == 1:
            other = "high" if key == "low" else "low"
            yield key_problem(key, sentence("{key} without {other}", key=key, other=other), "give both low and high", end)
        yield from single_number_problems(parameter, end, units, key)
        yield from order_problems(key, end, parameter.value)


def order_problems(key: str, end: float, value: float) -> Iterator[Problem]:
    """A low above the value, or a high below it."""
    if end > value if key == "low" else end < value:
        what = (
            sentence("above the value {value}", value=value) if key == "low" else sentence("below the value {value}", value=value)
        )
        yield key_problem(key, what, "keep low <= value <= high", end)


def distribution_problems(parameter: Parameter) -> Iterator[Problem]:
    """A distribution that the range does not allow, or a median that is at an end of its range."""
    if not is_single_number(parameter) or parameter.low is None or parameter.high is None or parameter.low == parameter.high:
        return
    distribution = parameter.distribution
    if distribution in ("log_triangular", "logit_triangular") and parameter.low <= 0:
        yield key_problem(
            "distribution",
            sentence("low is {low}", low=f"{parameter.low:.12g}"),
            "give a low above 0, or triangular or pert",
            distribution,
        )
    if distribution == "logit_triangular" and parameter.high >= 1:
        yield key_problem(
            "distribution",
            sentence("high is {high}", high=f"{parameter.high:.12g}"),
            "give a high below 1, or another distribution",
            distribution,
        )
    if parameter.value_is == "median":
        if distribution == "pert":
            yield key_problem("distribution", "PERT has its mode at the value", "remove distribution, or value_is", distribution)
        if parameter.value in (parameter.low, parameter.high):
            yield key_problem("value_is", "the value is an end of its range", "give low < value < high", parameter.value_is)


def is_single_number(parameter: Parameter) -> bool:
    """Whether the value is one number, so that it can have a range."""
    return parameter.kind in ("number", "path") and not isinstance(parameter.value, tuple)


def growth_problems(parameter: Parameter) -> Iterator[Problem]:
    """A growth rate of -1 or less, or of a value that is not a single yearly number."""
    if parameter.growth is not None and (parameter.kind != "path" or isinstance(parameter.value, tuple)):
        yield key_problem("growth", "growth needs a single number by year", "remove growth", parameter.growth)
    elif parameter.growth is not None and parameter.growth <= -1:
        yield key_problem("growth", "-1 or less", "give a change per year such as 0.02", parameter.growth)


def years_problems(parameter: Parameter) -> Iterator[Problem]:
    """Fiscal years of a value that is not a series of yearly means; lists by budget year are always by fiscal year."""
    if parameter.years is not None and (parameter.kind != "history" or parameter.path in NEVER_FISCAL):
        remedy = sentence("remove years: only mappings from year to inflation or to an exchange rate have a choice of years")
        yield key_problem("years", "does not apply to this value", remedy, parameter.years)


def short_path_problems(parameters: Mapping[str, Parameter]) -> Iterator[Problem]:
    """Lists with fewer numbers than the plan has years, in any file."""
    horizon = parameters[HORIZON].value if HORIZON in parameters else None
    if isinstance(horizon, int):
        for parameter in parameters.values():
            for problem in path_length_problems(parameter, horizon):
                yield problem.located(parameter.file, parameter.line, parameter.path)


VALUE_CHECKS = {
    "number": number_problems,
    "path": path_problems,
    "history": history_problems,
    "table": table_problems,
    "choice": choice_problems,
    "flag": flag_problems,
}
