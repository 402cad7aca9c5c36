"""Sheets by year: drivers, staffing, prices, and the parts of long formulas."""

import inspect
from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n import translate
from imis_plan.i18n.translate import _, localized
from imis_plan.model.budget_line import N_
from imis_plan.model.components.capacity import LEVEL_LABELS
from imis_plan.model.evaluate import driver_formulas
from imis_plan.workbook.layout import FIRST, OPTION, SINGLE, TOP
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.starting_point import STRUCTURE
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import EXCHANGE_RATE, PRICE_LEVEL, YEARS, Book

WIDE = 70
# From here on no decimals; below this, four of them.
LARGE, SMALL = 1000, 10
TOTALS = ("it_posts",)
# Rows that share a formula, and so its words.
NAMES = {
    "it_posts": N_("In-house IT posts, all roles"),
    "national_posts": N_("In-house IT posts at national level"),
    "national_posts_at_start": N_("In-house IT posts at national level before the first year"),
    "local_posts": N_("In-house IT posts in the offices"),
    "local_posts_at_start": N_("In-house IT posts in the offices before the first year"),
}


def write(page: Page, book: Book, key: str, about: str) -> None:
    """Write one of the sheets."""
    grid = book.grids[key]
    page.headline(page.name, about)
    parts = key == "workings"  # they have neither names nor units
    page.row(TOP - 1, [_("What"), "" if parts else _("Name"), "" if parts else _("Unit")], "head")
    page.put(TOP - 1, SINGLE, _("all years"), "head_right")
    year_heads(page, book, TOP - 1, FIRST)
    formula = driver_formulas(book.state.base.roles)
    for i, row in enumerate(grid.rows):
        owner = book.workings.belongs[i][0] if parts else ""
        part = _("{name}: step {number}").format(name=owner or EXCHANGE_RATE, number=step(book, i)) if parts else ""
        name = part or row.name
        text, unit = (name, "") if parts else described(book, name, formula)
        page.put(row.number, 0, text, "wrapped")
        page.tall(row.number, {WIDE: text})
        page.put(row.number, 1, "" if parts else name, "path")
        page.put(row.number, 2, translate.translate_unit(unit), "text")
        style = look(page, list(row.cells.values()), name)
        for column, term in row.cells.items():
            page.put(row.number, column, term, style)
    page.finish(
        {0: WIDE, 1: 2 if parts else 34, 2: 2 if parts else 18, SINGLE: 16}
        | dict.fromkeys(range(FIRST, FIRST + len(book.years)), 16),
        freeze=(TOP, FIRST),
        head=TOP - 1,
    )


def step(book: Book, i: int) -> int:
    """How many parts of the same driver or line stand above, and one more."""
    return sum(owner is book.workings.belongs[i] for owner in book.workings.belongs[: i + 1])


def year_heads(page: Page, book: Book, row: int, first: int) -> None:
    """The budget years as heads: the first from the inputs, each other one more."""
    for t, year in enumerate(book.years):
        text = STRUCTURE[0] if t == 0 else f"{xl_rowcol_to_cell(row, first + t - 1)}+1"
        page.put(row, first + t, Term(text, year), "year")


def write_sums(page: Page, row: int, first: int, rows: tuple[int, int], values: Sequence[float], style: Any = "total") -> None:
    """Sums of rows above, from the first to the last of them, column by column; values : what they come to now."""
    for column, value in enumerate(values, first):
        page.put(row, column, Term(f"SUM({xl_range(rows[0], column, rows[1], column)})", value), style)


def look(page: Page, terms: list[Term], name: str) -> Any:
    """Format of a row by the size of its numbers, the same in all years."""
    if name == OPTION or any(isinstance(term.value, str | bool) for term in terms):
        return page.styles("text", align="right")
    if name.startswith(("price_index", PRICE_LEVEL)):
        return page.styles("factor")
    if name == YEARS:
        return page.styles("integer")
    values = [abs(float(term.value)) for term in terms]
    most, whole = max(values), all(value.is_integer() for value in values)
    style = "count" if most >= LARGE else "quantity" if whole or most >= SMALL else "small"
    return page.styles(style, bold=True) if name in TOTALS or name.startswith("posts.") else page.styles(style)


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
    titles = {role.key: localized(role.title) for role in book.state.base.roles}
    which = name.partition(".")[2]
    words = _(says.strip()).rstrip(".") if name not in NAMES else _(NAMES[name])
    meant = titles.get(which) or _(LEVEL_LABELS.get(which, which))
    return _("{key}: {place}").format(key=words, place=meant) if which else words, unit.rstrip("]")


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
