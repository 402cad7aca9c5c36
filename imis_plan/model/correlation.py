"""Groups of parameters that vary together, from `correlation_groups.yaml`: members, their signs, and the correlation."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan

PAY, PRICES, VOLUMES, DIGITAL = "pay", "prices", "volumes", "digital"
REVERSED = "-"


class Membership(NamedTuple):
    """The group of a parameter, "" for none, and the sign with which it belongs to it: +1 or -1."""

    group: str
    sign: int


NO_GROUP = Membership("", 1)


@cache
def groups() -> Mapping[str, Mapping[str, Any]]:
    """The groups of the package by name: correlation, why, and members or not_members."""
    return yaml.safe_load((files("imis_plan.model") / "correlation_groups.yaml").read_text(encoding="utf-8"))


def membership(parameter: Parameter) -> Membership:
    """The group of a parameter: its own tag, else the group that names it, else the prices of its currency."""
    return find_membership(parameter.path, parameter.tag or "", parameter.currency or "")


@cache
def find_membership(path: str, tag: str, currency: str) -> Membership:
    """The group of a path with a tag, or of a price in a currency."""
    if tag:
        return Membership(tag.removeprefix(REVERSED).strip(), -1 if tag.startswith(REVERSED) else 1)
    for name, group in groups().items():
        for pattern, member in group.get("members", {}).items():
            if fnmatchcase(path, pattern):
                return Membership(name, member["sign"])
    is_price = currency and path not in groups()[PRICES]["not_members"]
    return Membership(f"{PRICES} {currency}", 1) if is_price else NO_GROUP


def group_correlation(plan: Plan, name: str) -> float:
    """Rank correlation between two parameters of a group, by absolute value; a tag of a scenario counts as prices. [1]"""
    group = groups().get(name, groups()[PRICES])
    return float(plan[group["correlation"]]) if name else 0.0
