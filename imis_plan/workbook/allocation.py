"""Funding as cells: what each funding rule pays of each row of the ledger, and what is not yet funded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from imis_plan.analysis.costab import CATEGORIES
from imis_plan.model.arrays import round_to_cents, safe_divide
from imis_plan.model.funding import limit_to_cap, payment_without_cap, rule_matches, rule_scope
from imis_plan.workbook.categories import category_weights
from imis_plan.workbook.column_formulas import ROW_ABOVE, column_reference, row_formulas, rows_by_pattern
from imis_plan.workbook.layout import title
from imis_plan.workbook.ledger_columns import AMOUNT, KEY, TAX, USD as IN_USD, LedgerRow
from imis_plan.workbook.operand import Operand, inline
from imis_plan.workbook.term import Term, constant
from imis_plan.workbook.tracing import TracedModel

FIRST_PAID_COLUMN = 6
AMOUNT_COLUMN = 5


@dataclass(frozen=True)
class RuleColumns:
    """Columns of a funding rule: what it pays; with a cap also what is offered to it in the row and in the rows above it."""

    paid: int
    offered: int | None = None
    offered_above: int | None = None


@dataclass(frozen=True)
class Allocation:
    """What each rule pays of each row.

    columns : of each rule; gap : column of what is not yet funded; numbers : row numbers. After the gap come the tax on a
    unit of money of the row (`tax_share`) and its parts by expenditure category (`weights`).
    cells : column -> row -> formula; values : column -> current values, 0 where there is no formula, shape (rows,).
    """

    columns: tuple[RuleColumns, ...]
    gap: int
    numbers: np.ndarray
    cells: dict[int, dict[int, Term]] = field(default_factory=dict)
    values: dict[int, np.ndarray] = field(default_factory=dict)

    @property
    def tax_share(self) -> int:
        """Column of the tax on a unit of money of the row."""
        return self.gap + 1

    @property
    def weights(self) -> dict[str, int]:
        """Expenditure category -> column of the part of each row that belongs to it."""
        return {key: self.tax_share + 1 + i for i, key in enumerate(CATEGORIES)}

    def column_values(self, column: int) -> np.ndarray:
        """Current values of a column, row by row; 0 where no rule applies."""
        return self.values.get(column, np.zeros(len(self.numbers)))

    def references(self, column: int, at: Any = slice(None)) -> Operand:
        """References to a column of the same sheet, for all rows or some."""
        return column_reference(column, self.values[column][at])

    def fill(self, column: int, formula: Operand, at: Any = slice(None)) -> None:
        """Put a formula into a column, for all rows or some."""
        rows = self.numbers[at].tolist()
        self.cells.setdefault(column, {}).update(zip(rows, row_formulas(formula, rows), strict=True))
        self.values.setdefault(column, np.zeros(len(self.numbers)))[at] = formula.terms[0].value


def rule_columns(rules: Any) -> tuple[tuple[RuleColumns, ...], int]:
    """Columns of each rule, and the column of the gap."""
    found, column = [], FIRST_PAID_COLUMN
    for rule in rules:
        if rule.cap is None:
            found.append(RuleColumns(column))
        else:
            found.append(RuleColumns(column + 2, column, column + 1))
        column = found[-1].paid + 1
    return tuple(found), column


def allocate(traced: TracedModel, rows: list[LedgerRow]) -> Allocation:
    """The allocation of the ledger's rows to the funding rules, in the order of the rows."""
    rules = traced.start.base.funding
    scope = rule_scope(pd.DataFrame([row.key for row in rows], columns=KEY))
    hits = [rule_matches(rule, scope) for rule in rules]
    result = Allocation(*rule_columns(rules), np.array([row.number for row in rows]))
    result.fill(AMOUNT_COLUMN, ledger_column(rows, AMOUNT))
    for k, rule in enumerate(rules):
        add_rule(result, rows, k, rule, hits)
    for at, paid in paid_by_rows(result, hits):
        result.fill(result.gap, round_to_cents(result.references(AMOUNT_COLUMN, at) - paid), at)
    result.fill(result.tax_share, safe_divide(ledger_column(rows, TAX), ledger_column(rows, AMOUNT)))
    for key, terms in category_weights(rows).items():
        column = result.weights[key]
        result.cells[column] = dict(zip(result.numbers.tolist(), terms, strict=True))
        result.values[column] = np.array([term.value for term in terms], dtype=float)
    return result


def paid_by_rows(result: Allocation, hits: Sequence[np.ndarray], among: Any = None) -> list[tuple[np.ndarray, Any]]:
    """Groups of rows with the same rules, with what these rules pay. hits : rows of each rule; among : only these rows."""
    place = np.arange(len(result.numbers)) if among is None else np.flatnonzero(among)
    patterns = zip(*(hit[place].tolist() for hit in hits), strict=True) if hits else [()] * len(place)
    found = []
    for pattern, which in rows_by_pattern(patterns).items():
        at = place[which]
        paid = [result.references(columns.paid, at) for columns, hit in zip(result.columns, pattern, strict=False) if hit]
        found.append((at, sum(paid[1:], start=paid[0]) if paid else 0.0))
    return found


def add_rule(result: Allocation, rows: list[LedgerRow], k: int, rule: Any, hits: list[np.ndarray]) -> None:
    """Add the cells of a rule; it pays nothing of rows to which it does not apply."""
    columns, share = result.columns[k], named_cell(f"funding.{k + 1}.share", rule.share)
    if columns.offered is None or columns.offered_above is None:
        for at, part in uncapped_payments(result, k, share, hits):
            result.fill(columns.paid, round_to_cents(part), at)
        return
    dollars = rule.cap_currency == "USD"
    result.fill(columns.offered, Operand([constant(0.0)], inline, series=False), ~hits[k])
    for at, part in uncapped_payments(result, k, share, hits):
        result.fill(columns.offered, safe_divide(part, local_per_dollar(rows, at)) if dollars else part, at)
    fill_offered_above(result, columns.offered, columns.offered_above)
    at = np.flatnonzero(hits[k])
    room = limit_to_cap(
        result.references(columns.offered, at),
        named_cell(f"funding.{k + 1}.cap", rule.cap),
        result.references(columns.offered_above, at),
    )
    result.fill(columns.paid, round_to_cents(room * (local_per_dollar(rows, at) if dollars else 1.0)), at)


def uncapped_payments(result: Allocation, k: int, share: Operand, hits: list[np.ndarray]) -> Any:
    """Rows to which a rule applies, with what it would pay without its cap."""
    for at, paid in paid_by_rows(result, hits[:k], among=hits[k]):
        amount = result.references(AMOUNT_COLUMN, at)
        yield at, payment_without_cap(round_to_cents(amount - paid) if k else amount, amount, share)


def fill_offered_above(result: Allocation, offered_: int, offered_above: int) -> None:
    """Fill the column of what was offered to a rule in the rows above; 0 in the first row."""
    sums = np.concatenate(([0.0], np.cumsum(result.values[offered_])[:-1]))
    above = "+".join(f"{xl_col_to_name(column)}{ROW_ABOVE}" for column in (offered_above, offered_))
    result.fill(offered_above, Operand([constant(0.0)], inline, series=False), slice(0, 1))
    result.fill(offered_above, Operand([Term(above, sums[1:])], inline, series=False), slice(1, None))


def local_per_dollar(rows: list[LedgerRow], at: np.ndarray) -> Any:
    """Local currency per US dollar in some rows of the ledger."""
    some = [rows[i] for i in at]
    return safe_divide(*(ledger_column(some, column) for column in (AMOUNT, IN_USD)))


def ledger_column(rows: list[LedgerRow], column: int) -> Operand:
    """References to a column of the ledger."""
    return column_reference(column, [row.value(column) for row in rows], title("ledger"))


def named_cell(name: str, value: float) -> Operand:
    """A reference to a named cell."""
    return Operand([Term(name, value, cell=True)], inline, series=False)
