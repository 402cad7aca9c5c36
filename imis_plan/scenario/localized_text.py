"""Texts of a scenario, each given once or by language."""

from collections.abc import Mapping

LocalizedText = str | Mapping[str, str]


def in_language(words: LocalizedText | None, language: str) -> str:
    """A text in a language; in English, or else in the first language given, if it has not been translated."""
    if not isinstance(words, Mapping):
        return words or ""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")
