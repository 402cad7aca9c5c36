"""The cells of a CSV file, column by column: a ledger repeats most of its texts and numbers, and each of them is written once."""

from numbers import Number
from typing import Any

import numpy as np

# A cell without a value.
EMPTY = '""'


def csv_cells(column: Any) -> list[str]:
    """The cells of a column: numbers with all their digits, text in quotes. Shape (rows,)."""
    array = np.asarray(column)
    if array.dtype == np.float64:  # by their bits, since 0.0 equals -0.0
        bits, rows = np.unique(np.ascontiguousarray(array).view(np.int64), return_inverse=True)
        numbers = [repr(number) if number == number else EMPTY for number in bits.view(np.float64).tolist()]  # noqa: PLR0124
        return [numbers[row] for row in rows.tolist()]
    values = array.tolist()
    if array.dtype.kind in "iub":  # whole numbers, True and False
        return list(map(str, values))
    if set(map(type, values)) == {str}:
        texts = {text: csv_cell(text) for text in set(values)}
        return [texts[text] for text in values]
    return [csv_cell(value) for value in values]


def csv_cell(value: Any) -> str:
    """One cell; nothing between the quotes where there is no value."""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if value is None or value != value:  # noqa: PLR0124  # not a number
        return EMPTY
    return str(value) if isinstance(value, Number | np.bool_) else csv_cell(str(value))
