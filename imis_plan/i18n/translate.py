"""The current language: sentences from gettext catalogues, numbers and plural rules from Babel."""

import gettext
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from imis_plan.model import translator
from imis_plan.model.translator import ENGLISH, Translator
from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.localized_text import TranslatedText

SOURCE = "en"
DOMAIN = "imis_plan"
CATALOGUES = Path(__file__).parents[1] / "locale"
# Context (msgctxt) of units of parameter files in a catalogue; sentences have none.
UNIT = "unit"
PLURAL_TAGS = ("zero", "one", "two", "few", "many", "other")
_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def languages() -> tuple[str, ...]:
    """Languages of reports: English, and every language with a catalogue."""
    return (SOURCE, *sorted(file.parts[-3] for file in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def require_catalogue(language: str) -> str:
    """The language, if it has a catalogue. Raises BadInput for one without."""
    if available_language(language) == language:
        return language
    right = suggestion(language, languages(), 6)
    raise BadInput([Problem("--language", None, "language", "there is no catalogue for it", right, language)])


def available_language(own: str) -> str:
    """The language of a scenario if it has a catalogue, else English."""
    # English needs no look at the folder of the catalogues, which each row of a table would take.
    return own if own != SOURCE and own in languages() else SOURCE


def set_language(language: str) -> None:
    """Use this language from now on. Raises BadInput for one without a catalogue."""
    _language.set(require_catalogue(language))
    translator.set_translator(translator_for(language))


@contextmanager
def using_language(language: str) -> Iterator[None]:
    """Use this language while the block runs. Raises BadInput for one without a catalogue."""
    token = _language.set(require_catalogue(language))
    try:
        with translator.using_translator(translator_for(language)):
            yield
    finally:
        _language.reset(token)


def current_language() -> str:
    """The current language, as a code of two letters."""
    return _language.get()


@lru_cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue of a language; English needs none."""
    return gettext.translation(DOMAIN, CATALOGUES, [code], fallback=True)


def _(message: str) -> str:
    """A sentence in the current language; in English if the catalogue does not have it. A scenario may translate its own."""
    if isinstance(message, TranslatedText) and (own := message.by_language.get(current_language())):
        return own
    return catalogue(current_language()).gettext(message) if message else ""


def plural(one: str, many: str, count: float) -> str:
    """The form of a sentence that fits a count, in the current language."""
    return catalogue(current_language()).ngettext(one, many, whole_number_of_same_form(count, current_language()))


@lru_cache(maxsize=1024)
def whole_number_of_same_form(count: float, code: str) -> int:
    """A whole number that takes the same form as a count: 1.5 posts, but in French 1,5 poste."""
    if count == round(count):
        return round(count)
    rule = plural_rule(code)  # few counts are fractions, and gettext takes only whole numbers
    return next((n for n in range(200) if rule(n) == rule(count)), round(count))


def plural_form(forms: Sequence[str], count: float) -> str:
    """Of the forms of a word, in the order of CLDR (one, few, many, other), the one that fits a count in the current language."""
    rule = plural_rule(current_language())
    used = [tag for tag in PLURAL_TAGS if tag in rule.tags or tag == "other"]
    return forms[min(used.index(rule(count)), len(forms) - 1)]


@lru_cache
def plural_rule(code: str) -> Any:
    """The rule of a language, from CLDR, by which a count takes one form or another."""
    from babel import Locale  # English needs none

    return Locale.parse(code).plural_form


def localized(text: Any) -> str:
    """A text of a scenario file in the current language; of texts given by language, else the English one, else the first."""
    if isinstance(text, str):
        return _(text)
    return text.get(current_language()) or _(text.get(SOURCE) or next(iter(text.values())))


def translate_unit(text: str) -> str:
    """A unit in the current language, part by part: USD/person-day is USD/personne-jour."""
    words = catalogue(current_language())
    known = words.pgettext(UNIT, text)
    return known if known != text else "/".join(words.pgettext(UNIT, part) for part in text.split("/"))


@lru_cache
def digit_marks(code: str) -> dict[int, str]:
    """The separators of English numbers, and those of the language."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return str.maketrans({",": get_group_symbol(code), ".": get_decimal_symbol(code)})


def localize_digits(text: str) -> str:
    """An English number (1,234.5) with the separators of the current language."""
    return text if current_language() == SOURCE else text.translate(digit_marks(current_language()))


def translator_for(language: str) -> Translator:
    """The translator of a language for the sentences of the ledger."""
    return (
        ENGLISH
        if language == SOURCE
        else Translator(
            translate=_,
            unit=translate_unit,
            digits=localize_digits,
            text=localized,
            plural_form=plural_form,
        )
    )
