"""Field types of the parameter files; each check raises an error that says what is wrong and how to correct it."""

import math
import re
from datetime import date
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from imis_plan.scenario.localized_text import LocalizedText
from imis_plan.scenario.status import PATTERN, REMEDY
from imis_plan.sentence import sentence

LANGUAGE = re.compile("[a-z]{2}")
THREE_CAPITALS = re.compile("[A-Z]{3}")
YEARS = range(1950, 2151)


def invalid(message: str, remedy: str) -> PydanticCustomError:
    """A pydantic error with our own message and remedy."""
    return PydanticCustomError("problem", "{message}, {remedy}", {"message": message, "remedy": remedy})


def is_finite(value: float) -> bool:
    """Whether a number is one that amounts can be calculated from; Python's integers have no limit, floats have."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def number(value: Any) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise invalid("not a number", "give a number without quotes, separators or %")
    if not is_finite(value):
        raise invalid("not a finite number", "give a number without quotes, separators or %")
    return value


def share(value: Any) -> float:
    """A number from 0 to 1."""
    if not 0 <= number(value) <= 1:
        raise invalid("not a share", "give a number from 0 to 1")
    return float(value)


def amount(value: Any) -> float:
    """A number of 0 or more."""
    if number(value) < 0:
        raise invalid("below 0", "give 0 or more")
    return float(value)


def year(value: Any) -> int:
    """A calendar year."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value not in YEARS:
        raise invalid("not a year", "give a year such as 2025")
    return int(value)


def quarter(value: Any) -> int | None:
    """A quarter of a year, or None."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value not in range(1, 5):
        raise invalid("not a quarter", "give 1, 2, 3 or 4")
    return int(value)


def plain_text(value: Any) -> str:
    """Text that is not empty."""
    if isinstance(value, dict):
        raise invalid("a mapping instead of text", "put quotes around a text with a colon in it")
    if value is None or (isinstance(value, str) and not value.strip()):
        raise invalid("empty", "give text")
    if not isinstance(value, str):
        raise invalid("not text", "put quotes around it")
    return value


def country_code(value: Any) -> str:
    """A code of ISO 3166-1, or one made like it."""
    return code(value, THREE_CAPITALS, "not a country code", "give three capital letters such as KEN (ISO 3166)")


def currency_code(value: Any) -> str:
    """A code made like those of ISO 4217."""
    return code(value, THREE_CAPITALS, "not a currency code", "give three capital letters such as KES (ISO 4217)")


def language_code(value: Any) -> str:
    """The code of a language."""
    return code(value, LANGUAGE, "not the code of a language", "give two small letters such as en")


def code(value: Any, form: re.Pattern[str], message: str, remedy: str) -> str:
    """Text of a form."""
    if not isinstance(value, str) or not form.fullmatch(value):
        raise invalid(message, remedy)
    return value


def item_name(value: Any) -> str | None:
    """Text, or nothing."""
    return None if value is None else plain_text(value)


def version(value: Any) -> str:
    """Text; a whole number is read as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else plain_text(value)


def iso_date(value: Any) -> str:
    """An ISO date, year-month-day."""
    try:
        return date.fromisoformat(plain_text(value)).isoformat()
    except ValueError:
        raise invalid("not a date", "give it as 2026-01-31") from None


def status(value: Any) -> str:
    """The status of a plan."""
    if not re.fullmatch(PATTERN, plain_text(value)):
        raise invalid("not a status", REMEDY)
    return str(value)


def translatable_text(value: Any) -> LocalizedText:
    """Text, or a mapping from language (two letters) to text."""
    by_language = isinstance(value, dict) and value and all(LANGUAGE.fullmatch(str(key)) for key in value)
    return {key: plain_text(text) for key, text in value.items()} if by_language else plain_text(value)


def list_or_all(value: Any, check: Any, example: str) -> Any:
    """The word `all`, or a list whose entries pass a check; from Python also a tuple, which is the type of the field."""
    if value == "all":
        return value
    if not isinstance(value, list | tuple):
        raise invalid("not a list", sentence("give a list, as in {example}, or all", example=example))
    return tuple(map(check, value))


def names_or_all(value: Any) -> tuple[str, ...] | str:
    """A list of names, or the word `all`."""
    return list_or_all(value, plain_text, "[server, staff]")


def years_or_all(value: Any) -> tuple[int, ...] | str:
    """A list of years, or the word `all`."""
    return list_or_all(value, year, "[2027, 2028]")


def field(check: Any, **schema: Any) -> Any:
    """Annotations of a field: its check, and its JSON Schema for editors."""
    return PlainValidator(check), WithJsonSchema(schema)


TEXT_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
}
NAMES_SCHEMA: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
YEAR_SCHEMA: dict[str, Any] = {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[-1]}
YEARS_SCHEMA: dict[str, Any] = {"type": "array", "items": YEAR_SCHEMA}
OptionalNumber = Annotated[float | None, *field(number, type="number")]
Share = Annotated[float, *field(share, type="number", minimum=0, maximum=1)]
OptionalAmount = Annotated[float | None, *field(amount, type="number", minimum=0)]
OptionalYear = Annotated[int | None, *field(year, **YEAR_SCHEMA)]
PlainText = Annotated[str, *field(plain_text, type="string", minLength=1)]
OptionalPlainText = Annotated[str | None, *field(plain_text, type="string", minLength=1)]
CountryCode = Annotated[str, *field(country_code, type="string", pattern="^[A-Z]{3}$")]
CurrencyCode = Annotated[str, *field(currency_code, type="string", pattern="^[A-Z]{3}$")]
LanguageCode = Annotated[str, *field(language_code, type="string", pattern="^[a-z]{2}$")]
ItemName = Annotated[str | None, *field(item_name, type=["string", "null"])]
Version = Annotated[str, *field(version, type=["string", "integer"])]
Status = Annotated[str, *field(status, type="string", pattern=PATTERN)]
IsoDate = Annotated[str, *field(iso_date, type="string", pattern=r"^\d{4}-\d{2}-\d{2}$")]
TranslatableText = Annotated[LocalizedText, *field(translatable_text, **TEXT_SCHEMA)]
OptionalTranslatableText = Annotated[LocalizedText | None, *field(translatable_text, **TEXT_SCHEMA)]
# Not strict, because YAML has lists and no tuples.
TranslatableTexts = Annotated[tuple[TranslatableText, ...], Field(strict=False)]
OptionalNames = Annotated[tuple[PlainText, ...] | None, Field(strict=False)]
NamesOrAll = Annotated[tuple[str, ...] | str, *field(names_or_all, anyOf=[{"enum": ["all"]}, NAMES_SCHEMA])]
YearsOrAll = Annotated[
    tuple[int, ...] | str, *field(years_or_all, anyOf=[{"enum": ["all"]}, {"type": "array", "items": YEAR_SCHEMA}])
]
