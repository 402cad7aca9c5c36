"""The chapter on taxes: net and tax beside each other, the rates with their ranges, and who bears what."""

import dataclasses

import pytest

from imis_plan.model.ledger import budget
from imis_plan.model.simulation import simulate
from imis_plan.sections import html_table, taxes
from imis_plan.sections.first_page.text import approve_budget
from tests.model.plans import ledger_of, plan_of

NO_TAXES = {"taxes.vat": 0, "taxes.duty_equipment": 0, "taxes.duty_cards": 0}


@pytest.mark.parametrize("name", ["nepal", "cameroon", "chad"])
def test_every_table_can_be_shown(name):
    """By year, by component, by payer."""
    plan, ledger = plan_of(name), ledger_of(name)
    for make in (taxes.tables.by_year, taxes.tables.by_component, taxes.tables.by_payer):
        made = make(plan, ledger)
        page = html_table.render(made.pop("frame"), made.pop("caption"), made.pop("key"), **made)
        assert page.count("<tr") > 2
        assert ">nan<" not in page


def test_the_first_page_asks_for_the_net_sum_and_names_the_taxes():
    """Beside each other."""
    text = approve_budget(plan_of("nepal"), ledger_of("nepal"), simulate(plan_of("nepal"), 200, 1))

    assert "It is net of taxes; [value added tax and duty](#t-taxes) of NPR " in text
    assert text.endswith("are due in addition.")


def test_where_no_taxes_are_due_the_first_page_says_so():
    """All rates are 0."""
    plan = plan_of("nepal").replace(NO_TAXES)

    assert approve_budget(plan, budget(plan), simulate(plan, 200, 1)).endswith("No taxes are due on it.")


def test_rates_are_given_with_their_ranges():
    """Published without, assumed with."""
    text = taxes.text.taxes(plan_of("cameroon"), ledger_of("cameroon"))

    assert "Value added tax is 19.25%, on services" in text
    assert "duty is 10% (assumed; 10% to 30%) on equipment" in text
    assert "With the rates at the ends of their ranges, taxes are XAF " in text


def test_the_report_says_who_bears_the_taxes_of_an_exempt_funder():
    """And that nobody is exempt where nobody is."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    own = dataclasses.replace(plan, funding=plan.funding[1:])

    assert "on the part of Development partner, borne by Government of Nepal" in taxes.text.taxes(plan, ledger)
    assert "No funder is exempt in this scenario" in taxes.text.taxes(own, ledger)


def test_prices_with_taxes_are_named():
    """Only where the scenario has such."""
    plan = plan_of("nepal").replace({"taxes.prices": "included"})

    assert "The prices of the scenario include taxes" in taxes.text.taxes(plan, budget(plan))
    assert "include taxes" not in taxes.text.taxes(plan_of("nepal"), ledger_of("nepal"))


def test_a_budget_of_nothing_has_no_taxes():
    """In words and in tables."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")[lambda rows: rows["amount"] == 0]

    assert taxes.text.taxes(plan, ledger) == "Nothing is budgeted, so no taxes are due."
    assert taxes.text.taxes_beside(plan, ledger) == "No taxes are due on it."
