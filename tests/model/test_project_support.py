"""Project support: indirect cost on the net base cost that its funder pays, and the total beside the budget."""

import dataclasses

import pytest

from imis_plan.analysis.project_support import BUDGET, INDIRECT, with_support
from imis_plan.analysis.summary import TOTAL
from imis_plan.model.ledger import budget
from imis_plan.model.project_support import indirect_costs
from imis_plan.scenario.parameter import FundingRule
from imis_plan.sections import html_table, project_support
from tests.model.plans import ledger_of, plan_of


def rule(funder, share, **more):
    """A rule that pays a share of everything."""
    return FundingRule(funder=funder, components="all", share=share, years="all", **more)


def funded(name, *rules):
    """A scenario with other funding rules, and its ledger."""
    plan = dataclasses.replace(plan_of(name), funding=rules)
    return plan, budget(plan)


AGREED = {"indirect_cost_source": "assumption: a test"}


def test_indirect_cost_is_a_share_of_the_base_cost_that_its_funder_pays():
    """7 % of half of everything but contingency; nothing for the other funder."""
    plan, ledger = funded("zambia", rule("Partner", 0.5, indirect_cost=0.07, **AGREED), rule("State", 1))
    base = ledger.loc[ledger["component"] != "contingency", "amount"].sum()
    (found,) = indirect_costs(plan, ledger)

    assert found.rule.funder == "Partner"
    assert found.base.sum() == pytest.approx(base / 2)
    assert found.amount.sum() == pytest.approx(found.base.sum() * 0.07, abs=0.05)  # to the cent in each year


def test_classes_that_the_funder_leaves_out_are_in_no_base():
    """All assets, by the first digits of their class."""
    plan, ledger = funded("zambia", rule("Partner", 1, indirect_cost=0.1, indirect_cost_excludes=["31"], **AGREED))
    rows = ledger[(ledger["component"] != "contingency") & ~ledger["gfs_code"].str.startswith("31")]
    (found,) = indirect_costs(plan, ledger)

    assert found.amount.sum() == pytest.approx(rows["amount"].sum() * 0.1, abs=0.05)


def test_without_a_stated_share_the_usual_one_is_on_everything():
    """On base cost with the partner, as if one project paid for it all; the budget itself is unmoved."""
    plan, ledger = plan_of("chad"), ledger_of("chad")
    table = with_support(plan, ledger)
    base = ledger.loc[ledger["component"] != "contingency", "amount"].sum()
    partner = table.loc[["partner_staff", "partner_office"], TOTAL].sum()

    assert partner > 0
    assert table.loc[BUDGET, TOTAL] == pytest.approx(ledger["amount"].sum())
    assert table.loc[INDIRECT, TOTAL] == pytest.approx((base + partner) * plan["other.indirect_cost"], abs=0.05)
    assert table.loc[TOTAL, TOTAL] == pytest.approx(table[TOTAL].iloc[:-1].sum())


def test_a_partner_in_the_budget_is_not_added_again():
    """Its base cost moves from beside the budget into it, to the cent."""
    plan = plan_of("chad").replace({"contingency.method": "none"})
    switched = plan.replace({"other.partner_staff.included": True, "other.partner_office.included": True})
    outside, inside = (with_support(each, budget(each)) for each in (plan, switched))

    assert not inside.loc[["partner_staff", "partner_office"]].any(axis=None)
    assert inside.loc[BUDGET, TOTAL] - outside.loc[BUDGET, TOTAL] == pytest.approx(
        outside.loc[["partner_staff", "partner_office"], TOTAL].sum()
    )
    assert inside.loc[TOTAL, TOTAL] == pytest.approx(outside.loc[TOTAL, TOTAL])


def test_the_report_says_what_is_in_and_what_is_not():
    """In the chapter on cost, with the published shares and their source; and beside the sum on the first page."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    text = project_support.text.project_support(plan, ledger)

    assert text.startswith("**With project support, the total is NPR ")
    assert "The budget includes: audit of the accounts, insurance of equipment, and a second internet line." in text
    assert "It does not include: power for facilities, staff of an implementing partner" in text
    assert (
        "project staff took 39% and 52% of the spending (electronic immunisation registries, Tanzania and Zambia; Mvundura"
        in text
    )
    assert project_support.text.support_beside(plan, ledger).startswith("With [a partner and indirect cost")


@pytest.mark.parametrize("funding_rule", [rule("Partner", 1, indirect_cost=0.07, **AGREED), rule("State", 1)])
def test_every_table_can_be_shown(funding_rule):
    """The total by year; the indirect cost of each funder."""
    plan, ledger = funded("zambia", funding_rule)
    shown = [project_support.tables.with_support(plan, ledger)]
    shown += [project_support.tables.indirect_cost(plan, ledger)] if funding_rule.indirect_cost else []
    for made in shown:
        page = html_table.render(made.pop("frame"), made.pop("caption"), made.pop("key"), **made)
        assert page.count("<tr") > 1
        assert ">nan<" not in page
