"""Sheets by year: drivers, staffing, prices, and the parts of long formulas."""

import inspect
from collections import Counter
from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n import translate
from imis_plan.i18n.translate import _, localized
from imis_plan.model.budget_line import N_, PAY_MARKET, TRADABLE_MARKET
from imis_plan.model.components.capacity import LEVEL_LABELS
from imis_plan.model.evaluate import driver_formulas
from imis_plan.model.facility_staffing import STATION_DRIVERS, TYPE_DRIVERS
from imis_plan.workbook.cell_formats import year_format
from imis_plan.workbook.layout import FIRST, OPTION, SINGLE, TOP
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.starting_point import STRUCTURE
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import DOLLARS_PER, EXCHANGE_RATE, PRICE_LEVEL, YEARS, TracedModel

WIDE = 70
# From here on no decimals; below this, four of them.
LARGE, SMALL = 1000, 10
TOTALS = ("it_posts",)
# Rows that share a formula, and so would share its docstring.
NAMES = {
    "it_posts": N_("In-house IT posts, all roles"),
    "national_posts": N_("In-house IT posts at national level"),
    "national_posts_at_start": N_("In-house IT posts at national level before the first year"),
    "local_posts": N_("In-house IT posts in the offices"),
    "local_posts_at_start": N_("In-house IT posts in the offices before the first year"),
}


def write(sheet: SheetWriter, traced: TracedModel, key: str, about: str) -> None:
    """Write one of the sheets."""
    grid = traced.grids[key]
    sheet.put_title(sheet.name, about)
    parts = key == "workings"  # they have neither names nor units
    sheet.put_row(TOP - 1, [_("What"), "" if parts else _("Name"), "" if parts else _("Unit")], "head")
    sheet.put(TOP - 1, SINGLE, _("all years"), "head_right")
    write_years(sheet, traced, TOP - 1, FIRST)
    formula, numbers = driver_formulas(traced.start.base.roles), step_numbers(traced.workings.owners) if parts else []
    for i, row in enumerate(grid.rows):
        owner = traced.workings.owners[i][0] if parts else ""
        part = _("{name}: step {number}").format(name=owner or EXCHANGE_RATE, number=numbers[i]) if parts else ""
        name = part or row.name
        text, unit = (name, "") if parts else row_description(traced, name, formula)
        sheet.put(row.number, 0, text, "wrapped")
        sheet.fit_height(row.number, {WIDE: text})
        sheet.put(row.number, 1, "" if parts else name, "path")
        sheet.put(row.number, 2, translate.translate_unit(unit), "text")
        style = row_format(sheet, list(row.cells.values()), name)
        for column, term in row.cells.items():
            sheet.put(row.number, column, term, style)
    sheet.finish(
        {0: WIDE, 1: 2 if parts else 34, 2: 2 if parts else 18, SINGLE: 16}
        | dict.fromkeys(range(FIRST, FIRST + len(traced.years)), 16),
        freeze=(TOP, FIRST),
        head=TOP - 1,
    )


def step_numbers(owners: Sequence[list[str]]) -> list[int]:
    """Number of each part among the parts of the same driver or budget line, from 1. owners : of the parts."""
    numbers, counts = [], Counter[int]()
    for owner in owners:
        counts[id(owner)] += 1
        numbers.append(counts[id(owner)])
    return numbers


def write_years(sheet: SheetWriter, traced: TracedModel, row: int, first: int) -> None:
    """Write the budget years as headings: the first from the inputs, each other one more than the last."""
    for t, year in enumerate(traced.years):
        text = STRUCTURE[0] if t == 0 else f"{xl_rowcol_to_cell(row, first + t - 1)}+1"
        sheet.put(row, first + t, Term(text, year), sheet.styles("year", num_format=year_format(traced.start.base, year)))


def write_sums(
    sheet: SheetWriter, row: int, first: int, rows: tuple[int, int], values: Sequence[float], style: Any = "total"
) -> None:
    """Write sums of the rows above, column by column. rows : first and last row; values : current values of the sums."""
    for column, value in enumerate(values, first):
        sheet.put(row, column, Term(f"SUM({xl_range(rows[0], column, rows[1], column)})", value), style)


def row_format(sheet: SheetWriter, terms: list[Term], name: str) -> Any:
    """Format of a row by the size of its numbers."""
    if name == OPTION or any(isinstance(term.value, str | bool) for term in terms):
        return sheet.styles("text", align="right")
    if name.startswith(("price_index", PRICE_LEVEL)):
        return sheet.styles("factor")
    if name == YEARS:
        return sheet.styles("integer")
    values = [abs(float(term.value)) for term in terms]
    most, whole = max(values), all(value.is_integer() for value in values)
    style = "count" if most >= LARGE else "quantity" if whole or most >= SMALL else "small"
    return sheet.styles(style, bold=True) if name in TOTALS or name.startswith("posts.") else sheet.styles(style)


def row_description(traced: TracedModel, name: str, formula: Any) -> tuple[str, str]:
    """Description and unit of a row."""
    if name == YEARS:
        return _("Years since the first"), "year"
    if name in formula:
        return from_docstring(traced, name, formula[name])
    return price_description(traced, name)


def from_docstring(traced: TracedModel, name: str, function: Any) -> tuple[str, str]:
    """Description and unit from the docstring of a formula; for a role or level with its title."""
    plain = getattr(function, "func", function)
    text = (inspect.getdoc(plain) or "").split("\n", maxsplit=1)[0]
    says, _bracket, unit = text.rpartition("[")
    base = traced.start.base
    titles = {role.key: localized(role.title) for role in base.roles}
    formula_name, _dot, which = name.partition(".")
    if formula_name in (*TYPE_DRIVERS, *STATION_DRIVERS):
        titles |= {key: localized(each.title) for key, each in base.facility_types.items()}
    words = _(says.strip()).rstrip(".") if name not in NAMES else _(NAMES[name])
    known = [titles[part] for part in which.split(".") if part in titles]
    meant = ", ".join(known) or _(LEVEL_LABELS.get(which, which))
    return _("{key}: {place}").format(key=words, place=meant) if which else words, unit.rstrip("]")


def price_description(traced: TracedModel, name: str) -> tuple[str, str]:
    """Description and unit of a row of the prices."""
    currency = traced.start.base.about.currency
    if name == EXCHANGE_RATE:
        return _("Exchange rate of the year of payment"), f"{currency}/USD"
    if name == PRICE_LEVEL:
        return _("Domestic price level relative to the first year"), "1"
    kind, _dot, rest = name.partition(".")
    if kind == EXCHANGE_RATE:
        return _("Exchange rate of {year}").format(year=rest), f"{currency}/USD"
    if kind == DOLLARS_PER:
        code, year = rest.split(".")
        return _("Exchange rate of {year}").format(year=year), f"USD/{code}"
    quoted, year, market = rest.split(".")
    where = {TRADABLE_MARKET: _("world market"), PAY_MARKET: _("pay")}.get(market, _("domestic market"))
    sentence = (
        _("Price index for prices in {currency} of {year}, {market}")
        if kind == "price_index"
        else _("Exchange rate for prices in {currency} of {year}, {market}")
    )
    return sentence.format(currency=quoted, year=year, market=where), "1" if kind == "price_index" else f"{currency}/{quoted}"
