"""A sheet being built: rows of formulas, each with a cell for all years or for each year, and references to these cells."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from imis_plan.workbook.operand import CellExtractor, Operand, terms_of
from imis_plan.workbook.term import Term, reference


@lru_cache(maxsize=8192)
def address(sheet: str, row: int, column: int, *, fixed: bool = False) -> str:
    """The address of a cell for formulas of other sheets."""
    return f"{quote_sheetname(sheet)}!{xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)}"


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

    def put(self, row: GridRow, term: Term) -> Term:
        """Put a formula into its column of a row. Returns a reference to the cell."""
        column = self.single if term.year is None else self.first + term.year
        row.cells[column] = term
        return reference(address(self.sheet, row.number, column), term.value, term.year)

    def place(self, name: str, result: Any, horizon: int, extract: CellExtractor) -> Operand:
        """Put a result into a new row. Returns references to its cells."""
        row, series = self.add_row(name), getattr(result, "ndim", 0) == 1
        terms = terms_of(result, horizon if series else 1)
        rate_reference = [self.put(row, term._replace(year=t if series else None)) for t, term in enumerate(terms)]
        return Operand(rate_reference, extract, series=series)


@dataclass
class Workings:
    """Cells for parts of long formulas, in rows by their owner: the driver or budget line whose formula they are part of."""

    grid: Grid
    owner: list[str] = field(default_factory=lambda: [""])
    known: dict[str, Term] = field(default_factory=dict)
    owners: list[list[str]] = field(default_factory=list)

    def extract(self, term: Term) -> Term:
        """A reference to a cell with this formula; equal formulas share a cell."""
        if term.text not in self.known:
            self.known[term.text] = self.grid.put(self._free(term), term)
        return self.known[term.text]

    def _free(self, term: Term) -> GridRow:
        """The first row of the current owner in which the column of the formula is free."""
        column = self.grid.single if term.year is None else self.grid.first + term.year
        for row, owner in zip(self.grid.rows, self.owners, strict=True):
            if owner is self.owner and column not in row.cells and (self.grid.single in row.cells) == (term.year is None):
                return row
        self.owners.append(self.owner)
        return self.grid.add_row("")

    def begin_owner(self, name: str) -> None:
        """Start a new owner of the parts that follow; its name may be changed later."""
        self.owner = [name]

    def name_owner(self, name: str) -> None:
        """Name the current owner."""
        self.owner[0] = name
