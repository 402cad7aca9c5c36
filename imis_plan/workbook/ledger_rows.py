"""The ledger as cells: rows by year, each with quantity, price, index and rate as references, and its amounts as formulas."""

from functools import cache, partial
from typing import Any

import pandas as pd

from imis_plan.i18n.translate import localized
from imis_plan.model.evaluate import EvaluatedLine
from imis_plan.model.money import divide_to_cents, local_amount
from imis_plan.workbook.column_formulas import down, stamped
from imis_plan.workbook.contingency import contingency
from imis_plan.workbook.layout import LEDGER_TOP
from imis_plan.workbook.ledger_columns import (
    AMOUNT,
    INDEX,
    KEY,
    QUANTITY,
    RATE,
    REAL,
    SAID,
    UNIT_PRICE,
    USD,
    WORKING,
    YEAR,
    LedgerRow,
    names,
)
from imis_plan.workbook.operand import Operand, terms_of
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import EXCHANGE_RATE, PRICE_LEVEL, Book, factors_of

# What is taken from the plan's own ledger: words, and the figures of a reserve that a simulation gave.
TOLD = (*SAID, "working", "quantity", "unit_price")


def ledger_rows(book: Book, table: pd.DataFrame) -> list[LedgerRow]:
    """All rows of the workbook's ledger, by year. table : the ledger of the plan, for its words."""
    told = [*KEY, *(name for name in TOLD if name not in KEY)]
    each = (dict(zip(told, row, strict=True)) for row in zip(*(table[name].tolist() for name in told), strict=True))
    words = {tuple(row[name] for name in KEY): row for row in each}
    lines = [(priced, line_cells(book, priced)) for priced in book.lines]
    rows: list[LedgerRow] = []
    for t, year in enumerate(book.years):
        number = LEDGER_TOP + len(rows)
        base = [base_row(*line, (number + i, t, year), words) for i, line in enumerate(lines)]
        fill_amounts(book, base)
        reserves = list(contingency(book, base, t, words))
        fill_amounts(book, reserves)
        rows += base + reserves
    titles = {role.key: localized(role.title) for role in book.state.base.roles}
    speak = cache(partial(names, titles=titles))
    for row in rows:
        constant_words = speak(tuple((name, row.about[name]) for name in SAID))
        row.words.update(constant_words | {YEAR: row.about["year"], WORKING: row.about["working"]})
    return rows


def line_cells(book: Book, priced: EvaluatedLine) -> list[dict[int, Term]]:
    """Quantity, price, index and rate of a budget line, for each year."""
    index, rate = factors_of(book, priced)
    formulas = {QUANTITY: priced.line.effective_quantity, UNIT_PRICE: book.parameter(priced.line.price), INDEX: index, RATE: rate}
    by_year = [terms_of(formula, len(book.years)) for formula in formulas.values()]
    return [dict(zip(formulas, cells, strict=True)) for cells in zip(*by_year, strict=True)]


def base_row(priced: EvaluatedLine, cells: list[dict[int, Term]], place: tuple[int, int, int], words: Any) -> LedgerRow:
    """The row of a budget line in a year. place : number of the row, years since the first, year."""
    (number, t, year), line = place, priced.line
    key = {"component": priced.component, "line": line.line, "role_or_level": line.level, "kind": line.kind, "year": year}
    return LedgerRow(number, t, key | words[tuple(key.values())], dict(cells[t]))


def fill_amounts(book: Book, rows: list[LedgerRow]) -> None:
    """Give the rows of a year their amounts, in local money, in dollars and in money of the base year: one formula for all."""
    if not rows:
        return
    numbers, t = [row.number for row in rows], rows[0].t

    def here(column: int) -> Operand:
        """What the rows have in a column."""
        return down(column, [row.value(column) for row in rows])

    money = {AMOUNT: lambda: local_amount(*map(here, (QUANTITY, UNIT_PRICE, INDEX, RATE)))}
    money[USD] = lambda: divide_to_cents(here(AMOUNT), book.yearly[EXCHANGE_RATE][t])
    money[REAL] = lambda: divide_to_cents(here(AMOUNT), book.yearly[PRICE_LEVEL][t])
    for column, formula in money.items():
        for row, term in zip(rows, stamped(formula(), numbers), strict=True):
            row.cells[column] = term
