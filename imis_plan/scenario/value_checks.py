"""Checks of a value by its kind: number, path by year, history, table, choice or flag."""

from collections.abc import Iterator, Mapping
from typing import Any

from imis_plan.facts.fiscal_calendar import parse_start
from imis_plan.problems import Problem, key_problem, suggestion
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.fields import YEARS, is_finite
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.units import Units
from imis_plan.scenario.whole_numbers import whole_readings
from imis_plan.sentence import Unit, one_of, sentence

MONTH_DAY = "month-day"
PLAIN_NUMBER = sentence("a number without quotes, separators or %")


def has_valid_value(parameter: Parameter, rules: CheckContext) -> bool:
    """Whether the value of a parameter is of its kind and within its bounds."""
    return parameter.value is not None and not any(True for _ in VALUE_CHECKS[parameter.kind](parameter, rules))


def number_problems(parameter: Parameter, rules: CheckContext) -> Iterator[Problem]:
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
    """A number below or above the bounds of its parameter or unit. Both are written as YAML has them, in every language."""
    low, high = bounds(parameter, units)
    prefix = sentence("a price of ") if parameter.currency else ""
    if low is not None and value < low:
        yield key_problem(
            key,
            sentence("below {low}", low=f"{low:.12g}"),
            sentence("give {prefix}{range}", prefix=prefix, range=range_text(low, high)),
            value,
        )
    if high is not None and value > high:
        yield key_problem(
            key,
            sentence("above {high}", high=f"{high:.12g}"),
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


def path_problems(parameter: Parameter, rules: CheckContext) -> Iterator[Problem]:
    """A wrong number in a path by year. Its length is checked when the horizon is known."""
    for value in parameter.value if isinstance(parameter.value, tuple) else (parameter.value,):
        yield from single_number_problems(parameter, value, rules.units)


def history_problems(parameter: Parameter, rules: CheckContext) -> Iterator[Problem]:
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


def table_problems(parameter: Parameter, rules: CheckContext) -> Iterator[Problem]:
    """A table that is not a list of numbers."""
    if not isinstance(parameter.value, tuple) or not parameter.value:
        yield key_problem("value", "not a list", "write it as [2, 4, 8]", parameter.value)
        return
    for value in parameter.value:
        yield from single_number_problems(parameter, value, rules.units)


def choice_problems(parameter: Parameter, _: CheckContext) -> Iterator[Problem]:
    """A value that is not among the choices, or no month and day."""
    if parameter.unit == MONTH_DAY:
        try:
            parse_start(str(parameter.value))
        except ValueError as error:
            yield key_problem("value", str(error), 'give month and day, as in "07-01"', parameter.value)
    elif parameter.value not in parameter.choices:
        yield key_problem("value", "not an allowed value", suggestion(parameter.value, parameter.choices), parameter.value)


def flag_problems(parameter: Parameter, _: CheckContext) -> Iterator[Problem]:
    """A flag that is neither true nor false."""
    if not isinstance(parameter.value, bool):
        yield key_problem("value", "neither true nor false", "give true or false, without quotes", parameter.value)


VALUE_CHECKS = {
    "number": number_problems,
    "path": path_problems,
    "history": history_problems,
    "table": table_problems,
    "choice": choice_problems,
    "flag": flag_problems,
}
