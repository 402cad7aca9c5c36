"""Write a plan as a workbook: run the model on cells, write them to sheets, return the bytes of the file."""

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
from imis_plan.workbook.allocation import Allocation, allocate
from imis_plan.workbook.cash import paid_by_quarter
from imis_plan.workbook.cell_formats import Styles
from imis_plan.workbook.layout import SHEETS
from imis_plan.workbook.ledger_columns import LedgerRow
from imis_plan.workbook.ledger_rows import ledger_rows
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets import (
    by_code,
    by_year,
    by_year_inputs,
    cash_plan,
    categories,
    contingency,
    funding,
    inputs,
    ledger,
    options,
    procurement,
    project_support,
    readme,
    sources,
    summary,
    taxes,
    yearly,
)
from imis_plan.workbook.starting_point import starting_point
from imis_plan.workbook.totals import ledger_sums
from imis_plan.workbook.tracing import TracedModel, trace_model

SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
# A constant date, so that the same plan always gives the same file.
CREATED = datetime(2000, 1, 1, tzinfo=UTC)


def workbook(plan: Plan, table: pd.DataFrame | None = None) -> bytes:
    """The workbook of a plan, in the current language.

    table : the ledger of the plan, if it was calculated before.

    Raises ValueError for a plan without prices for some year, as `budget` does.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SETTINGS) as file:
        fill_workbook(file, plan, budget(plan) if table is None else table)
    return buffer.getvalue()


def expected_sheets(plan: Plan) -> list[SheetWriter]:
    """The sheets of a plan's workbook as exported, without a file."""
    return fill_workbook(xlsxwriter.Workbook(io.BytesIO(), SETTINGS), plan, budget(plan))


def fill_workbook(file: Any, plan: Plan, table: pd.DataFrame) -> list[SheetWriter]:
    """Fill a file with the workbook of a plan. table : its ledger. Returns the sheets."""
    with np.errstate(all="ignore"):  # a branch that is not taken may divide by zero, as in a cell
        traced = trace_model(starting_point(plan))
        rows = ledger_rows(traced, table)
        paid = allocate(traced, rows)
    file.set_properties({"title": localized(plan.about.title), "author": "imis_plan", "created": creation_date()})
    file.set_calc_mode("auto")
    return write_sheets(file, traced, rows, paid)


def creation_date() -> datetime:
    """The date in the file: SOURCE_DATE_EPOCH, or a constant one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else CREATED
    return moment.replace(tzinfo=None)


def write_sheets(file: Any, traced: TracedModel, rows: list[LedgerRow], paid: Allocation) -> list[SheetWriter]:
    """Write all sheets in their order, and return them."""
    styles, sums = Styles(file, traced.start.base.about.currency), ledger_sums(rows, paid)
    for name, span in sums.ranges.items():
        file.define_name(name, f"={span}")
    shares = paid_by_quarter(traced)  # before the sheet with the parts of long formulas
    support = project_support.support_terms(traced)
    sheets = {key: SheetWriter(file, key, styles) for key in SHEETS}
    readme.write(sheets["readme"], traced, file)
    with_support = project_support.write(sheets["project_support"], traced, rows, sums, support)
    summary.write(sheets["summary"], traced, file, sums, with_support)
    inputs.write(sheets["inputs"], traced, file)
    by_year_inputs.write(sheets["by_year_inputs"], traced, file)
    write_yearly(sheets, traced)
    contingency.write(sheets["contingency"], traced)
    ledger.write(sheets["ledger"], traced, rows)
    by_year.write(sheets["by_year"], traced, rows)
    by_code.write(sheets["by_code"], traced, rows, sums)
    taxes.write(sheets["taxes"], traced, sums)
    categories.write(sheets["categories"], traced, sums)
    cash_plan.write(sheets["cash_plan"], traced, rows, shares)
    procurement.write(sheets["procurement"], traced, rows)
    funding.write(sheets["funding"], traced, file, sums)
    ledger.write_allocation(sheets["allocation"], traced, rows, paid)
    options.write(sheets["options"], traced, sums)
    sources.write(sheets["sources"], traced)
    sheets["summary"].worksheet.activate()
    return list(sheets.values())


def write_yearly(sheets: dict[str, SheetWriter], traced: TracedModel) -> None:
    """Write the sheets of drivers, posts, prices and workings."""
    about = {
        "drivers": _("Quantities by year; each is calculated from inputs and from the quantities above it."),
        "staffing": _("Posts by role: the largest need by workload, presence or ratio, rounded up once."),
        "prices": _("Exchange rates, price levels, and the factors that convert each kind of price to the year of payment."),
        "workings": _("Parts of long formulas, by driver or budget line."),
    }
    for key, text in about.items():
        yearly.write(sheets[key], traced, key, text)
