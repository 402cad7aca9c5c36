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


@pytest.mark.parametrize("wanted", [0.0, 0.3, 0.8, 1.0])
def test_parameters_of_a_group_have_the_stated_rank_correlation(plan, wanted):
    """Two prices in one currency move together as much as the plan says; each stays evenly spread."""
    parameters = (plan.parameters["printing.page"], plan.parameters["office_it.workstations.price"])
    u = draws.correlated_positions(parameters, {"prices USD": wanted}, 3, 0, 50_000, "random")

    assert spearmanr(u[0], u[1]).statistic == pytest.approx(wanted, abs=0.02)
    assert np.quantile(u, [0.1, 0.5, 0.9], axis=1) == pytest.approx(np.repeat([[0.1], [0.5], [0.9]], 2, axis=1), abs=0.02)


def test_the_sign_reverses_the_correlation(plan):
    """A higher target goes with fewer years until it is reached; two figures that both fall move together."""
    paths = ("coverage.target", "coverage.years", "enrolment.paper_share", "enrolment.paper_renewal_share")
    parameters = tuple(plan.parameters[path] for path in paths)
    u = draws.correlated_positions(parameters, {"volumes": 0.5, "digital": 0.5}, 3, 0, 50_000, "random")

    assert spearmanr(u[0], u[1]).statistic == pytest.approx(-0.5, abs=0.02)
    assert spearmanr(u[2], u[3]).statistic == pytest.approx(0.5, abs=0.02)
    assert np.quantile(u[1], [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.02)


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
