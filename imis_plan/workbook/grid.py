"""A sheet in the making: rows of formulas, each with a cell for all years or one for each year, and how others refer to them."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from imis_plan.workbook.operand import Aside, Operand, terms_of
from imis_plan.workbook.term import Term, reference


@lru_cache(maxsize=8192)
def address(sheet: str, row: int, column: int, *, fixed: bool = False) -> str:
    """A cell as formulas of other sheets call it."""
    return f"{quote_sheetname(sheet)}!{xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)}"


@dataclass
class Row:
    """A named row of formulas: column -> formula."""

    name: str
    number: int
    cells: dict[int, Term] = field(default_factory=dict)


@dataclass
class Grid:
    """Rows of a sheet by year.

    top : number of its first row. single : column of what holds for all years; first : of the first year.
    """

    sheet: str
    top: int
    single: int
    first: int
    rows: list[Row] = field(default_factory=list)

    def new(self, name: str) -> Row:
        """A new row below the others."""
        self.rows.append(Row(name, self.top + len(self.rows)))
        return self.rows[-1]

    def put(self, row: Row, term: Term) -> Term:
        """Put a formula into its column of a row; gives a reference to it."""
        column = self.single if term.year is None else self.first + term.year
        row.cells[column] = term
        return reference(address(self.sheet, row.number, column), term.value, term.year)

    def place(self, name: str, result: Any, horizon: int, aside: Aside) -> Operand:
        """Put a result into a row of its own; gives references to it."""
        row, series = self.new(name), getattr(result, "ndim", 0) == 1
        terms = terms_of(result, horizon if series else 1)
        placed = [self.put(row, term._replace(year=t if series else None)) for t, term in enumerate(terms)]
        return Operand(placed, aside, series=series)


@dataclass
class Workings:
    """Parts of long formulas, each in a cell of its own: rows by what they belong to."""

    grid: Grid
    owner: list[str] = field(default_factory=lambda: [""])
    known: dict[str, Term] = field(default_factory=dict)
    belongs: list[list[str]] = field(default_factory=list)

    def aside(self, term: Term) -> Term:
        """A reference to a cell with this formula; the same formula gets one cell."""
        if term.text not in self.known:
            self.known[term.text] = self.grid.put(self._free(term), term)
        return self.known[term.text]

    def _free(self, term: Term) -> Row:
        """The first row of the present owner in which the formula's column is free."""
        column = self.grid.single if term.year is None else self.grid.first + term.year
        for row, owner in zip(self.grid.rows, self.belongs, strict=True):
            if owner is self.owner and column not in row.cells and (self.grid.single in row.cells) == (term.year is None):
                return row
        self.belongs.append(self.owner)
        return self.grid.new("")

    def begin(self, name: str) -> None:
        """From here on, parts belong to something of this name, which may be given a better one later."""
        self.owner = [name]

    def named(self, name: str) -> None:
        """The name of what parts belong to at present."""
        self.owner[0] = name
