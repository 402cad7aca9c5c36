"""A relation between two figures over countries, on logarithms, and what it predicts for one more country.

A line through the logarithms by least squares; the interval is that of a single new country, with Student's t on n - 2 degrees of
freedom. A relation is used only where it `holds`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SHARE = 0.8
# Below these a relation predicts little more than the mean of all countries.
LEAST_COUNTRIES, LEAST_R2 = 20, 0.5
# A line takes two of the observations.
LINE = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """log(y) = intercept + slope x log(x).

    residual : standard deviation around the line, on n - 2 degrees of freedom.
    mean, squares : mean of log(x), and sum of squares around it.
    """

    intercept: float
    slope: float
    n: int
    r2: float
    residual: float
    mean: float
    squares: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A predicted value and the range in which a new country lies with the probability `share`."""

    value: float
    low: float
    high: float
    share: float


def fit(x: Sequence[float], y: Sequence[float]) -> Fit:
    """The line through the logarithms of two series of positive numbers, one pair for each country."""
    if len(x) != len(y) or len(x) <= LINE:
        raise ValueError(f"a line needs at least {LINE + 1} pairs, got {len(x)} and {len(y)} values")
    a, b = np.log(np.asarray(x, dtype=float)), np.log(np.asarray(y, dtype=float))
    deviation = a - a.mean()
    squares = float(deviation @ deviation)
    slope = float(deviation @ b / squares)
    left = b - b.mean() - slope * deviation
    r2 = 1 - float(left @ left) / float((b - b.mean()) @ (b - b.mean()))
    residual = float(np.sqrt(left @ left / (len(a) - LINE)))
    return Fit(float(b.mean() - slope * a.mean()), slope, len(a), r2, residual, float(a.mean()), squares)


def predict(line: Fit, x: float, share: float = SHARE) -> Interval:
    """What a country with x has, and its interval."""
    from scipy.special import stdtrit  # scipy.stats takes ten times longer to import

    centre = line.intercept + line.slope * np.log(x)
    error = line.residual * np.sqrt(1 + 1 / line.n + (np.log(x) - line.mean) ** 2 / line.squares)
    reach = float(stdtrit(line.n - LINE, (1 + share) / 2)) * error
    return Interval(float(np.exp(centre)), float(np.exp(centre - reach)), float(np.exp(centre + reach)), share)


def holds(line: Fit, sign: int) -> bool:
    """Whether a relation may predict: enough countries, the expected sign, and at least half of the variance."""
    return line.n >= LEAST_COUNTRIES and line.slope * sign > 0 and line.r2 >= LEAST_R2
