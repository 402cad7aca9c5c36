"""Totals of the ledger as formulas: sums by name of column, with the value that they have now."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from imis_plan.workbook.allocation import Allocation
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import title
from imis_plan.workbook.ledger_columns import AMOUNT, COMPONENT, KIND, REAL, USD, YEAR, LedgerRow
from imis_plan.workbook.term import Term

# Names of the ledger's columns in formulas.
COLUMNS = {
    "ledger.year": YEAR,
    "ledger.component": COMPONENT,
    "ledger.kind": KIND,
    "ledger.amount": AMOUNT,
    "ledger.usd": USD,
    "ledger.real": REAL,
}
NUMBERS = ("ledger.amount", "ledger.usd", "ledger.real", "funding.")


@dataclass(frozen=True)
class Sums:
    """The ledger of the workbook, to take totals of.

    table : its rows, with columns named as in formulas; spans : where each column stands.
    """

    table: dict[str, np.ndarray]
    spans: dict[str, str]

    def total(self, value: str, **by: tuple[str, Any]) -> Term:
        """A sum over the rows in which columns have values. by : column -> the text of a criterion, and its value."""
        hit = np.ones(len(self.table[value]), dtype=bool)
        parts = [value]
        for column, (text, wanted) in by.items():
            hit &= self.table[f"ledger.{column}"] == wanted
            parts += [f"ledger.{column}", text]
        kind = f"SUMIFS({','.join(parts)})" if by else f"SUM({value})"
        return Term(kind, float(self.table[value][hit].sum()))


def sums_of(rows: list[LedgerRow], paid: Allocation) -> Sums:
    """What totals are taken of: columns of the ledger, and what each rule pays."""
    columns: dict[str, list[Any]] = {}
    for name, column in COLUMNS.items():
        columns[name] = [row.value(column) if column in row.cells else row.words[column] for row in rows]
    spans = {name: span("ledger", column, rows) for name, column in COLUMNS.items()}
    for name, column in payers(paid).items():
        columns[name] = list(paid.paid(column))
        spans[name] = span("allocation", column, rows)
    return Sums(
        {name: np.array(column, dtype=None if name.startswith(NUMBERS) else object) for name, column in columns.items()}, spans
    )


def payers(paid: Allocation) -> dict[str, int]:
    """Names of the columns of what each rule pays, the gap last."""
    return {f"funding.{k + 1}.paid": columns.paid for k, columns in enumerate(paid.columns)} | {"funding.gap": paid.gap}


def span(sheet: str, column: int, rows: list[LedgerRow]) -> str:
    """Where a column of the ledger stands."""
    first, last = (address(title(sheet), row.number, column, fixed=True) for row in (rows[0], rows[-1]))
    return f"{first}:{last.rpartition('!')[2]}"


def added(terms: list[Term], text: str) -> Term:
    """A sum of cells, written as a range."""
    return Term(text, float(sum(term.value for term in terms)))
