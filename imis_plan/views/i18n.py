"""The language of what readers see: sentences through gettext catalogues, numbers and dates through Babel."""

import gettext
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from imis_plan.scenario.faults import BadInput, Fault, suggestion

SOURCE = "en"
CATALOGUES = Path(__file__).parents[1] / "locale"
Spoken = TypeVar("Spoken")
_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def languages() -> tuple[str, ...]:
    """Languages that a report can be in: English, and every language with a catalogue."""
    return (SOURCE, *sorted(folder.parent.parent.name for folder in CATALOGUES.glob("*/LC_MESSAGES/imis_plan.mo")))


def use(language: str) -> None:
    """Speak this language from here on. Raises BadInput for one without a catalogue."""
    if language not in languages():
        raise BadInput(
            [
                Fault(
                    "--language",
                    None,
                    "language",
                    "there is no catalogue for it",
                    suggestion(language, languages(), 6),
                    language,
                )
            ]
        )
    _language.set(language)


def in_language(code: str, action: Callable[[], Spoken]) -> Spoken:
    """What an action gives when it speaks a language, or English where there is no catalogue; afterwards all is as before."""
    before = _language.set(code if code in languages() else SOURCE)
    try:
        return action()
    finally:
        _language.reset(before)


def language() -> str:
    """The language spoken now, as a code of two letters."""
    return _language.get()


@lru_cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue of a language; English needs none."""
    return gettext.translation("imis_plan", CATALOGUES, [code], fallback=True)


def _(message: str) -> str:
    """A sentence in the language spoken now."""
    return catalogue(language()).gettext(message) if message else ""


def plural(one: str, many: str, count: float) -> str:
    """The form of a sentence that fits a count, in the language spoken now."""
    return catalogue(language()).ngettext(one, many, round(count))


def said(text: Any) -> str:
    """A text of a scenario file: as it stands, or the one in the language spoken now, else English, else the first."""
    if isinstance(text, str):
        return _(text)
    return text.get(language()) or text.get(SOURCE) or next(iter(text.values()))
