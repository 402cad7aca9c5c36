"""Kinds of fields that the models of the parameter files are made of, each with the sentence a wrong value gets."""

import math
import re
from datetime import date
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from imis_plan.scenario.localized_text import LocalizedText

LANGUAGE = re.compile("[a-z]{2}")
YEARS = range(1950, 2151)


def problem(what: str, right: str) -> PydanticCustomError:
    """An error that says what is wrong and what would be right."""
    return PydanticCustomError("problem", "{what}, {right}", {"what": what, "right": right})


def number(value: Any) -> float:
    """A finite number, as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise problem("not a number", "give a number without quotes, separators or %")
    if not math.isfinite(value):
        raise problem("not a finite number", "give a number without quotes, separators or %")
    return value


def share(value: Any) -> float:
    """A number from 0 to 1."""
    if not 0 <= number(value) <= 1:
        raise problem("not a share", "give a number from 0 to 1")
    return float(value)


def amount(value: Any) -> float:
    """A number of 0 or more."""
    if number(value) < 0:
        raise problem("below 0", "give 0 or more")
    return float(value)


def year(value: Any) -> int:
    """A calendar year."""
    if isinstance(value, bool) or not isinstance(value, int) or value not in YEARS:
        raise problem("not a year", "give a year such as 2025")
    return value


def line(value: Any) -> str:
    """Text that is not empty."""
    if isinstance(value, dict):
        raise problem("a mapping where text should be", "put quotes around a text with a colon in it")
    if not isinstance(value, str):
        raise problem("not text", "put quotes around it")
    if not value.strip():
        raise problem("empty", "give text")
    return value


def version(value: Any) -> str:
    """Text; a whole number is taken for its digits."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else line(value)


def day(value: Any) -> str:
    """A date as text, year-month-day."""
    try:
        return date.fromisoformat(line(value)).isoformat()
    except ValueError:
        raise problem("not a date", "give it as 2026-01-31") from None


def text(value: Any) -> LocalizedText:
    """Text, or a mapping from language (two letters) to text."""
    by_language = isinstance(value, dict) and value and all(LANGUAGE.fullmatch(str(key)) for key in value)
    return {key: line(words) for key, words in value.items()} if by_language else line(value)


def listed(value: Any, check: Any, example: str) -> Any:
    """The word all, or a list whose entries pass a check."""
    if value == "all":
        return value
    if not isinstance(value, list):
        raise problem("not a list", f"give a list, as in {example}, or all")
    return tuple(map(check, value))


def names_or_all(value: Any) -> tuple[str, ...] | str:
    """A list of names, or the word all."""
    return listed(value, line, "[server, staff]")


def years_or_all(value: Any) -> tuple[int, ...] | str:
    """A list of years, or the word all."""
    return listed(value, year, "[2027, 2028]")


def field(check: Any, **schema: Any) -> Any:
    """What pydantic is told about a field: its check, and how an editor sees it."""
    return PlainValidator(check), WithJsonSchema(schema)


WORDS: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
}
LIST: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
SPAN: dict[str, Any] = {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[-1]}
Maybe = Annotated[float | None, *field(number, type="number")]
Share = Annotated[float, *field(share, type="number", minimum=0, maximum=1)]
Amount = Annotated[float | None, *field(amount, type="number", minimum=0)]
Year = Annotated[int | None, *field(year, **SPAN)]
Line = Annotated[str, *field(line, type="string", minLength=1)]
MaybeLine = Annotated[str | None, *field(line, type="string", minLength=1)]
Version = Annotated[str, *field(version, type=["string", "integer"])]
Day = Annotated[str, *field(day, type="string", pattern=r"^\d{4}-\d{2}-\d{2}$")]
Text = Annotated[LocalizedText, *field(text, **WORDS)]
MaybeText = Annotated[LocalizedText | None, *field(text, **WORDS)]
# Not strict, because YAML has lists and no tuples.
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
MaybeNames = Annotated[tuple[Line, ...] | None, Field(strict=False)]
NamesOrAll = Annotated[tuple[str, ...] | str, *field(names_or_all, anyOf=[{"enum": ["all"]}, LIST])]
YearsOrAll = Annotated[tuple[int, ...] | str, *field(years_or_all, anyOf=[{"enum": ["all"]}, {"type": "array", "items": SPAN}])]
