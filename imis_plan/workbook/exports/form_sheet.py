"""Write a sheet of a form: a title, tables of numbers with totals as formulas, codes as text, and the print set-up."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_range_abs

from imis_plan.i18n.plan_status import status_in_words
from imis_plan.i18n.translate import _, localized
from imis_plan.scenario.plan import Plan
from imis_plan.sections import draft
from imis_plan.workbook.cell_formats import Styles
from imis_plan.workbook.layout import FORBIDDEN, LONGEST
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.term import Term
from imis_plan.workbook.worksheet import FormulaWorksheet
from imis_plan.workbook.write import SETTINGS, creation_date

TOP = 4
# Of a total of cells that are still empty.
BLANK_ZERO = "#,##0.00;-#,##0.00;"


class FormSheet(SheetWriter):
    """A sheet of a form. It is not protected, since it is there to be changed and copied."""

    def __init__(self, file: Any, name: str, styles: Styles) -> None:
        self.name = FORBIDDEN.sub(" ", name)[:LONGEST].strip("' ")
        self.worksheet = file.add_worksheet(self.name, FormulaWorksheet)
        self.styles = styles
        self.last = (0, 0)
        self.protected = {}
        self.names = {}

    def protect(self) -> None:
        """Leave the sheet open."""

    def put_heads(self, row: int, texts: Sequence[str], numbers: int) -> None:
        """Write the headings of a table. numbers : how many of the columns, the last ones, have numbers."""
        words = len(texts) - numbers
        self.put_row(row, texts[:words], "head")
        self.put_row(row, texts[words:], "head_right", words)
        self.worksheet.set_row(row, 30)

    def put_numbers(self, row: int, texts: Sequence[str], numbers: Iterable[Any], style: str = "amount") -> None:
        """Write a row: texts, then numbers; an empty cell for None."""
        self.put_row(row, texts, "total_text" if style == "total" else "text")
        self.put_row(row, list(numbers), style, len(texts))

    def put_sums(
        self, row: int, texts: Sequence[str], rows: tuple[int, int], values: Sequence[float], *, to_fill: bool = False
    ) -> None:
        """Write a total: sums of the rows of each column.

        rows : first and last; last is before first where there is none. to_fill : the reader fills in the first of the columns.
        """
        first, last = rows
        cells = [
            Term(f"SUM({xl_range(first, column, last, column)})", value) if last >= first else 0.0
            for column, value in enumerate(values, len(texts))
        ]
        self.put_numbers(row, texts, cells, "total")
        if to_fill:
            self.put_to_fill(row, len(texts), cells[0])

    def put_to_fill(self, row: int, column: int, total: Term | float) -> None:
        """Write the total of a column that the reader fills in: a formula as the others, and nothing to see while it is 0."""
        self.put(row, column, total, self.styles("total", num_format=BLANK_ZERO))

    def codes(self, column: int) -> None:
        """Let a column keep digits as text, without the mark that a spreadsheet puts on them."""
        self.worksheet.ignore_errors({"number_stored_as_text": xl_range_abs(0, column, max(self.last[0], 1), column)})


def form(plan: Plan, name: str, fill: Callable[[Callable[[str], FormSheet]], None]) -> bytes:
    """A form of a plan as the bytes of an .xlsx file, the same for the same plan.

    name : of the form; fill : writes its sheets with a function that adds one by name.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SETTINGS) as file:
        styles = Styles(file, plan.about.currency)
        file.set_properties({"title": f"{draft.title(plan)}: {name}", "author": "imis_plan", "created": creation_date()})
        fill(lambda title: FormSheet(file, title, styles))
    return buffer.getvalue()


def origin(plan: Plan) -> str:
    """The scenario, its status, and the unit of the amounts, for the second row of a sheet."""
    about = plan.about
    return _("{scheme}, {country}; {status}; scenario {name} of {date}; {currency}, net of taxes").format(
        scheme=localized(about.scheme),
        country=localized(about.country),
        status=status_in_words(plan),
        name=plan.name,
        date=about.date,
        currency=about.currency,
    )
