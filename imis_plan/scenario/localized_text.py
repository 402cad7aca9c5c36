"""Texts of a scenario, each in one language or by language."""

from collections.abc import Mapping
from typing import Any

LocalizedText = str | Mapping[str, str]


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
