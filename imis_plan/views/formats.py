"""Numbers, money and shares as people read them, in the language spoken now."""

import re
from datetime import date
from typing import Any

from babel.numbers import format_compact_decimal, format_decimal, format_percent

from imis_plan.views.i18n import language

MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$&>]|:(?=//))")  # no address becomes a link: its marks would be in it


def number(x: float, digits: int = 0) -> str:
    """1234567.8 -> 1,234,568."""
    return format_decimal(round(x, digits), format="#,##0" + ("." + "0" * digits if digits else ""), locale=language())


def compact(x: float) -> str:
    """1243567890 -> 1.24 billion; below ten thousand in full."""
    if abs(x) < 10_000:
        return number(x, 0 if abs(x) >= 100 or x == round(x) else 2)
    return format_compact_decimal(x, format_type="long", locale=language(), fraction_digits=digits_of(x))


def digits_of(x: float) -> int:
    """Decimals that leave three significant figures of a compact number."""
    lead = abs(x)
    while lead >= 999.5:
        lead /= 1000
    return 2 if lead < 9.995 else 1 if lead < 99.95 else 0


def money(x: float, currency: str) -> str:
    """An amount with its currency: NPR 1.24 billion in English, 1,24 milliard NPR in French."""
    return f"{currency} {compact(x)}" if language() == "en" else f"{compact(x)} {currency}"


def exact(x: float, currency: str) -> str:
    """A small amount with cents: USD 0.69."""
    text = number(x, 2)
    return f"{currency} {text}" if language() == "en" else f"{text} {currency}"


def share(x: float, digits: int = 0) -> str:
    """0.412 -> 41%."""
    return format_percent(x, format="#,##0" + ("." + "0" * digits if digits else "") + "%", locale=language())


def listed(items: list[str]) -> str:
    """a, b and c."""
    from babel.lists import format_list  # lists need more locale data than numbers, and few sentences have one

    return format_list(items, locale=language())


def day(text: str) -> str:
    """2026-11-24 -> November 24, 2026."""
    from babel.dates import format_date

    return format_date(date.fromisoformat(text), format="long", locale=language())


def plain(words: Any) -> str:
    """Words as they are, for use inside Markdown: no mark in them has a meaning."""
    return MARKDOWN_MARKS.sub(r"\\\1", " ".join(str(words).split()))
