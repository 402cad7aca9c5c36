"""Write one sheet of the workbook: its cells, title, frozen panes, print set-up and protection."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from imis_plan.i18n.translate import _
from imis_plan.workbook.cell_formats import INK, Styles
from imis_plan.workbook.grid import quoted
from imis_plan.workbook.layout import title
from imis_plan.workbook.term import Term
from imis_plan.workbook.worksheet import FormulaWorksheet

PROTECTION = {
    "format_cells": True, "format_columns": True, "format_rows": True, "sort": True, "autofilter": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip
A4, A3 = 9, 8
# Units of column width that fit on a page in landscape at full size, with the margins below.
PAPER = {A4: 146, A3: 212}
# Smallest scale of print: a type of 10 points is 7.5 points.
SMALLEST = 0.75
LINE, HEAD = 13.5, 19
DEFAULT_WIDTH = 8.43
# The value of a formula that has none, as Excel stores it: a number that is none would make the file invalid.
DIVISION_BY_ZERO = "#DIV/0!"
# Letters per unit of column width, which is the width of a digit.
SIGNS = 1.1


class SheetWriter:
    """Writes a sheet, and keeps what its protected cells contain."""

    def __init__(self, workbook: Any, key: str, styles: Styles) -> None:
        self.name = title(key)
        self.worksheet = workbook.add_worksheet(self.name, FormulaWorksheet)
        self.styles = styles
        self.last = (0, 0)
        # Protected cells, which an import compares: (row, column) -> formula with its `=`, or number.
        self.protected: dict[tuple[int, int], str | float] = {}
        # Texts that say what a row is about, which an import compares, too: (row, column) -> text.
        self.names: dict[tuple[int, int], str] = {}

    def put(self, row: int, column: int, content: Any, style: Any = None) -> None:
        """Write a cell: a formula with its value, a number, or text, which never becomes a formula or a link."""
        if row > self.last[0] or column > self.last[1]:
            self.last = max(self.last[0], row), max(self.last[1], column)
        if isinstance(style, str):
            style = self.styles(style)
        if isinstance(content, Term):
            if not content.constant:
                formula = f"={content.text}"
                self.worksheet.write_formula(row, column, formula, style, cached_value(content.value))
                self.lock(row, column, formula, style)
                return
            content = content.value
        if content is None or content == "":
            self.worksheet.write_blank(row, column, None, style)
        elif isinstance(content, str):
            self.worksheet.write_string(row, column, content, style)
        else:
            self.worksheet.write_number(row, column, float(content), style)
            self.lock(row, column, float(content), style)

    def put_name(self, row: int, column: int, text: str, style: Any) -> None:
        """Write a text that says what the row is about: an import refuses another one, since it reads cells by their position."""
        self.put(row, column, text, style)
        self.names[row, column] = text

    def lock(self, row: int, column: int, content: str | float, style: Any) -> None:
        """Remember the formula or number of a protected cell."""
        if self.styles.is_locked(style):
            self.protected[row, column] = content

    def put_row(self, row: int, contents: Sequence[Any], style: Any = "text", first: int = 0) -> None:
        """Write cells from left to right in one style."""
        if style in ("head", "head_right"):
            self.worksheet.set_row(row, HEAD)
        for i, content in enumerate(contents):
            self.put(row, first + i, content, style)

    def put_link(self, row: int, column: int, key: str) -> None:
        """A link to another sheet of the workbook, by its key."""
        name = title(key)
        self.worksheet.write_url(row, column, f"internal:{quoted(name)}!A1", self.styles("link"), name)
        self.last = max(self.last[0], row), max(self.last[1], column)

    def fit_height(self, row: int, texts: Mapping[float, str]) -> None:
        """Set the height of a row by its longest text. texts : width of the column -> text."""
        lines = max(math.ceil(len(text) / (width * SIGNS)) for width, text in texts.items())
        if lines > 1:
            self.worksheet.set_row(row, LINE * lines)

    def put_title(self, text: str, about: str) -> None:
        """Write the title and a description of the sheet into its first two rows."""
        self.put(0, 0, text, "title")
        self.put(1, 0, about, "subtitle")
        self.worksheet.set_row(0, 24)

    def finish(
        self,
        widths: Mapping[int, float],
        *,
        freeze: tuple[int, int],
        head: int | None = None,
        portrait: bool = False,
        last: int | None = None,
    ) -> None:
        """Set widths, frozen panes, print set-up and protection.

        head : row repeated on every printed page; last : last column that is printed, all by default.
        """
        for column, width in widths.items():
            self.worksheet.set_column(column, column, width)
        self.worksheet.freeze_panes(*freeze)
        self.worksheet.hide_gridlines(2)
        self.worksheet.set_tab_color(INK)
        self.set_print(widths, freeze[1], max(self.last[1], 1) if last is None else last, portrait=portrait)
        if head is not None:
            self.worksheet.repeat_rows(head)
        self.worksheet.set_footer("&L&8&F: &A&R&8" + _("page {page} of {pages}").format(page="&P", pages="&N"))
        self.protect()

    def protect(self) -> None:
        """Protect the sheet without a password."""
        self.worksheet.protect("", PROTECTION)

    def set_print(self, widths: Mapping[int, float], names: int, last: int, *, portrait: bool) -> None:
        """Set paper and scale so that the type stays readable: A4, else A3, else more than one page in width.

        names : number of columns that say what a row is, repeated where a sheet is wider than a page; last : last printed column.
        """
        each = [widths.get(column, DEFAULT_WIDTH) for column in range(last + 1)]
        repeated = sum(each[:names])
        paper = A4 if portrait or pages_across(each, repeated, PAPER[A4]) == 1 else A3
        across = 1 if portrait else pages_across(each, repeated, PAPER[paper])
        self.worksheet.set_paper(paper)
        if not portrait:
            self.worksheet.set_landscape()
        self.worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.worksheet.fit_to_pages(across, 0)
        self.worksheet.print_area(0, 0, max(self.last[0], 1), last)
        if names:
            self.worksheet.repeat_columns(0, names - 1)


def pages_across(widths: Sequence[float], repeated: float, paper: float) -> int:
    """How many pages a sheet is wide, so that its type stays readable. widths : of columns; repeated : of those on every page."""
    room, whole = paper / SMALLEST, sum(widths)
    return 1 if whole <= room else math.ceil((whole - repeated) / max(room - repeated, 1))


def cached_value(value: Any) -> Any:
    """The value that is stored with a formula."""
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    return float(value) + 0.0 if np.isfinite(value) else DIVISION_BY_ZERO  # + 0.0: no minus zero
