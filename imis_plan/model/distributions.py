"""Distributions of uncertain parameters: the scale that a parameter varies on, and its quantiles.

Three-point estimates as in GAO-20-195G (chapter 12 and appendix X): triangular and PERT distributions, and distributions skewed
to the right for what cannot be negative and may be several times as much. A triangle of the logarithm is one of these, and unlike
a lognormal it stays between low and high. On a linear scale, a triangle from 0.006 over 0.03 to 0.24 has a mean of three times
its mode, which is not what such a range means.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from imis_plan.scenario.parameter import Parameter

BY_SCALE, TRIANGULAR, PERT = "by_scale", "triangular", "pert"
LOG_TRIANGULAR, LOGIT_TRIANGULAR = "log_triangular", "logit_triangular"
MEDIAN = "median"
# From this ratio of high to low, a price, rate or count varies by factors rather than by amounts.
LOG_RATIO = 3.0
# The ratio of two decimal fractions may miss 3 by the last binary digit.
RATIO_TOLERANCE = 1e-9
# PERT: mean (low + 4 mode + high) / 6, as a beta distribution.
PERT_WEIGHT = 4
PERT_STEPS = 1024
HALF = 0.5
SHARE, YEARLY = "1", "1/year"


class Scale(NamedTuple):
    """A scale on which a parameter varies: from its unit to the scale, and back."""

    forward: Callable[[np.ndarray], np.ndarray]
    back: Callable[[np.ndarray], np.ndarray]


def triangular(u: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of the triangular distribution. [unit of mode]"""
    width, rising, falling = high - low, mode - low, high - mode
    below = u * width < rising
    distance = np.sqrt(np.where(below, u * (width * rising), (1 - u) * (width * falling)))
    return np.where(below, low + distance, high - distance)


def double_triangular(u: np.ndarray, low: float, median: float, high: float) -> np.ndarray:
    """Quantiles of two triangles that meet at the median, each with half of the probability. [unit of median]"""
    below = u < HALF
    distance = np.sqrt(2 * np.where(below, u, 1 - u))
    return np.where(below, low + (median - low) * distance, high - (high - median) * distance)


def pert(u: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of the PERT distribution, from a table of 1,025 of them. [unit of mode]"""
    table = pert_table(low, mode, high)
    slopes = np.append(np.diff(table), 0.0) * PERT_STEPS
    # The steps are even, so that the position in the table needs no search, which takes ten times as long.
    cell = (u * PERT_STEPS).astype(np.intp)
    return slopes[cell] * (u - cell / PERT_STEPS) + table[cell]


@lru_cache(maxsize=4096)
def pert_table(low: float, mode: float, high: float) -> np.ndarray:
    """Quantiles of the PERT distribution at even steps of probability. Shape (1025,). [unit of mode]"""
    position = (mode - low) / (high - low)
    return low + (high - low) * standard_pert_table(round(position, 12))


@lru_cache(maxsize=4096)
def standard_pert_table(mode: float) -> np.ndarray:
    """Quantiles of the PERT distribution between 0 and 1 at even steps of probability. Shape (1025,). [1]"""
    from scipy.special import betaincinv  # slow to import

    a, b = 1 + PERT_WEIGHT * mode, 1 + PERT_WEIGHT * (1 - mode)
    return betaincinv(a, b, np.linspace(0, 1, PERT_STEPS + 1))


def logit(share: np.ndarray) -> np.ndarray:
    """Logarithm of the odds of a share. [1]"""
    return np.log(share) - np.log1p(-share)


def share_of_logit(x: np.ndarray) -> np.ndarray:
    """The share with a logit. [1]"""
    return 1 / (1 + np.exp(-x))


SCALES = {LOG_TRIANGULAR: Scale(np.log, np.exp), LOGIT_TRIANGULAR: Scale(logit, share_of_logit)}


def is_growth_rate(parameter: Parameter) -> bool:
    """Whether a parameter is a change per year, which may be negative, such as inflation."""
    return parameter.unit == YEARLY and (parameter.min is None or parameter.min < 0)


def is_share(parameter: Parameter) -> bool:
    """Whether a parameter is a share of a whole, also one per year: it cannot be less than 0 or more than 1."""
    if parameter.unit == SHARE:
        return parameter.max is None or parameter.max <= 1
    return parameter.unit == YEARLY and not is_growth_rate(parameter) and parameter.max is not None and parameter.max <= 1


def distribution_of(parameter: Parameter, plan_distribution: str = BY_SCALE) -> str:
    """Distribution of a parameter: its own, else that of the plan, else by what kind of figure it is.

    Shares that touch neither 0 nor 1 vary on the logit scale; what may be 0 or negative, and growth rates, have a PERT
    distribution; other figures vary on the logarithmic scale where high is three times low or more, and on the linear one below
    that.
    """
    if parameter.distribution:
        return parameter.distribution
    if plan_distribution != BY_SCALE:
        return plan_distribution
    low, value, high = three_point_estimate(parameter)
    if low <= 0 or value <= 0 or is_growth_rate(parameter):
        return PERT
    if is_share(parameter):
        return LOGIT_TRIANGULAR if high < 1 else TRIANGULAR
    return LOG_TRIANGULAR if high >= LOG_RATIO * low * (1 - RATIO_TOLERANCE) else TRIANGULAR


def quantiles(parameter: Parameter, u: np.ndarray, plan_distribution: str = BY_SCALE) -> np.ndarray:
    """A parameter's values at probabilities; the value is the mode, or the median. [unit of the parameter]"""
    distribution, points = distribution_of(parameter, plan_distribution), np.array(three_point_estimate(parameter))
    shape: Callable[..., np.ndarray] = pert if distribution == PERT else triangular
    if has_median(parameter):
        shape = double_triangular
    if distribution not in SCALES:
        return shape(u, *points.tolist())
    scale = SCALES[distribution]
    return scale.back(shape(u, *scale.forward(points).tolist()))


def has_median(parameter: Parameter) -> bool:
    """Whether the value is the median of its range: where the file says so, and where it comes from observed prices.

    A median at an end of the range would put half of the probability there: such a value counts as the mode.
    """
    low, value, high = three_point_estimate(parameter)
    return (parameter.value_is == MEDIAN or parameter.resolved is not None) and low < value < high


def three_point_estimate(parameter: Parameter) -> tuple[float, float, float]:
    """Low, value and high of a parameter. Raises ValueError for one without a range. [unit of the parameter]"""
    if parameter.low is None or parameter.high is None:
        raise ValueError(f"{parameter.path} has no range")
    return parameter.low, float(parameter.value), parameter.high
