"""The rows of a sheet of an Excel workbook, each cell as the text that a CSV file would have."""

import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from imis_plan.problems import suggestion
from imis_plan.scenario.delimited_text import Numbered, UnreadableText
from imis_plan.sentence import sentence

ZIP = b"PK\x03\x04"
# The container of Excel before 2007, and of every workbook with a password.
OLE = b"\xd0\xcf\x11\xe0"
LARGEST = 500_000_000  # bytes unpacked: a thousand times what tables of scenarios have
# What openpyxl raises on files that are damaged or no workbooks; errors of XML are errors of syntax.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError,
    NotImplementedError, RuntimeError, struct.error,
)  # fmt: skip
NOT_A_WORKBOOK = (sentence("not an Excel workbook that can be read"), sentence("save it as .xlsx or CSV"))


def sheet_rows(content: bytes, sheet: str | None) -> list[Numbered]:
    """The rows of the named sheet, or of the first that is visible. Raises UnreadableText where there are none to read."""
    from openpyxl.utils.exceptions import InvalidFileException

    refuse_foreign(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about formats and validations, which are of no interest here
        try:
            rows = list(numbered(content, sheet, results=True))
            # A program that cannot calculate writes formulas without results; they look like empty cells.
            if any("" in cells for _, cells in rows):
                rows = [(line, merged(*pair)) for (line, *pair) in paired(rows, content, sheet)]
        except (*DAMAGED, InvalidFileException):
            raise UnreadableText(None, *NOT_A_WORKBOOK) from None
    return rows


def refuse_foreign(content: bytes) -> None:
    """Refuse what is no workbook of Excel, or would fill the memory."""
    if content.startswith(OLE):
        raise UnreadableText(
            None, "a workbook of Excel before 2007, or one with a password", "save it as .xlsx without a password"
        )
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile:
        raise UnreadableText(None, *NOT_A_WORKBOOK) from None
    if "xl/workbook.xml" not in archive.namelist():
        raise UnreadableText(None, *NOT_A_WORKBOOK)
    if sum(item.file_size for item in archive.infolist()) > LARGEST:
        raise UnreadableText(None, "a workbook of more than 500 MB", "save the sheet with the table alone")


def numbered(content: bytes, sheet: str | None, *, results: bool) -> Iterator[Numbered]:
    """The rows of a sheet with their numbers, with the results of formulas or the formulas themselves."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=results)
    visible = [page.title for page in book.worksheets if page.sheet_state == "visible"]
    names = [page.title for page in book.worksheets]
    if sheet is not None and sheet not in names:
        raise UnreadableText(None, sentence("no sheet {name}", name=sheet), suggestion(sheet, names))
    page = book[sheet or (visible or names)[0]]
    page.reset_dimensions()  # what other programs write there is often wrong
    for line, values in enumerate(page.iter_rows(values_only=True), 1):
        yield line, [cell_text(value) for value in values]


def cell_text(value: Any) -> str:
    """The value of a cell as CSV writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "text", value))


def paired(rows: list[Numbered], content: bytes, sheet: str | None) -> Iterator[tuple[int, list[str], list[str]]]:
    """The rows with the results of formulas beside the same rows with the formulas."""
    for (line, results), (_, formulas) in zip(rows, numbered(content, sheet, results=False), strict=False):
        yield line, results, formulas


def merged(results: list[str], formulas: list[str]) -> list[str]:
    """Results, and in place of those that are missing the formulas, which the reader of the table refuses."""
    return [one or (other if other.startswith("=") else "") for one, other in zip(results, formulas, strict=False)]
