"""Contingency factors: shares of base cost by kind and year that raise a budget to its expected cost or to a percentile."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from imis_plan.model.memoize import memoize
from imis_plan.model.plan_content import content_hash
from imis_plan.model.simulated_cost import KINDS, SimulatedCost, simulated_cost, simulated_plan
from imis_plan.scenario.plan import Plan

EXPECTED, PERCENTILE = "expected", "percentile"
SIMULATED = (EXPECTED, PERCENTILE)
# Decimals of a share: few enough for a spreadsheet to hold the same number, enough for amounts to the cent.
DIGITS = 12
# Weights that add up to less do not say where a reserve belongs.
CENT = 0.01


@dataclass(frozen=True, eq=False)
class ContingencyFactors:
    """Shares of base cost that a contingency adds.

    scenario, option : the plan that was simulated. content : hash of what its simulation depends on.
    shares : kind -> share by year, from the first one. [1]
    means : kind -> share of all years together, which holds for years that the simulated plan does not have. [1]
    """

    scenario: str
    option: str | None
    content: bytes
    shares: Mapping[str, tuple[float, ...]]
    means: Mapping[str, float]

    def share(self, kind: str, t: int) -> float:
        """Share of the base cost of a kind in a year, t years after the first. [1]"""
        return self.shares[kind][t] if 0 <= t < len(self.shares[kind]) else self.means[kind]


@memoize
def contingency_factors(plan: Plan) -> ContingencyFactors:
    """The contingency factors of a plan, by its method."""
    of = simulated_plan(plan)
    return factors_from(simulated_cost(of), of, plan["contingency.method"], plan["contingency.percentile"])


def factors_from(cost: SimulatedCost, of: Plan, method: str, percentile: float) -> ContingencyFactors:
    """Contingency factors from a simulation. of : the plan that was simulated. percentile : used by that method. [1]"""
    excess = cost.mean - cost.point
    reserve, weights = float(excess.sum()), excess
    if method == PERCENTILE:
        reserve, weights = cost.percentile(percentile) - float(cost.point.sum()), cost.spread
    shares, means = distributed_shares(max(reserve, 0.0), weights, cost.point)
    return ContingencyFactors(
        of.name,
        of.option,
        content_hash(of),
        MappingProxyType({kind: tuple(row) for kind, row in zip(KINDS, shares.tolist(), strict=True)}),
        MappingProxyType(dict(zip(KINDS, means.tolist(), strict=True))),
    )


def distributed_shares(reserve: float, weights: np.ndarray, base: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A reserve as shares of base cost by kind and year, and of each kind over all years. Shapes (kinds, horizon), (kinds,). [1]

    Each kind and year gets a part in proportion to its weight: at least 0, at most its base cost, so that no year with little
    base cost gets a share that another plan could not bear. Shares times base cost add up to the reserve.
    A kind without base cost in a year has its share of all years.

    reserve : what to add in all. weights : excess or standard deviation by kind and year. base : base cost. [money]
    """
    parts = np.clip(weights, 0.0, base)
    if parts.sum() < CENT:
        parts = base
    scale = reserve / parts.sum() if parts.sum() else 0.0
    amounts, cost = parts * scale, base.sum(axis=1)
    whole = amounts.sum() / cost.sum() if cost.sum() else 0.0
    means = np.where(cost > 0, amounts.sum(axis=1) / np.where(cost > 0, cost, 1.0), whole)
    shares = np.where(base > 0, amounts / np.where(base > 0, base, 1.0), means[:, None])
    return shares.round(DIGITS), means.round(DIGITS)
