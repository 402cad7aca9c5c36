"""A hash of the parameters behind a workbook, by which an import detects that they have changed since the export."""

import hashlib
import json
from typing import Any

from imis_plan.scenario.parameter import Parameter
from imis_plan.workbook.starting_point import StartingPoint, override_data

LENGTH = 16


def fingerprint(start: StartingPoint) -> str:
    """Hash of every value, price year and unit of the scenario and its options, of its funding rules, lines and types."""
    content: dict[str, Any] = {path: formula_data(parameter) for path, parameter in start.base.parameters.items()}
    content |= {
        f"{name}/{path}": formula_data(parameter)
        for name, parameters in start.variants.items()
        for path, parameter in parameters.items()
    }
    if start.base.lines:
        content["lines"] = [repr(line) for line in start.base.lines.values()]
    if start.base.facility_types:
        content["facility_types"] = [repr(each) for each in start.base.facility_types.items()]
    content["funding"] = [dict(rule) for rule in start.base.funding]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def formula_data(parameter: Parameter) -> dict[str, Any]:
    """The fields of a parameter that formulas depend on."""
    return {key: value for key, value in override_data(parameter).items() if key != "source"}
