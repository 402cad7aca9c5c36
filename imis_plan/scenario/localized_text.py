"""Texts of a scenario, each in one language or by language."""

from collections.abc import Mapping
from typing import Any

LocalizedText = str | Mapping[str, str]
# What the source of an open question begins with; what follows says where its typical value comes from.
OPEN_SOURCE = "open question"
# Between the source of a price and the open questions that the quantity of its line depends on.
DRAFT_MARK = "; draft, open: "


def both(english: str, french: str) -> dict[str, str]:
    """A text in both languages, the French one with the spaces that do not break, which code does not show."""
    for mark in (";", "!", "?"):
        french = french.replace(f" {mark}", f"\N{NARROW NO-BREAK SPACE}{mark}")
    for open_mark, plain in ((" :", "\N{NO-BREAK SPACE}:"), ("« ", "«\N{NO-BREAK SPACE}"), (" »", "\N{NO-BREAK SPACE}»")):
        french = french.replace(open_mark, plain)
    return {"en": english, "fr": french}


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's tools look for
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


def in_language(text: LocalizedText | None, language: str) -> str:
    """A text in a language; if it is not translated, in English or else in the first language given."""
    if not isinstance(text, Mapping):
        return text or ""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


class TranslatedText(str):  # noqa: SLOT000  # a str cannot have slots with values
    """A text of a scenario that carries its translations with it: the English one, or else the first, as any other text.

    by_language : language -> text; empty for a text in one language.
    """

    by_language: Mapping[str, str]

    @classmethod
    def of(cls, text: LocalizedText) -> "TranslatedText":
        """The text of a scenario file."""
        made = cls(in_language(text, "en"))
        made.by_language = dict(text) if isinstance(text, Mapping) else {}
        return made

    def __reduce__(self) -> tuple[Any, tuple[LocalizedText]]:
        return TranslatedText.of, (self.by_language or str(self),)
