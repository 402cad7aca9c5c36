"""Tax on the rows of the workbook's ledger: formulas of their amounts and of the rates in the inputs."""

from collections.abc import Mapping

import numpy as np
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from imis_plan.model.arrays import round_to_cents, safe_divide
from imis_plan.model.tax_rates import tax_rate
from imis_plan.model.taxes import kind_in_ledger
from imis_plan.workbook.column_formulas import column_reference, row_formulas, rows_by_pattern
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


def fill_contingency_taxes(base: list[LedgerRow], reserves: list[LedgerRow]) -> None:
    """Fill the tax of the contingency of a year: its amount times the average rate of the cost that it is for."""
    totals = {column: totals_by_group(base, column) for column in (TAX, AMOUNT)}
    for row in reserves:
        tax, cost = (cost_of_group(row, base, column, totals[column]) for column in (TAX, AMOUNT))
        row.cells[TAX] = round_to_cents(row.reference(AMOUNT) * safe_divide(tax, cost)).terms[0]


def totals_by_group(base: list[LedgerRow], column: int) -> dict[tuple[str, str], float]:
    """Component and kind -> sum of a column over their lines."""
    values: dict[tuple[str, str], list[float]] = {}
    for row in base:
        values.setdefault((row.fields["component"], row.fields["kind"]), []).append(row.value(column))
    return {group: float(np.sum(each)) for group, each in values.items()}


def cost_of_group(row: LedgerRow, base: list[LedgerRow], column: int, totals: Mapping[tuple[str, str], float]) -> Operand:
    """Sum of a column over the lines of the component and kind that a contingency is for. totals : of the column."""
    first, last = base[0].number, base[-1].number
    spans = {each: xl_range_abs(first, each, last, each) for each in (column, COMPONENT, KIND)}
    total = totals.get((row.fields["role_or_level"], row.fields["kind"]), 0.0)
    component, kind = (xl_rowcol_to_cell(row.number, each) for each in (FOR, KIND))
    return Operand(
        [Term(f"SUMIFS({spans[column]},{spans[COMPONENT]},{component},{spans[KIND]},{kind})", total)], inline, series=False
    )
