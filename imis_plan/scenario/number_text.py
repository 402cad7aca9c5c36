"""Numbers as spreadsheets of all countries write them: `1234.5`, `1234,5`, `1 234,5`, `1.234,5`, `1,234.5`.

A table has one decimal mark. Where its numbers do not show which one, a number that can be read in two ways has no value: what
separates its cells says nothing of it, since programs write decimal points between semicolons and groups beside commas, too.
"""

import re
from collections.abc import Iterable

SPACES = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}']"
SIGN = "[-+]?"
# `655,957` and `655.957`: either a decimal mark or a separator of thousands.
UNCLEAR = re.compile(rf"{SIGN}[1-9]\d{{0,2}}[.,]\d{{3}}")
# Whole numbers in groups of three, and the sign between the groups.
GROUPED = re.compile(rf"{SIGN}[1-9]\d{{0,2}}(?:(?:{SPACES}\d{{3}})+|(?:\.\d{{3}}){{2,}}|(?:,\d{{3}}){{2,}})")
COMMA = re.compile(rf"{SIGN}(?:\d+|[1-9]\d{{0,2}}(?:{SPACES}\d{{3}})+|[1-9]\d{{0,2}}(?:\.\d{{3}})+),\d+")
POINT = re.compile(rf"{SIGN}(?:\d+|[1-9]\d{{0,2}}(?:{SPACES}\d{{3}})+|[1-9]\d{{0,2}}(?:,\d{{3}})+)\.\d+")


def decimal_mark(texts: Iterable[str]) -> str:
    """The decimal mark of a table: a comma or a point; nothing where no number shows it, or where numbers disagree."""
    marks = {"," if COMMA.fullmatch(text) else "." for text in texts if is_clear(text)}
    return marks.pop() if len(marks) == 1 else ""


def is_clear(text: str) -> bool:
    """Whether a text is a number that shows its decimal mark."""
    return bool((COMMA.fullmatch(text) or POINT.fullmatch(text)) and not UNCLEAR.fullmatch(text))


def plain_number(text: str, mark: str) -> str:
    """A number as Python writes it, without groups and with a decimal point; any other text as it is."""
    if GROUPED.fullmatch(text):
        return re.sub(rf"{SPACES}|[.,]", "", text)
    if COMMA.fullmatch(text) and (mark == "," or not UNCLEAR.fullmatch(text)):
        return re.sub(rf"{SPACES}|\.", "", text).replace(",", ".")
    if POINT.fullmatch(text) and not UNCLEAR.fullmatch(text):
        return re.sub(rf"{SPACES}|,", "", text)
    return text


def two_readings(text: str, mark: str) -> tuple[str, str] | None:
    """Both values of a number that can be read in two ways, as the table would write them; None for all others."""
    if not UNCLEAR.fullmatch(text) or (mark and mark in text):
        return None
    return re.sub("[.,]", "", text), re.sub("[.,]", mark or ".", text) + "0"
