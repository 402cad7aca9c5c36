"""The ledger as cells: rows by year, each with quantity, price, index and rate as references, and its amounts as formulas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from imis_plan.model.contingency import PHYSICAL, PRICE, RISK, TEXTS, physical, price
from imis_plan.model.line import CAPITAL
from imis_plan.model.money import converted, local_amount
from imis_plan.views.i18n import _, said, source, unit
from imis_plan.views.words.naming import grade_mark, label
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
    known = table.set_index(KEY)
    words = dict(zip(known.index, known.to_dict("records"), strict=True))
    factors = [factors_of(book, priced) for priced in book.lines]
    rows: list[LedgerRow] = []
    for t, year in enumerate(book.years):
        first = LEDGER_TOP + len(rows)
        for priced, (index, rate) in zip(book.lines, factors, strict=True):
            rows.append(base_row(book, priced, (LEDGER_TOP + len(rows), t, year), (index, rate), words))
        rows += contingency(book, rows[first - LEDGER_TOP :], t, words)
    titles = {role.key: said(role.title) for role in book.state.base.roles}
    for row in rows:
        row.words.update(names(row.about, titles))
    return rows


def base_row(book: Book, priced: Any, place: tuple[int, int, int], factors: Any, words: Any) -> LedgerRow:
    """The row of a budget line in a year. place : number of the row, years since the first, year."""
    (number, t, year), line = place, priced.line
    key = {"component": priced.component, "line": line.line, "role_or_level": line.level, "kind": line.kind, "year": year}
    row = LedgerRow(number, t, key | words[tuple(key.values())])
    horizon = len(book.years)
    formulas = {QUANTITY: line.effective, UNIT_PRICE: book.parameter(line.price), INDEX: factors[0], RATE: factors[1]}
    row.cells.update({column: terms_of(formula, horizon)[t] for column, formula in formulas.items()})
    return with_amounts(book, row)


def with_amounts(book: Book, row: LedgerRow) -> LedgerRow:
    """The row with its amounts in local money, in dollars and in money of the base year."""
    money = {AMOUNT: lambda: local_amount(*(row.here(column) for column in (QUANTITY, UNIT_PRICE, INDEX, RATE)))}
    money[USD] = lambda: converted(row.here(AMOUNT), book.yearly[EXCHANGE_RATE][row.t])
    money[REAL] = lambda: converted(row.here(AMOUNT), book.yearly[PRICE_LEVEL][row.t])
    for column, formula in money.items():
        row.cells[column] = formula().terms[0]
    return row


def contingency(book: Book, base: list[LedgerRow], t: int, words: Any) -> Iterator[LedgerRow]:
    """Rows of contingency of a year, below its other rows: both kinds for every component that has lines of that kind."""
    number = base[-1].number
    # In the ledger's own order, since a cap of a funder is used up in it.
    groups = list(dict.fromkeys((row.about["component"], row.about["kind"]) for row in base))
    made: dict[Any, LedgerRow] = {}
    for line in (PHYSICAL, PRICE):
        for group in groups:
            number += 1
            row = reserve_row(book, line, group, (number, t), words)
            formulas = on_base(book, row, base) if line == PHYSICAL else on_prices(book, row, made[group])
            made.setdefault(group, row)
            row.cells.update({column: terms_of(formula, 1)[0] for column, formula in formulas.items()})
            yield with_amounts(book, row)
    for group in groups:
        about = words.get(("contingency", RISK, *group, book.years[t]))
        if about is not None:
            number += 1
            yield simulated(book, LedgerRow(number, t, key_of(RISK, group, book.years[t]) | about))


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


def on_base(book: Book, row: LedgerRow, base: list[LedgerRow]) -> dict[int, Any]:
    """Physical contingency: a share of the base cost of its component and kind."""
    first, last = base[0].number, base[-1].number
    spans = {column: xl_range_abs(first, column, last, column) for column in (AMOUNT, COMPONENT, KIND)}
    meant, kind = (xl_rowcol_to_cell(row.number, column) for column in (FOR, KIND))
    group = (row.about["role_or_level"], row.about["kind"])
    cost = sum(one.value(AMOUNT) for one in base if (one.about["component"], one.about["kind"]) == group)
    text = f"SUMIFS({spans[AMOUNT]},{spans[COMPONENT]},{meant},{spans[KIND]},{kind})"
    held = Operand([Term(text, cost)], whole, series=False)
    path = f"contingency.physical.{group[0]}"
    return {QUANTITY: held * (book.parameter(METHOD) == "lines"), UNIT_PRICE: physical(1.0, book.parameter(path))}


def on_prices(book: Book, row: LedgerRow, first: LedgerRow) -> dict[int, Any]:
    """Price contingency: on base cost and physical contingency together."""
    base, share = first.here(QUANTITY), first.here(UNIT_PRICE)
    margin = price(1.0, book.parameter("contingency.price_margin"), book.evaluation.values[YEARS][row.t])
    return {QUANTITY: base + physical(base, share), UNIT_PRICE: margin}


def simulated(book: Book, row: LedgerRow) -> LedgerRow:
    """A row of the reserve that a simulation gave: figures, no formulas, as long as the way of contingency is this one."""
    held = (book.parameter(METHOD) == "percentile") * float(row.about["quantity"])
    share = constant(float(row.about["unit_price"]))
    row.cells.update({QUANTITY: held.terms[0], UNIT_PRICE: share, INDEX: constant(1.0), RATE: constant(1.0)})
    return with_amounts(book, row)


def names(about: Mapping[str, Any], titles: Mapping[str, str]) -> dict[int, Any]:
    """Words of a row for readers, by column. titles : of the roles."""
    level = about["role_or_level"]
    meant = label(level) if about["component"] == "contingency" else titles.get(level, level)
    return {
        YEAR: about["year"],
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
        WORKING: about["working"],
    }


def kind_word(kind: str) -> str:
    """Capital or recurrent, for readers."""
    return _("capital") if kind == CAPITAL else _("recurrent")
