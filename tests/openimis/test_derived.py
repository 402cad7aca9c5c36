"""From facts to parameters: rates with a working that can be redone, and no rate that the facts do not allow."""

import pytest

from imis_plan.openimis.derived_parameters import derived_parameters
from tests.live.truth import PARAMETERS
from tests.openimis.facts import baseline


def by_path(found):
    """What is derived, by the path of the parameter."""
    return {derived.path: derived for derived in derived_parameters(found)}


def test_every_parameter_is_the_sum_that_its_working_says():
    """Values as in the register; see `PARAMETERS`, which is arithmetic."""
    found = by_path(baseline())

    assert {path: round(derived.value, 12) for path, derived in found.items()} == {
        path: value for path, value in PARAMETERS.items() if path != "facilities.number"
    }
    assert found["population.household_size"].calculation == "1,397 people covered / 325 families with a policy in force"
    assert found["claims.per_insured_year"].calculation == (
        "795 claims from 2025-01-01 to 2025-12-31 / ((100 + 325) / 2 policies x 1,397 / 355 people covered for each policy today)"
    )
    assert found["enrolment.renewal_rate"].calculation == (
        "50 renewals from 2025-01-01 to 2025-12-31 / 100 policies that ended from 2024-12-31 to 2025-12-30"
    )


def test_people_covered_are_estimated_where_nobody_counted_them():
    """Policies x members of a family, graded C and called an estimate."""
    derived = by_path(baseline("covered", "insured_families"))["coverage.insured_at_start"]

    assert derived.value == round(355 * 2700 / 600)
    assert derived.confidence == "C"
    assert derived.calculation.startswith("estimated as 355 policies in force x 2,700 people registered / 600 families")


def test_a_year_that_is_not_over_is_brought_to_a_whole_one():
    """100 claims in the 90 days to 31 March are 100 x 365 / 90 in a year."""
    derived = by_path(baseline(day="2026-03-31", year=2026, claims=100, policies_before=355, policies_after=355))[
        "claims.per_insured_year"
    ]

    assert derived.value == pytest.approx(100 / 1397 * 365 / 90)
    assert derived.calculation.endswith("x 365 / 90 days")


@pytest.mark.parametrize(
    ("other", "path", "words"),
    [
        ({"ended": 0, "renewed": 0}, "enrolment.renewal_rate", "there are no policies that ended"),
        ({"renewed": 101}, "enrolment.renewal_rate", "more renewals than policies that ended"),
        ({"policies_before": 0, "policies_after": 0}, "claims.per_insured_year", "nobody was insured in 2025"),
        ({"officers": 0}, "agents.households_per_agent", "there are no active enrolment officers"),
        ({"officers": 400}, "agents.households_per_agent", "fewer families than officers"),
        ({"facilities": 0}, "facilities.users_per_facility", "there are no facilities"),
    ],
)
def test_a_rate_that_the_facts_do_not_allow_is_left_out(other, path, words):
    """With the reason, and never as 0."""
    derived = by_path(baseline(**other))[path]

    assert derived.value is None
    assert words in derived.calculation


def test_logins_of_officers_who_left_do_not_make_a_share_above_one():
    """30 logins, 22 officers at work."""
    derived = by_path(baseline(officer_users=30))["agents.login_share"]

    assert (derived.value, derived.confidence) == (1, "B")


@pytest.mark.parametrize(
    ("gap", "paths"),
    [
        ("facilities", {"facilities.at_start", "facilities.users_per_facility"}),
        ("officers", {"agents.at_start", "agents.households_per_agent", "agents.login_share"}),
        ("users", {"schemes.national_users"}),
        ("claims", {"claims.per_insured_year"}),
        ("population", {"population.total"}),
    ],
)
def test_a_gap_leaves_out_what_rests_on_it_and_no_more(gap, paths):
    """The reason of the gap is the reason of the parameter."""
    left_out = {path: derived for path, derived in by_path(baseline(gap)).items() if derived.value is None}

    assert left_out.keys() == paths
    assert all("no right; grant it" in derived.calculation for derived in left_out.values())
