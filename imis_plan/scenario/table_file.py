"""A table with heads in its first row, read from CSV or from a sheet of Excel: `x.csv`, `x.xlsx` or `x.xlsx#Sheet`.

Heads are compared in small letters. Columns and rows whose names begin with `_` are left out, as scenario files of
such names are: so a row of totals, or a column that is no parameter, can stay in a table. Empty rows and columns mean nothing.
Each other cell is text, with its line; error values of spreadsheets are problems.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from imis_plan.problems import NO_VALUE, BadInput, Problem, suggestion
from imis_plan.scenario.delimited_text import SEPARATORS, Numbered, UnreadableText, decoded, text_rows
from imis_plan.scenario.number_text import decimal_mark
from imis_plan.scenario.regular_file import not_a_file
from imis_plan.scenario.scenario_name import printable
from imis_plan.scenario.sheet_rows import OLE, ZIP, sheet_rows
from imis_plan.scenario.yaml_file import BIDIRECTIONAL, BIDIRECTIONAL_REMEDY, bidirectional_problem, shown_name
from imis_plan.sentence import sentence

LARGEST = 50_000_000  # bytes; a row for each village of a country has a tenth of it
LEFT_OUT = "_"
COLUMN_LEFT_OUT = sentence(
    "(a column whose head begins with {left_out} is left out, and so are those of --ignore-columns)", left_out=LEFT_OUT
)
NO_HEAD = (
    sentence("a column without a head"),
    sentence("give it a head, which begins with {left_out} if it is to be left out", left_out=LEFT_OUT),
)
SHEET = re.compile(r"(?P<file>.+\.xls[xm])#(?P<sheet>.+)", re.IGNORECASE | re.DOTALL)
WORKBOOKS = (".xlsx", ".xlsm")
# `#N/A`, `#REF!`, also as `#NV`, `#N/D`, `#VALEUR!` and `#¿NOMBRE?` in other languages, and LibreOffice's `Err:502`.
ERROR = re.compile(r"#(?:N/[A-Z]|NA|NV|GETTING_DATA|[^\W\d_¡¿][\w/]*[!?]|[¡¿][\w/]+[!?])|Err:\d{3}")
# What databases and programs write where they have no value; `none` is a choice of ours.
NOTHING = frozenset({"null", "~", "nan", ".nan", "n/a", "<na>", "nat"})
TOTALS = frozenset({
    "total", "totals", "subtotal", "grand total", "sum", "total général", "total general", "totaux", "sous-total", "somme",
    "ensemble", "total geral", "suma", "soma",
})  # fmt: skip


@dataclass(frozen=True)
class TableRow:
    """A row: the line it begins in and its filled cells by head."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """Heads and rows of a table, its decimal mark, and what is wrong in its cells.

    name : how problems call the file. line : of the heads.
    """

    name: str
    line: int
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    mark: str
    problems: tuple[Problem, ...]


def read_table(file: Path, key: str, ignored: Collection[str] = ()) -> Table:
    """The table in a file.

    key : the column that names what a row is about; a row is left out if its cell there begins with `_`.
    ignored : heads of columns that are left out; all of them have to be in the table.

    Raises BadInput where the file cannot be read as a table.
    """
    path, sheet = located(file)
    name = shown_name(file)
    content = content_of(path, name)
    try:
        separator, given = ("", sheet_rows(content, sheet)) if is_workbook(path, content) else text_rows(decoded(content))
    except UnreadableText as error:
        raise BadInput([Problem(name, error.line, "", error.what, error.right)]) from None
    filled = [(line, cells) for line, cells in stripped(given) if any(cells)]
    if not filled:
        raise BadInput([Problem(name, None, "", "an empty table", "give heads, and below them a row for each entry")])
    (line, given_heads), body = filled[0], filled[1:]
    all_heads, left_out = small(given_heads), [spelled(head) for head in ignored]
    heads = [None if head in left_out and head != key else head for head in all_heads]
    problems = [Problem(name, line, f"column {column}", *NO_HEAD) for column in without_head(heads, body)]
    problems += not_to_ignore(name, line, left_out, all_heads, key)
    problems += invisible_cells(name, filled, heads)
    rows = [row for number, cells in body if (row := row_of(number, cells, heads, key, (name, separator), problems))]
    mark = decimal_mark(text for row in rows for text in row.cells.values())
    return Table(name, line, tuple(filter(None, heads)), tuple(rows), mark, tuple(problems))


def not_to_ignore(name: str, line: int, ignored: list[str], heads: list[str | None], key: str) -> Iterator[Problem]:
    """A problem for each head that --ignore-columns names in vain, and for that of the column without which there is no row."""
    for head in ignored:
        if head == key:
            yield Problem(name, line, head, "a column that is needed", "take it out of --ignore-columns")
        elif head not in heads:
            yield Problem(name, line, head, "no such column to ignore", suggestion(head, [each for each in heads if each]))


def invisible_cells(name: str, rows: list[Numbered], heads: list[str | None]) -> Iterator[Problem]:
    """A problem for each cell with a character that changes the direction of its text, in columns that are not left out."""
    left_out = {index for index, head in enumerate(heads) if head is None}
    cells = ((line, index, cell) for line, row in rows for index, cell in enumerate(row) if index not in left_out)
    for line, index, cell in cells:
        if character := BIDIRECTIONAL.search(cell):
            yield Problem(name, line, f"column {column_letter(index)}", bidirectional_problem(character[0]), BIDIRECTIONAL_REMEDY)


def located(file: Path) -> tuple[Path, str | None]:
    """The path of a file and the sheet named after it, as in `x.xlsx#Sheet`."""
    found = SHEET.fullmatch(str(file))
    return (Path(found["file"]), found["sheet"]) if found and not file.exists() else (file, None)


def content_of(path: Path, name: str) -> bytes:
    """The bytes of a file. Raises BadInput where there is none, with the path as it was given, or more than a table has."""
    what = not_a_file(path)
    if what is None and not path.exists():
        name, what = printable(path.as_posix()), sentence("no such table")
    if what is None and path.stat().st_size > LARGEST:
        what = sentence("a table of more than 50 MB")
    if what:
        raise BadInput([Problem(name, None, "", what, "name a file in CSV or .xlsx")])
    return path.read_bytes()


def is_workbook(path: Path, content: bytes) -> bool:
    """Whether a file is a workbook, or ought to be one, by its first bytes and its name."""
    return content.startswith((ZIP, OLE)) or path.suffix.lower() in WORKBOOKS


def stripped(rows: list[Numbered]) -> Iterator[Numbered]:
    """The rows with blanks around cells, and empty cells at their ends, taken away."""
    for line, given in rows:
        cells = [cell.strip() for cell in given]
        while cells and not cells[-1]:
            cells.pop()
        yield line, cells


def small(heads: list[str]) -> list[str | None]:
    """Heads in small letters, with None for each column that is left out."""
    return [None if head.startswith(LEFT_OUT) else spelled(head) for head in heads]


def spelled(head: str) -> str:
    """A head in small letters, with single blanks."""
    return " ".join(head.lower().split())


def without_head(heads: list[str | None], body: list[Numbered]) -> list[str]:
    """The letters of columns that have cells and no head."""
    empty = [i for i, head in enumerate(heads) if head == ""]
    return [column_letter(i) for i in empty if any("".join(cells[i : i + 1]) for _, cells in body)]


def column_letter(index: int) -> str:
    """The name of a column in a spreadsheet: A for 0, AA for 26."""
    return (column_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)  # noqa: PLR2004  # letters


def row_of(
    line: int, cells: list[str], heads: list[str | None], key: str, source: tuple[str, str], problems: list[Problem]
) -> TableRow | None:
    """A row, or None if it is left out.

    source : name of the file and its separator. problems : gets what is wrong in the cells.
    """
    name, separator = source
    pairs = dict(zip(heads, cells, strict=False))
    if pairs.get(key, "").startswith(LEFT_OUT):
        return None
    row = TableRow(line, {head: text for head, text in pairs.items() if head and text})
    if len(cells) > len(heads):
        right = sentence("put quotes around text with {separators} in it", separators=SEPARATORS.get(separator, "a separator"))
        problems.append(
            Problem(name, line, "", "more cells than columns", right if separator else sentence("give each column a head"))
        )
    if is_total(row, key):
        right = sentence("remove it, or write {left_out} before the word to leave it out", left_out=LEFT_OUT)
        problems.append(Problem(name, line, key, "a row of totals", right, row.cells.get(key, NO_VALUE)))
    problems += (Problem(name, line, head, *found, text) for head, text in row.cells.items() if (found := no_value(text)))
    return row


def is_total(row: TableRow, key: str) -> bool:
    """Whether a row sums up the others, by what it is called."""
    names = [row.cells[key]] if key in row.cells else row.cells.values()
    return any(name.lower().rstrip(":") in TOTALS for name in names)


def no_value(text: str) -> tuple[str, str] | None:
    """What is wrong with a text that stands where a value is missing, and what would be right; None for all others."""
    if ERROR.fullmatch(text):
        return sentence("an error value of a spreadsheet"), sentence("correct its formula, or leave the cell empty")
    if text.lower() in NOTHING:
        return sentence("a word for no value"), sentence("give the value, or leave the cell empty")
    if text.startswith("="):
        return sentence("a formula without its result"), sentence("open the table in a spreadsheet, and save it there")
    return None


def repeated(heads: tuple[str, ...]) -> list[str]:
    """Heads that more than one column has."""
    return [head for head, count in Counter(heads).items() if count > 1]
