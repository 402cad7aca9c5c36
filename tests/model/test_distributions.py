"""Distributions of parameters: which one a parameter has, and whether its quantiles are right."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from imis_plan import load, simulate
from imis_plan.model import distributions as dist
from imis_plan.model.draws import uncertain_parameters
from imis_plan.scenario.parameter import Parameter

U = (np.arange(200_000) + 0.5) / 200_000


def parameter(low, value, high, **fields):
    """A price with a range."""
    fields = {"unit": "USD/page"} | fields
    return Parameter("toy.price", value, kind="number", layer="defaults", file="toy.yaml", line=1, low=low, high=high, **fields)


@pytest.fixture(scope="module")
def plan():
    """Nepal, a full scenario."""
    return load("nepal")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("capacity.venue", "log_triangular"),  # a price between 5 and 20
        ("claims.per_insured_year", "triangular"),  # a rate that varies by less than a factor of 3
        ("operations.tickets_per_user", "log_triangular"),  # a rate between 0.5 and 4
        ("coverage.target", "logit_triangular"),  # a share that touches neither 0 nor 1
        ("capacity.agent.turnover", "logit_triangular"),  # a share per year
        ("enrolment.paper_share", "triangular"),  # a share that may be 1
        ("facilities.offline_share", "pert"),  # a share that may be 0
        ("sms.gateway_rights", "pert"),  # a price that may be 0
        ("population.growth", "pert"),  # a growth rate
        ("money.home_inflation_forward", "pert"),  # also where the range is above 0
        ("money.planning_rate", "triangular"),  # an exchange rate within 15 %
    ],
)
def test_the_distribution_follows_the_kind_of_figure(plan, path, expected):
    """Prices, rates and counts with a wide range vary by factors, shares within theirs, growth rates by amounts."""
    assert dist.distribution_of(plan.parameters[path]) == expected


def test_a_ratio_of_exactly_three_is_wide():
    """0.12 is three times 0.04, although 3 * 0.04 is not 0.12 in binary fractions."""
    assert dist.distribution_of(parameter(0.04, 0.1, 0.12)) == "log_triangular"
    assert dist.distribution_of(parameter(0.1, 0.2, 0.3)) == "log_triangular"
    assert dist.distribution_of(parameter(0.1, 0.2, 0.299)) == "triangular"


def test_own_distribution_first_then_that_of_the_plan():
    """A parameter's own distribution overrides that of the plan, which overrides the kind of figure."""
    wide = parameter(1, 2, 10)

    assert dist.distribution_of(wide, "pert") == "pert"
    assert dist.distribution_of(replace(wide, distribution="triangular"), "pert") == "triangular"


@pytest.mark.parametrize(
    ("u", "expected"),
    [
        (0.0, 1.0),  # the low
        (1.0, 7.0),  # the high
        (1 / 3, 3.0),  # the mode: (3 - 1) / (7 - 1) of the probability lies below it
        (1 / 12, 2.0),  # half way up the rising side: (1/2)^2 of that third
        (1 - 2 / 3 / 4, 5.0),  # half way down the falling side: a quarter of the other two thirds lies above
    ],
)
def test_quantiles_of_a_triangle(u, expected):
    """A triangle from 1 over 3 to 7 has its quantiles where the areas say."""
    assert dist.triangular(np.array([u]), 1.0, 3.0, 7.0)[0] == pytest.approx(expected)


@pytest.mark.parametrize(("u", "expected"), [(0.0, 1.0), (0.125, 2.0), (0.5, 3.0), (0.875, 5.0), (1.0, 7.0)])
def test_quantiles_of_two_triangles(u, expected):
    """From 1 to 3 and from 3 to 7, each with half of the probability: half way is at a quarter of that half."""
    assert dist.double_triangular(np.array([u]), 1.0, 3.0, 7.0)[0] == pytest.approx(expected)


def test_mean_and_variance_of_a_sum_of_triangles():
    """Twelve independent triangles: mean and variance of their sum are the sums of (a+b+c)/3 and (a2+b2+c2-ab-ac-bc)/18."""
    corners = [(k, k + 1.0, 3.0 * k + 2) for k in range(12)]
    rng = np.random.default_rng(1)
    total = np.sum([dist.triangular(rng.random(200_000), *corner) for corner in corners], axis=0)
    mean = sum(sum(corner) / 3 for corner in corners)
    variance = sum((a * a + b * b + c * c - a * b - a * c - b * c) / 18 for a, b, c in corners)

    assert total.mean() == pytest.approx(mean, rel=0.002)
    assert total.var() == pytest.approx(variance, rel=0.01)


@pytest.mark.parametrize("corners", [(1.0, 3.0, 7.0), (0.0, 0.0, 5.0), (-0.5, 1.0, 1.0), (0.006, 0.03, 0.24)])
def test_pert_is_the_beta_distribution_of_scipy(corners):
    """Quantiles but the outermost thousandth, and the mean (a + 4 b + c) / 6, also with the mode at an end."""
    low, mode, high = corners
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    values = dist.pert(U, *corners)

    inner = (U > 0.001) & (U < 0.999)

    assert values[inner] == pytest.approx(stats.beta(a, b, low, high - low).ppf(U[inner]), abs=0.005 * (high - low))
    assert values.mean() == pytest.approx((low + 4 * mode + high) / 6, abs=1e-3 * (high - low))


def mean_of_log_triangular(low, mode, high):
    """Mean of a variable whose logarithm is triangular: the moment generating function of the triangle at 1."""
    a, b, c = np.log([low, mode, high])
    return 2 * ((c - b) * low - (c - a) * mode + (b - a) * high) / ((b - a) * (c - a) * (c - b))


@pytest.mark.parametrize("corners", [(0.006, 0.03, 0.24), (1.0, 2.0, 10.0), (15.0, 22.0, 290.0)])
def test_the_mean_on_the_log_scale_is_the_analytic_one(corners):
    """The mean is 2 ((c-b) e^a - (c-a) e^b + (b-a) e^c) / ((b-a)(c-a)(c-b)) of the logarithms a, b, c."""
    values = dist.quantiles(parameter(*corners), U)

    assert values.mean() == pytest.approx(mean_of_log_triangular(*corners), rel=1e-4)


@pytest.mark.parametrize("distribution", ["log_triangular", "logit_triangular"])
def test_quantiles_on_a_scale_are_those_of_scipy(distribution):
    """Brute force: triangular numbers of NumPy on the scale have the same quantiles."""
    low, value, high = 0.05, 0.2, 0.9
    scale = dist.SCALES[distribution]
    a, b, c = scale.forward(np.array([low, value, high]))
    drawn = scale.back(np.random.default_rng(1).triangular(a, b, c, 400_000))
    u = np.array([0.05, 0.1, 0.5, 0.8, 0.95])

    expected = np.quantile(drawn, u)
    assert dist.quantiles(parameter(low, value, high, distribution=distribution), u) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(
    "fields", [{}, {"unit": "1"}, {"low": -0.1, "unit": "1/year"}, {"low": 2}, {"distribution": "triangular"}], ids=str
)
def test_half_of_the_draws_lie_below_a_median(fields):
    """On every scale the value is the median where a parameter says so."""
    points = {"low": 0.05, "value": 0.3, "high": 0.9} if fields.get("low") != 2 else {"low": 2, "value": 2.2, "high": 4}
    median = parameter(**points | fields, value_is="median")
    values = dist.quantiles(median, U)

    assert (values < median.value).mean() == pytest.approx(0.5, abs=1e-4)
    assert values.min() >= median.low - 1e-9
    assert values.max() <= median.high + 1e-9


def test_the_mode_of_a_wide_range_is_not_its_median():
    """Without the word, the value is the mode: more than half of the draws lie above a value near the low."""
    values = dist.quantiles(parameter(1, 1.5, 20), U)

    assert (values < 1.5).mean() < 0.2


@pytest.mark.parametrize("name", ["nepal", "zambia", "zanzibar"])
def test_draws_stay_within_their_range(name):
    """Every parameter of a scenario lies between its low and its high, rises with its position, and is a number."""
    u = np.linspace(0, 1, 101)
    for each in uncertain_parameters(load(name)):
        values = dist.quantiles(each, u)
        assert np.isfinite(values).all(), each.path
        assert (np.diff(values) >= 0).all(), each.path
        assert values[0] == pytest.approx(each.low), each.path
        assert values[-1] == pytest.approx(each.high), each.path


def test_a_simulation_honours_the_distribution_of_a_parameter(plan):
    """A triangle on the linear scale for the price of a venue costs more on average than one on the log scale."""
    venue = plan.parameters["capacity.venue"]
    fields = {key: getattr(venue, key) for key in ("value", "low", "high", "price_year", "unit")}
    fields |= {"source": "assumption: as observed", "confidence": "assumed"}
    linear = plan.replace({"capacity.venue": fields | {"distribution": "triangular"}})

    assert simulate(linear, 2000).total.mean() > simulate(plan, 2000).total.mean()


def test_a_value_from_observed_prices_is_a_median():
    """Half of the draws are below it; at an end of its range it counts as the mode, as two triangles would double there."""
    resolved = load("nepal").parameters["office_it.workstations.price"]
    at_end = replace(resolved, low=resolved.value)

    assert resolved.resolved is not None
    assert np.median(dist.quantiles(resolved, U)) == pytest.approx(resolved.value, rel=1e-4)
    assert np.median(dist.quantiles(at_end, U)) > resolved.value * 1.01
    assert np.median(dist.quantiles(replace(resolved, resolved=None), U)) != pytest.approx(resolved.value, rel=1e-2)
