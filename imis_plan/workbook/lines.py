"""The ledger as cells: rows by year, each with quantity, price, index and rate as references, and its amounts as formulas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from imis_plan.model.contingency import PHYSICAL, PRICE, RISK, TEXTS, physical, price
from imis_plan.model.evaluate import Entry as Priced
from imis_plan.model.line import CAPITAL
from imis_plan.model.money import converted, local_amount
from imis_plan.views.i18n import _, said, source, unit
from imis_plan.views.words.naming import grade_mark, label
from imis_plan.workbook.columns import down, stamped
from imis_plan.workbook.operand import Operand, terms_of, whole
from imis_plan.workbook.places import LEDGER_TOP
from imis_plan.workbook.state import METHOD
from imis_plan.workbook.term import Term, constant
from imis_plan.workbook.tracing import EXCHANGE_RATE, PRICE_LEVEL, YEARS, Book, factors_of

YEAR, COMPONENT, LINE, FOR, KIND, MARKET, QUANTITY, UNIT, UNIT_PRICE, CURRENCY, PRICE_YEAR, INDEX, RATE, AMOUNT, USD, REAL = (
    range(16)
)
GRADE, QUANTITY_GRADE, SOURCE, WORKING = range(16, 20)
KEY = ["component", "line", "role_or_level", "kind", "year"]
# What the words of a row follow from, apart from its year and its working.
SAID = (
    "component", "label", "role_or_level", "kind", "tradable", "quantity_unit", "price_currency", "price_year", "confidence",
    "quantity_confidence", "source",
)  # fmt: skip


@dataclass(frozen=True)
class LedgerRow:
    """A row of the ledger in the workbook. number : of its row; t : years since the first; about : what formulas do not touch."""

    number: int
    t: int
    about: dict[str, Any]
    cells: dict[int, Term] = field(default_factory=dict)
    words: dict[int, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """What it shares with a row of the ledger."""
        return tuple(self.about[name] for name in KEY)

    def here(self, column: int) -> Operand:
        """A reference to one of its cells, from its own row."""
        term = Term(xl_rowcol_to_cell(self.number, column), self.cells[column].value, cell=True)
        return Operand([term], whole, series=False)

    def value(self, column: int) -> float:
        """What a cell comes to now."""
        return float(self.cells[column].value)


def ledger_rows(book: Book, table: pd.DataFrame) -> list[LedgerRow]:
    """All rows of the workbook's ledger, by year. table : the ledger of the plan, for its words."""
    words = {tuple(row[name] for name in KEY): row for row in table.to_dict("records")}
    lines = [(priced, line_cells(book, priced)) for priced in book.lines]
    rows: list[LedgerRow] = []
    for t, year in enumerate(book.years):
        number = LEDGER_TOP + len(rows)
        base = [base_row(*line, (number + i, t, year), words) for i, line in enumerate(lines)]
        fill_amounts(book, base)
        reserves = list(contingency(book, base, t, words))
        fill_amounts(book, reserves)
        rows += base + reserves
    titles = {role.key: said(role.title) for role in book.state.base.roles}
    speak = cache(partial(names, titles=titles))
    for row in rows:
        constant_words = speak(tuple((name, row.about[name]) for name in SAID))
        row.words.update(constant_words | {YEAR: row.about["year"], WORKING: row.about["working"]})
    return rows


def line_cells(book: Book, priced: Priced) -> list[dict[int, Term]]:
    """Quantity, price, index and rate of a budget line, for each year."""
    index, rate = factors_of(book, priced)
    formulas = {QUANTITY: priced.line.effective, UNIT_PRICE: book.parameter(priced.line.price), INDEX: index, RATE: rate}
    by_year = [terms_of(formula, len(book.years)) for formula in formulas.values()]
    return [dict(zip(formulas, cells, strict=True)) for cells in zip(*by_year, strict=True)]


def base_row(priced: Priced, cells: list[dict[int, Term]], place: tuple[int, int, int], words: Any) -> LedgerRow:
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
    money[USD] = lambda: converted(here(AMOUNT), book.yearly[EXCHANGE_RATE][t])
    money[REAL] = lambda: converted(here(AMOUNT), book.yearly[PRICE_LEVEL][t])
    for column, formula in money.items():
        for row, term in zip(rows, stamped(formula(), numbers), strict=True):
            row.cells[column] = term


def contingency(book: Book, base: list[LedgerRow], t: int, words: Any) -> Iterator[LedgerRow]:
    """Rows of contingency of a year, below its other rows: both kinds for every component that has lines of that kind."""
    number = base[-1].number
    # In the ledger's own order, since a cap of a funder is used up in it.
    costs: dict[Any, list[float]] = {}
    for row in base:
        costs.setdefault((row.about["component"], row.about["kind"]), []).append(row.value(AMOUNT))
    first, spans = {}, spans_of(base)
    by_lines = book.parameter(METHOD) == "lines"
    margin = price(1.0, book.parameter("contingency.price_margin"), book.evaluation.values[YEARS][t])
    for group, cost in costs.items():
        number += 1
        row = first[group] = reserve_row(book, PHYSICAL, group, (number, t), words)
        share = physical(1.0, book.parameter(f"contingency.physical.{group[0]}"))
        fill(row, on_base(row, spans, sum(cost)) * by_lines, share)
        yield row
    for group, below in first.items():
        number += 1
        row = reserve_row(book, PRICE, group, (number, t), words)
        reserve = below.here(QUANTITY)
        fill(row, reserve + physical(reserve, below.here(UNIT_PRICE)), margin)
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
    leaf, currency = book.state.plan.leaves[path], book.state.base.about.currency
    spare = {
        "label": TEXTS[line], "tradable": False, "quantity_unit": currency, "price_currency": currency, "price_year": key["year"],
        "confidence": leaf.confidence, "quantity_confidence": "", "source": leaf.source, "working": "",
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
    held = (book.parameter(METHOD) == "percentile") * float(row.about["quantity"])
    share = constant(float(row.about["unit_price"]))
    row.cells.update({QUANTITY: held.terms[0], UNIT_PRICE: share, INDEX: constant(1.0), RATE: constant(1.0)})
    return row


def names(said_of: tuple[tuple[str, Any], ...], titles: Mapping[str, str]) -> dict[int, Any]:
    """Words of a row for readers that are the same in every year, by column. titles : of the roles."""
    about = dict(said_of)
    level = about["role_or_level"]
    # A level of training or a way of hosting is in the name of the line already.
    meant = label(level) if about["component"] == "contingency" else titles.get(level, "")
    return {
        COMPONENT: label(about["component"]),
        LINE: _(about["label"]),
        FOR: meant,
        KIND: kind_word(about["kind"]),
        MARKET: _("world market") if about["tradable"] else _("at home"),
        UNIT: unit(about["quantity_unit"]),
        CURRENCY: about["price_currency"],
        PRICE_YEAR: about["price_year"],
        GRADE: grade_mark(about["confidence"]),
        QUANTITY_GRADE: grade_mark(about["quantity_confidence"]),
        SOURCE: source(about["source"]),
    }


def kind_word(kind: str) -> str:
    """Capital or recurrent, for readers."""
    return _("capital") if kind == CAPITAL else _("recurrent")
