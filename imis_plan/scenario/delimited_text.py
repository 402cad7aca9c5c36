"""The rows of a delimited text file: CSV in each of the forms in which spreadsheets and databases save it."""

import csv
import io
import re
from collections.abc import Iterator

from imis_plan.scenario.yaml_file import REPLACEMENT_CHARACTER
from imis_plan.sentence import Digits, sentence

# Line of the file in which a row begins, and its cells.
Numbered = tuple[int, list[str]]
SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}
# Excel writes it above the heads so that it recognises its own files.
DECLARED = re.compile(r'"?sep=(.)"?[;,\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*"')
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
WINDOWS = "cp1252"


class UnreadableText(Exception):
    """A text file that has no rows to read: the line, what is wrong and what would be right."""

    def __init__(self, line: int | None, what: str, right: str) -> None:
        self.line, self.what, self.right = line, what, right
        super().__init__(what)


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, the encodings in which Excel saves CSV.

    Raises UnreadableText for any other.
    """
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), None) or without_mark(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        read = content[: error.start].decode(encoding, errors="replace")
        raise UnreadableText(line_count(read), "not text in UTF-8, UTF-16 or Windows-1252", "save it as CSV UTF-8") from None


def without_mark(content: bytes) -> str:
    """The encoding of a file that does not begin with a byte order mark."""
    if b"\0" in content[:2]:
        return "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    text = content.decode("utf-8", errors="replace")
    # Other letters beyond ASCII were UTF-8 after all: then single bytes are damage, not another encoding.
    damaged = any(ord(sign) > 127 and sign != REPLACEMENT_CHARACTER for sign in text)  # noqa: PLR2004  # the last of ASCII
    return WINDOWS if REPLACEMENT_CHARACTER.encode() not in content and REPLACEMENT_CHARACTER in text and not damaged else "utf-8"


def line_count(text: str) -> int:
    """The line in which a text ends, counted from 1."""
    return len(re.findall(r"\r\n|\r|\n", text)) + 1


def separator_of(text: str) -> str:
    """The separator of a table: the one that is most frequent in its first line, outside of quotes."""
    first = QUOTED.sub("", text.lstrip("\r\n").splitlines()[0]) if text.strip("\r\n") else ""
    return max(SEPARATORS, key=first.count)


def text_rows(text: str) -> tuple[str, list[Numbered]]:
    """The separator of a table and its rows. Raises UnreadableText at the first that cannot be told apart."""
    declared = DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    separator = declared[1] if declared else separator_of(body)
    return separator, list(numbered_rows(body, separator, 1 if declared else 0))


def numbered_rows(text: str, separator: str, above: int) -> Iterator[Numbered]:
    """The rows, each with its line. above : lines of the file before the text."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=separator != " ", strict=True)
    begin, width = 1, 0
    try:
        for cells in reader:
            width = width or len(cells)
            refuse_swallowed(cells, separator, width, begin + above)
            yield begin + above, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(error, begin + above) from None


def refuse_swallowed(cells: list[str], separator: str, width: int, line: int) -> None:
    """Refuse a cell with as many separators for each line break as a row has: its quote is closed in another row."""
    for cell in cells:
        breaks = line_count(cell) - 1
        if breaks and width > 1 and cell.count(separator) >= breaks * (width - 1):
            raise UnreadableText(line, "a quote that is closed in another row only", "close it in the cell in which it is opened")


def unreadable(error: csv.Error, line: int) -> UnreadableText:
    """What the error of the reader means for a row that begins in a line."""
    said = str(error)
    if "field larger" in said:
        most = f"{csv.field_size_limit():,}"
        return UnreadableText(
            line,
            sentence("a cell of more than {number} characters", number=Digits(most)),
            "shorten it, or close the quote before it",
        )
    if "unexpected end" in said:
        return UnreadableText(line, "a quote that is not closed", 'close it, or write "" for a quote inside of a text')
    if "expected after" in said:
        right = sentence('close each quote at the end of its cell, and write "" for a quote inside of a text')
        return UnreadableText(line, "a quote in the middle of a cell, or one that is not closed", right)
    return UnreadableText(line, sentence("not CSV: {reason}", reason=said), "save it as CSV UTF-8")
