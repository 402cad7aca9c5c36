"""Formulas that are alike in many rows: traced once, on what a whole column holds, and written for each row.

In the text of such a formula a mark stands where a row names itself or the one above it; its value is an array with one for each
row. NumPy works it out as it works out anything else, so that a ledger takes a few operations and not some for each of its rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from imis_plan.workbook.operand import Operand, whole
from imis_plan.workbook.term import Term

# Signs that no formula of ours has otherwise.
SELF, ABOVE = "\x01", "\x02"


def down(column: int, values: Any, sheet: str = "", row: str = SELF) -> Operand:
    """References to a column, each row to its own cell or to the one above. values : what is in these cells; shape (rows,)."""
    place = f"{quote_sheetname(sheet)}!" if sheet else ""
    return Operand([Term(f"{place}{xl_col_to_name(column)}{row}", np.asarray(values), cell=True)], whole, series=False)


def stamped(formula: Operand, rows: Sequence[int]) -> Iterator[Term]:
    """The formula of each row. rows : their numbers from 0."""
    (term,) = formula.terms
    values = np.broadcast_to(np.asarray(term.value, dtype=float), len(rows))
    for number, value in zip(rows, values.tolist(), strict=True):
        yield term._replace(text=term.text.replace(SELF, str(number + 1)).replace(ABOVE, str(number)), value=value)


def alike(patterns: Iterable[Any]) -> Mapping[Any, np.ndarray]:
    """Pattern -> which of the rows have it."""
    found: dict[Any, list[int]] = {}
    for i, pattern in enumerate(patterns):
        found.setdefault(pattern, []).append(i)
    return {pattern: np.array(rows) for pattern, rows in found.items()}
