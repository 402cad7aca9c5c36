"""An executed notebook as one self-contained HTML page, by nbconvert with the template in templates/imis."""

import re
import threading
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor

from imis_plan.report.endings import RenderError
from imis_plan.report.offline import faults

TEMPLATES = Path(__file__).parent / "templates"
# Reads like the report around it; a translation replaces this table.
WORDS = {
    "contents": "Contents",
    "country": "Country",
    "scheme": "Scheme",
    "years": "Years",
    "currency": "Currency",
    "version": "Version",
    "date": "Date",
    "option": "Option",
    "changes": "Changed for this report",
    "made": "How this report was made",
    "skip": "Skip to the report",
}
FACTS = ("country", "scheme", "years", "currency", "option", "changes", "version", "date")
DEEPEST = 3
PLUGINS = ("table", "strikethrough", "url", "def_list", "footnotes")
# The types a report shows, best first. Widgets and scripts are not among them: they show nothing without a server.
SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]


class Document:
    """What the template asks about one report: the words around the cells, and Markdown with its outline."""

    def __init__(self, notebook: Any, language: str = "en") -> None:
        self.about = dict(notebook.metadata.get("imis_plan", {}))
        self.language = language
        self.words = WORDS
        self.outline: list[tuple[int, str, str]] = []
        self.kicker = ""
        self._authored = self._markdown(with_html=True)
        self._shown = self._markdown(with_html=False)

    def _markdown(self, *, with_html: bool) -> Any:
        from mistune import create_markdown

        return create_markdown(renderer=_renderer()(self, escape=not with_html), plugins=list(PLUGINS))

    def authored(self, source: str) -> Any:
        """HTML of a notebook's own Markdown cell."""
        return self._authored(source)

    def shown(self, source: str) -> Any:
        """HTML of Markdown that a cell printed; HTML inside it is shown as text."""
        return self._shown(source)

    def heading(self, text: str, level: int) -> str:
        """HTML of a heading. The first of level 1 goes into the title block; levels 2 and 3 go into the outline."""
        plain = unescape(re.sub(r"<[^>]*>", "", text)).strip()
        if level == 1 and not self.kicker:
            self.kicker = plain
            return ""
        ident = self._unique(plain)
        self.outline.append((max(level, 2), ident, plain))
        return f'<h{max(level, 2)} id="{ident}">{text}</h{max(level, 2)}>\n'

    def _unique(self, text: str) -> str:
        base = "s-" + (re.sub(r"\W+", "-", text.lower()).strip("-") or "section")
        taken = {ident for _, ident, _ in self.outline}
        return next(ident for ident in (base, *(f"{base}-{i}" for i in range(2, len(taken) + 3))) if ident not in taken)

    @property
    def contents(self) -> list[tuple[int, str, str]]:
        """Headings for the table of contents: (level, id, text)."""
        return [entry for entry in self.outline if entry[0] <= DEEPEST]

    @property
    def title(self) -> str:
        """The report's title: the scenario's own, else the notebook's first heading."""
        return self.about.get("title") or self.kicker or "Report"

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(word, value) pairs of the title block."""
        return [(self.words[key], self.about[key]) for key in FACTS if self.about.get(key)]

    @property
    def files(self) -> list[str]:
        """Names of the files beside the report."""
        return list(self.about.get("files", ()))

    @property
    def running_title(self) -> str:
        """The title as the content of a CSS string: every sign that could end the string is written as its number."""
        return re.sub(r"[^\w .,:;-]", lambda sign: f"\\{ord(sign.group()):06x}", self.title.replace("\n", " "))


@cache
def _renderer() -> Any:
    from mistune import HTMLRenderer

    class Renderer(HTMLRenderer):
        def __init__(self, document: Document, *, escape: bool) -> None:
            super().__init__(escape=escape)
            self.document = document

        def text(self, text: str) -> str:
            # Where HTML is shown as typed, mistune would show `&lt;` as typed, too; `show.text` writes it for `<`.
            return escape(unescape(text))

        def heading(self, text: str, level: int, **_: Any) -> str:
            return self.document.heading(text, level)

        def image(self, text: str, url: str, title: str | None = None) -> str:
            # Any other address would be fetched when the page is opened.
            return super().image(text, url, title) if url.startswith("data:image/") else escape(text)

    return Renderer


class Report(Preprocessor):
    """Hands the template its Document; its conf.json names this class, for `jupyter nbconvert --template imis` too."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Leave the notebook as it is, add `imis` to the resources."""
        language = nb.metadata.get("imis_plan", {}).get("language")
        resources["imis"] = Document(nb, language or resources.get("language_code", "en"))
        return nb, resources


@cache
def exporter() -> Any:
    """The one exporter of this process: loading it costs more than using it."""
    from nbconvert.exporters import HTMLExporter
    from traitlets.config import Config

    config = Config({"NbConvertBase": {"display_data_priority": SHOWN}})
    folders = [str(TEMPLATES)]
    return HTMLExporter(config=config, template_name="imis", extra_template_basedirs=folders, exclude_input=True)


_one_at_a_time = threading.Lock()


def html(notebook: Any) -> str:
    """HTML page of an executed notebook (an nbformat node).

    Raises RenderError when the page would not be self-contained.
    """
    with _one_at_a_time:  # nbconvert keeps the state of a conversion in the exporter
        page, _ = exporter().from_notebook_node(notebook)
    found = faults(page)
    if found:
        raise RenderError(f"the page is not self-contained: {'; '.join(found[:5])}")
    return page
