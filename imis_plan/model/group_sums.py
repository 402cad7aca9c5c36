"""Sums by group, in a fraction of the time of a group-by of pandas."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np

Group = TypeVar("Group", bound=Hashable)


def group_sums(groups: Iterable[Group], amounts: Iterable[float]) -> dict[Group, float]:
    """The sum of the amounts of each group, exactly that of pandas, in the order in which the groups come first. [their money]"""
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


def sums_of_rows(groups: Sequence[Group], rows: np.ndarray) -> dict[Group, np.ndarray]:
    """The sums of the rows of each group, in the order in which the groups come first. Shapes (columns,). [their money]

    rows : shape (groups, columns). They are added one after the other, in their order.
    """
    places = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    at = np.array([places[group] for group in groups], dtype=int)
    sums = [np.bincount(at, weights=column, minlength=len(places)) for column in rows.T]
    return dict(zip(places, np.array(sums).T, strict=True))
