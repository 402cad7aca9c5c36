"""What is wrong in a row of a table, with its file and line, as plain data."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

# A spreadsheet may put a mark of byte order before the first column.
ENCODING = "utf-8-sig"
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One problem. A row that is `refused` cannot be used; otherwise somebody should look at it."""

    file: str
    line: int
    column: str
    value: str
    what: str
    right: str
    refused: bool = True

    def __str__(self) -> str:
        subject = " = ".join(part for part in (self.column, f'"{self.value}"' if self.value else "") if part)
        return ": ".join(part for part in (f"{self.file}:{self.line}", subject, f"{self.what}, {self.right}") if part)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table as text, with the place where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def problem(self, column: str, what: str, right: str, *, refused: bool = True) -> RowProblem:
        """A problem of one cell."""
        return RowProblem(self.file, self.line, column, self.cells.get(column, ""), what, right, refused)


def table(path: Path, columns: tuple[str, ...]) -> tuple[list[Row], list[RowProblem]]:
    """The rows of a CSV file that have all columns, and what is wrong with its first line or with the length of a row."""
    file = f"{path.parent.name}/{path.name}"
    with path.open(encoding=ENCODING, newline="") as text:
        reader = csv.reader(text)
        header = next(reader, [])
        problems = list(header_problems(file, header, columns))
        if problems:
            return [], problems
        lines = [(reader.line_num, cells) for cells in reader if any(cells)]
    whole = [(line, cells) for line, cells in lines if len(cells) == len(header)]
    rows = [Row(file, line, dict(zip(header, map(str.strip, cells), strict=True))) for line, cells in whole]
    return rows, [wrong_length(file, line, cells, len(header)) for line, cells in lines if len(cells) != len(header)]


def header_problems(file: str, header: list[str], columns: tuple[str, ...]) -> Iterator[RowProblem]:
    """Columns of the first line that are unknown or missing."""
    for name in header:
        if name not in columns:
            yield RowProblem(file, 1, name, "", "no such column", meant(name, columns))
    missing = [name for name in columns if name not in header]
    if missing:
        yield RowProblem(file, 1, "", "", f"the first line lacks {', '.join(missing)}", "name all columns, separated by commas")


def wrong_length(file: str, line: int, cells: list[str], wanted: int) -> RowProblem:
    """A row with too many or too few cells."""
    return RowProblem(file, line, "", "", f"{len(cells)} cells in place of {wanted}", 'put a text with a comma between "quotes"')


def meant(word: str, known: tuple[str, ...]) -> str:
    """What to write in place of an unknown word."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    return f"choose from {', '.join(known)}" if len(known) <= MOST_NAMED else f"choose one of the {len(known)} known"
