"""Sources of figures in the current language: keys of publications stay, and the words after them are translated.

Files and facts have them in English. Those that we compose are found by their pattern, as they have numbers and names in them.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from imis_plan.facts.country import folded, names
from imis_plan.facts.tables import countries
from imis_plan.facts.terms import OBSERVED_PRICES, PREDICTED_PRICE
from imis_plan.i18n.translate import SOURCE, _, current_language, localize_digits
from imis_plan.scenario.localized_text import DRAFT_MARK, OPEN_SOURCE
from imis_plan.scenario.published import COMPOSED
from imis_plan.scenario.source_templates import KEYED, UNKEYED
from imis_plan.scenario.structure import COPIED

# Sources that the facts compose: years, keys with years, and the parity of a currency, which are the same in every language.
YEARS, PARITY = r"\d{4}(?:–\d{4})?", r"[\d.]+ [A-Z]{3}/[A-Z]{3}"
RUNS_OF_YEARS = re.compile(rf"{YEARS}(?:; \w+: {YEARS})*(?:; x {PARITY} \(\w+\))?|{PARITY}")
# A country and its value in the words about comparable scenarios: `Nepal 0.28`; with the scenario where there are several of it.
NAMED_VALUE = re.compile(r"(.+?)( \(\w+\))? (\S+)")
# Between the words about a typical value and the limit that it was lowered to, a formula.
BEFORE_LIMIT = "; "
# The placeholders of words that we compose, and what fills in those of numbers.
PLACE = re.compile(r"\{(\w+)\}")
NUMBERS, NUMBER = ("count", "km", "percent", "number"), r"-?[\d,.]+(?: \.\.\.)?"
PATTERNS = {**dict.fromkeys(NUMBERS, NUMBER), **dict.fromkeys(("year", "first", "last", "other"), r"\d{4}")}


def translate_source(text: str | None) -> str:
    """The source of a figure, in the current language: its key is kept, the words after it are translated."""
    text, mark, paths = (text or "").partition(DRAFT_MARK)
    translated = composed_words(text, UNKEYED) if unkeyed(text) else translate_keyed(text)
    return _("{source}; draft, open: {paths}").format(source=translated, paths=paths) if mark else translated


def unkeyed(text: str) -> bool:
    """Whether we compose a source as a whole, without the key of a publication."""
    return any(pattern(template).fullmatch(text) for template in UNKEYED)


def translate_keyed(text: str) -> str:
    """A source that has a key before its first colon."""
    key, colon, words = text.partition(": ")
    if not colon:
        return text
    if key == OPEN_SOURCE:
        how, limit, formula = words.partition(BEFORE_LIMIT)
        return _("open question: {typical}").format(typical=comparable_words(how) + limit + formula)
    if key == "assumption":
        return _("assumption: {reason}").format(reason=translate_place(words))
    if key == OBSERVED_PRICES:
        return _("observed prices: {item}").format(item=words)
    if key == PREDICTED_PRICE:
        return _("predicted price: {item}").format(item=words)
    return _("{key}: {place}").format(key=key, place=translate_place(words))


def translate_place(words: str) -> str:
    """The words after the key of a source in the current language; years, keys and numbers have its separators only."""
    if RUNS_OF_YEARS.fullmatch(words):
        parts = (label_of_run(localize_digits(part)) for part in words.split("; "))
        return _("{one}; {other}").format(one="", other="").join(parts)
    return composed_words(words) if any(letter.isalpha() for letter in words) else localize_digits(words)


def composed_words(words: str, templates: Iterable[str] = (*COMPOSED, COPIED, *KEYED)) -> str:
    """Words in the current language: as the catalogue has them, else by the pattern that they were composed by."""
    if (known := _(words)) != words or current_language() == SOURCE:
        return known
    found = ((template, match) for template in templates if (match := pattern(template).fullmatch(words)))
    template, match = next(found, (words, None))
    if match is None:
        return words
    return _(template).format(**{name: localized_part(name, value) for name, value in match.groupdict().items()})


def localized_part(name: str, value: str) -> str:
    """What fills in a pattern in the current language: a year and a key stay. A `value` is a number, a name or a list."""
    is_number = name in NUMBERS or (name == "value" and re.fullmatch(NUMBER, value))
    return localize_digits(value) if is_number else _(value)


@lru_cache
def pattern(template: str) -> re.Pattern[str]:
    """The pattern of what a template makes: years, numbers with separators, and names."""
    parts = PLACE.split(template)
    groups = (f"(?P<{name}>{PATTERNS.get(name, '.+?')})" for name in parts[1::2])
    return re.compile("".join(re.escape(text) + next(groups, "") for text in parts[::2]))


def label_of_run(part: str) -> str:
    """A key and its years with the colon of the language: factbook: 2024 is factbook : 2024 in French."""
    key, colon, years = part.partition(": ")
    return _("{name}: {value}").format(name=key, value=years) if colon else part


def comparable_words(words: str) -> str:
    """How a typical value comes about, in the current language: its method, then each country with its value.

    A limit that it was lowered to follows after a semicolon, as a formula, and is left out.
    """
    words = words.partition(BEFORE_LIMIT)[0]
    if (whole := _(words)) != words:
        return whole
    how, _comma, values = words.partition(", ")
    parts = [localized_value(part) for part in values.split(", ")] if values else []
    return ", ".join([composed_words(how), *parts])


def localized_value(text: str) -> str:
    """A country and its value in the current language; what is no such pair stays."""
    known, pair = _(text), NAMED_VALUE.fullmatch(text)
    if pair is None or known != text:
        return known
    iso3 = names().get(folded(pair[1]))
    name = countries()[iso3].name(current_language()) if iso3 else _(pair[1])
    return f"{name}{pair[2] or ''} {localize_digits(pair[3])}"
