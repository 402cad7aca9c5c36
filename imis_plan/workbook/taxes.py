"""Tax on the rows of the workbook's ledger: formulas of their amounts and of the rates in the inputs."""

import numpy as np
from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from imis_plan.model.arrays import round_to_cents, safe_divide
from imis_plan.model.tax_rates import tax_rate
from imis_plan.model.taxes import kind_in_ledger
from imis_plan.workbook.column_formulas import THIS_ROW, column_reference, row_formulas, rows_by_pattern
from imis_plan.workbook.ledger_columns import AMOUNT, COMPONENT, FOR, KIND, TAX, LedgerRow
from imis_plan.workbook.operand import Operand, inline
from imis_plan.workbook.term import Term, constant
from imis_plan.workbook.tracing import TracedModel


def fill_taxes(traced: TracedModel, rows: list[LedgerRow]) -> None:
    """Fill the tax of budget lines: their amount times the rate of their kind of tax."""
    declared = traced.start.base.lines
    kinds = [kind_in_ledger(declared, row.fields["component"], row.fields["line"]) for row in rows]
    for kind, places in rows_by_pattern(kinds).items():
        mine, rate = [rows[i] for i in places], tax_rate(traced.evaluation.values, kind)
        amount = column_reference(AMOUNT, [row.value(AMOUNT) for row in mine])
        tax = round_to_cents(amount * rate) if isinstance(rate, Operand) else Operand([constant(0.0)], inline, series=False)
        for row, term in zip(mine, row_formulas(tax, [row.number for row in mine]), strict=True):
            row.cells[TAX] = term


def fill_contingency_taxes(base: list[LedgerRow], contingency: list[LedgerRow]) -> None:
    """Fill the tax of the contingency of a year: its amount times the average rate of the cost that it is for."""
    if not contingency:
        return
    amount = column_reference(AMOUNT, [row.value(AMOUNT) for row in contingency])
    average = safe_divide(*(cost_of_groups(contingency, base, column) for column in (TAX, AMOUNT)))
    for row, term in zip(
        contingency, row_formulas(round_to_cents(amount * average), [row.number for row in contingency]), strict=True
    ):
        row.cells[TAX] = term


def cost_of_groups(contingency: list[LedgerRow], base: list[LedgerRow], column: int) -> Operand:
    """Sum of a column over the lines of the component and kind that each contingency is for."""
    values: dict[tuple[str, str], list[float]] = {}
    for row in base:
        values.setdefault((row.fields["component"], row.fields["kind"]), []).append(row.value(column))
    totals = [float(np.sum(values.get((row.fields["role_or_level"], row.fields["kind"]), 0.0))) for row in contingency]
    first, last = base[0].number, base[-1].number
    span, components, kinds = (xl_range_abs(first, each, last, each) for each in (column, COMPONENT, KIND))
    component, kind = (f"{xl_col_to_name(each)}{THIS_ROW}" for each in (FOR, KIND))
    return Operand([Term(f"SUMIFS({span},{components},{component},{kinds},{kind})", np.array(totals))], inline, series=False)
