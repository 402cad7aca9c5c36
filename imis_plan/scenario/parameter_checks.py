"""Checks of a parameter (unit, value, range, growth) and of parameters together. Every problem is found, not only the first."""

from collections.abc import Iterator, Mapping

from imis_plan.problems import Problem, key_problem
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.units import Units, money_unit
from imis_plan.scenario.value_checks import VALUE_CHECKS, single_number_problems
from imis_plan.sentence import sentence

HORIZON, BASE_YEAR = "time.horizon", "time.base_year"
# Acts on pay hold from a day within a year and are no means of years.
NEVER_FISCAL = ("money.pay_rises",)


def parameter_problems(parameter: Parameter, rules: CheckContext) -> Iterator[Problem]:
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


def path_length_problems(parameter: Parameter, horizon: int) -> Iterator[Problem]:
    """A path by year with fewer numbers than the plan has years."""
    if parameter.kind == "path" and isinstance(parameter.value, tuple) and len(parameter.value) < horizon:
        message = sentence("{count} numbers for {horizon} years", count=len(parameter.value), horizon=horizon)
        yield key_problem(
            "value", message, sentence("give {horizon} numbers, or one number with growth", horizon=horizon), parameter.value
        )


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
