"""Prices without evidence: how much money they carry, and how far their ranges reach."""

from collections.abc import Iterable

import pandas as pd

from imis_plan.analysis.summary import by_grade, without_contingency
from imis_plan.model.grades import PUBLISHED
from imis_plan.model.ledger import budget
from imis_plan.scenario.plan import Plan

ASSUMED = "assumed"
# Share of the cost that shall rest on evidence of any kind; below it a report names the prices that lack it. [1]
EVIDENCE_GOAL = 0.8


def evidence_share(ledger: pd.DataFrame) -> float:
    """Share of the cost at prices with any evidence: published, observed elsewhere, or predicted. [1]"""
    return 1 - float(by_grade(ledger).loc[ASSUMED, "price"])


def lacks_evidence(ledger: pd.DataFrame) -> bool:
    """Whether less of the cost than the goal has prices with evidence."""
    return evidence_share(ledger) < EVIDENCE_GOAL


def money_by_price(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """The prices of a budget with what is spent at each, the largest first. Prices at which nothing is spent are left out.

    Index: path of the price. Columns amount [LCU], amount_usd [USD], share of the cost without contingency [1], grade, relative
    (half of the range over the value, 0 where there is no range) [1].
    """
    rows = without_contingency(ledger).groupby("price_path")
    table = rows[["amount", "amount_usd"]].sum().assign(grade=rows["confidence"].first())
    table = table[table["amount"] > 0].sort_values("amount", ascending=False, kind="stable")
    relative = [relative_range(plan, str(path)) for path in table.index]
    return table.assign(share=table["amount"] / table["amount"].sum(), relative=relative)


def relative_range(plan: Plan, path: str) -> float:
    """Half of the distance between low and high over the value; 0 without a range or a value. [1]"""
    parameter = plan.parameters[path]
    if parameter.low is None or parameter.high is None or not parameter.value:
        return 0.0
    return float((parameter.high - parameter.low) / 2 / parameter.value)


def prices_without_evidence(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Assumed prices, the largest first; columns as in `money_by_price`."""
    table = money_by_price(plan, ledger)
    return table[table["grade"] == ASSUMED]


def prices_without_own_observation(plans: Iterable[Plan]) -> pd.DataFrame:
    """Prices that no published figure of the own country carries, over several plans, by money times half of the range.

    Index: path of the price. Columns description, money [USD], uncertain (money times half of the relative range) [USD],
    scenarios (their number), item (observations that may give the price; empty without one).
    """
    parts = []
    for plan in plans:
        table = money_by_price(plan, budget(plan))
        table = table[~table["grade"].isin(PUBLISHED)]
        parameters = [plan.parameters[str(path)] for path in table.index]
        words = {"description": [each.description for each in parameters], "item": [each.item or "" for each in parameters]}
        parts.append(table.assign(uncertain=table["amount_usd"] * table["relative"], **words))
    rows = pd.concat(parts).groupby(level=0)
    found = pd.DataFrame(
        {
            "description": rows["description"].first(),
            "money": rows["amount_usd"].sum(),
            "uncertain": rows["uncertain"].sum(),
            "scenarios": rows.size(),
            "item": rows["item"].first(),
        }
    )
    return found.sort_values("uncertain", ascending=False)
