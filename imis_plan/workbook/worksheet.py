"""A worksheet that stores formulas as they are, where all their functions are ones that Excel has always had."""

import re
from typing import Any

from xlsxwriter.worksheet import Worksheet

# Functions in our formulas. Excel 2007 has them, so that a file stores them by their names.
FUNCTIONS = (
    "ABS", "AND", "CEILING", "COUNT", "EXP", "IF", "INT", "ISBLANK", "MAX", "MIN", "OR", "ROUND", "SUBTOTAL", "SUM", "SUMIFS",
    "SUMPRODUCT",
)  # fmt: skip
# An opening bracket after a word that is none of them.
OTHER_FUNCTION = re.compile(r"\((?<=\w\()" + "".join(rf"(?<!\b{name}\()" for name in FUNCTIONS))


class FormulaWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet of XlsxWriter that does not look for later functions in formulas that have none.

    A file stores functions of later versions of Excel with a prefix. XlsxWriter looks for 29 of them in every formula, one after
    the other, which takes a third of the time to write a workbook. The method below is not part of its public interface: if
    XlsxWriter renames it, workbooks stay the same and only the time is lost.
    """

    def _prepare_formula(self, formula: str, *args: Any, **kwargs: Any) -> str:
        if formula.startswith("=") and not formula.endswith("}") and not OTHER_FUNCTION.search(formula):
            return formula[1:]
        return str(super()._prepare_formula(formula, *args, **kwargs))
