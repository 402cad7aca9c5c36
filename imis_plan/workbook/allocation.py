"""Who pays what, as cells: for each row of the ledger and rule of funding what the rule pays, and what nobody pays yet."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.model.arrays import cents, over
from imis_plan.model.funding import allowed, matches, offered
from imis_plan.workbook.grid import address
from imis_plan.workbook.lines import AMOUNT, KEY, USD as IN_USD, LedgerRow
from imis_plan.workbook.operand import Operand, whole
from imis_plan.workbook.places import title
from imis_plan.workbook.term import Term, constant
from imis_plan.workbook.tracing import Book

PAID_FROM = 6
WHOLE = 5
FUNDING_TOP = 7


@dataclass(frozen=True)
class Columns:
    """Columns of a rule: what it is offered in money of its cap and what was offered before, if it has a cap; what it pays."""

    paid: int
    offered: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class Allocation:
    """What each rule pays of each row. columns : of each rule; gap : column of what is left; cells : row -> column -> formula."""

    columns: tuple[Columns, ...]
    gap: int
    cells: dict[int, dict[int, Term]] = field(default_factory=dict)

    def value(self, row: int, column: int) -> float:
        """What a cell comes to now; nothing where there is none."""
        term = self.cells[row].get(column)
        return 0.0 if term is None else float(term.value)


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
    hits = [matches(rule, table).to_numpy() for rule in rules]
    result = Allocation(*columns_of(rules))
    for i, row in enumerate(rows):
        cells = result.cells.setdefault(row.number, {})
        cells[WHOLE] = Term(address(title("ledger"), row.number, AMOUNT), row.cells[AMOUNT].value, cell=True)
        for k, rule in enumerate(rules):
            add_rule(result, row, k, rule, hit=bool(hits[k][i]))
        amount, paid = ref(row.number, WHOLE, cells), paid_before(result, row.number, len(rules))
        cells[result.gap] = cents(amount - paid).terms[0]
    return result


def add_rule(result: Allocation, row: LedgerRow, k: int, rule: Any, *, hit: bool) -> None:
    """The cells of a rule in a row; a rule that does not speak of the row pays nothing of it."""
    cells, columns = result.cells[row.number], result.columns[k]
    amount = ref(row.number, WHOLE, cells)
    left = cents(amount - paid_before(result, row.number, k)) if k else amount
    part = offered(left, amount, named(f"funding.{k + 1}.share", rule.share)) if hit else None
    if columns.offered is None or columns.before is None:
        if part is not None:
            cells[columns.paid] = cents(part).terms[0]
        return
    unit = over(*(ledger_cell(row, column) for column in (AMOUNT, IN_USD))) if rule.cap_currency == "USD" else 1.0
    cells[columns.before] = before(result, row.number, columns)
    cells[columns.offered] = (
        (over(part, unit) if rule.cap_currency == "USD" else part).terms[0] if part is not None else constant(0.0)
    )
    if part is not None:
        used, asked = (ref(row.number, column, cells) for column in (columns.before, columns.offered))
        room = allowed(asked, named(f"funding.{k + 1}.cap", rule.cap), used)
        cells[columns.paid] = cents(room * unit).terms[0]


def before(result: Allocation, row: int, columns: Columns) -> Term:
    """What was offered to a rule in the rows above."""
    above = result.cells.get(row - 1)
    if above is None or columns.before is None or columns.offered is None:
        return constant(0.0)
    return (ref(row - 1, columns.before, above) + ref(row - 1, columns.offered, above)).terms[0]


def paid_before(result: Allocation, row: int, k: int) -> Any:
    """What the rules before this one pay of a row."""
    cells = result.cells[row]
    paid = [ref(row, columns.paid, cells) for columns in result.columns[:k] if columns.paid in cells]
    return sum(paid[1:], start=paid[0]) if paid else 0.0


def ref(row: int, column: int, cells: dict[int, Term]) -> Operand:
    """A reference to a cell of the same sheet."""
    return Operand([Term(xl_rowcol_to_cell(row, column), cells[column].value, cell=True)], whole, series=False)


def ledger_cell(row: LedgerRow, column: int) -> Operand:
    """A reference to a cell of the ledger."""
    term = Term(address(title("ledger"), row.number, column), row.cells[column].value, cell=True)
    return Operand([term], whole, series=False)


def named(name: str, value: float) -> Operand:
    """A reference to a cell with a name."""
    return Operand([Term(name, value, cell=True)], whole, series=False)
