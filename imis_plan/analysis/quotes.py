"""The prices to have quoted first: those that would remove most of the variance of the total together."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from imis_plan.analysis.samples import Samples
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.scenario.plan import Plan

# Classes of equal size into which draws are sorted by each of three prices.
JOINT_CLASSES = 10
# Number of quotes that are named, and of prices among which they are chosen.
QUOTES, CANDIDATES = 3, 8

# Number of a parameter -> its first-order index and the standard error of that (`sensitivity.class_index`).
ClassIndex = Callable[[int], tuple[float, float]]


class Quotes(NamedTuple):
    """Prices to have quoted first, and the part of the variance that knowing all of them would remove. [1]"""

    paths: tuple[str, ...]
    share: float


def quotes_first(plan: Plan, sampled: Samples, single: ClassIndex) -> Quotes:
    """The three prices whose quotes would remove most of the variance together, chosen one after the other.

    What they say about other prices of their group counts, too.
    """
    quotable = quotable_prices(plan)
    prices = [i for i, parameter in enumerate(sampled.parameters) if parameter.path in quotable]
    candidates = sorted((i for i in prices if single(i)[0]), key=lambda i: -single(i)[0])[:CANDIDATES]
    chosen: list[int] = []
    while candidates and len(chosen) < QUOTES:
        joint = {i: joint_index([sampled.position(j) for j in (*chosen, i)], sampled.total) for i in candidates}
        best = max(candidates, key=lambda i: joint[i])
        candidates.remove(best)
        chosen.append(best)
    share = joint_index([sampled.position(i) for i in chosen], sampled.total) if chosen else 0.0
    return Quotes(tuple(sampled.parameters[i].path for i in chosen), share)


def quotable_prices(plan: Plan) -> frozenset[str]:
    """Paths of the prices in the budget that a supplier can quote: neither pay nor allowances, which rules or pay scales set."""
    prices = {line.price for _component, line, _dependencies in evaluate_plan(plan).lines}
    return frozenset(
        path
        for path in prices
        if plan.parameters[path].currency and not path.startswith("roles.") and path != "capacity.per_diem"
    )


def joint_index(positions: Sequence[np.ndarray], total: np.ndarray) -> float:
    """First-order index of several parameters together: adjusted share of the variance between cells of their classes. [1]"""
    variance = total.var()
    if not variance:
        return 0.0
    cell = np.zeros(len(total), dtype=np.int64)
    for position in positions:
        rank = np.empty(len(total), dtype=np.int64)
        rank[np.argsort(position)] = np.arange(len(total))
        cell = cell * JOINT_CLASSES + rank * JOINT_CLASSES // len(total)
    count = np.bincount(cell)
    used = count > 0
    means = np.bincount(cell, weights=total)[used] / count[used]
    between = (count[used] * (means - total.mean()) ** 2).sum() / (len(total) * variance)
    degrees = len(total) - int(used.sum())
    return float(min(max(1 - (1 - between) * (len(total) - 1) / degrees, 0.0), 1.0)) if degrees > 0 else 0.0
