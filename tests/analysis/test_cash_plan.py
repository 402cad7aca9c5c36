"""The cash plan: quarters by payment profile, which add up to the year."""

import re

import numpy as np
import pytest

from imis_plan.analysis import cash_plan as views
from imis_plan.model import payment_profiles
from imis_plan.model.ledger import budget
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.line_attributes import PAYMENTS, line_catalogue
from imis_plan.sections import cash_plan, html_table
from tests.model.plans import NAMES, ledger_of, plan_of

# Insured from 0 to all of the target in one year, on a straight line.
ONE_YEAR = {"coverage.shape": "linear", "coverage.years": 1, "coverage.insured_at_start": 0, "enrolment.registered_at_start": 0}


def shares(plan, profile, year=0):
    """The share of each quarter of a year."""
    return views.shares_by_profile(plan)[profile][:, year]


def test_the_profiles_of_the_data_are_those_of_the_model():
    """Each has a name for readers, and every line has one of them."""
    assert tuple(payment_profiles.PROFILES) == PAYMENTS
    assert set(payment_profiles.LABELS) == {*PAYMENTS, views.BASE}
    every = [line for lines in (*line_catalogue().lines.values(), line_catalogue().contracted) for line in lines.values()]
    assert {line.payment for line in every} == set(PAYMENTS)


@pytest.mark.parametrize("name", NAMES)
def test_quarters_add_up_to_the_ledger_and_none_is_below_zero(name):
    """To the cent, line by line, in the first two years."""
    plan, ledger = plan_of(name), ledger_of(name)
    cash = views.cash_plan(plan, ledger)
    first = ledger[ledger["year"] < plan["time.base_year"] + 2]

    assert cash["amount"].tolist() == first["amount"].tolist()
    assert cash[views.QUARTERS].sum(axis=1).to_numpy() == pytest.approx(cash["amount"].to_numpy(), abs=0.001)
    assert (cash[views.QUARTERS] >= 0).all(axis=None)


@pytest.mark.parametrize("name", NAMES)
def test_shares_add_up_to_one_in_every_year(name):
    """Each profile, each year."""
    for profile, parts in views.shares_by_profile(plan_of(name)).items():
        assert parts.sum(axis=0) == pytest.approx(np.ones(parts.shape[1])), profile
        assert (parts >= -1e-12).all(), profile


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (0, [0.25, 0.25, 0.25, 0.25]),  # paid when it is rolled out, a quarter of it in each quarter
        (0.25, [0.5, 0.25, 0.25, 0]),  # a quarter earlier; what serves the first quarter cannot be paid before the year
        (0.5, [0.75, 0.25, 0, 0]),
        (0.125, [0.375, 0.25, 0.25, 0.125]),
        (1, [1, 0, 0, 0]),
    ],
)
def test_purchases_are_paid_one_lead_time_before_the_rollout_that_they_serve(lead, expected):
    """A straight roll-out within one year."""
    plan = plan_of("nepal").replace({**ONE_YEAR, "cash.delivery_lead": lead})

    assert shares(plan, "before_rollout") == pytest.approx(expected)


def test_a_rollout_that_begins_late_is_paid_late():
    """Half a year of delay: nothing in the first quarter; set-up is paid at once when it begins."""
    plan = plan_of("nepal").replace({**ONE_YEAR, "coverage.delay": 0.5, "cash.delivery_lead": 0.25})

    assert shares(plan, "before_rollout") == pytest.approx([0, 0.5, 0.5, 0])  # from April to September for July to December
    assert shares(plan, "at_start") == pytest.approx([0, 1, 0, 0])


def test_a_year_without_growth_replaces_when_it_begins():
    """The second year of a roll-out in one."""
    plan = plan_of("nepal").replace(ONE_YEAR)

    assert shares(plan, "before_rollout", 1) == pytest.approx([1, 0, 0, 0])


def test_forms_follow_enrolment_and_fees_follow_the_insured():
    """From none to all in a year: enrolment is even, the number of insured at mid-quarter is 1, 3, 5 and 7 eighths."""
    plan = plan_of("nepal").replace(ONE_YEAR)

    assert shares(plan, "with_enrolment") == pytest.approx([0.25, 0.25, 0.25, 0.25])
    assert shares(plan, "with_insured") == pytest.approx([1 / 16, 3 / 16, 5 / 16, 7 / 16])
    assert shares(plan, "with_insured", 1) == pytest.approx([0.25] * 4)


def test_each_profile_of_the_calendar():
    """Monthly, in advance, at the end."""
    plan = plan_of("nepal")

    assert shares(plan, "monthly").tolist() == shares(plan, "quarterly_advance").tolist() == [0.25] * 4
    assert shares(plan, "yearly_advance").tolist() == [1, 0, 0, 0]
    assert shares(plan, "last_quarter").tolist() == [0, 0, 0, 1]


def test_rounding_leaves_no_quarter_below_zero():
    """Two cents in halves and quarters: what is paid so far is rounded, and not each quarter."""
    assert views.by_quarter(np.array([0.02]), np.array([[0.5, 0.25, 0.25, 0]])).tolist() == [[0.01, 0.01, 0, 0]]
    assert views.by_quarter(np.array([100.0]), np.array([[0.25] * 4])).tolist() == [[25, 25, 25, 25]]


def test_contingency_is_paid_like_the_cost_it_is_for():
    """By component and kind: that of phones is paid as phones are."""
    plan = plan_of("gambia")
    cash = views.cash_plan(plan, ledger_of("gambia")).query("year == year.min() and kind == 'capital'")
    phones, reserve = (
        cash[(cash["component"] == "phones") if base else (cash["role_or_level"] == "phones")][[*views.QUARTERS, "amount"]].sum()
        for base in (True, False)
    )

    assert reserve["amount"] > 0
    assert (reserve / reserve["amount"]).to_numpy() == pytest.approx((phones / phones["amount"]).to_numpy(), abs=1e-6)


@pytest.mark.parametrize("name", ["tanzania", "borsa", "zanzibar"])
def test_the_chapter_can_be_shown(name):
    """Text and tables, without gaps."""
    plan, ledger = plan_of(name), ledger_of(name)
    text = cash_plan.text.cash_plan(plan, ledger)

    assert text.startswith(f"The first quarter of {year_label(plan, 2027)} needs ")
    assert not re.search(r"\{\w*\}|\bnan\b", text)
    for make in (cash_plan.tables.by_component, cash_plan.tables.by_line):
        made = make(plan, ledger)
        page = html_table.render(made.pop("frame"), made.pop("caption"), made.pop("key"), **made)
        assert page.count("<tr") > 3
        assert ">nan<" not in page


def test_a_plan_of_one_year_has_four_quarters():
    """No second year is asked for."""
    plan = plan_of("zanzibar").replace({"time.horizon": 1})
    table = cash_plan.tables.by_component(plan, budget(plan))["frame"]

    assert [str(column) for column in table.columns] == [f"FY 2027/28, quarter {quarter}" for quarter in (1, 2, 3, 4)]
