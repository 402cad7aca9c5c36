"""Who pays what: the scenario's rules applied to the ledger, in their order; what no rule covers is the gap."""

from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.line import N_
from imis_plan.scenario.leaf import in_language
from imis_plan.scenario.plan import Plan

GAP = "unfunded"
# Shares are printed with one decimal; above this it would read 100.0.
WHOLE = 99.95
GAP_LABEL = N_("not yet funded")


def matches(rule: Any, table: pd.DataFrame) -> pd.Series:
    """Rows of the ledger that a rule speaks of. Contingency rows count with the component they are for."""
    component = table["component"].where(table["component"] != "contingency", table["role_or_level"])
    hit = pd.Series(np.ones(len(table), dtype=bool), index=table.index)
    if rule.components != "all":
        hit &= component.isin(rule.components)
    if rule.lines:
        hit &= table["line"].isin(rule.lines)
    if rule.years != "all":
        hit &= table["year"].isin(rule.years)
    if rule.kind:
        hit &= table["kind"] == rule.kind
    return hit


def within_cap(amounts: np.ndarray, cap: float | None) -> np.ndarray:
    """Amounts in their order until the cap is used up. [LCU]"""
    if cap is None:
        return amounts
    left = np.clip(cap - (np.cumsum(amounts) - amounts), 0, None)
    return np.minimum(amounts, left)


def cap_lcu(rule: Any, table: pd.DataFrame) -> np.ndarray | None:
    """How much of each row's money one unit of the cap's currency is. None without cap."""
    if rule.cap_currency == "USD":
        return np.asarray(table["amount"] / table["amount_usd"].where(table["amount_usd"] != 0), dtype=float)
    return np.ones(len(table))


def allocation(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """Shares of the ledger by payer, the gap included.

    Returns one row per ledger row and payer: row (index of the ledger), year, component, line, kind, funder, amount
    (nominal LCU), amount_usd. Amounts add up to the ledger's.
    """
    ordered = table.sort_values("year", kind="stable")
    left = ordered["amount"].to_numpy(dtype=float).copy()
    parts = []
    for rule in plan.funding:
        offered = np.where(matches(rule, ordered), np.minimum(left, ordered["amount"].to_numpy(dtype=float) * rule.share), 0.0)
        unit = cap_lcu(rule, ordered)
        paid = np.round(np.nan_to_num(within_cap(np.nan_to_num(offered / unit), rule.cap) * unit), 2)
        left = np.round(left - paid, 2)
        parts.append(part(ordered, in_language(rule.funder, "en"), paid))
    return pd.concat([*parts, part(ordered, GAP, left)], ignore_index=True)


def part(table: pd.DataFrame, funder: str, amounts: np.ndarray) -> pd.DataFrame:
    """What one funder pays, rows with nothing left out."""
    columns = table[["year", "component", "line", "role_or_level", "kind"]].assign(row=table.index, funder=funder, amount=amounts)
    share = amounts / table["amount"].where(table["amount"] != 0)
    columns["amount_usd"] = (table["amount_usd"] * share).fillna(0.0).astype(float)
    return columns[columns["amount"] != 0]


def funders_of(plan: Plan, table: pd.DataFrame) -> np.ndarray:
    """Who pays each row: one name, or names with their shares in per cent."""
    if not plan.funding:
        return np.full(len(table), GAP, dtype=object)
    paid = allocation(plan, table)
    share = paid["amount"] / paid["row"].map(table["amount"]) * 100
    text = np.where(
        share > WHOLE,
        paid["funder"],
        [f"{name} {value:.1f} %" for name, value in zip(paid["funder"], share, strict=True)],
    )
    named = pd.Series(text).groupby(paid["row"].to_numpy()).agg(" + ".join)
    return table.index.map(named).fillna("").to_numpy()
