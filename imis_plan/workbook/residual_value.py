"""Residual value of equipment on cells: what each purchase of the ledger is still worth at the end of the plan."""

from collections.abc import Sequence

from imis_plan.model.arrays import round_to_cents
from imis_plan.model.residual_value import residual_value
from imis_plan.workbook.column_formulas import column_reference, row_formulas, rows_by_pattern
from imis_plan.workbook.ledger_columns import AMOUNT, RESIDUAL, LedgerRow
from imis_plan.workbook.operand import Operand, inline
from imis_plan.workbook.term import constant
from imis_plan.workbook.tracing import TracedModel


def fill_residual_values(traced: TracedModel, rows: list[LedgerRow], lives: Sequence[str]) -> None:
    """Fill the residual value of the budget lines of a year; 0 for what does not wear out.

    lives : path of the parameter with the useful life of each line, empty for none.
    """
    for places in rows_by_pattern(lives).values():
        mine, path = [rows[i] for i in places], lives[places[0]]
        value = Operand([constant(0.0)], inline, series=False)
        if path:
            amount = column_reference(AMOUNT, [row.value(AMOUNT) for row in mine])
            life = Operand(traced.parameter(path).terms, inline, series=False)
            value = round_to_cents(residual_value(amount, life, len(traced.years) - mine[0].t))
        for row, term in zip(mine, row_formulas(value, [row.number for row in mine]), strict=True):
            row.cells[RESIDUAL] = term


def no_residual_value(rows: list[LedgerRow]) -> None:
    """Fill rows of contingency, which buy nothing yet."""
    for row in rows:
        row.cells[RESIDUAL] = constant(0.0)
