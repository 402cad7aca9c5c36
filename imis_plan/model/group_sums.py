"""Sums by group, exactly those of a group-by of pandas, in a fraction of its time."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

Group = TypeVar("Group", bound=Hashable)


def group_sums(groups: Iterable[Group], amounts: Iterable[float]) -> dict[Group, float]:
    """The sum of the amounts of each group, in the order in which the groups come first. [their money]"""
    parts: defaultdict[Group, list[float]] = defaultdict(list)
    for group, amount in zip(groups, amounts, strict=True):
        parts[group].append(amount)
    return {group: kahan_sum(each) for group, each in parts.items()}


def kahan_sum(amounts: Iterable[float]) -> float:
    """A compensated sum (Kahan), as in a group-by of pandas; in their currency."""
    total = lost = 0.0
    for amount in amounts:
        more = amount - lost
        now = total + more
        lost = now - total - more
        total = now
    return total
