"""The text of an executed notebook in the report's language; the notebook in `notebooks/` stays English."""

import re
from collections.abc import Iterator
from typing import Any

from imis_plan.i18n import translate as i18n

# What precedes the text of a heading or of a list item.
PREFIX = re.compile(r"#{1,6} +|[-*] +|\d+\. +")
BLANK_LINES = re.compile(r"(\n\s*\n)")


def paragraphs(markdown: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of a cell as (prefix, text): a heading is ("## ", "What it costs"); the lines between have no text."""
    for part in BLANK_LINES.split(markdown):
        prefix = PREFIX.match(part)
        start = prefix.end() if prefix else 0
        yield (part, "") if not part.strip() else (part[:start], part[start:].strip())


def translate_markdown(markdown: str) -> str:
    """Markdown in the current language, paragraph by paragraph; what no catalogue has stays as it is."""
    return "".join(prefix + i18n._(text) for prefix, text in paragraphs(markdown))


def translate_notebook(notebook: Any, language: str) -> Any:
    """The notebook (an nbformat node) with its Markdown cells in a language.

    Raises BadInput for a language without a catalogue.
    """
    with i18n.using_language(language):
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = translate_markdown(cell.source)
    return notebook
