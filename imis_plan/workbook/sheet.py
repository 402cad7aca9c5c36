"""A worksheet of xlsxwriter that takes tens of thousands of cells in little time.

xlsxwriter looks at each cell several times: which kind it may be, whether it fits the sheet, which of its attributes need to be
escaped. `Page` knows what is a formula, a number or a text, so that this class can take it as it is. It writes what xlsxwriter
would have written: a test holds the two files against each other.
"""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

# Rows for which a file says in common from which to which column they are filled.
BLOCK = 16


class Sheet(Worksheet):  # type: ignore[misc]  # it ships no types
    """A worksheet that takes cells as they are."""

    def formula(self, row: int, column: int, text: str, value: Any, style: Any) -> None:
        """Write a formula, without its `=`, and what it comes to now; ours hold no function that needs a prefix."""
        self.table[row][column] = CellFormulaTuple(text, style, value)

    def text(self, row: int, column: int, text: str, style: Any) -> None:
        """Write a text, which never becomes a formula or a link."""
        if len(text) > self.xls_strmax // 2:
            self.write_string(row, column, text, style)  # cut to what a cell can hold
            return
        self.table[row][column] = CellStringTuple(self.str_table._get_shared_string_index(text), style)  # noqa: SLF001  # of a class of the same house

    def number(self, row: int, column: int, number: float, style: Any) -> None:
        """Write a number."""
        self.table[row][column] = CellNumberTuple(number, style)

    def blank(self, row: int, column: int, style: Any) -> None:
        """Write an empty cell that looks like something."""
        self.table[row][column] = CellBlankTuple(style)

    def kept(self) -> Iterator[tuple[int, int, str | float]]:
        """Cells that nobody may type into: row, column, and the formula with its `=`, or the number."""
        for row, cells in self.table.items():
            for column, cell in cells.items():
                if cell.__class__ in (CellFormulaTuple, CellNumberTuple) and cell.format.locked:
                    yield row, column, f"={cell.formula}" if cell.__class__ is CellFormulaTuple else float(cell.number)

    def _assemble_xml_file(self) -> None:
        for row, cells in self.table.items():
            if cells:
                self._check_dimensions(row, min(cells))
                self._check_dimensions(row, max(cells))
        super()._assemble_xml_file()

    def _write_rows(self) -> None:
        self._calculate_spans()
        names = [xl_col_to_name(column) for column in range(self.dim_colmax + 1)]
        styles: dict[Any, str] = {None: ""}
        for row in sorted(self.table.keys() | self.row_info.keys() | self.comments.keys()):
            cells, span, info = self.table.get(row), self.row_spans.get(row // BLOCK), self.row_info.get(row)
            if not cells:
                self._write_empty_row(row, span, info)
                continue
            self._write_row(row, span, info)
            for column in sorted(cells):
                cell = cells[column]
                if cell.format not in styles:
                    styles[cell.format] = f' s="{cell.format._get_xf_index()}"'  # noqa: SLF001  # given when a cell is first written
                self.fh.write(as_xml(f"{names[column]}{row + 1}", cell, styles[cell.format]))
            self.fh.write("</row>")

    def _calculate_spans(self) -> None:
        columns: dict[int, list[int]] = {}
        for rows in (self.table, self.comments):
            for row, cells in rows.items():
                if cells:
                    columns.setdefault(row // BLOCK, []).extend((min(cells), max(cells)))
        self.row_spans = {block: f"{min(ends) + 1}:{max(ends) + 1}" for block, ends in columns.items()}


def as_xml(place: str, cell: Any, style: str) -> str:
    """A cell as the file has it. style : the attribute of its format."""
    kind = cell.__class__
    if kind is CellStringTuple:
        return f'<c r="{place}"{style} t="s"><v>{cell.string}</v></c>'
    if kind is CellNumberTuple:
        return f'<c r="{place}"{style}><v>{cell.number:.16G}</v></c>'
    if kind is CellBlankTuple:
        return f'<c r="{place}"{style}/>'
    text, value = escape(cell.formula), cell.value
    if isinstance(value, bool):
        return f'<c r="{place}"{style} t="b"><f>{text}</f><v>{value:d}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}"{style} t="str"><f>{text}</f><v>{escape(value)}</v></c>'
    return f'<c r="{place}"{style}><f>{text}</f><v>{value}</v></c>'
