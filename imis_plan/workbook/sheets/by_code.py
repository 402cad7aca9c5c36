"""Cost by economic class, with current and capital expenditure, and by account: sums of the ledger by year."""

from collections.abc import Iterable

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n.translate import _
from imis_plan.scenario.line_attributes import is_capital
from imis_plan.sections.economic_codes.tables import account_name, account_titles, class_name
from imis_plan.workbook.codes import codes_in
from imis_plan.workbook.layout import TOP
from imis_plan.workbook.ledger_columns import LedgerRow
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets.yearly import write_sums, write_years
from imis_plan.workbook.term import Term
from imis_plan.workbook.totals import LedgerSums
from imis_plan.workbook.tracing import TracedModel

# Column of the first year; the name of the code is before it.
FIRST = 1


def write(sheet: SheetWriter, traced: TracedModel, rows: list[LedgerRow], sums: LedgerSums) -> None:
    """Write the sheet."""
    plan, last = traced.start.base, FIRST + len(traced.years)
    sheet.put_title(
        _("By code"), _("Sums of the ledger by code and year, in nominal {currency}.").format(currency=plan.about.currency)
    )
    classes, accounts = codes_in(plan, rows)
    write_head(sheet, traced, TOP - 1, _("Economic class (GFSM 2014)"))
    number, totals = TOP, []
    for text, capital in ((_("Current expenditure"), False), (_("Capital expenditure"), True)):
        names = [class_name(code) for code in classes if is_capital(code) == capital]
        values = write_codes(sheet, traced, sums, (TOP - 1, number), "class", names)
        number += len(names)
        totals.append((number, values))
        write_total(sheet, number, (number - len(names), number - 1), text, values)
        number += 1
    sheet.put(number, 0, _("Total"), "total_text")
    for column in range(FIRST, last + 1):
        cells = "+".join(xl_rowcol_to_cell(row, column) for row, _values in totals)
        sheet.put(number, column, Term(cells, sum(values[column - FIRST] for _row, values in totals)), "total")
    top, titles = number + 2, account_titles(plan)
    write_head(sheet, traced, top, _("Account"))
    names = [account_name(code, titles) for code in accounts]
    values = write_codes(sheet, traced, sums, (top, top + 1), "account", names)
    write_total(sheet, top + 1 + len(names), (top + 1, top + len(names)), _("Total"), values)
    sheet.finish({0: 64} | dict.fromkeys(range(FIRST, last + 1), 18), freeze=(TOP, FIRST), head=TOP - 1)


def write_head(sheet: SheetWriter, traced: TracedModel, row: int, text: str) -> None:
    """Write the heads of a table: what its rows are, the years, the total."""
    sheet.put(row, 0, text, "head")
    write_years(sheet, traced, row, FIRST)
    sheet.put(row, FIRST + len(traced.years), _("Total"), sheet.styles("year", num_format="@"))


def write_codes(
    sheet: SheetWriter, traced: TracedModel, sums: LedgerSums, rows: tuple[int, int], column: str, names: Iterable[str]
) -> list[float]:
    """Write a row for each code: its amounts by year and in all. Returns the sums of the rows by column.

    rows : the row of the years and the first row to write. column : of the ledger, with these names.
    """
    (head, number), last = rows, FIRST + len(traced.years)
    totals = [0.0] * (len(traced.years) + 1)
    for row, name in enumerate(names, number):
        sheet.put(row, 0, name, "text")
        at = xl_rowcol_to_cell(row, 0, col_abs=True)
        cells = [
            sums.total("ledger.amount", **{column: (at, name), "year": (xl_rowcol_to_cell(head, FIRST + t, row_abs=True), year)})
            for t, year in enumerate(traced.years)
        ]
        cells.append(Term(f"SUM({xl_range(row, FIRST, row, last - 1)})", sum(cell.value for cell in cells)))
        sheet.put_row(row, cells, "amount", FIRST)
        totals = [a + cell.value for a, cell in zip(totals, cells, strict=True)]
    return totals


def write_total(sheet: SheetWriter, row: int, span: tuple[int, int], text: str, values: list[float]) -> None:
    """Write the total of the rows of a table. span : its first and last row."""
    sheet.put(row, 0, text, "total_text")
    write_sums(sheet, row, FIRST, span, values)
