"""Budget lines by year, with a total for each component: references to the ledger's rows."""

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n.translate import _
from imis_plan.sections.naming import component_name
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import TOP, title
from imis_plan.workbook.ledger_columns import AMOUNT, COMPONENT, FOR, KIND, LINE, LedgerRow
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.sheets.yearly import write_sums, year_heads
from imis_plan.workbook.term import Term
from imis_plan.workbook.totals import added
from imis_plan.workbook.tracing import Book

FIRST = 4


def write(page: Page, book: Book, rows: list[LedgerRow]) -> None:
    """Write the sheet."""
    currency = book.state.base.about.currency
    page.headline(_("By year"), _("Every budget line by year, in {currency} of the year of payment.").format(currency=currency))
    page.row(TOP - 1, [_("Component"), _("Line"), _("For"), _("Kind")], "head")
    year_heads(page, book, TOP - 1, FIRST)
    last = FIRST + len(book.years)
    page.put(TOP - 1, last, _("Total"), page.styles("year", num_format="@"))
    number, totals = TOP, []
    for component, lines in grouped(rows).items():
        first = number
        for years in lines:
            write_line(page, number, years)
            number += 1
        totals.append(write_total(page, number, (first, number - 1), [component, *lines]))
        number += 1
    write_grand(page, number + 1, totals, last)
    widths = {0: 38, 1: 46, 2: 36, 3: 15} | dict.fromkeys(range(FIRST, last + 1), 18)
    page.finish(widths, freeze=(TOP, FIRST), head=TOP - 1)


def grouped(rows: list[LedgerRow]) -> dict[str, list[list[LedgerRow]]]:
    """Rows of each line by year, by component."""
    lines: dict[tuple[str, ...], list[LedgerRow]] = {}
    for row in rows:
        lines.setdefault(row.key[:-1], []).append(row)
    found: dict[str, list[list[LedgerRow]]] = {}
    for key, years in lines.items():
        found.setdefault(key[0], []).append(years)
    return found


def write_line(page: Page, number: int, years: list[LedgerRow]) -> None:
    """A line by year, with its total."""
    page.row(number, [years[0].words[column] for column in (COMPONENT, LINE, FOR, KIND)], "text")
    cells = [Term(address(title("ledger"), row.number, AMOUNT), row.value(AMOUNT), cell=True) for row in years]
    page.row(number, cells, "amount", FIRST)
    span = xl_range(number, FIRST, number, FIRST + len(years) - 1)
    page.put(number, FIRST + len(years), added(cells, f"SUM({span})"), "amount")


def write_total(page: Page, number: int, span: tuple[int, int], lines: list) -> tuple[int, list[float]]:  # type: ignore[type-arg]
    """The total of a component; gives its row and values."""
    component, *years = lines
    columns = [[line[t].value(AMOUNT) for line in years] for t in range(len(years[0]))]
    values = [sum(column) for column in columns]
    values.append(sum(values))
    page.row(number, [component_name(component), _("Total"), "", ""], "total_text")
    write_sums(page, number, FIRST, span, values)
    return number, values


def write_grand(page: Page, number: int, totals: list[tuple[int, list[float]]], last: int) -> None:
    """The total of all components."""
    page.row(number, [_("Total"), "", "", ""], "total_text")
    for column in range(FIRST, last + 1):
        cells = "+".join(xl_rowcol_to_cell(row, column) for row, _values in totals)
        page.put(number, column, Term(cells, sum(values[column - FIRST] for _row, values in totals)), "total")
