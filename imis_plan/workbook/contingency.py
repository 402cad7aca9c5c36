"""Contingency in the workbook's ledger: rows below the other rows of each year, for every component and kind of cost."""

from collections.abc import Iterator
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from imis_plan.model.contingency import CONTINGENCY_LABELS, PHYSICAL, PRICE, RISK, physical_contingency, price_contingency
from imis_plan.model.economic_codes import contingency_codes
from imis_plan.workbook.factor_table import share_reference
from imis_plan.workbook.ledger_columns import AMOUNT, COMPONENT, FOR, INDEX, KIND, QUANTITY, RATE, UNIT_PRICE, LedgerRow
from imis_plan.workbook.operand import Operand, inline
from imis_plan.workbook.starting_point import METHOD
from imis_plan.workbook.term import Term, constant
from imis_plan.workbook.tracing import YEARS, TracedModel


def contingency_rows(traced: TracedModel, base: list[LedgerRow], t: int, ledger_by_key: Any) -> Iterator[LedgerRow]:
    """Rows of contingency of a year: physical and price contingency by component and kind of cost, then the simulated one."""
    number = base[-1].number
    # In the order of the ledger, since the cap of a funder is used up in that order.
    costs: dict[Any, list[float]] = {}
    for row in base:
        costs.setdefault((row.fields["component"], row.fields["kind"]), []).append(row.value(AMOUNT))
    first, ranges = {}, amount_ranges(base)
    by_lines = traced.parameter(METHOD) == "lines"
    margin = price_contingency(1.0, traced.parameter("contingency.price_margin"), traced.evaluation.values[YEARS][t])
    for group, cost in costs.items():
        number += 1
        row = first[group] = contingency_row(traced, PHYSICAL, group, (number, t), ledger_by_key)
        share = physical_contingency(1.0, traced.parameter(f"contingency.physical.{group[0]}"))
        fill_quantity_and_price(row, base_cost(row, ranges, sum(cost)) * by_lines, share)
        yield row
    for group, below in first.items():
        number += 1
        row = contingency_row(traced, PRICE, group, (number, t), ledger_by_key)
        reserve = below.reference(QUANTITY)
        fill_quantity_and_price(row, reserve + physical_contingency(reserve, below.reference(UNIT_PRICE)), margin)
        yield row
    for group, cost in costs.items():
        number += 1
        row = contingency_row(traced, RISK, group, (number, t), ledger_by_key)
        fill_quantity_and_price(row, base_cost(row, ranges, sum(cost)), share_reference(traced.shares, group[1], t))
        yield row


def fill_quantity_and_price(row: LedgerRow, quantity: Operand, share: Operand) -> None:
    """Fill a row with the amount that a contingency is based on, and with its share of that amount."""
    row.cells.update({QUANTITY: quantity.terms[0], UNIT_PRICE: share.terms[0]})


def row_key(line: str, group: Any, year: int) -> dict[str, Any]:
    """Key of a row of contingency for a component and kind."""
    return {"component": "contingency", "line": line, "role_or_level": group[0], "kind": group[1], "year": year}


def contingency_row(traced: TracedModel, line: str, group: Any, place: tuple[int, int], ledger_by_key: Any) -> LedgerRow:
    """A row of contingency without formulas; where the ledger of the plan has no such row, with default texts."""
    number, t = place
    key = row_key(line, group, traced.years[t])
    path = {PHYSICAL: f"contingency.physical.{group[0]}", PRICE: "contingency.price_margin", RISK: METHOD}[line]
    parameter, currency = traced.start.plan.parameters[path], traced.start.base.about.currency
    defaults = {
        "label": CONTINGENCY_LABELS[line], "tradable": False, "quantity_unit": currency, "price_currency": currency,
        "price_year": key["year"],
        "confidence": parameter.confidence, "quantity_confidence": "", "source": parameter.source, "working": "",
    }  # fmt: skip
    defaults |= dict(zip(("gfs_code", "account_code"), contingency_codes(traced.start.plan, line, *group), strict=True))
    row = LedgerRow(number, t, key | ledger_by_key.get(tuple(key.values()), defaults))
    row.cells.update({INDEX: constant(1.0), RATE: constant(1.0)})
    return row


def amount_ranges(base: list[LedgerRow]) -> dict[int, str]:
    """Ranges of the amounts, components and kinds of a year."""
    first, last = base[0].number, base[-1].number
    return {column: xl_range_abs(first, column, last, column) for column in (AMOUNT, COMPONENT, KIND)}


def base_cost(row: LedgerRow, ranges: dict[int, str], cost: float) -> Operand:
    """Base cost of the component and kind of a row: the base of its physical contingency."""
    target, kind = (xl_rowcol_to_cell(row.number, column) for column in (FOR, KIND))
    text = f"SUMIFS({ranges[AMOUNT]},{ranges[COMPONENT]},{target},{ranges[KIND]},{kind})"
    return Operand([Term(text, cost)], inline, series=False)
