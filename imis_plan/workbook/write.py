"""A plan as a workbook: the model run on cells, laid out on sheets, as the bytes of a file."""

import io
import os
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from imis_plan.i18n.translate import _, localized
from imis_plan.model.ledger import budget
from imis_plan.scenario.plan import Plan
from imis_plan.workbook.allocation import Allocation, allocation_of
from imis_plan.workbook.cell_formats import Styles
from imis_plan.workbook.layout import SHEETS
from imis_plan.workbook.ledger_columns import LedgerRow
from imis_plan.workbook.ledger_rows import ledger_rows
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.sheets import by_year, by_year_inputs, funding, inputs, ledger, options, readme, sources, summary, yearly
from imis_plan.workbook.starting_point import state_of
from imis_plan.workbook.totals import sums_of
from imis_plan.workbook.tracing import Book, book_of

SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
# A file of the same plan is the same file, whenever it is written.
CREATED = datetime(2000, 1, 1, tzinfo=UTC)


def workbook(plan: Plan, table: pd.DataFrame | None = None) -> bytes:
    """The workbook of a plan, in the language spoken now.

    table : the ledger of the plan, if it is there already.

    Raises ValueError for a plan without prices for some year, as `budget` does.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SETTINGS) as file:
        lay_out(file, plan, budget(plan) if table is None else table)
    return buffer.getvalue()


def pages_of(plan: Plan) -> list[Page]:
    """The pages of a plan's workbook, of which no file is made."""
    return lay_out(xlsxwriter.Workbook(io.BytesIO(), SETTINGS), plan, budget(plan))


def lay_out(file: Any, plan: Plan, table: pd.DataFrame) -> list[Page]:
    """Fill a file with the workbook of a plan. table : its ledger. Returns the pages."""
    with np.errstate(all="ignore"):  # a branch that is not taken may divide by nothing, as in a cell
        book = book_of(state_of(plan))
        rows = ledger_rows(book, table)
        paid = allocation_of(book, rows)
    file.set_properties({"title": localized(plan.about.title), "author": "imis_plan", "created": created()})
    file.set_calc_mode("auto")
    return write_sheets(file, book, rows, paid)


def created() -> datetime:
    """The date in the file: that of SOURCE_DATE_EPOCH, or always the same."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else CREATED
    return moment.replace(tzinfo=None)


def write_sheets(file: Any, book: Book, rows: list[LedgerRow], paid: Allocation) -> list[Page]:
    """Write all sheets in their order. Returns their pages."""
    styles, sums = Styles(file, book.state.base.about.currency), sums_of(rows, paid)
    for name, span in sums.spans.items():
        file.define_name(name, f"={span}")
    pages = {key: Page(file, key, styles) for key in SHEETS}
    readme.write(pages["readme"], book, file)
    summary.write(pages["summary"], book, file, sums)
    inputs.write(pages["inputs"], book, file)
    by_year_inputs.write(pages["by_year_inputs"], book, file)
    write_yearly(pages, book)
    ledger.write(pages["ledger"], book, rows)
    by_year.write(pages["by_year"], book, rows)
    funding.write(pages["funding"], book, file, sums)
    ledger.write_allocation(pages["allocation"], book, rows, paid)
    options.write(pages["options"], book, sums)
    sources.write(pages["sources"], book)
    pages["summary"].sheet.activate()
    return list(pages.values())


def write_yearly(pages: dict[str, Page], book: Book) -> None:
    """Write the sheets of drivers, posts, prices and workings."""
    about = {
        "drivers": _("Quantities by year; each is a formula of inputs and of the quantities above it."),
        "staffing": _("Posts by role: the workload, presence or ratio that asks for most, rounded up once."),
        "prices": _("Exchange rates, price levels, and for every kind of price the factors that take it to the year of payment."),
        "workings": _("Parts of formulas that would be too long to read, by the driver or budget line they belong to."),
    }
    for key, text in about.items():
        yearly.write(pages[key], book, key, text)
