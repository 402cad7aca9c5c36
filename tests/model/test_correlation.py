"""Groups of parameters that vary together: their members, signs and reasons."""

from dataclasses import replace
from fnmatch import fnmatchcase

import numpy as np
import pytest

from imis_plan import load, simulate
from imis_plan.model.correlation import Membership, find_membership, group_correlation, groups, membership


@pytest.fixture(scope="module")
def plan():
    """Nepal, a full scenario."""
    return load("nepal")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("roles.data_entry_clerk.pay", ("pay", 1)),  # one pay scale
        ("printing.page", ("prices USD", 1)),  # prices of one currency
        ("coverage.target", ("volumes", 1)),  # a popular scheme
        ("coverage.years", ("volumes", -1)),  # reaches its target sooner
        ("enrolment.paper_share", ("digital", -1)),  # with phones there is less paper
        ("coverage.delay", ("rollout", 1)),  # a tag of its own
        ("server.sizing.bloat", ("", 1)),  # alone
        ("money.planning_rate", ("", 1)),  # an exchange rate is no price
        ("population.household_size", ("", 1)),  # a census figure does not depend on the scheme
    ],
)
def test_membership(plan, path, expected):
    """A parameter belongs to its own tag, else to the group that names it, else to the prices of its currency."""
    assert membership(plan.parameters[path]) == expected


def test_a_minus_before_a_tag_is_the_sign():
    """The tag `-rain` belongs to the group rain and falls when its others rise."""
    assert find_membership("toy.price", "-rain", "USD") == Membership("rain", -1)


def test_each_group_states_sign_and_reason(plan):
    """Every pattern names a parameter that exists, with a sign of 1 or -1 and a reason; the correlation is a parameter."""
    for group in groups().values():
        assert group["correlation"] in plan.parameters
        assert group["why"]
        for pattern, member in group.get("members", {}).items():
            assert any(fnmatchcase(path, pattern) for path in plan.parameters), pattern
            assert member["sign"] in (1, -1)
            assert member["why"]
        for path, why in group.get("not_members", {}).items():
            assert path in plan.parameters
            assert why


def test_an_unknown_tag_counts_as_prices(plan):
    """A tag that only a scenario knows has the correlation of prices; no group has none."""
    assert group_correlation(plan, "rain") == plan["uncertainty.correlation_prices"]
    assert group_correlation(plan, "digital") == plan["uncertainty.correlation_volumes"]
    assert group_correlation(plan, "") == 0


@pytest.mark.parametrize("name", ["gambia", "malawi", "zanzibar"])
def test_correlation_widens_the_spread(name):
    """Members point in one direction, so that correlated errors add up instead of cancelling out."""
    plan = load(name)
    free = plan.replace({f"uncertainty.correlation_{group}": 0 for group in ("prices", "pay", "volumes")})
    with_groups, without = simulate(plan, 8000), simulate(free, 8000)

    assert np.quantile(with_groups.total, 0.8) > np.quantile(without.total, 0.8)
    assert with_groups.total.std() > without.total.std()


def test_a_tag_on_a_parameter_comes_first(plan):
    """A scenario moves a parameter to another group by its tag."""
    assert membership(replace(plan.parameters["coverage.target"], tag="-rain")) == ("rain", -1)
