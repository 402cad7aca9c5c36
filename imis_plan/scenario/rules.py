"""What parameters are checked against: units, sources and the currency of the scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imis_plan.scenario.units import Units


@dataclass(frozen=True)
class Rules:
    """What parameters are checked against."""

    units: Units
    sources: Mapping[str, Any]
    currency: str = "LCU"
