"""Budget lines by year, with a total for each component: references to the ledger's rows."""

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n.translate import _
from imis_plan.sections.naming import component_name
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import TOP, title
from imis_plan.workbook.ledger_columns import AMOUNT, COMPONENT, FOR, KIND, LINE, LedgerRow
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets.yearly import write_sums, write_years
from imis_plan.workbook.term import Term
from imis_plan.workbook.totals import range_sum
from imis_plan.workbook.tracing import TracedModel

FIRST = 4


def write(sheet: SheetWriter, traced: TracedModel, rows: list[LedgerRow]) -> None:
    """Write the sheet."""
    currency = traced.start.base.about.currency
    sheet.put_title(_("By year"), _("Every budget line by year, in nominal {currency}.").format(currency=currency))
    sheet.put_row(TOP - 1, [_("Component"), _("Line"), _("For"), _("Kind")], "head")
    write_years(sheet, traced, TOP - 1, FIRST)
    last = FIRST + len(traced.years)
    sheet.put(TOP - 1, last, _("Total"), sheet.styles("year", num_format="@"))
    number, totals = TOP, []
    for component, lines in lines_by_component(rows).items():
        first = number
        for years in lines:
            write_line(sheet, number, years)
            number += 1
        totals.append(write_total(sheet, number, (first, number - 1), [component, *lines]))
        number += 1
    write_grand_total(sheet, number + 1, totals, last)
    widths = {0: 38, 1: 46, 2: 36, 3: 15} | dict.fromkeys(range(FIRST, last + 1), 18)
    sheet.finish(widths, freeze=(TOP, FIRST), head=TOP - 1)


def lines_by_component(rows: list[LedgerRow]) -> dict[str, list[list[LedgerRow]]]:
    """Component -> its budget lines, each as its rows by year."""
    lines: dict[tuple[str, ...], list[LedgerRow]] = {}
    for row in rows:
        lines.setdefault(row.key[:-1], []).append(row)
    found: dict[str, list[list[LedgerRow]]] = {}
    for key, years in lines.items():
        found.setdefault(key[0], []).append(years)
    return found


def write_line(sheet: SheetWriter, number: int, years: list[LedgerRow]) -> None:
    """Write a budget line by year, with its total."""
    sheet.put_row(number, [years[0].texts[column] for column in (COMPONENT, LINE, FOR, KIND)], "text")
    cells = [Term(address(title("ledger"), row.number, AMOUNT), row.value(AMOUNT), cell=True) for row in years]
    sheet.put_row(number, cells, "amount", FIRST)
    span = xl_range(number, FIRST, number, FIRST + len(years) - 1)
    sheet.put(number, FIRST + len(years), range_sum(cells, f"SUM({span})"), "amount")


def write_total(sheet: SheetWriter, number: int, span: tuple[int, int], lines: list) -> tuple[int, list[float]]:  # type: ignore[type-arg]
    """Write the total of a component. Returns its row and values."""
    component, *years = lines
    columns = [[line[t].value(AMOUNT) for line in years] for t in range(len(years[0]))]
    values = [sum(column) for column in columns]
    values.append(sum(values))
    sheet.put_row(number, [component_name(component), _("Total"), "", ""], "total_text")
    write_sums(sheet, number, FIRST, span, values)
    return number, values


def write_grand_total(sheet: SheetWriter, number: int, totals: list[tuple[int, list[float]]], last: int) -> None:
    """Write the total of all components."""
    sheet.put_row(number, [_("Total"), "", "", ""], "total_text")
    for column in range(FIRST, last + 1):
        cells = "+".join(xl_rowcol_to_cell(row, column) for row, _values in totals)
        sheet.put(number, column, Term(cells, sum(values[column - FIRST] for _row, values in totals)), "total")
