"""The translator of the ledger's sentences: English, unless a language has been chosen.

The model knows no catalogue. `imis_plan.i18n.translate.use` lends it that of a language; numbers and keys never depend on it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from imis_plan.scenario.localized_text import in_language


def _as_it_is(text: str) -> str:
    return text


def _english(text: str | Mapping[str, str]) -> str:
    return in_language(text, "en")


@dataclass(frozen=True)
class Voice:
    """What a language does to the parts of a sentence.

    say : a sentence with {places}, as the code has it, to the same in the language.
    unit : a unit such as `person-day` or `GB/core`. choice : the name of a choice such as `own`.
    digits : a number written the English way (1,234.5), with the signs of the language.
    text : a text of a scenario file, which may be given by language.
    """

    say: Callable[[str], str] = _as_it_is
    unit: Callable[[str], str] = _as_it_is
    choice: Callable[[str], str] = _as_it_is
    digits: Callable[[str], str] = _as_it_is
    text: Callable[[Any], str] = _english


ENGLISH = Voice()
_voice: ContextVar[Voice] = ContextVar("voice", default=ENGLISH)


def voice() -> Voice:
    """The voice in use."""
    return _voice.get()


def lend(given: Voice) -> None:
    """Speak with this voice from here on."""
    _voice.set(given)


@contextmanager
def lent(given: Voice) -> Iterator[None]:
    """Speak with this voice while the block runs."""
    token = _voice.set(given)
    try:
        yield
    finally:
        _voice.reset(token)
