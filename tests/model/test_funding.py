"""Who pays what: shares, caps, order, years, and the gap that is left."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from imis_plan.model.funding import GAP, allocation, funders_by_row
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.scenario_sections import FundingRule
from tests.model.plans import NAMES, ledger_of, plan_of

# Two components over two years; 50 LCU are a dollar in 2027, 100 in 2028.
TABLE = pd.DataFrame(
    [
        ("server", "machines", "", "capital", 2027, 1000.0, 20.0),
        ("server", "connectivity", "", "recurrent", 2028, 400.0, 4.0),
        ("staff", "pay", "clerk", "recurrent", 2027, 600.0, 12.0),
        ("staff", "pay", "clerk", "recurrent", 2028, 800.0, 8.0),
        ("contingency", "physical_contingency", "server", "capital", 2027, 100.0, 2.0),
    ],
    columns=["component", "line", "role_or_level", "kind", "year", "amount", "amount_usd"],
)


def rule(funder="Bank", components="all", share=1.0, years="all", **more):
    """A funding rule: everything, in all years, unless said otherwise."""
    said = {key: value for key, value in more.items() if value is not None}
    return FundingRule(funder=funder, components=components, share=share, years=years, **said)


def plan_with(rules) -> Any:
    """A plan that has nothing but rules."""
    return SimpleNamespace(funding=rules)


def paid(*rules, table=TABLE):
    """What each pays in all."""
    return allocation(plan_with(rules), table).groupby("funder")["amount"].sum().to_dict()


TOTAL = 1000 + 400 + 600 + 800 + 100
CASES = {
    "no rule: all is unfunded": ((), {GAP: TOTAL}),
    "a share of everything": ((rule(share=0.25),), {"Bank": TOTAL * 0.25, GAP: TOTAL * 0.75}),
    "everything: no gap": ((rule(),), {"Bank": TOTAL}),
    "one component, with its contingency": ((rule(components=["server"]),), {"Bank": 1000 + 400 + 100, GAP: 600 + 800}),
    "one line": ((rule(lines=["pay"]),), {"Bank": 600 + 800, GAP: 1000 + 400 + 100}),
    "one year": ((rule(years=[2028]),), {"Bank": 400 + 800, GAP: 1000 + 600 + 100}),
    "capital only": ((rule(kind="capital"),), {"Bank": 1000 + 100, GAP: 400 + 600 + 800}),
    "a cap is used up in the order of the years": ((rule(cap=1500.0),), {"Bank": 1500, GAP: TOTAL - 1500}),
    # 2027: 1,000 / 50 + 600 / 50 + 100 / 50 = 34 dollars; 6 left, at 100 LCU in 2028
    "a cap in dollars counts each year at its rate": ((rule(cap=40.0, cap_currency="USD"),), {"Bank": 1700 + 6 * 100, GAP: TOTAL - 2300}),
    "the first rule is served first": ((rule("Bank", share=0.6), rule("State", share=0.3)), {"Bank": TOTAL * 0.6, "State": TOTAL * 0.3, GAP: TOTAL * 0.1}),
    # the second rule finds only 40 % left
    "shares over 100 % do not pay twice": ((rule("Bank", share=0.6), rule("State", share=0.8)), {"Bank": TOTAL * 0.6, "State": TOTAL * 0.4}),
    "who comes last may find nothing": ((rule("Bank"), rule("State")), {"Bank": TOTAL}),
    "one funder, two rules": ((rule("State", ["staff"], 0.5), rule("State", ["server"], 0.5)), {"State": TOTAL * 0.5, GAP: TOTAL * 0.5}),
    "a cap of nothing": ((rule(cap=0.0),), {GAP: TOTAL}),
}  # fmt: skip


@pytest.mark.parametrize(("rules", "expected"), CASES.values(), ids=CASES)
def test_rules_share_out_the_ledger(rules, expected):
    """What each rule pays, and what no rule covers."""
    assert paid(*rules) == pytest.approx(expected)


def test_a_row_names_who_pays_it():
    """One name, or names with their shares."""
    plan = plan_with((rule("Bank", ["server"], 0.6), rule("State", ["staff"])))

    assert list(funders_by_row(plan, TABLE)) == ["Bank 60.0 % + unfunded 40.0 %"] * 2 + ["State"] * 2 + [
        "Bank 60.0 % + unfunded 40.0 %"
    ]


def test_a_row_without_money_has_no_funder():
    """Nobody pays nothing."""
    plan = plan_with((rule(),))
    nothing = TABLE.assign(amount=[0.0, 400, 600, 800, 100], amount_usd=[0.0, 4, 12, 8, 2])

    assert list(funders_by_row(plan, nothing)) == ["", "Bank", "Bank", "Bank", "Bank"]


def test_a_plan_without_rules_has_one_gap():
    """Every row is still to be funded."""
    assert list(funders_by_row(plan_with(()), TABLE)) == [GAP] * 5


def test_dollars_are_shared_like_the_local_money():
    """Half of an amount is half of its dollars."""
    parts = allocation(plan_with((rule(share=0.5),)), TABLE)

    assert parts.groupby("funder")["amount_usd"].sum().to_dict() == pytest.approx({"Bank": 46 * 0.5, GAP: 46 * 0.5})


@pytest.mark.parametrize("name", NAMES)
def test_what_is_paid_and_what_is_missing_is_the_ledger(name):
    """For every scenario, row by row to the cent, and nobody pays a negative amount."""
    plan, ledger = plan_of(name), ledger_of(name)
    parts = allocation(plan, ledger)
    sums = parts.groupby("row")["amount"].sum().reindex(ledger.index, fill_value=0.0)

    assert np.abs(sums - ledger["amount"]).max() < 0.005
    assert (parts["amount"] >= 0).all()
    assert parts["amount_usd"].sum() == pytest.approx(ledger["amount_usd"].sum(), abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_no_funder_pays_more_than_the_cap(name):
    """Caps of the real rules hold, in their own currency."""
    plan, ledger = plan_of(name), ledger_of(name)
    for one in plan.funding:
        if one.cap is None:
            continue
        payer = in_language(one.funder, "en")
        parts = allocation(plan_with((one,)), ledger)
        paid = parts[parts["funder"] == payer]

        assert paid["amount_usd" if one.cap_currency == "USD" else "amount"].sum() <= one.cap + 0.01


SHARES = st.floats(0, 1)
CAPS = st.none() | st.floats(0, 5000)
COMPONENTS = st.sampled_from(["all", ["server"], ["staff"], ["server", "staff"]])


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(st.tuples(COMPONENTS, SHARES, CAPS, st.sampled_from([None, "USD"])), max_size=5))
def test_whatever_the_rules_nothing_is_paid_twice(rules):
    """Payments are never negative, and with the gap they are the ledger."""
    made = tuple(rule(f"F{i}", c, share=s, cap=cap, cap_currency=unit) for i, (c, s, cap, unit) in enumerate(rules))
    parts = allocation(plan_with(made), TABLE)

    assert (parts["amount"] >= 0).all()
    assert parts.groupby("row")["amount"].sum().to_dict() == pytest.approx(TABLE["amount"].to_dict(), abs=0.005)
    for one in made:
        if one.cap is not None:
            own = parts[parts["funder"] == one.funder]
            assert own["amount_usd" if one.cap_currency else "amount"].sum() <= one.cap + 0.05
