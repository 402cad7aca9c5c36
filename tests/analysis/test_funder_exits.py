"""What stays without a funder when funders leave."""

import dataclasses

import pytest

from imis_plan.analysis import summary
from imis_plan.analysis.funder_exits import open_after_exit
from imis_plan.scenario.scenario_sections import FundingRule
from tests.model.plans import ledger_of, plan_of


def funded(*rules):
    """Chad with other funding rules, and its ledger."""
    return dataclasses.replace(plan_of("chad"), funding=tuple(FundingRule(**rule) for rule in rules)), ledger_of("chad")


def pays(funder, share, years):
    """A rule for all components."""
    return {"funder": funder, "components": "all", "share": share, "years": years}


def test_what_is_left_open_is_the_mean_gap_of_the_years_after_the_exit():
    """The bank pays half for two years and the state the other half for ever: half of 2029 to 2031 is open, not the whole cost."""
    plan, ledger = funded(pays("Bank", 0.5, [2027, 2028]), pays("State", 0.5, "all"))
    yearly = ledger.groupby("year")["amount"].sum()
    (row,) = open_after_exit(plan, ledger).itertuples()

    assert (row.funders, row.last_year, row.next_year, row.until) == (("Bank",), 2028, 2029, 2031)
    assert row.open == pytest.approx((yearly[2029] + yearly[2030] + yearly[2031]) / 2 / 3)


def test_two_exits_share_no_year():
    """Each year is asked for once: one funder leaves after 2028, two after 2029."""
    plan, ledger = funded(pays("A", 0.2, [2027, 2028]), pays("B", 0.2, [2027, 2028, 2029]), pays("C", 0.2, [2028, 2029]))
    table = open_after_exit(plan, ledger)
    gap = summary.by_funder(plan, ledger).loc["unfunded"]

    assert table[["next_year", "until"]].to_numpy().tolist() == [[2029, 2029], [2030, 2031]]
    assert list(table["funders"]) == [("A",), ("B", "C")]
    assert table["open"].tolist() == pytest.approx([gap[2029], (gap[2030] + gap[2031]) / 2])


@pytest.mark.parametrize(
    "rules",
    [
        [pays("Bank", 1.0, [2027]), pays("State", 1.0, [2028, 2029, 2030, 2031])],  # another one has taken over
        [pays("Bank", 0.5, "all")],  # nobody leaves
        [],  # nobody has paid
    ],
    ids=["followed", "stays", "none"],
)
def test_nothing_is_open_after_an_exit_where_there_is_none(rules):
    """No row, so no decision."""
    assert open_after_exit(*funded(*rules)).empty
