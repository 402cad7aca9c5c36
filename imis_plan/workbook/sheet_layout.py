"""One sheet of the workbook: how it is titled, frozen, printed and protected, and how a cell is written."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import quote_sheetname

from imis_plan.i18n.translate import _
from imis_plan.workbook.cell_formats import INK, Styles
from imis_plan.workbook.layout import title
from imis_plan.workbook.term import Term

PROTECTION = {
    "format_cells": True, "format_columns": True, "format_rows": True, "sort": True, "autofilter": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip
A4 = 9
LINE, HEAD = 13.5, 19
# Letters to a unit of width, which is that of a digit.
SIGNS = 1.1


class Page:
    """A sheet to write on."""

    def __init__(self, book: Any, key: str, styles: Styles) -> None:
        self.name = title(key)
        self.sheet = book.add_worksheet(self.name)
        self.styles = styles
        self.last = (0, 0)
        # Cells that nobody may type into: (row, column) -> formula with its `=`, or number. An import compares them.
        self.locked: dict[tuple[int, int], str | float] = {}

    def put(self, row: int, column: int, content: Any, style: Any = None) -> None:
        """Write a cell: a formula with its value, a number, or text, which never becomes a formula or a link."""
        if row > self.last[0] or column > self.last[1]:
            self.last = max(self.last[0], row), max(self.last[1], column)
        style = self.styles(style) if isinstance(style, str) else style
        if isinstance(content, Term):
            if not content.constant:
                formula = f"={content.text}"
                self.sheet.write_formula(row, column, formula, style, as_written(content.value))
                self.lock(row, column, formula, style)
                return
            content = content.value
        if content is None or content == "":
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(content, str):
            self.sheet.write_string(row, column, content, style)
        else:
            self.sheet.write_number(row, column, float(content), style)
            self.lock(row, column, float(content), style)

    def lock(self, row: int, column: int, content: str | float, style: Any) -> None:
        """Note a formula or a number that nobody may type over."""
        if self.styles.locked(style):
            self.locked[row, column] = content

    def row(self, row: int, contents: Sequence[Any], style: Any = "text", first: int = 0) -> None:
        """Write cells from left to right in one style."""
        if style in ("head", "head_right"):
            self.sheet.set_row(row, HEAD)
        for i, content in enumerate(contents):
            self.put(row, first + i, content, style)

    def link(self, row: int, column: int, key: str) -> None:
        """A link to another sheet of the workbook, by its key."""
        name = title(key)
        self.sheet.write_url(row, column, f"internal:{quote_sheetname(name)}!A1", self.styles("link"), name)
        self.last = max(self.last[0], row), max(self.last[1], column)

    def tall(self, row: int, texts: Mapping[float, str]) -> None:
        """Make a row as high as its longest text needs. texts : width of the column -> text."""
        lines = max(math.ceil(len(text) / (width * SIGNS)) for width, text in texts.items())
        if lines > 1:
            self.sheet.set_row(row, LINE * lines)

    def headline(self, text: str, about: str) -> None:
        """Title and what the sheet is about, in its first two rows."""
        self.put(0, 0, text, "title")
        self.put(1, 0, about, "subtitle")
        self.sheet.set_row(0, 24)

    def finish(
        self, widths: Mapping[int, float], *, freeze: tuple[int, int], head: int | None = None, portrait: bool = False
    ) -> None:
        """Widths, frozen panes, print set-up and protection. head : row repeated on every printed page."""
        for column, width in widths.items():
            self.sheet.set_column(column, column, width)
        self.sheet.freeze_panes(*freeze)
        self.sheet.hide_gridlines(2)
        self.sheet.set_tab_color(INK)
        self.sheet.set_paper(A4)
        if not portrait:
            self.sheet.set_landscape()
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.print_area(0, 0, max(self.last[0], 1), max(self.last[1], 1))
        if head is not None:
            self.sheet.repeat_rows(head)
        self.sheet.set_footer("&L&8&F: &A&R&8" + _("page {page} of {pages}").format(page="&P", pages="&N"))
        self.sheet.protect("", PROTECTION)


def as_written(value: Any) -> Any:
    """A value as it is kept beside its formula."""
    return value if isinstance(value, str | bool) else bool(value) if value.__class__.__name__ == "bool" else float(value) + 0.0
