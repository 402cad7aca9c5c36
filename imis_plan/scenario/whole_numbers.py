"""Whole numbers: 5.0 is 5 where no fraction is possible, and what a count with a fraction may mean."""

import math
from dataclasses import replace
from typing import Any

from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.units import Units

ROUNDING_ERROR = 1e-6
THOUSAND = 1000


def with_whole_numbers(parameter: Parameter, units: Units) -> Parameter:
    """A parameter with 5 in place of 5.0 where only whole numbers are possible: spreadsheets and programs write it so."""
    if not (parameter.integer or units.is_whole(parameter.unit)):
        return parameter
    value = parameter.value
    if isinstance(value, tuple):
        return replace(parameter, value=tuple(map(as_whole, value)))
    return replace(parameter, value=as_whole(value)) if isinstance(value, float) and value.is_integer() else parameter


def as_whole(value: Any) -> Any:
    """A number without a fraction as an integer; everything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def whole_readings(value: float) -> list[str]:
    """What a count with a fraction may mean: 719.859 is 719859, written with a separator of thousands, or 720."""
    thousands = round(value * THOUSAND)
    grouped = 1 <= abs(value) < THOUSAND and abs(thousands - value * THOUSAND) < ROUNDING_ERROR
    return [*([f"{thousands}"] if grouped else []), f"{math.floor(value + 0.5)}"]
