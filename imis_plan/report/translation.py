"""One notebook for every language: its text is translated in the report, and the notebook itself stays English."""

import re
from collections.abc import Iterator
from typing import Any

from imis_plan.i18n import translate as i18n

# What stands before the words of a heading or of a list's item.
MARK = re.compile(r"#{1,6} +|[-*] +|\d+\. +")
PARAGRAPHS = re.compile(r"(\n\s*\n)")


def blocks(markdown: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of a cell as (mark, words): a heading is ("## ", "What it costs"); the lines between have no words."""
    for part in PARAGRAPHS.split(markdown):
        mark = MARK.match(part)
        start = mark.end() if mark else 0
        yield (part, "") if not part.strip() else (part[:start], part[start:].strip())


def translated(markdown: str) -> str:
    """Markdown in the language spoken now, paragraph by paragraph; what no catalogue has stays as it is."""
    return "".join(mark + i18n._(words) for mark, words in blocks(markdown))


def translate(notebook: Any, language: str) -> Any:
    """The notebook (an nbformat node) with its Markdown cells in a language.

    Raises BadInput for a language without a catalogue.
    """
    with i18n.using_language(language):
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = translated(cell.source)
    return notebook
