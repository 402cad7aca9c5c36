"""Rows of a CSV file, each with its file and line, so that problems can name them."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from imis_plan.problems import NO_VALUE, Problem, suggestion
from imis_plan.sentence import sentence

# Some spreadsheets write a byte order mark before the first column.
ENCODING = "utf-8-sig"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table as text, with its location."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def problem(self, column: str, message: str, remedy: str) -> Problem:
        """A problem of one cell."""
        return Problem(self.file, self.line, column, message, remedy, self.cells.get(column) or NO_VALUE)


def table(path: Path, columns: tuple[str, ...]) -> tuple[list[Row], list[Problem]]:
    """The complete rows of a CSV file, and the problems of its header and of rows with a wrong number of cells."""
    file = f"{path.parent.name}/{path.name}"
    with path.open(encoding=ENCODING, newline="") as text:
        reader = csv.reader(text)
        header = next(reader, [])
        problems = list(header_problems(file, header, columns))
        if problems:
            return [], problems
        lines = [(reader.line_num, cells) for cells in reader if any(cells)]
    complete = [(line, cells) for line, cells in lines if len(cells) == len(header)]
    rows = [Row(file, line, dict(zip(header, map(str.strip, cells), strict=True))) for line, cells in complete]
    return rows, [cell_count_problem(file, line, cells, len(header)) for line, cells in lines if len(cells) != len(header)]


def header_problems(file: str, header: list[str], columns: tuple[str, ...]) -> Iterator[Problem]:
    """Columns of the header that are unknown or missing."""
    for name in header:
        if name not in columns:
            yield Problem(file, 1, name, "no such column", suggestion(name, columns))
    absent = [name for name in columns if name not in header]
    if absent:
        yield Problem(
            file,
            1,
            "",
            sentence("the first line lacks {names}", names=", ".join(absent)),
            "name all columns, separated by commas",
        )


def cell_count_problem(file: str, line: int, cells: list[str], expected: int) -> Problem:
    """A row with too many or too few cells."""
    message = sentence("{count} cells instead of {expected}", count=len(cells), expected=expected)
    return Problem(file, line, "", message, 'put a text with a comma between "quotes"')
