"""Payers of the budget: the scenario's funding rules applied to the ledger in their order; what no rule covers is the gap."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.arrays import maximum, minimum, round_to_cents, safe_divide
from imis_plan.model.budget_line import N_
from imis_plan.model.translator import current_translator
from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.open_questions import is_to_confirm
from imis_plan.scenario.plan import Plan

GAP = "unfunded"
# Shares are printed with one decimal; a larger share would be printed as 100.0.
SHOWN_AS_ALL = 0.9995
GAP_LABEL = N_("not yet funded")
# Columns of the ledger that rules use: by which they apply to a row or not, and of numbers.
SCOPE_COLUMNS, NUMBER_COLUMNS = ("component", "role_or_level", "line", "year", "kind"), ("year", "amount", "amount_usd")
RULE_COLUMNS = (*SCOPE_COLUMNS, *NUMBER_COLUMNS)
# The columns by which rules apply, as lists.
Scope = Mapping[str, list[Any]]


def is_proposed(plan: Plan) -> bool:
    """Whether the funding is a proposal that nobody has confirmed: the scenario asks for it."""
    return bool(plan.funding) and is_to_confirm(plan.open_questions, "funding")


def rule_scope(table: Mapping[str, Any]) -> Scope:
    """The columns by which rules apply to rows of the ledger. Contingency rows count with the component they are for."""
    columns = {name: np.asarray(table[name]).tolist() for name in SCOPE_COLUMNS}
    pairs = zip(columns["component"], columns.pop("role_or_level"), strict=True)
    return columns | {"component": [level if component == "contingency" else component for component, level in pairs]}


def rule_matches(rule: Any, scope: Scope) -> np.ndarray:
    """Whether a rule applies to a row of the ledger. Shape (rows,)."""
    hit = np.ones(len(scope["line"]), dtype=bool)
    if rule.components != "all":
        hit &= is_in(scope["component"], rule.components)
    if rule.lines:
        hit &= is_in(scope["line"], rule.lines)
    if rule.years != "all":
        hit &= is_in(scope["year"], rule.years)
    if rule.kind:
        hit &= is_in(scope["kind"], [rule.kind])
    return hit


def is_in(values: list[Any], wanted: Iterable[Any]) -> np.ndarray:
    """Which of the values are among those wanted. Shape (values,)."""
    return np.fromiter(map(frozenset(wanted).__contains__, values), dtype=bool, count=len(values))


def payment_without_cap(left: Any, amount: Any, share: Any) -> Any:
    """What a rule pays of an amount if it has no cap, at most what earlier rules left. [LCU]"""
    return minimum(left, amount * share)


def limit_to_cap(amount: Any, cap: Any, used: Any) -> Any:
    """An amount, limited to what is left of a cap after earlier amounts. [currency of the cap]"""
    return minimum(amount, maximum(cap - used, 0))


def payments_within_cap(amounts: np.ndarray, cap: float, years: np.ndarray) -> np.ndarray:
    """Amounts in the order of their years until the cap is used up. [currency of the cap]"""
    order, within = np.argsort(years, kind="stable"), np.empty_like(amounts)
    ordered = amounts[order]
    within[order] = limit_to_cap(ordered, cap, np.cumsum(ordered) - ordered)
    return within


def lcu_per_cap_unit(rule: Any, table: Mapping[str, np.ndarray]) -> np.ndarray:
    """How much of each row's money one unit of the cap's currency is. Shape (rows,). [LCU/currency of the cap]"""
    if rule.cap_currency != "USD":
        return np.ones(len(table["amount"]))
    return safe_divide(table["amount"], table["amount_usd"])


def paid_by_rule(rule: Any, table: Mapping[str, np.ndarray], applies: np.ndarray, left: np.ndarray) -> np.ndarray:
    """What a rule pays of each row to which it applies, at most what earlier rules left. [LCU]"""
    part = np.where(applies, payment_without_cap(left, table["amount"], rule.share), 0.0)
    if rule.cap is not None:
        unit = lcu_per_cap_unit(rule, table)
        part = payments_within_cap(safe_divide(part, unit), rule.cap, table["year"]) * unit
    return round_to_cents(part)


def payments_by_rule(plan: Plan, table: Mapping[str, Any]) -> list[tuple[str, np.ndarray]]:
    """The payer of each rule with its payment for every row of the ledger, the gap last. Shapes (rows,). [LCU]"""
    scope = rule_scope(table)
    check_lines_exist(plan, scope["line"])
    numbers = {name: np.asarray(table[name], dtype=float) for name in NUMBER_COLUMNS}
    left = numbers["amount"].copy()
    parts = []
    for rule in plan.funding:
        paid = paid_by_rule(rule, numbers, rule_matches(rule, scope), left)
        left = round_to_cents(left - paid)
        parts.append((current_translator().text(rule.funder), paid))
    return [*parts, (GAP, left)]


def check_lines_exist(plan: Plan, lines: Iterable[str]) -> None:
    """Raise BadInput for lines of funding rules that no ledger has: such a rule would pay nothing without a message."""
    known = set(lines)
    unknown = [(i, line) for i, rule in enumerate(plan.funding) for line in rule.lines or () if line not in known]
    if unknown:
        file = f"{plan.folder.name}/{plan.name}.yaml"
        raise BadInput(
            [Problem(file, None, f"funding[{i}].lines", "unknown line", suggestion(line, known), line) for i, line in unknown]
        )


def allocation(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """The ledger by payer, the gap included.

    Returns one row per ledger row and payer: row (index of the ledger), year, component, line, role_or_level, kind, funder,
    amount (nominal LCU), amount_usd. Amounts add up to the ledger's; rows for which a payer pays nothing are not included.
    """
    return allocation_rows(table, payments_by_rule(plan, table))


def allocation_rows(table: pd.DataFrame, parts: list[tuple[str, np.ndarray]]) -> pd.DataFrame:
    """Payments of each payer for each row, one payer below the other."""
    paid = np.array([amounts for _, amounts in parts])
    usd = table["amount_usd"].to_numpy(dtype=float) * shares_of_rows(table, paid)
    payer, at = np.nonzero(paid)
    names = np.array([name for name, _ in parts], dtype=object)
    columns = {name: table[name].array[at] for name in ("year", "component", "line", "role_or_level", "kind")}
    payments = {"funder": names[payer], "amount": paid[payer, at], "amount_usd": usd[payer, at]}
    return pd.DataFrame(columns | {"row": table.index[at]} | payments)


def shares_of_rows(table: Mapping[str, Any], amounts: np.ndarray) -> np.ndarray:
    """Amounts as shares of the rows of the ledger; 0 for rows that cost nothing. Shapes (..., rows). [1]"""
    return safe_divide(amounts, np.asarray(table["amount"], dtype=float))


def funders_by_row(plan: Plan, table: Mapping[str, Any]) -> np.ndarray:
    """Payers of each row: one name, or names with their shares in per cent; empty if there is nothing to pay."""
    paid = payments_by_rule(plan, table)
    names = [name for name, _ in paid]
    shares = shares_of_rows(table, np.array([amounts for _, amounts in paid]))
    text = cache(lambda row: funders_text(names, row))  # most rows have the same shares
    return np.array([text(row) for row in zip(*shares.tolist(), strict=True)], dtype=object)


def funders_text(names: list[str], row: tuple[float, ...]) -> str:
    """Payers of one row."""
    paying = [
        name if part > SHOWN_AS_ALL else f"{name} {part * 100:.1f} %" for name, part in zip(names, row, strict=True) if part
    ]
    return " + ".join(paying)
