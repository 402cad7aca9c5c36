"""Checks of the planning rate: against the known exchange rates, and against the parity of a pegged currency."""

from collections.abc import Iterator, Mapping
from typing import Any

from imis_plan.problems import Problem, key_problem
from imis_plan.scenario.fields import is_finite
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Parameter
from imis_plan.sentence import sentence

# An exchange rate that changes by more than this factor in a few years is probably an error.
MAX_RATE_RATIO = 5
# A shock of the planning rate moves the anchor with the currency; beyond this factor, rate and parity are of two currencies.
MAX_PARITY_RATIO = 1.5


def report_planning_rate(parameters: Mapping[str, Parameter], location: Location) -> None:
    """Report a planning rate far from the known rates, as when it is given in dollars per unit of local currency."""
    planned, known = parameters.get("money.planning_rate"), parameters.get("money.exchange_rates")
    if not (planned and known and isinstance(planned.value, float | int) and isinstance(known.value, Mapping) and known.value):
        return
    if not all(isinstance(year, int) for year in known.value):
        return  # a problem of its own
    last = known.value[max(known.value)]
    if not isinstance(last, int | float) or not (is_finite(last) and is_finite(planned.value)):
        return
    if planned.value > 0 and last > 0 and not 1 / MAX_RATE_RATIO < planned.value / last < MAX_RATE_RATIO:
        remedy = sentence(
            "the last known rate is {last}; give {unit}, units of local currency per US dollar",
            last=f"{last:g}",
            unit=planned.unit,
        )
        location.below("money", "planning_rate").report("contradicts money.exchange_rates", remedy, planned.value)


def exchange_path_problems(parameters: Mapping[str, Parameter]) -> Iterator[Problem]:
    """A path of the exchange rate that is not that of the currency: a parity far from the planning rate, or no rates given."""
    yield from parity_problems(parameters)
    yield from no_rates_problems(parameters)


def no_rates_problems(parameters: Mapping[str, Parameter]) -> Iterator[Problem]:
    """Rates as given, where none are given: those of the defaults hold their place, at one unit of local currency per dollar."""
    path, rates = parameters.get("money.exchange_path"), parameters.get("money.exchange_rate_path")
    if path and rates and path.value == "given" and rates.layer == "defaults":
        remedy = sentence("give money.exchange_rate_path, a rate for each fiscal year [{unit}]", unit=rates.unit)
        yield key_problem("value", "no rates are given", remedy, path.value).located(path.file, path.line, path.path)


def parity_problems(parameters: Mapping[str, Parameter]) -> Iterator[Problem]:
    """A planning rate far from the parity with the anchor, where the currency is pegged: one of the two is wrong."""
    names = ("exchange_path", "anchor", "parity", "planning_rate", "planning_rate_year")
    path, anchor, parity, rate, year = (parameters.get(f"money.{name}") for name in names)
    if not (path and anchor and parity and rate and year and path.value == "pegged"):
        return
    dollars = dollars_per_anchor(parameters, str(anchor.value), year.value)
    if not (dollars and isinstance(rate.value, float | int) and isinstance(parity.value, float | int) and parity.value > 0):
        return
    units = rate.value * dollars
    if not 1 / MAX_PARITY_RATIO < units / parity.value < MAX_PARITY_RATIO:
        remedy = sentence(
            "one {value} is {units} at this rate; give money.anchor and its parity, or another money.exchange_path",
            value=anchor.value,
            units=f"{units:.6g}",
        )
        problem = key_problem("value", "contradicts money.planning_rate", remedy, parity.value)
        yield problem.located(parity.file, parity.line, parity.path)


def dollars_per_anchor(parameters: Mapping[str, Parameter], anchor: str, year: Any) -> float | None:
    """Known dollars for one unit of an anchor, in a year or in the last one before it."""
    known = parameters.get(f"money.usd_per_{anchor.lower()}")
    if anchor == "USD" or known is None or not isinstance(known.value, Mapping):
        return 1.0 if anchor == "USD" else None
    years = [each for each in known.value if isinstance(year, int) and each <= year]
    return float(known.value[max(years)]) if years else None
