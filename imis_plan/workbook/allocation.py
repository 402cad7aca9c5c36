"""Who pays what, as cells: for each row of the ledger and rule of funding what the rule pays, and what nobody pays yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from imis_plan.model.arrays import round_to_cents, safe_divide
from imis_plan.model.funding import limit_to_cap, payment_without_cap, rule_matches
from imis_plan.workbook.column_formulas import ABOVE, alike, down, stamped
from imis_plan.workbook.layout import title
from imis_plan.workbook.ledger_columns import AMOUNT, KEY, USD as IN_USD, LedgerRow
from imis_plan.workbook.operand import Operand, whole
from imis_plan.workbook.term import Term, constant
from imis_plan.workbook.tracing import Book

PAID_FROM = 6
WHOLE = 5


@dataclass(frozen=True)
class Columns:
    """Columns of a rule: what it is offered in money of its cap and what was offered before, if it has a cap; what it pays."""

    paid: int
    offered: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class Allocation:
    """What each rule pays of each row.

    columns : of each rule; gap : column of what is left; numbers : of the rows. cells : column -> row -> formula; values : column
    -> what it comes to now, nothing where there is no formula, shape (rows,).
    """

    columns: tuple[Columns, ...]
    gap: int
    numbers: np.ndarray
    cells: dict[int, dict[int, Term]] = field(default_factory=dict)
    values: dict[int, np.ndarray] = field(default_factory=dict)

    def paid(self, column: int) -> np.ndarray:
        """What a column comes to now, row by row; nothing where no rule speaks of any."""
        return self.values.get(column, np.zeros(len(self.numbers)))

    def ref(self, column: int, at: Any = slice(None)) -> Operand:
        """References to a column of the same sheet, for all rows or some."""
        return down(column, self.values[column][at])

    def fill(self, column: int, formula: Operand, at: Any = slice(None)) -> None:
        """Put a formula into a column, for all rows or some."""
        rows = self.numbers[at].tolist()
        self.cells.setdefault(column, {}).update(zip(rows, stamped(formula, rows), strict=True))
        self.values.setdefault(column, np.zeros(len(self.numbers)))[at] = formula.terms[0].value


def columns_of(rules: Any) -> tuple[tuple[Columns, ...], int]:
    """Columns of each rule, and that of the gap."""
    found, column = [], PAID_FROM
    for rule in rules:
        if rule.cap is None:
            found.append(Columns(column))
        else:
            found.append(Columns(column + 2, column, column + 1))
        column = found[-1].paid + 1
    return tuple(found), column


def allocation_of(book: Book, rows: list[LedgerRow]) -> Allocation:
    """The allocation of a ledger, in the order of its rows."""
    rules = book.state.base.funding
    table = pd.DataFrame([row.key for row in rows], columns=KEY)
    hits = [rule_matches(rule, table) for rule in rules]
    result = Allocation(*columns_of(rules), np.array([row.number for row in rows]))
    result.fill(WHOLE, ledger_column(rows, AMOUNT))
    for k, rule in enumerate(rules):
        add_rule(result, rows, k, rule, hits)
    for at, paid in left_by(result, hits):
        result.fill(result.gap, round_to_cents(result.ref(WHOLE, at) - paid), at)
    return result


def left_by(result: Allocation, hits: Sequence[np.ndarray], among: Any = None) -> list[tuple[np.ndarray, Any]]:
    """Rows that the same rules speak of, with what these rules pay of them. hits : of each rule; among : of these rows only."""
    place = np.arange(len(result.numbers)) if among is None else np.flatnonzero(among)
    patterns = zip(*(hit[place].tolist() for hit in hits), strict=True) if hits else [()] * len(place)
    found = []
    for pattern, which in alike(patterns).items():
        at = place[which]
        paid = [result.ref(columns.paid, at) for columns, hit in zip(result.columns, pattern, strict=False) if hit]
        found.append((at, sum(paid[1:], start=paid[0]) if paid else 0.0))
    return found


def add_rule(result: Allocation, rows: list[LedgerRow], k: int, rule: Any, hits: list[np.ndarray]) -> None:
    """The cells of a rule; of a row that it does not speak of it pays nothing."""
    columns, share = result.columns[k], named(f"funding.{k + 1}.share", rule.share)
    if columns.offered is None or columns.before is None:
        for at, part in parts(result, k, share, hits):
            result.fill(columns.paid, round_to_cents(part), at)
        return
    dollars = rule.cap_currency == "USD"
    result.fill(columns.offered, Operand([constant(0.0)], whole, series=False), ~hits[k])
    for at, part in parts(result, k, share, hits):
        result.fill(columns.offered, safe_divide(part, per_dollar(rows, at)) if dollars else part, at)
    fill_before(result, columns.offered, columns.before)
    at = np.flatnonzero(hits[k])
    room = limit_to_cap(result.ref(columns.offered, at), named(f"funding.{k + 1}.cap", rule.cap), result.ref(columns.before, at))
    result.fill(columns.paid, round_to_cents(room * (per_dollar(rows, at) if dollars else 1.0)), at)


def parts(result: Allocation, k: int, share: Operand, hits: list[np.ndarray]) -> Any:
    """Rows that a rule speaks of, with what it would pay of them if it had no cap."""
    for at, paid in left_by(result, hits[:k], among=hits[k]):
        amount = result.ref(WHOLE, at)
        yield at, payment_without_cap(round_to_cents(amount - paid) if k else amount, amount, share)


def fill_before(result: Allocation, offered_: int, before: int) -> None:
    """What was offered to a rule in the rows above; nothing above the first."""
    asked = result.values[offered_]
    sums = np.concatenate(([0.0], np.cumsum(asked)[:-1]))
    above = "+".join(f"{xl_col_to_name(column)}{ABOVE}" for column in (before, offered_))
    result.fill(before, Operand([constant(0.0)], whole, series=False), slice(0, 1))
    result.fill(before, Operand([Term(above, sums[1:])], whole, series=False), slice(1, None))


def per_dollar(rows: list[LedgerRow], at: np.ndarray) -> Any:
    """Local money for a dollar in some rows of the ledger."""
    some = [rows[i] for i in at]
    return safe_divide(*(ledger_column(some, column) for column in (AMOUNT, IN_USD)))


def ledger_column(rows: list[LedgerRow], column: int) -> Operand:
    """References to a column of the ledger."""
    return down(column, [row.value(column) for row in rows], title("ledger"))


def named(name: str, value: float) -> Operand:
    """A reference to a cell with a name."""
    return Operand([Term(name, value, cell=True)], whole, series=False)
