"""Random values of parameters: distributions, correlation, and what is drawn at all."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from imis_plan import load
from imis_plan.model import draws
from imis_plan.model.evaluate import inputs


@pytest.fixture(scope="module")
def plan():
    """Nepal, a full scenario."""
    return load("nepal")


def test_a_leaf_with_a_range_is_uncertain(plan):
    """A price with a range is drawn, and so is a volume."""
    paths = {parameter.path for parameter in draws.uncertain_parameters(plan)}

    assert {"printing.page", "coverage.target"} <= paths


@pytest.mark.parametrize(
    "path",
    [
        "capacity.agent.days",  # how long a course lasts is chosen
        "time.horizon",  # how far one plans is no guess
        "coverage.rollout",  # a list has no range
        "server.hosting",  # nor has a choice
        "sms.applicable",  # nor a switch
        "money.exchange_rates",  # what happened is known
    ],
)
def test_what_is_chosen_or_known_is_not_drawn(plan, path):
    """Decisions, lists, choices, switches and histories are certain."""
    assert path not in {parameter.path for parameter in draws.uncertain_parameters(plan)}


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
    assert draws.triangular(np.array([u]), 1.0, 3.0, 7.0)[0] == pytest.approx(expected)


def test_mean_and_variance_of_a_sum_of_triangles():
    """Twelve independent triangles: mean and variance of their sum are the sums of (a+b+c)/3 and (a2+b2+c2-ab-ac-bc)/18."""
    corners = [(k, k + 1.0, 3.0 * k + 2) for k in range(12)]
    rng = np.random.default_rng(1)
    total = np.sum([draws.triangular(rng.random(200_000), *corner) for corner in corners], axis=0)
    mean = sum(sum(corner) / 3 for corner in corners)
    variance = sum((a * a + b * b + c * c - a * b - a * c - b * c) / 18 for a, b, c in corners)

    assert total.mean() == pytest.approx(mean, rel=0.002)
    assert total.var() == pytest.approx(variance, rel=0.01)


def test_mean_of_pert():
    """PERT gives the mode four times the weight of an end: (1 + 4 x 3 + 7) / 6."""
    values = draws.pert(np.random.default_rng(2).random(200_000), 1.0, 3.0, 7.0)

    assert values.mean() == pytest.approx((1 + 4 * 3 + 7) / 6, rel=0.002)
    assert values.min() >= 1
    assert values.max() <= 7


@pytest.mark.parametrize("wanted", [0.0, 0.3, 0.8, 1.0])
def test_leaves_of_a_tag_have_the_stated_rank_correlation(plan, wanted):
    """Two prices in one currency move together as much as the plan says; each stays evenly spread."""
    parameters = (plan.parameters["printing.page"], plan.parameters["office_it.workstations.price"])
    u = draws.correlated_positions(parameters, {"prices USD": wanted}, 3, 0, 50_000, "random")

    assert spearmanr(u[0], u[1]).statistic == pytest.approx(wanted, abs=0.02)
    assert np.quantile(u, [0.1, 0.5, 0.9], axis=1) == pytest.approx(np.repeat([[0.1], [0.5], [0.9]], 2, axis=1), abs=0.02)


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("roles.data_entry_clerk.pay", "pay"),  # one pay scale
        ("printing.page", "prices USD"),  # prices of one currency
        ("coverage.target", "volumes"),  # how many people
        ("coverage.delay", "rollout"),  # a tag of its own
        ("server.sizing.bloat", ""),  # alone
    ],
)
def test_tags(plan, path, tag):
    """A parameter moves with its own tag, else with pay, the prices of its currency, or volumes."""
    assert draws.correlation_tag(plan.parameters[path]) == tag


def test_a_path_keeps_its_growth_in_every_draw(plan):
    """A drawn start value of a path grows by the path's growth."""
    base = inputs(plan)
    values = draws.inputs_at_draws(plan, base, {"claims.per_insured_year": np.array([1.0, 2.0])})

    assert values["claims.per_insured_year"].shape == (len(base["t"]), 2)
    assert values["claims.per_insured_year"][:, 1] == pytest.approx(2 * values["claims.per_insured_year"][:, 0])


def test_whole_numbers_stay_whole(plan):
    """A life of years is drawn in whole years."""
    values = draws.inputs_at_draws(plan, inputs(plan), {"phones.life": np.array([2.2, 3.9])})

    assert list(values["phones.life"]) == [2, 4]
