"""What moves the total: how much of its variance independent groups of parameters explain, alone and with others.

Correlated parameters are one group, so that groups are independent of each other and the variance can be divided among them
(Sobol indices; Saltelli et al. 2010). Two random samples of all parameters and, for a group, the first sample with the values of
the second one for that group give both of its indices. Parameters that are alone need no further evaluation for their first-order
index.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from imis_plan.analysis.risk import total_cost
from imis_plan.model.correlation import group_correlation, membership
from imis_plan.model.distributions import quantiles
from imis_plan.model.draws import SharedResults, inputs_at_draws, inputs_at_positions, uncertain_parameters
from imis_plan.model.evaluate import Evaluation, evaluate, inputs
from imis_plan.model.memoize import memoize
from imis_plan.model.simulation import Chunk, Simulation, chunk_positions
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan

# Draws in each of the two samples.
SAMPLE_SIZE = 8192
# Draws with which every group is tried first: a group that changes none of them does not matter.
SCREENING_SIZE = 64
# So many groups get a total index.
LARGEST = 4
# Classes of equal size into which draws are sorted by one parameter, and by each of three.
CLASSES, JOINT_CLASSES = 32, 10
# An index below so many standard errors of an index of zero is zero.
NOISE = 3.0
# So many quotes are named, chosen among so many prices.
QUOTES, CANDIDATES = 3, 8
# Quantiles at which a parameter's mean effect is computed.
NODES = 16

# Indices and error of a group that the total does not depend on.
UNUSED = (0.0, 0.0, 0.0)

Indices = tuple[int, ...]
# Number of a parameter -> its `class_index`, computed once.
ClassIndex = Callable[[int], tuple[float, float]]


def independent_groups(plan: Plan, parameters: Sequence[Parameter]) -> dict[str, Indices]:
    """Groups of parameters that are independent of each other: name of a group or path -> numbers of its parameters."""
    found: dict[str, list[int]] = {}
    for i, parameter in enumerate(parameters):
        group = membership(parameter).group
        found.setdefault(group if group_correlation(plan, group) else parameter.path, []).append(i)
    return {(name if len(members) > 1 else parameters[members[0]].path): tuple(members) for name, members in found.items()}


class Samples(NamedTuple):
    """Two independent samples of a plan: positions of all parameters, and the total cost of each draw.

    first, second : arrays of shape (draws,) for each parameter. [1]
    first_total, second_total : shape (draws,). [nominal LCU]
    evaluation, shared : of the first sample; a sample that has most positions in common with it takes most results from them.
    """

    parameters: tuple[Parameter, ...]
    first: list[np.ndarray]
    second: list[np.ndarray]
    first_total: np.ndarray
    second_total: np.ndarray
    evaluation: Evaluation | None = None
    shared: SharedResults | None = None

    @property
    def total(self) -> np.ndarray:
        """Cost of the draws of both samples. Shape (2 draws,). [nominal LCU]"""
        return np.concatenate([self.first_total, self.second_total])

    def position(self, i: int) -> np.ndarray:
        """Positions of a parameter in both samples. Shape (2 draws,). [1]"""
        return np.concatenate([self.first[i], self.second[i]])


def evaluated_at(
    plan: Plan, positions: Iterable[np.ndarray], shared: SharedResults | None = None, previous: Evaluation | None = None
) -> Evaluation:
    """The model with the uncertain parameters at the given positions.

    shared, previous : values and evaluation of a sample; what depends on the same positions is not computed again.
    """
    return evaluate(inputs_at_positions(plan, inputs(plan), positions, shared), plan.roles, previous)


def samples(result: Simulation) -> Samples:
    """Two independent samples of the plan of a simulation, at random, with its seed."""
    plan, parameters, shared = result.plan, uncertain_parameters(result.plan), SharedResults()
    first, second = (
        chunk_positions(plan, parameters, Chunk(slice(0, SAMPLE_SIZE), number), result.seed, "random") for number in (0, 1)
    )
    evaluation = evaluated_at(plan, first, shared)
    totals = total_cost(plan, evaluation), total_cost(plan, evaluated_at(plan, second, shared))
    return Samples(parameters, first, second, *totals, evaluation, shared)


def exchanged(drawn: Samples, members: Indices) -> list[np.ndarray]:
    """The first sample with the positions of the second one for some parameters."""
    return [drawn.second[i] if i in members else row for i, row in enumerate(drawn.first)]


def screened(plan: Plan, drawn: Samples, groups: dict[str, Indices]) -> dict[str, float]:
    """Rough total index of each group, from a few draws; exactly 0 for groups that the total does not depend on. [1]"""
    group_of = {i: k for k, members in enumerate(groups.values()) for i in members}
    rows = []
    for i in range(len(drawn.parameters)):
        row = np.tile(drawn.first[i][:SCREENING_SIZE], (len(groups), 1))
        row[group_of[i]] = drawn.second[i][:SCREENING_SIZE]
        rows.append(row.ravel())
    totals = total_cost(plan, evaluated_at(plan, rows)).reshape(len(groups), -1)
    effects = ((totals - drawn.first_total[:SCREENING_SIZE]) ** 2).mean(axis=1) / 2
    unchanged = np.isclose(totals, drawn.first_total[:SCREENING_SIZE], rtol=1e-12, atol=0).all(axis=1)
    return dict(zip(groups, np.where(unchanged, 0.0, effects / drawn.total.var()).tolist(), strict=True))


def exchange_indices(drawn: Samples, exchanged_total: np.ndarray) -> tuple[float, float, float]:
    """First-order index, its standard error, and total index of a group (Saltelli 2010; Jansen 1999). [1]

    exchanged_total : cost of the first sample with the group's values of the second one. Shape (draws,). [nominal LCU]
    """
    variance, change = drawn.total.var(), exchanged_total - drawn.first_total
    products = (drawn.second_total - drawn.total.mean()) * change / variance
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


class Quotes(NamedTuple):
    """Prices to have quoted first, and the part of the variance that knowing all of them would remove. [1]"""

    paths: tuple[str, ...]
    share: float


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
    plan, drawn = result.plan, samples(result)
    groups, total = independent_groups(plan, drawn.parameters), drawn.total
    single = cache(lambda i: class_index(drawn.position(i), total))
    rough = screened(plan, drawn, groups) if total.var() else dict.fromkeys(groups, 0.0)
    largest = sorted(groups, key=lambda name: -rough[name])[:LARGEST]
    rows = {}
    for name, members in groups.items():
        indices, ordered = UNUSED, list(members)
        if rough[name]:
            indices = group_index(plan, drawn, members, single, with_total=name in largest)
            ordered.sort(key=lambda i: -single(i)[0])
        rows[name] = (*indices, tuple(drawn.parameters[i].path for i in ordered))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["first", "error", "total", "members"])
    count = (2 + int(table["total"].gt(0).sum())) * SAMPLE_SIZE + len(groups) * SCREENING_SIZE
    return VarianceShares(table.sort_values("first", ascending=False, kind="stable"), quotes_first(plan, drawn, single), count)


def group_index(
    plan: Plan, drawn: Samples, members: Indices, single: ClassIndex, *, with_total: bool
) -> tuple[float, float, float]:
    """First-order index, standard error and total index of a group; the last is not a number where it is not computed. [1]"""
    alone = len(members) == 1
    if alone and not with_total:
        return *single(members[0]), float("nan")
    evaluation = evaluated_at(plan, exchanged(drawn, members), drawn.shared, drawn.evaluation)
    joint, joint_error, total = exchange_indices(drawn, total_cost(plan, evaluation))
    first, error = single(members[0]) if alone else (joint, joint_error)
    return min(max(first, 0.0), total, 1.0), error, total


def quotes_first(plan: Plan, drawn: Samples, single: ClassIndex) -> Quotes:
    """The three prices whose quotes would remove most of the variance together, chosen one after the other.

    What they say about other prices of their group counts, too.
    """
    quotable = quotable_prices(plan)
    prices = [i for i, parameter in enumerate(drawn.parameters) if parameter.path in quotable]
    candidates = sorted((i for i in prices if single(i)[0]), key=lambda i: -single(i)[0])[:CANDIDATES]
    chosen: list[int] = []
    while candidates and len(chosen) < QUOTES:
        joint = {i: joint_index([drawn.position(j) for j in (*chosen, i)], drawn.total) for i in candidates}
        best = max(candidates, key=lambda i: joint[i])
        candidates.remove(best)
        chosen.append(best)
    share = joint_index([drawn.position(i) for i in chosen], drawn.total) if chosen else 0.0
    return Quotes(tuple(drawn.parameters[i].path for i in chosen), share)


def quotable_prices(plan: Plan) -> frozenset[str]:
    """Paths of the prices in the budget that a supplier can quote: neither pay nor allowances, which rules or pay scales set."""
    lines = evaluate(inputs(plan), plan.roles).lines
    prices = {line.price for _component, line, _note in lines}
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


@memoize
def mean_shifts(plan: Plan) -> pd.Series:
    """How far the mean of the total lies above the point because of one parameter's range, largest distance first. [nominal LCU]

    The other parameters are at their value. Index: path. Nobody may change the result.
    """
    parameters, nodes = uncertain_parameters(plan), (np.arange(NODES) + 0.5) / NODES
    values = {each.path: np.full(NODES * len(parameters), float(each.value)) for each in parameters}
    for i, parameter in enumerate(parameters):
        own = quantiles(parameter, nodes, plan["uncertainty.distribution"])
        values[parameter.path][NODES * i : NODES * (i + 1)] = own
    base = inputs(plan)
    total = total_cost(plan, evaluate(inputs_at_draws(plan, base, values), plan.roles)).reshape(-1, NODES)
    point = float(total_cost(plan, evaluate(inputs_at_draws(plan, base, {}), plan.roles))[0])
    shifts = pd.Series(total.mean(axis=1) - point, index=[parameter.path for parameter in parameters])
    return shifts.sort_values(key=np.abs, ascending=False, kind="stable")
