"""Who pays what: the scenario's rules applied to the ledger, in their order; what no rule covers is the gap."""

from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.arrays import cents, maximum, minimum, over
from imis_plan.model.line import N_
from imis_plan.model.voice import voice
from imis_plan.scenario.faults import BadInput, Fault, suggestion
from imis_plan.scenario.plan import Plan

GAP = "unfunded"
# Shares are printed with one decimal; above this it would read 100.0.
WHOLE = 0.9995
GAP_LABEL = N_("not yet funded")
# The columns of the ledger that rules speak of.
READ = ("component", "role_or_level", "line", "year", "kind", "amount", "amount_usd")


def matches(rule: Any, table: pd.DataFrame) -> pd.Series:
    """Rows of the ledger that a rule speaks of. Contingency rows count with the component they are for."""
    hit = pd.Series(np.ones(len(table), dtype=bool), index=table.index)
    if rule.components != "all":
        component = table["component"].where(table["component"] != "contingency", table["role_or_level"])
        hit &= component.isin(rule.components)
    if rule.lines:
        hit &= table["line"].isin(rule.lines)
    if rule.years != "all":
        hit &= table["year"].isin(rule.years)
    if rule.kind:
        hit &= table["kind"] == rule.kind
    return hit


def offered(left: Any, amount: Any, share: Any) -> Any:
    """What a rule would pay of an amount, of what the rules before it left, if it had no cap. [LCU]"""
    return minimum(left, amount * share)


def allowed(amount: Any, cap: Any, used: Any) -> Any:
    """An amount as far as a cap has room for it, after what was offered before. [currency of the cap]"""
    return minimum(amount, maximum(cap - used, 0))


def within_cap(amounts: np.ndarray, cap: float | None) -> np.ndarray:
    """Amounts in their order until the cap is used up. [LCU]"""
    return amounts if cap is None else allowed(amounts, cap, np.cumsum(amounts) - amounts)


def lcu_per_cap(rule: Any, table: pd.DataFrame) -> np.ndarray:
    """How much of each row's money one unit of the cap's currency is. Shape (rows,). [LCU/currency of the cap]"""
    if rule.cap_currency != "USD":
        return np.ones(len(table))
    return over(table["amount"].to_numpy(dtype=float), table["amount_usd"].to_numpy(dtype=float))


def paid_by_rule(rule: Any, table: pd.DataFrame, left: np.ndarray) -> np.ndarray:
    """What a rule pays of each row, of what the rules before it left; rows by year, as a cap is used up. [LCU]"""
    amount = table["amount"].to_numpy(dtype=float)
    part = np.where(matches(rule, table), offered(left, amount, rule.share), 0.0)
    unit = lcu_per_cap(rule, table)
    return cents(within_cap(over(part, unit), rule.cap) * unit)


def payments(plan: Plan, table: pd.DataFrame) -> list[tuple[str, np.ndarray]]:
    """Each rule's payer with what it pays of every row of the ledger, the gap last. Shapes (rows,). [LCU]"""
    raise_unknown_lines(plan, table)
    order = np.argsort(table["year"].to_numpy(), kind="stable")
    ordered, back = table[list(READ)].iloc[order], np.argsort(order)
    left = ordered["amount"].to_numpy(dtype=float).copy()
    parts = []
    for rule in plan.funding:
        paid = paid_by_rule(rule, ordered, left)
        left = cents(left - paid)
        parts.append((voice().text(rule.funder), paid[back]))
    return [*parts, (GAP, left[back])]


def raise_unknown_lines(plan: Plan, table: pd.DataFrame) -> None:
    """Raise BadInput for lines of funding rules that no ledger has: such a rule would pay nothing without a word."""
    known = set(table["line"])
    unknown = [(i, line) for i, rule in enumerate(plan.funding) for line in rule.lines or () if line not in known]
    if unknown:
        file = f"{plan.folder.name}/{plan.name}.yaml"
        raise BadInput(
            [Fault(file, None, f"funding[{i}].lines", "unknown line", suggestion(line, known), line) for i, line in unknown]
        )


def allocation(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """The ledger by payer, the gap included.

    Returns one row per ledger row and payer: row (index of the ledger), year, component, line, role_or_level, kind, funder,
    amount (nominal LCU), amount_usd. Amounts add up to the ledger's.
    """
    return pd.concat([part(table, funder, amounts) for funder, amounts in payments(plan, table)], ignore_index=True)


def part(table: pd.DataFrame, funder: str, amounts: np.ndarray) -> pd.DataFrame:
    """What one funder pays, rows with nothing left out."""
    rows = table[["year", "component", "line", "role_or_level", "kind"]].assign(row=table.index, funder=funder, amount=amounts)
    return rows.assign(amount_usd=table["amount_usd"].to_numpy(dtype=float) * shares(table, amounts))[amounts != 0]


def shares(table: pd.DataFrame, amounts: np.ndarray) -> np.ndarray:
    """Amounts as shares of the rows of the ledger; nothing of rows that cost nothing. Shape (rows,). [1]"""
    return over(amounts, table["amount"].to_numpy(dtype=float))


def funders_of(plan: Plan, table: pd.DataFrame) -> np.ndarray:
    """Who pays each row: one name, or names with their shares in per cent; nobody where there is nothing to pay."""
    paid = payments(plan, table)
    names = [name for name, _ in paid]
    grid = np.stack([shares(table, amounts) for _, amounts in paid], axis=1)
    return np.array([in_words(names, row) for row in grid.tolist()], dtype=object)


def in_words(names: list[str], row: list[float]) -> str:
    """Payers of one row."""
    paying = [(name, part) for name, part in zip(names, row, strict=True) if part]
    return " + ".join(name if part > WHOLE else f"{name} {part * 100:.1f} %" for name, part in paying)
