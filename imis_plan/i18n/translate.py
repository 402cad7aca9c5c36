"""The language of what readers see: sentences through gettext catalogues, numbers and dates through Babel."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from imis_plan.model import translator
from imis_plan.model.translator import ENGLISH, Translator
from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.from_observations import OBSERVED, PREDICTED

SOURCE = "en"
DOMAIN = "imis_plan"
CATALOGUES = Path(__file__).parents[1] / "locale"
# What parts of a parameter file are called in a catalogue, beside its sentences (gettext's msgctxt).
UNIT, CHOICE = "unit", "choice"
_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def languages() -> tuple[str, ...]:
    """Languages that a report can be in: English, and every language with a catalogue."""
    return (SOURCE, *sorted(file.parts[-3] for file in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def checked(language: str) -> str:
    """The language, if it can be spoken. Raises BadInput for one without a catalogue."""
    if language in languages():
        return language
    right = suggestion(language, languages(), 6)
    raise BadInput([Problem("--language", None, "language", "there is no catalogue for it", right, language)])


def available_language(own: str) -> str:
    """The language of a scenario where there is a catalogue for it, else English."""
    return own if own in languages() else SOURCE


def set_language(language: str) -> None:
    """Speak this language from here on. Raises BadInput for one without a catalogue."""
    _language.set(checked(language))
    translator.set_translator(translator_for(language))


@contextmanager
def using_language(language: str) -> Iterator[None]:
    """Speak this language while the block runs. Raises BadInput for one without a catalogue."""
    token = _language.set(checked(language))
    try:
        with translator.using_translator(translator_for(language)):
            yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language spoken now, as a code of two letters."""
    return _language.get()


@lru_cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue of a language; English needs none."""
    return gettext.translation(DOMAIN, CATALOGUES, [code], fallback=True)


def _(message: str) -> str:
    """A sentence in the language spoken now; in English where its catalogue lacks it."""
    return catalogue(language()).gettext(message) if message else ""


def plural(one: str, many: str, count: float) -> str:
    """The form of a sentence that fits a count, in the language spoken now."""
    return catalogue(language()).ngettext(one, many, whole(count, language()))


@lru_cache(maxsize=1024)
def whole(count: float, code: str) -> int:
    """A whole number that takes the same form as a count: 1.5 posts, but in French 1,5 poste."""
    if count == round(count):
        return round(count)
    from babel import Locale  # few counts are halves, and gettext knows only whole ones

    rule = Locale.parse(code).plural_form
    return next((n for n in range(200) if rule(n) == rule(count)), round(count))


def localized(text: Any) -> str:
    """A text of a scenario file: as it stands, or the one in the language spoken now, else English, else the first."""
    if isinstance(text, str):
        return _(text)
    return text.get(language()) or _(text.get(SOURCE) or next(iter(text.values())))


def unit(text: str) -> str:
    """A unit in the language spoken now, part by part: USD/person-day is USD/personne-jour."""
    words = catalogue(language())
    known = words.pgettext(UNIT, text)
    return known if known != text else "/".join(words.pgettext(UNIT, part) for part in text.split("/"))


def choice(name: str) -> str:
    """The name of a choice (of a hosting, a type of card ...) in the language spoken now."""
    return catalogue(language()).pgettext(CHOICE, name)


def source(text: str | None) -> str:
    """Where a figure comes from, in the language spoken now: the key of a source stays, the words after it are translated."""
    key, colon, words = (text or "").partition(": ")
    if not colon:
        return text or ""
    if key == "assumption":
        return _("assumption: {reason}").format(reason=_(words))
    if key == OBSERVED:
        return _("observed prices: {item}").format(item=words)
    if key == PREDICTED:
        return _("predicted price: {item}").format(item=words)
    return _("{key}: {place}").format(key=key, place=_(words))


@lru_cache
def digits_of(code: str) -> dict[int, str]:
    """The marks of English numbers, and what the language writes in their place."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return str.maketrans({",": get_group_symbol(code), ".": get_decimal_symbol(code)})


def digits(text: str) -> str:
    """A number written the English way (1,234.5), with the marks of the language spoken now."""
    return text if language() == SOURCE else text.translate(digits_of(language()))


def translator_for(language: str) -> Translator:
    """What the ledger's own sentences need to be spoken in a language."""
    return ENGLISH if language == SOURCE else Translator(translate=_, unit=unit, choice=choice, digits=digits, text=localized)
