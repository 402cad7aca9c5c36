"""Text of a server, made safe for terminals, files and reports: what has no shape of its own is written as an escape."""

import unicodedata
from typing import Any

MAX_LENGTH = 200
# Control, format (bidirectional marks are among them), surrogate and private characters; line and paragraph separators.
INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
# Joiners are part of words in Nepali, Sinhala, Persian and others.
JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    r"""The text with line breaks and tabs as blanks, and other invisible characters as escapes such as \x1b."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    """A character, or its escape."""
    if character in "\t\n\r":
        return " "
    if character in JOINERS or unicodedata.category(character) not in INVISIBLE:
        return character
    return character.encode("unicode_escape").decode("ascii")


def excerpt(text: str) -> str:
    """The text, visible and shortened for a message."""
    # Shortened twice: a text of megabytes is not looked at as a whole, and escapes are longer than what they stand for.
    shown = " ".join(visible(text[: MAX_LENGTH + 1]).split())
    return shown if len(shown) <= MAX_LENGTH else f"{shown[:MAX_LENGTH]}..."


def visible_data(data: Any) -> Any:
    """Data of JSON in which every text is visible."""
    if isinstance(data, str):
        return visible(data)
    if isinstance(data, list):
        return [visible_data(item) for item in data]
    if isinstance(data, dict):
        return {visible(key): visible_data(value) for key, value in data.items()}
    return data
