"""Random values of a plan's parameters: between low and high, correlated by tag, repeatable by seed.

Every leaf with a range is uncertain. Two leaves of one tag move together: with probability sqrt(r) a leaf takes the common
position of its tag instead of its own, which keeps its distribution as it is and gives pairs of leaves the rank correlation r.
Every parameter has random numbers of its own, so that variants of a plan see the same draws wherever they share a parameter.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from imis_plan.scenario.leaf import Leaf
from imis_plan.scenario.plan import Plan

PAY, PRICES, VOLUMES = "pay", "prices", "volumes"
VOLUME_GROUPS = frozenset({"claims", "coverage", "enrolment", "population"})
# PERT: mean (low + 4 mode + high) / 6, as a beta distribution.
PERT_WEIGHT = 4
TABLE = 1025


def uncertain(plan: Plan) -> tuple[Leaf, ...]:
    """Leaves that nobody knows for certain: a range wider than nothing that is not a range of choice.

    Paths given as lists, choices, switches and histories are certain.
    """
    return tuple(leaf for leaf in ranged(plan) if not leaf.decision)


def ranged(plan: Plan) -> tuple[Leaf, ...]:
    """Leaves with a range wider than nothing, decisions included."""
    numbers = (leaf for leaf in plan.leaves.values() if leaf.kind in ("number", "path") and not isinstance(leaf.value, tuple))
    return tuple(leaf for leaf in numbers if leaf.low is not None and leaf.high is not None and leaf.low < leaf.high)


def tag(leaf: Leaf) -> str:
    """What a leaf moves together with: its own tag, else pay, else the prices of its currency, else volumes; "" for nothing."""
    if leaf.tag:
        return leaf.tag
    if leaf.path.startswith("roles.") and leaf.path.endswith(".pay"):
        return PAY
    if leaf.currency:
        return f"{PRICES} {leaf.currency}"
    return VOLUMES if leaf.path.partition(".")[0] in VOLUME_GROUPS else ""


def correlation(plan: Plan, name: str) -> float:
    """Rank correlation between two leaves of a tag; a tag of the scenario's own counts as prices. [1]"""
    known = name if name in (PAY, VOLUMES) else PRICES
    return float(plan[f"uncertainty.correlation_{known}"]) if name else 0.0


def stream(seed: int, piece: int, name: str) -> np.random.Generator:
    """Random numbers of one parameter, or of one tag, in one piece: the same in every variant of a plan."""
    return np.random.default_rng((seed, piece, crc32(name.encode())))


def spread(rng: np.random.Generator, draws: int, design: str) -> np.ndarray:
    """Positions of one parameter: at random, or one in each of as many equal parts (a Latin hypercube). Shape (draws,). [1]"""
    if design == "random":
        return rng.random(draws)
    return (rng.permutation(draws) + rng.random(draws)) / draws


def positions(leaves: tuple[Leaf, ...], ties: Mapping[str, float], seed: int, piece: int, draws: int, design: str) -> np.ndarray:
    """Positions of the leaves between 0 and 1, tied by tag. Shape (leaves, draws). [1]

    ties : tag -> rank correlation of two leaves of the tag. [1]
    """
    common = {name: stream(seed, piece, name).random(draws) for name in ties}
    rows = np.empty((len(leaves), draws))
    for row, leaf in zip(rows, leaves, strict=True):
        rng, tie = stream(seed, piece, leaf.path), ties.get(tag(leaf), 0.0) ** 0.5
        row[:] = spread(rng, draws, design)
        if tie:
            np.copyto(row, common[tag(leaf)], where=rng.random(draws, dtype=np.float32) < tie)
    return rows


def triangular(u: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of the triangular distribution. [unit of mode]"""
    width, rising, falling = high - low, mode - low, high - mode
    below = u * width < rising
    distance = np.sqrt(np.where(below, u * (width * rising), (1 - u) * (width * falling)))
    return np.where(below, low + distance, high - distance)


def pert(u: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of the PERT distribution, from a table of 1,025 of them. [unit of mode]"""
    return np.interp(u, np.linspace(0, 1, TABLE), pert_table(low, mode, high))


@lru_cache(maxsize=4096)
def pert_table(low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of the PERT distribution at even steps of probability. Shape (1025,). [unit of mode]"""
    from scipy.special import betaincinv  # takes a moment to import, and most users stay with triangles

    a = 1 + PERT_WEIGHT * (mode - low) / (high - low)
    b = 1 + PERT_WEIGHT * (high - mode) / (high - low)
    return low + (high - low) * betaincinv(a, b, np.linspace(0, 1, TABLE))


DISTRIBUTIONS = {"triangular": triangular, "pert": pert}


def drawn(plan: Plan, base: Mapping[str, Any], u: np.ndarray) -> dict[str, Any]:
    """Parameter values for `evaluate`, with the uncertain ones at the given positions. Series have shape (horizon, draws or 1).

    base : values of the point (`imis_plan.model.evaluate.inputs`). u : positions, shape (leaves, draws).
    """
    quantile = DISTRIBUTIONS[plan["uncertainty.distribution"]]
    leaves = uncertain(plan)
    values = {leaf.path: quantile(row, *three_points(leaf)) for row, leaf in zip(u, leaves, strict=True)}
    return at(plan, base, values)


def three_points(leaf: Leaf) -> tuple[float, float, float]:
    """Low, value and high of a leaf. Raises ValueError for one without a range. [unit of the leaf]"""
    if leaf.low is None or leaf.high is None:
        raise ValueError(f"{leaf.path} has no range")
    return leaf.low, float(leaf.value), leaf.high


def at(plan: Plan, base: Mapping[str, Any], values: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Parameter values for `evaluate` with some leaves replaced by draws. path -> shape (draws,)."""
    result = {name: value[:, None] if isinstance(value, np.ndarray) else value for name, value in base.items()}
    for path, draws in values.items():
        leaf = plan.leaves[path]
        whole = np.rint(draws) if leaf.integer else draws
        result[path] = whole * (1 + (leaf.growth or 0.0)) ** result["t"] if leaf.kind == "path" else whole
    return result
