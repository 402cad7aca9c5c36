"""Random values of a plan's parameters: between low and high, correlated in groups, repeatable by seed.

Uncertain are the parameters with a range that is neither that of a policy choice nor that of an open question. Parameters of a
group are correlated: with probability sqrt(r) a parameter takes the common position of its group instead of its own, or the
opposite one where its sign is -1. That keeps its distribution and gives pairs of parameters the rank correlation r, or -r. Every
parameter has its own random numbers, so that variants of a plan have the same draws for a parameter that they share.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any
from zlib import crc32

import numpy as np

from imis_plan.model.arrays import ceil, minimum
from imis_plan.model.correlation import Membership, membership
from imis_plan.model.distributions import quantiles
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan


class SharedResults:
    """Results that variants of a plan have in common in one chunk of the draws: computed once, the same object for all."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def get_or_compute(self, key: Hashable, make: Callable[..., Any], *of: Any) -> Any:
        """The stored result of the key, or else that of `make` with the arguments."""
        if key not in self._kept:
            self._kept[key] = make(*of)
        return self._kept[key]


def uncertain_parameters(plan: Plan) -> tuple[Parameter, ...]:
    """Uncertain parameters: those with a range from low to a higher value, neither of a policy choice nor of an open question.

    Paths given as lists, choices, switches and histories have no range. That of an open question shows what the answer may be;
    an answer, not a contingency, settles it.
    """
    return tuple(parameter for parameter in parameters_with_range(plan) if parameter.range_kind == "uncertain")


def parameters_with_range(plan: Plan) -> tuple[Parameter, ...]:
    """Parameters with a range from low to a higher value, decisions and open questions included."""
    numbers = (
        parameter
        for parameter in plan.parameters.values()
        if parameter.kind in ("number", "path") and not isinstance(parameter.value, tuple)
    )
    return tuple(
        parameter
        for parameter in numbers
        if parameter.low is not None and parameter.high is not None and parameter.low < parameter.high
    )


def random_stream(seed: int, chunk: int, name: str) -> np.random.Generator:
    """Random numbers of one parameter, or of one tag, in one chunk: the same in every variant of a plan."""
    return np.random.default_rng((seed, chunk, crc32(name.encode())))


def sample_positions(rng: np.random.Generator, draws: int, design: str) -> np.ndarray:
    """Positions of one parameter: at random, or one in each of as many equal parts (a Latin hypercube). Shape (draws,). [1]"""
    if design == "random":
        return rng.random(draws)
    return (rng.permutation(draws) + rng.random(draws)) / draws


def correlated_positions(
    parameters: tuple[Parameter, ...],
    correlations: Mapping[str, float],
    seed: int,
    chunk: int,
    draws: int,
    design: str,
    shared: SharedResults | None = None,
) -> list[np.ndarray]:
    """Positions of the parameters between 0 and 1, correlated in groups. One array of shape (draws,) for each parameter. [1]

    correlations : group -> rank correlation of two of its parameters. [1]
    shared : positions of variants for the same seed, chunk, number of draws and design.
    """
    shared = shared or SharedResults()
    common = {name: shared.get_or_compute(name, random_stream(seed, chunk, name).random, draws) for name in correlations}

    def positions(parameter: Parameter, member: Membership, probability: float) -> np.ndarray:
        """Positions of one parameter: its own, or with the probability those of its group."""
        rng = random_stream(seed, chunk, parameter.path)
        row = sample_positions(rng, draws, design)
        if probability:
            with_group = common[member.group] if member.sign > 0 else 1 - common[member.group]
            np.copyto(row, with_group, where=rng.random(draws, dtype=np.float32) < probability)
        return row

    members = [membership(parameter) for parameter in parameters]
    probabilities = [correlations.get(member.group, 0.0) ** 0.5 for member in members]
    return [
        shared.get_or_compute((parameter.path, member, probability), positions, parameter, member, probability)
        for parameter, member, probability in zip(parameters, members, probabilities, strict=True)
    ]


def inputs_at_positions(
    plan: Plan, base: Mapping[str, Any], u: Iterable[np.ndarray], shared: SharedResults | None = None
) -> dict[str, Any]:
    """Parameter values for `evaluate`, with the uncertain ones at the given positions. Series have shape (horizon, draws or 1).

    base : values of the point (`imis_plan.model.evaluate.inputs`). u : positions, an array of shape (draws,) for each parameter.
    shared : values of variants; the same parameter at the same positions is the same object in all of them.
    """
    shared = shared or SharedResults()
    horizon, distribution = len(base["t"]), plan["uncertainty.distribution"]
    keys = ((name, id(plan.parameters.get(name)), horizon) for name in base)
    values = {key[0]: shared.get_or_compute(key, with_draw_axis, base[key[0]]) for key in keys}
    for row, parameter in zip(u, uncertain_parameters(plan), strict=True):
        key = (parameter.path, id(parameter), horizon, id(row), distribution)
        values[parameter.path] = shared.get_or_compute(key, value_at_position, parameter, distribution, row, values["t"])
    return clipped(plan, values)


def inputs_at_draws(plan: Plan, base: Mapping[str, Any], values: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Parameter values for `evaluate` with some parameters replaced by draws. path -> shape (draws,)."""
    result = {name: with_draw_axis(value) for name, value in base.items()}
    return clipped(
        plan, result | {path: value_at_draws(plan.parameters[path], draws, result["t"]) for path, draws in values.items()}
    )


def clipped(plan: Plan, values: dict[str, Any]) -> dict[str, Any]:
    """Values with those above a limit reduced to it, where nothing above it is possible; a value below stays the same object.

    A limit with `unless` is a question to who plans, and the model computes what lies above it.
    """
    for path, parameter in plan.parameters.items():
        for relation in parameter.at_most:
            if relation.unless is None and relation.applies(values):
                limit = relation.formula.value(values, ceil)
                if np.any(values[path] > limit):
                    values[path] = minimum(values[path], limit)
    return values


def with_draw_axis(value: Any) -> Any:
    """A value of the point estimate for use with draws: a series gets a second axis."""
    return value[:, None] if isinstance(value, np.ndarray) else value


def value_at_position(parameter: Parameter, distribution: str, u: np.ndarray, t: np.ndarray) -> np.ndarray:
    """A parameter at positions between its low and its high. Shape (draws,) or (horizon, draws).

    distribution : `uncertainty.distribution` of the plan.
    """
    return value_at_draws(parameter, quantiles(parameter, u, distribution), t)


def value_at_draws(parameter: Parameter, draws: np.ndarray, t: np.ndarray) -> np.ndarray:
    """A parameter at the given draws: whole numbers whole, a path with its growth. Shape (draws,) or (horizon, draws)."""
    whole = np.rint(draws) if parameter.integer else draws
    return whole * (1 + (parameter.growth or 0.0)) ** t if parameter.kind == "path" else whole
