"""Numbers, money, shares, dates and lists as text in the current language."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Self

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.localedata import locale_identifiers
from babel.numbers import (
    NumberPattern,
    format_compact_decimal,
    format_decimal,
    format_percent,
    get_currency_precision,
    get_currency_symbol,
    get_territory_currencies,
    parse_pattern,
)

from imis_plan.i18n.translate import SOURCE, _, current_language, localize_digits

MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$&>]|:(?=//))")  # addresses must not become links

# Smallest number that a language abbreviates with a word; French has no such word for thousands.
COMPACT_FROM = {"fr": 1_000_000}
IN_FULL_BELOW = 10_000
WITH_CENTS_BELOW = 10
# A number with at most fifteen digits is the same in decimals as in binary.
EXACT_BELOW = 1e15
ALMOST_ONE = 1 + 1e-9
# An amount: the words before its number, the number, the words after it.
AMOUNT = re.compile(r"(\D*)(\d(?:.*\d)?)(\D*)", re.DOTALL)
NO_BREAK = "\N{NO-BREAK SPACE}"
# White space at which a line may break: Python's `split` takes no-break spaces, too.
BREAKING_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")
FIRST_DAY = re.compile(r"\b1\b")
VOWELS = frozenset("AEIOU")


def current_locale() -> Locale:
    """The locale of the current language; Babel takes longer to find it by name than to write a number."""
    return locale_named(current_language())


@lru_cache
def locale_named(code: str) -> Locale:
    """The locale of a language by its code."""
    return Locale.parse(code)


def number(x: float, digits: int = 0) -> str:
    """1234567.8 -> 1,234,568. What rounds to zero has no sign."""
    shown = round(x, digits) + 0.0  # -0.0 becomes 0.0
    if abs(shown) * 10**digits < EXACT_BELOW:  # Python and the separators of the language take a tenth of Babel's time
        return localize_digits(f"{shown:,.{digits}f}")
    return format_decimal(shown, format="#,##0" + ("." + "0" * digits if digits else ""), locale=current_locale())


def count(x: float) -> str:
    """A count, with one decimal if it is not whole: 272 or 272.5."""
    return number(x, 1 if x % 1 else 0)


def compact(x: float) -> str:
    """1243567890 -> 1.24 billion; small ones in full, from ten thousand on with three significant digits."""
    if abs(x) < IN_FULL_BELOW:
        return number(x, 0 if abs(x) >= 100 or x == round(x) else 2)
    shown = float(f"{x:.3g}")
    if abs(shown) < COMPACT_FROM.get(current_language(), 0):
        return number(shown)
    # Babel 2.18 gives exactly one of a word the plural (1 millions): it finds "one thousand" and nothing beyond it.
    text: str = format_compact_decimal(
        shown * ALMOST_ONE, format_type="long", locale=current_locale(), fraction_digits=compact_digits(shown)
    )
    return text if current_language() == SOURCE else text.replace(" ", NO_BREAK)


def compact_digits(x: float) -> int:
    """Decimals of a compact number with three significant digits."""
    lead = abs(x)
    while lead >= 999.5:
        lead /= 1000
    return 2 if lead < 9.995 else 1 if lead < 99.95 else 0


def money(x: float, currency: str) -> str:
    """An amount with its currency: NPR 1.24 billion in English, 1,24 milliard de FCFA in French."""
    amount = compact(x)
    name = of_currency(currency) if amount[-1:].isalpha() else currency_name(currency)
    return _("{currency} {amount}").format(currency=name, amount=amount)


def money_range(low: float, high: float, currency: str) -> str:
    """Two amounts with their currency, which stands once where both have the same words: NPR 2.16–3.47 billion."""
    first, last = (AMOUNT.fullmatch(money(x, currency)) for x in (low, high))
    if first and last and first.group(1, 3) == last.group(1, 3):
        return f"{first[1]}{first[2]}–{last[2]}{last[3]}"
    return _("{low} to {high}").format(low=money(low, currency), high=money(high, currency))


def money_with_cents(x: float, currency: str) -> str:
    """A small amount with cents: USD 0.69; in a currency without cents only below ten: XAF 391."""
    return with_currency(number(x, 2 if abs(x) < WITH_CENTS_BELOW else get_currency_precision(currency)), currency)


def with_currency(amount: str, currency: str) -> str:
    """A number as text with its currency, in the order of the language."""
    return _("{currency} {amount}").format(currency=currency_name(currency), amount=amount)


def currency_name(code: str) -> str:
    """The name of a currency for readers: FCFA for XAF in French. English has the code, which international readers know."""
    return code if current_language() == SOURCE else local_symbol(code, current_language())


@lru_cache
def local_symbol(code: str, language: str) -> str:
    """The symbol of a currency in CLDR, as its own countries write it in a language, if it is a word; else the code.

    USD has signs such as $US, which other countries use, too, and keeps its code.
    """
    locales = [name for name in locale_identifiers() if re.fullmatch(rf"{language}_[A-Z]{{2}}", name)]
    own = [name for name in sorted(locales) if code in get_territory_currencies(name[-2:])]
    symbols = [get_currency_symbol(code, name) for name in own]
    return next((symbol for symbol in symbols if "".join(symbol.split()).isalpha()), code)


def currency_with_code(code: str) -> str:
    """The name of a currency with its code, by which tables and files call it: FCFA (XAF); the code alone if it has no name."""
    return code if currency_name(code) == code else f"{currency_name(code)} ({code})"


def of_currency(code: str) -> str:
    """A currency after a rounded number or its unit: FCFA in English, de FCFA or d’UM in French."""
    name = currency_name(code)
    if current_language() != "fr":
        return name
    return f"d’{name}" if name[0] in VOWELS else f"de{NO_BREAK}{name}"


def quote(words: str) -> str:
    """A text in the quotation marks of the language."""
    return _("“{words}”").format(words=words)


def label_and_value(name: str, value: str) -> str:
    """`name: value`, with the colon of the language."""
    return _("{name}: {value}").format(name=name, value=value)


def share(x: float, digits: int = 0) -> str:
    """0.412 -> 41%. What rounds to zero has no sign."""
    return format_percent(
        x if round(x, digits + 2) else 0.0,
        format=percent_pattern(current_language(), digits),
        locale=current_locale(),
    )


def join_with_semicolons(items: Iterable[str]) -> str:
    """one; two; three, with the semicolon of the language."""
    return _("{one}; {other}").format(one="", other="").join(items)


@lru_cache
def percent_pattern(code: str, digits: int) -> NumberPattern:
    """The pattern of a language for per cent: #,##0% in English, #,##0 % in French, with a narrow space as before ; ! ?."""
    whole = str(locale_named(code).percent_formats[None].pattern).replace(NO_BREAK, "\N{NARROW NO-BREAK SPACE}")
    return parse_pattern(whole.replace("0", "0." + "0" * digits if digits else "0"))


def long_date(text: str) -> str:
    """2026-11-23 -> November 23, 2026; a text that is not a date is unchanged."""
    try:
        return format_date(date.fromisoformat(text[:10]), format="long", locale=current_locale())
    except ValueError:
        return text


def short_date(day: date) -> str:
    """A date in figures: 23/11/2026 in French. English has 2026-11-23, which its readers in all countries read alike."""
    if current_language() == SOURCE:
        return day.isoformat()
    return format_skeleton("yMMdd", day, locale=current_locale())


def day_and_month(day: date) -> str:
    """2027-07-16 -> July 16; 2027-07-01 -> 1er juillet in French, whose first day of a month is an ordinal number."""
    words = format_skeleton("MMMMd", day, locale=current_locale())
    return FIRST_DAY.sub("1er", words) if current_language() == "fr" else words


def join_with_and(items: list[str]) -> str:
    """a, b and c."""
    from babel.lists import format_list  # slow to import, and few sentences have a list

    return format_list(items, locale=current_locale())


class ForeignText(str):
    """A text with some words in another language, which a page marks for screen readers."""

    __slots__ = ("foreign",)
    foreign: tuple[str, str]

    def __new__(cls, text: str, words: str, language: str) -> Self:
        """`words` is the part of `text` in another language, given by its code."""
        self = super().__new__(cls, text)
        self.foreign = (words, language)
        return self


def escape_markdown(words: Any) -> str:
    """A text for use inside Markdown, with all markup characters escaped."""
    return MARKDOWN_MARKS.sub(r"\\\1", BREAKING_SPACES.sub(" ", str(words)).strip())
