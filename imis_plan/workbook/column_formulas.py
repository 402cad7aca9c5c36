"""The same formula in many rows: traced once, on the values of a whole column, and written for each row.

The text of such a formula has a mark in place of the number of its own row or of the row above; its value is an array with an
entry for each row. NumPy calculates all rows at once, so that a ledger takes a few operations rather than some for each row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from imis_plan.workbook.grid import quoted
from imis_plan.workbook.operand import Operand, inline
from imis_plan.workbook.term import Term

# Characters that no formula contains otherwise.
THIS_ROW, ROW_ABOVE = "\x01", "\x02"


def column_reference(column: int, values: Any, sheet: str = "", row: str = THIS_ROW) -> Operand:
    """References from each row to a column: to its own row or to the row above. values : of the column; shape (rows,)."""
    place = f"{quoted(sheet)}!" if sheet else ""
    return Operand([Term(f"{place}{xl_col_to_name(column)}{row}", np.asarray(values), cell=True)], inline, series=False)


def row_formulas(formula: Operand, rows: Sequence[int]) -> Iterator[Term]:
    """The formula of each row. rows : row numbers from 0."""
    (term,) = formula.terms
    values = np.broadcast_to(np.asarray(term.value, dtype=float), len(rows))
    others: Any = term[2:]  # the same in every row
    for number, value in zip(rows, values.tolist(), strict=True):
        yield Term(term.text.replace(THIS_ROW, str(number + 1)).replace(ROW_ABOVE, str(number)), value, *others)


def rows_by_pattern(patterns: Iterable[Any]) -> Mapping[Any, np.ndarray]:
    """Pattern -> indices of the rows with this pattern."""
    found: dict[Any, list[int]] = {}
    for i, pattern in enumerate(patterns):
        found.setdefault(pattern, []).append(i)
    return {pattern: np.array(rows) for pattern, rows in found.items()}
