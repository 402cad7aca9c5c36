"""Texts of a scenario, each in one language or by language."""

from collections.abc import Mapping

LocalizedText = str | Mapping[str, str]


def in_language(text: LocalizedText | None, language: str) -> str:
    """A text in a language; if it is not translated, in English or else in the first language given."""
    if not isinstance(text, Mapping):
        return text or ""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")
