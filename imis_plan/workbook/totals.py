"""Totals of the ledger as formulas: sums of named columns, with their current values."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from imis_plan.workbook.allocation import Allocation
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import title
from imis_plan.workbook.ledger_columns import (
    ACCOUNT,
    AMOUNT,
    CATEGORY,
    COMPONENT,
    GFS,
    KIND,
    LINE,
    MARKET,
    REAL,
    RESIDUAL,
    TAX,
    USD,
    YEAR,
    LedgerRow,
)
from imis_plan.workbook.term import Term

# Beginning of the names of the columns of weights.
WEIGHT = "category."
# Names of the ledger's columns in formulas.
COLUMNS = {
    "ledger.year": YEAR,
    "ledger.component": COMPONENT,
    "ledger.line": LINE,
    "ledger.kind": KIND,
    "ledger.market": MARKET,
    "ledger.class": GFS,
    "ledger.account": ACCOUNT,
    "ledger.category": CATEGORY,
    "ledger.amount": AMOUNT,
    "ledger.usd": USD,
    "ledger.real": REAL,
    "ledger.tax": TAX,
    "ledger.residual": RESIDUAL,
}
NUMBERS = ("ledger.amount", "ledger.usd", "ledger.real", "ledger.tax", "ledger.residual", "funding.", WEIGHT)


@dataclass
class LedgerSums:
    """Sums over the ledger of the workbook.

    table : its columns by their names in formulas; ranges : address of each column. Neither changes, so what `rows_with` has
    found is kept.
    """

    table: dict[str, np.ndarray]
    ranges: dict[str, str]
    _selections: dict[tuple[str, Any], np.ndarray] = field(default_factory=dict, init=False, repr=False)

    def rows_with(self, column: str, wanted: Any) -> np.ndarray:
        """Which rows have a value in a column of the ledger."""
        if (column, wanted) not in self._selections:
            self._selections[column, wanted] = self.table[f"ledger.{column}"] == wanted
        return self._selections[column, wanted]

    def total(self, value: str, **by: tuple[str, Any]) -> Term:
        """A sum over the rows that meet criteria. by : column -> criterion as text of a formula, and its value."""
        selected = np.ones(len(self.table[value]), dtype=bool)
        parts = [value]
        for column, (text, wanted) in by.items():
            selected &= self.rows_with(column, wanted)
            parts += [f"ledger.{column}", text]
        kind = f"SUMIFS({','.join(parts)})" if by else f"SUM({value})"
        return Term(kind, float(self.table[value][selected].sum()))


def ledger_sums(rows: list[LedgerRow], paid: Allocation) -> LedgerSums:
    """The columns to sum: those of the ledger, and what each funding rule pays."""
    columns: dict[str, list[Any]] = {}
    for name, column in COLUMNS.items():
        columns[name] = [row.cells[column].value if column in row.cells else row.texts[column] for row in rows]
    ranges = {name: column_range("ledger", column, rows) for name, column in COLUMNS.items()}
    for name, column in (payer_columns(paid) | weight_columns(paid)).items():
        columns[name] = list(paid.column_values(column))
        ranges[name] = column_range("allocation", column, rows)
    return LedgerSums(
        {name: np.array(column, dtype=None if name.startswith(NUMBERS) else object) for name, column in columns.items()}, ranges
    )


def payer_columns(paid: Allocation) -> dict[str, int]:
    """Name -> column of what each rule pays, of the gap, and of the tax on a unit of money."""
    paying = {f"funding.{k + 1}.paid": columns.paid for k, columns in enumerate(paid.columns)}
    return paying | {"funding.gap": paid.gap, "funding.tax_share": paid.tax_share}


def weight_columns(paid: Allocation) -> dict[str, int]:
    """Name -> column of the part of each row that belongs to an expenditure category."""
    return {f"{WEIGHT}{key}": column for key, column in paid.weights.items()}


def column_range(sheet: str, column: int, rows: list[LedgerRow]) -> str:
    """Address of a column of the ledger."""
    first, last = (address(title(sheet), row.number, column, fixed=True) for row in (rows[0], rows[-1]))
    return f"{first}:{last.rpartition('!')[2]}"


def range_sum(terms: list[Term], text: str) -> Term:
    """A sum of cells. text : the formula, written with a range."""
    return Term(text, float(sum(term.value for term in terms)))
