"""Project support: indirect cost on the net base cost that its funder pays, and the total beside the budget."""

import dataclasses

import pytest

from imis_plan.analysis.project_support import BUDGET, INDIRECT, with_support
from imis_plan.analysis.summary import TOTAL
from imis_plan.model.ledger import budget
from imis_plan.model.project_support import CONTINGENCY, PARTNER_LINES, indirect_costs
from imis_plan.scenario.scenario_sections import FundingRule
from imis_plan.sections import html_table, project_support
from tests.model.plans import NAMES, ledger_of, plan_of


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


PARTNER_IN_BUDGET = {f"other.{line}.included": True for line in PARTNER_LINES}
STATED = {"contingency.method": "lines", "contingency.price_margin": 0.02}


@pytest.mark.parametrize("changes", [{}, {"contingency.method": "percentile"}, STATED, {"contingency.method": "none"}])
@pytest.mark.parametrize("name", NAMES)
def test_the_total_does_not_move_when_the_partner_enters_the_budget(name, changes):
    """Each year to the cent, with every method of contingency: what stood beside the budget moves into it."""
    plan = plan_of(name).replace(changes) if changes else plan_of(name)
    switched = plan.replace(PARTNER_IN_BUDGET)
    outside, inside = (with_support(each, budget(each)) for each in (plan, switched))
    beside = [*PARTNER_LINES, CONTINGENCY]

    assert outside.loc["partner_staff", TOTAL] > 0
    assert not inside.loc[beside].any(axis=None)
    assert inside.loc[TOTAL].to_numpy() == pytest.approx(outside.loc[TOTAL].to_numpy(), rel=0, abs=0.001)
    assert (inside.loc[BUDGET] - outside.loc[BUDGET]).to_numpy() == pytest.approx(outside.loc[beside].sum().to_numpy(), abs=0.001)


def test_a_partner_beside_the_budget_carries_the_contingency_of_its_component():
    """10 % of its cost for quantities, and from the second year 2 % a year on both for prices."""
    plan = plan_of("zambia").replace(STATED | {"contingency.physical.other": 0.1})
    table = with_support(plan, budget(plan)).drop(columns=TOTAL)
    partner = table.loc[list(PARTNER_LINES)].sum()
    expected = [cost * (1.1 * 1.02**t - 1) for t, cost in enumerate(partner)]

    assert table.loc[CONTINGENCY].to_numpy() == pytest.approx(expected, abs=0.02)  # rounded with the rest of the component


def test_one_line_of_the_partner_may_be_in_the_budget():
    """The other one stays beside it, with its contingency; the total is the same."""
    plan = plan_of("zambia")
    switched = plan.replace({"other.partner_office.included": True})
    outside, inside = (with_support(each, budget(each)) for each in (plan, switched))

    assert inside.loc["partner_office", TOTAL] == 0
    assert 0 < inside.loc[CONTINGENCY, TOTAL] < outside.loc[CONTINGENCY, TOTAL]
    assert inside.loc[TOTAL, TOTAL] == pytest.approx(outside.loc[TOTAL, TOTAL], rel=0, abs=0.001)


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
