"""A sheet being built: rows of formulas, each with a cell for all years or for each year, and references to these cells."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from imis_plan.workbook.operand import CellExtractor, Operand, terms_of
from imis_plan.workbook.term import Term, reference


@lru_cache(maxsize=256)
def quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it."""
    return quote_sheetname(sheet)


@lru_cache(maxsize=8192)
def address(sheet: str, row: int, column: int, *, fixed: bool = False) -> str:
    """The address of a cell for formulas of other sheets."""
    return f"{quoted(sheet)}!{xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)}"


@dataclass
class GridRow:
    """A named row of formulas: column -> formula."""

    name: str
    number: int
    cells: dict[int, Term] = field(default_factory=dict)


@dataclass
class Grid:
    """Rows of a sheet by year.

    top : number of its first row. single : column of values for all years; first : column of the first year.
    """

    sheet: str
    top: int
    single: int
    first: int
    rows: list[GridRow] = field(default_factory=list)

    def add_row(self, name: str) -> GridRow:
        """Add a row below the others."""
        self.rows.append(GridRow(name, self.top + len(self.rows)))
        return self.rows[-1]

    def column(self, year: int | None) -> int:
        """The column of a budget year, from 0; None for all years."""
        return self.single if year is None else self.first + year

    def put(self, row: GridRow, term: Term, year: int | None) -> Term:
        """Put the formula of a year, or of all years, into its column of a row. Returns a reference to the cell."""
        column = self.column(year)
        row.cells[column] = term
        return reference(address(self.sheet, row.number, column), term.value, year)

    def place(self, name: str, result: Any, horizon: int, extract: CellExtractor) -> Operand:
        """Put a result into a new row. Returns references to its cells."""
        row, series = self.add_row(name), getattr(result, "ndim", 0) == 1
        terms = terms_of(result, horizon if series else 1)
        references = [self.put(row, term, t if series else None) for t, term in enumerate(terms)]
        return Operand(references, extract, series=series)


@dataclass
class Workings:
    """Cells for parts of long formulas, in rows by their owner: the driver or budget line whose formula they are part of.

    owner : the current one; rows : its rows. owners : of all rows.
    """

    grid: Grid
    owner: list[str] = field(default_factory=lambda: [""])
    known: dict[str, Term] = field(default_factory=dict)
    owners: list[list[str]] = field(default_factory=list)
    rows: list[GridRow] = field(default_factory=list)

    def extract(self, term: Term) -> Term:
        """A reference to a cell with this formula; equal formulas share a cell."""
        if term.text not in self.known:
            self.known[term.text] = self.grid.put(self._free(term.year), term, term.year)
        return self.known[term.text]

    def _free(self, year: int | None) -> GridRow:
        """The first row of the current owner in which the column of a year is free."""
        column = self.grid.column(year)
        for row in self.rows:
            if column not in row.cells and (self.grid.single in row.cells) == (year is None):
                return row
        self.owners.append(self.owner)
        self.rows.append(self.grid.add_row(""))
        return self.rows[-1]

    def begin_owner(self, name: str) -> None:
        """Start a new owner of the parts that follow; its name may be changed later."""
        self.owner, self.rows = [name], []

    def name_owner(self, name: str) -> None:
        """Name the current owner."""
        self.owner[0] = name
