"""A relation over countries: the line, its interval, and whether it may be used."""

import numpy as np
import pytest
from scipy import stats

from imis_plan.facts.prediction import Fit, fit, holds, predict

INCOME = [500, 800, 1200, 2000, 3500, 6000, 9000, 15000]
PAY = [150, 160, 260, 300, 500, 560, 1100, 1300]


def test_points_on_a_line_are_found_exactly():
    """Pay is twice the square root of income: log y = log 2 + 0.5 log x."""
    line = fit([100, 400, 900], [20, 40, 60])
    assert (line.slope, line.intercept, line.r2) == pytest.approx((0.5, np.log(2), 1))
    assert predict(line, 2500).value == pytest.approx(2 * 50)


def test_the_line_is_that_of_scipy():
    """An independent calculation of the same least squares."""
    line, oracle = fit(INCOME, PAY), stats.linregress(np.log(INCOME), np.log(PAY))
    assert (line.slope, line.intercept, line.r2) == pytest.approx((oracle.slope, oracle.intercept, oracle.rvalue**2))


def test_the_interval_is_that_of_one_new_country():
    """At the mean income: residual x sqrt(1 + 1/8), times Student's t of 90 % on six degrees of freedom, 1.43976 (tables)."""
    line = fit(INCOME, PAY)
    found = predict(line, float(np.exp(line.mean)))
    reach = 1.43976 * line.residual * np.sqrt(1 + 1 / 8)
    assert (found.low, found.high) == pytest.approx((found.value / np.exp(reach), found.value * np.exp(reach)), rel=1e-5)
    assert found.share == 0.8


def test_the_interval_widens_away_from_what_was_seen():
    """A country far richer than all others."""
    line = fit(INCOME, PAY)
    near, far = predict(line, 2000), predict(line, 80000)
    assert far.high / far.low > near.high / near.low


@pytest.mark.parametrize(
    ("n", "slope", "r2", "expected"),
    [
        (71, 0.66, 0.75, True),  # public pay on income per head
        (149, 0.18, 0.61, False),  # the sign is not the expected one
        (19, 0.66, 0.75, False),  # too few countries
        (174, 0.05, 0.06, False),  # daily allowance on income: hardly any of the variance
    ],
)
def test_a_relation_holds_with_enough_countries_sign_and_variance(n, slope, r2, expected):
    """For a relation that should rise, but the second."""
    assert holds(Fit(0, slope, n, r2, 0.4, 8, 10), -1 if n == 149 else 1) is expected


def test_two_countries_make_no_relation():
    """A line through two points has no error to estimate."""
    with pytest.raises(ValueError, match="at least 3 pairs"):
        fit([1, 2], [1, 2])
