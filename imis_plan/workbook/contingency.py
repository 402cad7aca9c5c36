"""Contingency in the workbook's ledger: rows below those of each year, for every component and kind of cost."""

from collections.abc import Iterator
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from imis_plan.model.contingency import CONTINGENCY_LABELS, PHYSICAL, PRICE, RISK, physical_contingency, price_contingency
from imis_plan.workbook.ledger_columns import AMOUNT, COMPONENT, FOR, INDEX, KIND, QUANTITY, RATE, UNIT_PRICE, LedgerRow
from imis_plan.workbook.operand import Operand, whole
from imis_plan.workbook.starting_point import METHOD, PERCENTILE
from imis_plan.workbook.term import Term, constant
from imis_plan.workbook.tracing import YEARS, Book


def contingency(book: Book, base: list[LedgerRow], t: int, words: Any) -> Iterator[LedgerRow]:
    """Rows of contingency of a year, below its other rows: both kinds for every component that has lines of that kind."""
    number = base[-1].number
    # In the ledger's own order, since a cap of a funder is used up in it.
    costs: dict[Any, list[float]] = {}
    for row in base:
        costs.setdefault((row.about["component"], row.about["kind"]), []).append(row.value(AMOUNT))
    first, spans = {}, spans_of(base)
    by_lines = book.parameter(METHOD) == "lines"
    margin = price_contingency(1.0, book.parameter("contingency.price_margin"), book.evaluation.values[YEARS][t])
    for group, cost in costs.items():
        number += 1
        row = first[group] = reserve_row(book, PHYSICAL, group, (number, t), words)
        share = physical_contingency(1.0, book.parameter(f"contingency.physical.{group[0]}"))
        fill(row, on_base(row, spans, sum(cost)) * by_lines, share)
        yield row
    for group, below in first.items():
        number += 1
        row = reserve_row(book, PRICE, group, (number, t), words)
        reserve = below.here(QUANTITY)
        fill(row, reserve + physical_contingency(reserve, below.here(UNIT_PRICE)), margin)
        yield row
    for group in costs:
        about = words.get(tuple(key_of(RISK, group, book.years[t]).values()))
        if about is not None:
            number += 1
            yield simulated(book, LedgerRow(number, t, key_of(RISK, group, book.years[t]) | about))


def fill(row: LedgerRow, quantity: Operand, share: Operand) -> None:
    """Put what a reserve is reckoned on, and its share of that, into a row."""
    row.cells.update({QUANTITY: quantity.terms[0], UNIT_PRICE: share.terms[0]})


def key_of(line: str, group: Any, year: int) -> dict[str, Any]:
    """Key of a row of contingency for a component and kind."""
    return {"component": "contingency", "line": line, "role_or_level": group[0], "kind": group[1], "year": year}


def reserve_row(book: Book, line: str, group: Any, place: tuple[int, int], words: Any) -> LedgerRow:
    """A row of contingency without its formulas; where the ledger has no such row, what it would say."""
    number, t = place
    key = key_of(line, group, book.years[t])
    path = f"contingency.physical.{group[0]}" if line == PHYSICAL else "contingency.price_margin"
    parameter, currency = book.state.plan.parameters[path], book.state.base.about.currency
    spare = {
        "label": CONTINGENCY_LABELS[line], "tradable": False, "quantity_unit": currency, "price_currency": currency,
        "price_year": key["year"], "confidence": parameter.confidence,
        "quantity_confidence": "", "source": parameter.source, "working": "",
    }  # fmt: skip
    row = LedgerRow(number, t, key | words.get(tuple(key.values()), spare))
    row.cells.update({INDEX: constant(1.0), RATE: constant(1.0)})
    return row


def spans_of(base: list[LedgerRow]) -> dict[int, str]:
    """Where the rows of a year have their amounts, components and kinds."""
    first, last = base[0].number, base[-1].number
    return {column: xl_range_abs(first, column, last, column) for column in (AMOUNT, COMPONENT, KIND)}


def on_base(row: LedgerRow, spans: dict[int, str], cost: float) -> Operand:
    """Base cost of the component and kind of a row, which its physical contingency is a share of."""
    meant, kind = (xl_rowcol_to_cell(row.number, column) for column in (FOR, KIND))
    text = f"SUMIFS({spans[AMOUNT]},{spans[COMPONENT]},{meant},{spans[KIND]},{kind})"
    return Operand([Term(text, cost)], whole, series=False)


def simulated(book: Book, row: LedgerRow) -> LedgerRow:
    """A row of the reserve that a simulation gave: figures, no formulas, as long as the way of contingency is this one."""
    held = (book.parameter(METHOD) == PERCENTILE) * float(row.about["quantity"])
    share = constant(float(row.about["unit_price"]))
    row.cells.update({QUANTITY: held.terms[0], UNIT_PRICE: share, INDEX: constant(1.0), RATE: constant(1.0)})
    return row
