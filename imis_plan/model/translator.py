"""The translator of the ledger's sentences: English, unless another language is set.

The model has no catalogue. `imis_plan.i18n.set_language` sets the translator of a language; numbers and keys do not depend on it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from imis_plan.scenario.localized_text import in_language


def _unchanged(text: str) -> str:
    return text


def _english(text: str | Mapping[str, str]) -> str:
    return in_language(text, "en")


def _english_form(forms: Sequence[str], count: float) -> str:
    return forms[0] if count == 1 else forms[-1]


@dataclass(frozen=True)
class Translator:
    """Translation of the parts of a sentence.

    translate : a sentence with {placeholders}, from English.
    unit : a unit such as `person-day` or `GB/core`. choice : the name of a choice such as `own`.
    digits : an English number (1,234.5) with the separators of the language.
    text : a text of a scenario file, which may be given by language.
    plural_form : of the forms of a word, the one that fits a count: of post and posts, posts for 2.
    """

    translate: Callable[[str], str] = _unchanged
    unit: Callable[[str], str] = _unchanged
    digits: Callable[[str], str] = _unchanged
    text: Callable[[Any], str] = _english
    plural_form: Callable[[Sequence[str], float], str] = _english_form


ENGLISH = Translator()
_translator: ContextVar[Translator] = ContextVar("translator", default=ENGLISH)


def current_translator() -> Translator:
    """The translator in use."""
    return _translator.get()


def set_translator(given: Translator) -> None:
    """Use this translator from now on."""
    _translator.set(given)


@contextmanager
def using_translator(given: Translator) -> Iterator[None]:
    """Use this translator while the block runs."""
    token = _translator.set(given)
    try:
        yield
    finally:
        _translator.reset(token)
