"""Random values of a plan's parameters: between low and high, correlated by tag, repeatable by seed.

Every parameter with a range is uncertain. Parameters with the same tag are correlated: with probability sqrt(r) a parameter takes
the common position of its tag instead of its own, which keeps its distribution and gives pairs of parameters the rank correlation
r. Every parameter has its own random numbers, so that variants of a plan have the same draws for a parameter that they share.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan

PAY, PRICES, VOLUMES = "pay", "prices", "volumes"
VOLUME_GROUPS = frozenset({"claims", "coverage", "enrolment", "population"})
# PERT: mean (low + 4 mode + high) / 6, as a beta distribution.
PERT_WEIGHT = 4
PERT_TABLE_SIZE = 1025


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
    """Uncertain parameters: those with a range from low to a higher value that is not a range of choice.

    Paths given as lists, choices, switches and histories are certain.
    """
    return tuple(parameter for parameter in parameters_with_range(plan) if not parameter.decision)


def parameters_with_range(plan: Plan) -> tuple[Parameter, ...]:
    """Parameters with a range from low to a higher value, decisions included."""
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


def correlation_tag(parameter: Parameter) -> str:
    """The tag by which a parameter is correlated: its own, else pay, else prices of its currency, else volumes; "" for none."""
    if parameter.tag:
        return parameter.tag
    if parameter.path.startswith("roles.") and parameter.path.endswith(".pay"):
        return PAY
    if parameter.currency:
        return f"{PRICES} {parameter.currency}"
    return VOLUMES if parameter.path.partition(".")[0] in VOLUME_GROUPS else ""


def tag_correlation(plan: Plan, name: str) -> float:
    """Rank correlation between two parameters of a tag; a tag defined by the scenario counts as prices. [1]"""
    known = name if name in (PAY, VOLUMES) else PRICES
    return float(plan[f"uncertainty.correlation_{known}"]) if name else 0.0


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
    ties: Mapping[str, float],
    seed: int,
    chunk: int,
    draws: int,
    design: str,
    shared: SharedResults | None = None,
) -> list[np.ndarray]:
    """Positions of the parameters between 0 and 1, correlated by tag. One array of shape (draws,) for each parameter. [1]

    ties : tag -> rank correlation of two parameters of the tag. [1]
    shared : positions of variants for the same seed, chunk, number of draws and design.
    """
    shared = shared or SharedResults()
    common = {name: shared.get_or_compute(name, random_stream(seed, chunk, name).random, draws) for name in ties}

    def tied(parameter: Parameter, tie: float) -> np.ndarray:
        """Positions of one parameter: its own, or those of its tag."""
        rng = random_stream(seed, chunk, parameter.path)
        row = sample_positions(rng, draws, design)
        if tie:
            np.copyto(row, common[correlation_tag(parameter)], where=rng.random(draws, dtype=np.float32) < tie)
        return row

    strength = {parameter.path: ties.get(correlation_tag(parameter), 0.0) ** 0.5 for parameter in parameters}
    keys = ((parameter.path, correlation_tag(parameter), strength[parameter.path]) for parameter in parameters)
    return [
        shared.get_or_compute(key, tied, parameter, strength[parameter.path])
        for key, parameter in zip(keys, parameters, strict=True)
    ]


def triangular(u: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of the triangular distribution. [unit of mode]"""
    width, rising, falling = high - low, mode - low, high - mode
    below = u * width < rising
    distance = np.sqrt(np.where(below, u * (width * rising), (1 - u) * (width * falling)))
    return np.where(below, low + distance, high - distance)


def pert(u: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of the PERT distribution, from a table of 1,025 of them. [unit of mode]"""
    return np.interp(u, np.linspace(0, 1, PERT_TABLE_SIZE), pert_table(low, mode, high))


@lru_cache(maxsize=4096)
def pert_table(low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of the PERT distribution at even steps of probability. Shape (1025,). [unit of mode]"""
    from scipy.special import betaincinv  # slow to import, and most users have triangular distributions

    a = 1 + PERT_WEIGHT * (mode - low) / (high - low)
    b = 1 + PERT_WEIGHT * (high - mode) / (high - low)
    return low + (high - low) * betaincinv(a, b, np.linspace(0, 1, PERT_TABLE_SIZE))


DISTRIBUTIONS = {"triangular": triangular, "pert": pert}


def inputs_at_positions(
    plan: Plan, base: Mapping[str, Any], u: Iterable[np.ndarray], shared: SharedResults | None = None
) -> dict[str, Any]:
    """Parameter values for `evaluate`, with the uncertain ones at the given positions. Series have shape (horizon, draws or 1).

    base : values of the point (`imis_plan.model.evaluate.inputs`). u : positions, an array of shape (draws,) for each parameter.
    shared : values of variants; the same parameter at the same positions is the same object in all of them.
    """
    shared = shared or SharedResults()
    horizon, distribution = len(base["t"]), plan["uncertainty.distribution"]
    quantile = DISTRIBUTIONS[distribution]
    keys = ((name, id(plan.parameters.get(name)), horizon) for name in base)
    values = {key[0]: shared.get_or_compute(key, with_draw_axis, base[key[0]]) for key in keys}
    for row, parameter in zip(u, uncertain_parameters(plan), strict=True):
        key = (parameter.path, id(parameter), horizon, id(row), distribution)
        values[parameter.path] = shared.get_or_compute(key, value_at_position, parameter, quantile, row, values["t"])
    return values


def three_point_estimate(parameter: Parameter) -> tuple[float, float, float]:
    """Low, value and high of a parameter. Raises ValueError for one without a range. [unit of the parameter]"""
    if parameter.low is None or parameter.high is None:
        raise ValueError(f"{parameter.path} has no range")
    return parameter.low, float(parameter.value), parameter.high


def inputs_at_draws(plan: Plan, base: Mapping[str, Any], values: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Parameter values for `evaluate` with some parameters replaced by draws. path -> shape (draws,)."""
    result = {name: with_draw_axis(value) for name, value in base.items()}
    return result | {path: value_at_draws(plan.parameters[path], draws, result["t"]) for path, draws in values.items()}


def with_draw_axis(value: Any) -> Any:
    """A value of the point estimate for use with draws: a series gets a second axis."""
    return value[:, None] if isinstance(value, np.ndarray) else value


def value_at_position(parameter: Parameter, quantile: Callable[..., Any], u: np.ndarray, t: np.ndarray) -> np.ndarray:
    """A parameter at positions between its low and its high. Shape (draws,) or (horizon, draws)."""
    return value_at_draws(parameter, quantile(u, *three_point_estimate(parameter)), t)


def value_at_draws(parameter: Parameter, draws: np.ndarray, t: np.ndarray) -> np.ndarray:
    """A parameter at the given draws: whole numbers whole, a path with its growth. Shape (draws,) or (horizon, draws)."""
    whole = np.rint(draws) if parameter.integer else draws
    return whole * (1 + (parameter.growth or 0.0)) ** t if parameter.kind == "path" else whole
