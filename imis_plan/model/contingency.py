"""Contingency as lines of its own, apart from the base cost: physical and price, by component (ADB guideline 3.4.4).

Amounts of the base lines are nominal, so the expected rise of prices is in them already; the price contingency covers prices that
rise faster than expected, and nothing else.
"""

from typing import Any

import pandas as pd

from imis_plan.model.arrays import cents
from imis_plan.model.line import CAPITAL, N_, RECURRENT
from imis_plan.model.money import other_money
from imis_plan.model.uncertainty import percentile_reserve
from imis_plan.model.voice import voice
from imis_plan.model.working import number
from imis_plan.scenario.plan import Plan

PHYSICAL, PRICE, RISK = "physical_contingency", "price_contingency", "risk_contingency"
# How a contingency comes about, by the kind of cost it is for.
OF_BASE = {
    CAPITAL: N_("{amount} {currency} capital cost x {share}"),
    RECURRENT: N_("{amount} {currency} recurrent cost x {share}"),
}
OF_RESERVE = {
    CAPITAL: N_("{amount} {currency} for capital cost of {year} towards {target} x {share} of that cost"),
    RECURRENT: N_("{amount} {currency} for recurrent cost of {year} towards {target} x {share} of that cost"),
}
TEXTS = {RISK: N_("Contingency by percentile"), PHYSICAL: N_("Physical contingency"), PRICE: N_("Price contingency")}


def physical(base: Any, share: Any):
    """Margin for quantities that turn out larger: a share of the base cost. [money]"""
    return base * share


def price(base: Any, margin: Any, t: Any):
    """Margin for prices that rise faster than expected, from the second year on. [money]

    base : base cost with physical contingency, nominal. [money]
    margin : further price rise a year. [1/year]
    t : years since the first. [year]
    """
    return base * ((1 + margin) ** t - 1)


def contingency_rows(plan: Plan, evaluation, table: pd.DataFrame) -> pd.DataFrame:
    """Ledger rows of both contingencies, by component and kind, for the base rows in `table`."""
    if plan["contingency.method"] == "none":
        return table.iloc[:0]
    keys = ["component", "kind", "year"]
    base = table.groupby(keys, sort=False, observed=True).agg(amount=("amount", "sum")).astype(float).reset_index()
    base = base[base.groupby(["component", "kind"])["amount"].transform("any")]
    if plan["contingency.method"] == "percentile":
        return with_amounts(percentile_rows(plan, base), evaluation)
    share = base["component"].map(lambda name: float(plan[f"contingency.physical.{name}"]))
    margin = float(plan["contingency.price_margin"])
    reserve = physical(base["amount"], share)
    rate = price(1.0, margin, base["year"] - plan["time.base_year"])
    rows = [rows_of(plan, PHYSICAL, base, base["amount"], share, "contingency.physical.{}")]
    if margin:
        rows.append(rows_of(plan, PRICE, base, base["amount"] + reserve, rate, "contingency.price_margin"))
    return with_amounts(pd.concat(rows, ignore_index=True), evaluation)


def rows_of(plan: Plan, line: str, base: pd.DataFrame, on: Any, share: Any, path: str) -> pd.DataFrame:
    """Rows of one kind of contingency: the amount it is reckoned on times its share."""
    working = [
        spoken(OF_BASE[kind], cost, part, currency=plan.about.currency)
        for cost, part, kind in zip(on, share, base["kind"], strict=True)
    ]
    return ledger_rows(plan, line, base, on, share, base["component"].map(path.format)).assign(working=working)


def percentile_rows(plan: Plan, base: pd.DataFrame) -> pd.DataFrame:
    """Rows of the contingency that takes the budget to a percentile of the simulated cost.

    base : base cost by component, kind and year; each year's reserve is shared out in proportion to it.
    """
    reserves, first, part = percentile_reserve(plan), plan["time.base_year"], parts(base)
    reserve = [reserves[kind][year - first] for kind, year in zip(base["kind"], base["year"], strict=True)]
    target = f"P{plan['contingency.percentile'] * 100:.0f}"
    working = [
        spoken(OF_RESERVE[kind], whole, share, currency=plan.about.currency, year=year, target=target)
        for whole, kind, year, share in zip(reserve, base["kind"], base["year"], part, strict=True)
    ]
    path = pd.Series("contingency.percentile", index=base.index)
    return ledger_rows(plan, RISK, base, reserve, part, path).assign(working=working)


def spoken(template: str, amount: Any, share: Any, **places: Any) -> str:
    """A sentence in the language spoken now: an amount times a share."""
    speak = voice()
    return speak.say(template).format(amount=speak.digits(number(amount)), share=speak.digits(f"{share:.6g}"), **places)


def parts(base: pd.DataFrame) -> pd.Series:
    """Part of each component in the base cost of its kind and year; in a year without cost, in that of all years. [1]"""
    group = [base["kind"], base["year"]]
    nothing = base["amount"].groupby(group).transform("sum") == 0
    whole = base.groupby(["component", "kind"])["amount"].transform("sum")
    weight = base["amount"].where(~nothing, whole)
    return weight / weight.groupby(group).transform("sum")


def ledger_rows(plan: Plan, line: str, base: pd.DataFrame, on: Any, share: Any, paths: pd.Series) -> pd.DataFrame:
    """What rows of every contingency have: an amount times a share, for each component, kind and year of the base cost."""
    leaves = paths.map(plan.leaves.__getitem__)
    return pd.DataFrame({
        "component": "contingency", "line": line, "label": TEXTS[line], "role_or_level": base["component"], "kind": base["kind"],
        "tradable": False, "driver": "base cost", "quantity": on, "quantity_unit": plan.about.currency, "unit_price": share,
        "price_currency": plan.about.currency, "price_year": base["year"], "price_index": 1.0, "exchange_rate": 1.0,
        "year": base["year"], "life": base["kind"].map({CAPITAL: float(plan["time.horizon"]), RECURRENT: 1.0}),
        "price_path": paths, "confidence": leaves.map(lambda leaf: leaf.confidence), "quantity_confidence": "",
        "source": leaves.map(lambda leaf: leaf.source),
    })  # fmt: skip


def with_amounts(rows: pd.DataFrame, evaluation) -> pd.DataFrame:
    """The rows with amounts in local currency, USD and real terms."""
    amount = cents((rows["quantity"] * rows["unit_price"]).to_numpy(dtype=float))
    return rows.assign(amount=amount, **other_money(evaluation.prices, amount, rows["year"].to_numpy()))
