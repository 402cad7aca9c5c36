"""What moves the total: how much of its variance independent groups of parameters explain, alone and with others.

Correlated parameters are one group, so that groups are independent of each other and the variance can be divided among them
(Sobol indices; Saltelli et al. 2010). Two random samples of all parameters and, for a group, the first sample with the values of
the second one for that group give both of its indices. Parameters that are alone need no further evaluation for their first-order
index.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from imis_plan.analysis.quotes import ClassIndex, Quotes, quotable_prices, quotes_first
from imis_plan.analysis.risk import total_cost
from imis_plan.analysis.samples import SAMPLE_SIZE, Indices, Samples, evaluated_at, exchanged, samples
from imis_plan.model.correlation import group_correlation, membership
from imis_plan.model.memoize import memoize
from imis_plan.model.simulation import Simulation
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan

# Draws with which every group is tried first: a group that changes none of them does not matter.
SCREENING_SIZE = 64
# Number of groups that get a total index.
LARGEST = 4
# Classes of equal size into which draws are sorted by one parameter.
CLASSES = 32
# Number of standard errors of an index of zero below which an index is zero.
NOISE = 3.0
# Quotes that remove less of the variance than this are not the first thing to do, if something else explains more.
FEW_QUOTES = 0.1

# Indices and error of a group that the total does not depend on.
UNUSED = (0.0, 0.0, 0.0)


def independent_groups(plan: Plan, parameters: Sequence[Parameter]) -> dict[str, Indices]:
    """Groups of parameters that are independent of each other: name of a group or path -> numbers of its parameters."""
    found: dict[str, list[int]] = {}
    for i, parameter in enumerate(parameters):
        group = membership(parameter).group
        found.setdefault(group if group_correlation(plan, group) else parameter.path, []).append(i)
    return {(name if len(members) > 1 else parameters[members[0]].path): tuple(members) for name, members in found.items()}


def screened(plan: Plan, sampled: Samples, groups: dict[str, Indices]) -> dict[str, float]:
    """Rough total index of each group, from a few draws; exactly 0 for groups that the total does not depend on. [1]"""
    group_of = {i: k for k, members in enumerate(groups.values()) for i in members}
    rows = []
    for i in range(len(sampled.parameters)):
        row = np.tile(sampled.first[i][:SCREENING_SIZE], (len(groups), 1))
        row[group_of[i]] = sampled.second[i][:SCREENING_SIZE]
        rows.append(row.ravel())
    totals = total_cost(plan, evaluated_at(plan, rows)).reshape(len(groups), -1)
    effects = ((totals - sampled.first_total[:SCREENING_SIZE]) ** 2).mean(axis=1) / 2
    unchanged = np.isclose(totals, sampled.first_total[:SCREENING_SIZE], rtol=1e-12, atol=0).all(axis=1)
    return dict(zip(groups, np.where(unchanged, 0.0, effects / sampled.total.var()).tolist(), strict=True))


def exchange_indices(sampled: Samples, exchanged_total: np.ndarray) -> tuple[float, float, float]:
    """First-order index, its standard error, and total index of a group (Saltelli 2010; Jansen 1999). [1]

    exchanged_total : cost of the first sample with the group's values of the second one. Shape (draws,). [nominal LCU]
    """
    variance, change = sampled.total.var(), exchanged_total - sampled.first_total
    products = (sampled.second_total - sampled.total.mean()) * change / variance
    return float(products.mean()), float(products.std() / products.size**0.5), float((change**2).mean() / variance / 2)


def class_index(position: np.ndarray, total: np.ndarray) -> tuple[float, float]:
    """First-order index of one parameter and its standard error: variance of class means over that of all draws. [1]

    The draws are sorted by the parameter into classes of equal size; what chance alone would give is subtracted. An index within
    the noise is 0.
    """
    size, variance = len(total) // CLASSES, total.var()
    if not size or not variance:
        return 0.0, 0.0
    used = size * CLASSES
    ordered = total[np.argsort(position)][:used].reshape(CLASSES, size)
    index = float(ordered.mean(axis=1).var() / variance - (CLASSES - 1) / used)
    chance = (2 * (CLASSES - 1)) ** 0.5 / used
    error = (chance**2 + 4 * max(index, 0.0) * (1 - index) ** 2 / used) ** 0.5
    return (index, error) if index > NOISE * chance else (0.0, chance)


class Unknown(NamedTuple):
    """A group of `variance_shares`: its name, the part of the variance that it explains alone [1], and its paths."""

    name: str
    share: float
    members: tuple[str, ...]


class VarianceShares(NamedTuple):
    """The indices of all groups, the quotes to get first, and how many evaluations of the model the indices took."""

    table: pd.DataFrame
    quotes: Quotes
    evaluations: int

    @property
    def sampling_error(self) -> float:
        """Standard error of the sum of all first-order indices. [1]"""
        return float((self.table["error"] ** 2).sum() ** 0.5)


@memoize
def variance_shares(result: Simulation) -> VarianceShares:
    """How much of the variance of the total each independent group of parameters explains, largest first.

    Index of `table`: name of a group, or path of a parameter that is alone. Columns
    first : first-order index, what knowing the group alone would remove of the variance; sums to at most 1 [1]
    error : its standard error [1]
    total : total index, what would remain if all others were known; only of the largest groups, else not a number [1]
    members : paths of the group's parameters, the one that explains most first.
    """
    plan, sampled = result.plan, samples(result)
    groups, total = independent_groups(plan, sampled.parameters), sampled.total
    single = cache(lambda i: class_index(sampled.position(i), total))
    rough = screened(plan, sampled, groups) if total.var() else dict.fromkeys(groups, 0.0)
    largest = sorted(groups, key=lambda name: -rough[name])[:LARGEST]
    rows = {}
    for name, members in groups.items():
        indices, ordered = UNUSED, list(members)
        if rough[name]:
            indices = group_index(plan, sampled, members, single, with_total=name in largest)
            ordered.sort(key=lambda i: -single(i)[0])
        rows[name] = (*indices, tuple(sampled.parameters[i].path for i in ordered))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["first", "error", "total", "members"])
    count = (2 + int(table["total"].gt(0).sum())) * SAMPLE_SIZE + len(groups) * SCREENING_SIZE
    return VarianceShares(table.sort_values("first", ascending=False, kind="stable"), quotes_first(plan, sampled, single), count)


def group_index(
    plan: Plan, sampled: Samples, members: Indices, single: ClassIndex, *, with_total: bool
) -> tuple[float, float, float]:
    """First-order index, standard error and total index of a group; the last is not a number where it is not computed. [1]"""
    alone = len(members) == 1
    if alone and not with_total:
        return *single(members[0]), float("nan")
    evaluation = evaluated_at(plan, exchanged(sampled, members), sampled.shared, sampled.evaluation)
    joint, joint_error, total = exchange_indices(sampled, total_cost(plan, evaluation))
    first, error = single(members[0]) if alone else (joint, joint_error)
    return min(max(first, 0.0), total, 1.0), error, total


def to_find_out_first(result: Simulation) -> Unknown | None:
    """The largest group that no supplier can quote, where it explains more than the quotes, and these little; else None."""
    found, quotable = variance_shares(result), quotable_prices(result.plan)
    if found.quotes.share >= FEW_QUOTES:
        return None
    for row in found.table.itertuples():  # the largest first
        if 2 * len(quotable.intersection(row.members)) < len(row.members):
            return Unknown(str(row.Index), row.first, row.members) if row.first > found.quotes.share else None
    return None
