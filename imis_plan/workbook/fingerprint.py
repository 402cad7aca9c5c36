"""A short mark of the parameters behind a workbook, by which an import knows whether they are still the same."""

import hashlib
import json
from typing import Any

from imis_plan.scenario.parameter import Parameter
from imis_plan.workbook.starting_point import State, as_data

LENGTH = 16


def fingerprint(state: State) -> str:
    """The mark of a state: of every value, price year and unit of the scenario and its options, and of the rules of funding."""
    said: dict[str, Any] = {path: told(parameter) for path, parameter in state.base.parameters.items()}
    said |= {
        f"{name}/{path}": told(parameter) for name, parameters in state.variants.items() for path, parameter in parameters.items()
    }
    said["funding"] = [dict(rule) for rule in state.base.funding]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def told(parameter: Parameter) -> dict[str, Any]:
    """What a formula sees of a parameter."""
    return {key: value for key, value in as_data(parameter).items() if key != "source"}
