"""The context in which parameters are checked: units, sources and the currency of the scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imis_plan.scenario.units import Units


@dataclass(frozen=True)
class CheckContext:
    """What parameters are checked against."""

    units: Units
    sources: Mapping[str, Any]
    currency: str = "LCU"
