"""Typical values within the limits that other parameters determine, so that a draft does not contradict itself."""

from collections.abc import Mapping
from dataclasses import replace
from math import floor
from typing import Any

from imis_plan.scenario.open_questions import OPEN
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.relation_checks import TOLERANCE, Excess, excess_over

Data = Mapping[str, Any]


def within_limits(found: Mapping[str, Data], declared: Mapping[str, Parameter]) -> dict[str, Data]:
    """What a file says of its parameters, by path, with every typical value at most as high as its limits."""
    result, values = dict(found), {**declared, **{path: with_value(declared[path], data) for path, data in found.items()}}
    # A lower value lowers the limits of others, so that all are looked at again.
    while excesses := [each for path, data in result.items() if data["value"] == OPEN and (each := first_excess(path, values))]:
        for excess in excesses:
            path = excess.parameter.path
            result[path] = lowered(result[path], excess)
            values[path] = with_value(declared[path], result[path])
    return result


def with_value(parameter: Parameter, data: Data) -> Parameter:
    """A parameter with the value of a file; the typical one for an open question."""
    value = data.get("typical") if data["value"] == OPEN else data["value"]
    return replace(parameter, value=tuple(value) if isinstance(value, list) else value)


def first_excess(path: str, values: Mapping[str, Parameter]) -> Excess | None:
    """The excess of a parameter over the first of its limits that it exceeds."""
    return next(filter(None, (excess_over(values[path], relation, values) for relation in values[path].at_most)), None)


def lowered(data: Data, excess: Excess) -> Data:
    """An open question with a typical value at its limit, and the limit in its source."""
    whole = isinstance(data["typical"], int)
    most = floor(excess.limit + TOLERANCE * abs(excess.limit)) if whole else excess.limit
    ends = {"low": min(data["low"], most), "high": most} if "low" in data else {}
    return {**data, "typical": most, **ends, "source": f"{data['source']}; \N{LESS-THAN OR EQUAL TO} {excess.relation.limit}"}
