"""Prices without evidence: their money, their range, and over several scenarios."""

import pytest

from imis_plan.analysis import price_gaps, summary
from tests.model.plans import ledger_of, plan_of


def test_the_money_of_all_prices_is_the_cost_without_contingency():
    """Each price once, the largest first, at the grade of the ledger."""
    plan, ledger = plan_of("malawi"), ledger_of("malawi")
    table = price_gaps.money_by_price(plan, ledger)

    assert table["amount"].sum() == pytest.approx(ledger.loc[ledger["component"] != "contingency", "amount"].sum())
    assert table["share"].sum() == pytest.approx(1)
    assert table["amount"].is_monotonic_decreasing
    assert table.index.is_unique
    assert table.loc["phones.handset", "grade"] == "A"


def test_the_range_is_half_of_its_width_over_the_value():
    """A paper card at 0.12 (0.05 to 0.25): 0.20 / 2 / 0.12."""
    assert price_gaps.relative_range(plan_of("malawi"), "printing.card_laminated_paper") == pytest.approx(0.2 / 2 / 0.12)


def test_a_value_of_nothing_has_no_relative_range():
    """Nepal's flat fee is 0."""
    assert price_gaps.relative_range(plan_of("nepal"), "mobile_money.flat_fee") == 0


def test_evidence_and_assumptions_are_everything():
    """The goal is a share of the cost without contingency."""
    ledger = ledger_of("malawi")

    assert price_gaps.evidence_share(ledger) + summary.by_grade(ledger).loc["assumed", "price"] == pytest.approx(1)
    assert price_gaps.lacks_evidence(ledger) == (price_gaps.evidence_share(ledger) < 0.8)


def test_what_is_published_at_home_needs_no_observation():
    """Malawi's tablets have a price of Malawi, Chad's have not; an analogue counts as none of its own."""
    found = price_gaps.prices_without_own_observation([plan_of("malawi"), plan_of("chad")])
    chad = price_gaps.money_by_price(plan_of("chad"), ledger_of("chad"))

    assert found.loc["phones.handset", "scenarios"] == 1
    assert found.loc["phones.handset", "money"] == pytest.approx(chad.loc["phones.handset", "amount_usd"])
    assert found.loc["phones.handset", "item"] == "handset"
    assert found.loc["capacity.venue", "scenarios"] == 2
    assert found["uncertain"].is_monotonic_decreasing
