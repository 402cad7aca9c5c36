"""Texts of a scenario, each in one language or by language."""

from collections.abc import Mapping

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
