"""Sheets by year: drivers, staffing, prices, and the parts of long formulas."""

import inspect
from typing import Any

from imis_plan.model.evaluate import formulas
from imis_plan.views import i18n
from imis_plan.views.i18n import _, said
from imis_plan.workbook.page import Page
from imis_plan.workbook.places import FIRST, OPTION, SINGLE, TOP
from imis_plan.workbook.state import STRUCTURE
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import EXCHANGE_RATE, PRICE_LEVEL, YEARS, Book

WIDE = 70


def write(page: Page, book: Book, key: str, about: str) -> None:
    """Write one of the sheets."""
    grid = book.grids[key]
    page.headline(page.name, about)
    page.row(TOP - 1, [_("What"), _("Name"), _("Unit"), _("all years")], "head")
    year_heads(page, book, TOP - 1, FIRST)
    formula = formulas(book.state.base.roles)
    for i, row in enumerate(grid.rows):
        owner = book.workings.belongs[i][0] if key == "workings" else ""
        part = _("{name}: step {number}").format(name=owner or EXCHANGE_RATE, number=step(book, i)) if key == "workings" else ""
        name = part or row.name
        text, unit = described(book, name, formula) if key != "workings" else (name, "")
        page.put(row.number, 0, text, "wrapped")
        page.tall(row.number, {WIDE: text})
        page.put(row.number, 1, "" if key == "workings" else name, "path")
        page.put(row.number, 2, i18n.unit(unit), "text")
        for column, term in row.cells.items():
            page.put(row.number, column, term, look(page, term, name))
    page.finish(
        {0: WIDE, 1: 34, 2: 18, SINGLE: 16} | dict.fromkeys(range(FIRST, FIRST + len(book.years)), 16),
        freeze=(TOP, FIRST),
        head=TOP - 1,
    )


def step(book: Book, i: int) -> int:
    """How many parts of the same driver or line stand above, and one more."""
    return sum(owner is book.workings.belongs[i] for owner in book.workings.belongs[: i + 1])


def year_heads(page: Page, book: Book, row: int, first: int) -> None:
    """The budget years as heads: the first from the inputs, each other one more."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    for t, year in enumerate(book.years):
        text = STRUCTURE[0] if t == 0 else f"{xl_rowcol_to_cell(row, first + t - 1)}+1"
        page.put(row, first + t, Term(text, year), "year")


def look(page: Page, term: Term, name: str) -> Any:
    """Format of a number by its size."""
    if isinstance(term.value, str | bool) or name == OPTION:
        return page.styles("text", align="right")
    if name.startswith(("price_index", PRICE_LEVEL)):
        return page.styles("factor")
    large = abs(float(term.value)) >= 10 or not term.value
    return page.styles("quantity") if large else page.styles("number", num_format="0.0000")


def described(book: Book, name: str, formula: Any) -> tuple[str, str]:
    """What a row is, and its unit: the words of its formula."""
    if name == YEARS:
        return _("Years since the first"), "year"
    if name in formula:
        return from_docstring(book, name, formula[name])
    return money_words(book, name)


def from_docstring(book: Book, name: str, function: Any) -> tuple[str, str]:
    """First sentence of a formula's docstring and the unit in its brackets; of a partial one with the role or level it is for."""
    plain = getattr(function, "func", function)
    text = (inspect.getdoc(plain) or "").split("\n", maxsplit=1)[0]
    says, _bracket, unit = text.rpartition("[")
    titles = {role.key: said(role.title) for role in book.state.base.roles}
    which = name.partition(".")[2]
    return f"{_(says.strip())} {titles.get(which, which)}".strip(), unit.rstrip("]")


def money_words(book: Book, name: str) -> tuple[str, str]:
    """What a row of the prices is."""
    currency = book.state.base.about.currency
    if name == EXCHANGE_RATE:
        return _("Exchange rate of the year of payment"), f"{currency}/USD"
    if name == PRICE_LEVEL:
        return _("Price level at home over that of the first year"), "1"
    kind, _dot, rest = name.partition(".")
    if kind == EXCHANGE_RATE:
        return _("Exchange rate of {year}").format(year=rest), f"{currency}/USD"
    quoted, year, market = rest.split(".")
    where = _("world market") if market == "tradable" else _("at home")
    sentence = (
        _("Price index for prices in {currency} of {year}, {market}")
        if kind == "price_index"
        else _("Exchange for prices in {currency} of {year}, {market}")
    )
    return sentence.format(currency=quoted, year=year, market=where), "1" if kind == "price_index" else f"{currency}/{quoted}"
