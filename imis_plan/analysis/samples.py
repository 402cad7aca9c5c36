"""Two independent samples of a plan, and the model evaluated at positions of its uncertain parameters."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from imis_plan.analysis.risk import total_cost
from imis_plan.model.draws import SharedResults, inputs_at_positions, uncertain_parameters
from imis_plan.model.evaluate import Evaluation, evaluate, inputs
from imis_plan.model.simulation import Chunk, Simulation, chunk_positions
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan

# Draws in each of the two samples.
SAMPLE_SIZE = 8192
Indices = tuple[int, ...]


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


def exchanged(sampled: Samples, members: Indices) -> list[np.ndarray]:
    """The first sample with the positions of the second one for some parameters."""
    return [sampled.second[i] if i in members else row for i, row in enumerate(sampled.first)]
