"""Formulas reach the file as the library writes them, with less work."""

import pytest
from xlsxwriter.worksheet import Worksheet

from imis_plan.workbook.formula_sheet import FormulaSheet


@pytest.mark.parametrize(
    "formula",
    [
        '=ROUND(SUMIFS(Ledger!A1:A9,Ledger!B1:B9,"staff"),2)',  # the functions of the workbook
        "='FILTER (old)'!A1+1",  # a name of a sheet is no function
        "=1+2",
        "=XLOOKUP(A1,B1:B9,C1:C9)",  # a newer function, which needs a prefix
        "=SUM(UNIQUE(A1:A9))",
        "{=SUM(A1:A9*B1:B9)}",
        "=_xlfn.XLOOKUP(A1,B1:B9,C1:C9)",
    ],
)
def test_a_formula_is_written_as_the_library_writes_it(formula):
    """With the prefix of a newer function, without the equals sign."""
    assert FormulaSheet()._prepare_formula(formula) == Worksheet()._prepare_formula(formula)


def test_a_newer_function_has_its_prefix():
    """Else a spreadsheet program says #NAME?."""
    assert FormulaSheet()._prepare_formula("=UNIQUE(A1:A9)") == "_xlfn.UNIQUE(A1:A9)"
