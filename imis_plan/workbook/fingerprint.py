"""A short mark of the parameters behind a workbook, by which an import knows whether they are still the same."""

import hashlib
import json
from typing import Any

from imis_plan.scenario.parameter import Leaf
from imis_plan.workbook.starting_point import State, as_data

LENGTH = 16


def fingerprint(state: State) -> str:
    """The mark of a state: of every value, price year and unit of the scenario and its options, and of the rules of funding."""
    said: dict[str, Any] = {path: told(leaf) for path, leaf in state.base.leaves.items()}
    said |= {f"{name}/{path}": told(leaf) for name, leaves in state.variants.items() for path, leaf in leaves.items()}
    said["funding"] = [dict(rule) for rule in state.base.funding]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def told(leaf: Leaf) -> dict[str, Any]:
    """What a formula sees of a leaf."""
    return {key: value for key, value in as_data(leaf).items() if key != "source"}
