"""What the template asks about one report: its title block, its parts and sections, and Markdown as HTML."""

import re
from functools import cache
from html import escape, unescape
from typing import Any, NamedTuple

from imis_plan.i18n.formats import day
from imis_plan.i18n.translate import _
from imis_plan.report import phrases

FACTS = ("country", "scheme", "years", "currency", "option", "changes", "version", "date")
DEEPEST = 3
PLUGINS = ("table", "strikethrough", "url", "def_list", "footnotes")
OPENS = re.compile(r"\s*#{1,2}\s")


class Entry(NamedTuple):
    """A heading in the contents. `section` is the number of the section it opens, or 0; a part holds sections."""

    level: int
    ident: str
    text: str
    section: int
    part: bool


class Document:
    """One report while its page is made; the template asks for the cells first, which fills the outline."""

    def __init__(self, notebook: Any, language: str = "en") -> None:
        self.about = dict(notebook.metadata.get("imis_plan", {}))
        self.language = language
        self.words = phrases.page()
        self.outline: list[Entry] = []
        self.kicker = ""
        self.sections = 0
        self._opened = False
        self._authored = self._markdown(with_html=True)
        self._shown = self._markdown(with_html=False)

    def _markdown(self, *, with_html: bool) -> Any:
        from mistune import create_markdown

        return create_markdown(renderer=_renderer()(self, escape=not with_html), plugins=list(PLUGINS))

    def opens(self, source: str) -> int:
        """The number of the section that a Markdown cell opens by its heading, or 0; the report's title opens none."""
        titled = not source.lstrip().startswith("# ") or self.kicker
        if not (OPENS.match(source) and titled):
            return 0
        self.sections, self._opened = self.sections + 1, True
        return self.sections

    def authored(self, source: str) -> Any:
        """HTML of a notebook's own Markdown cell."""
        return self._authored(source)

    def shown(self, source: str) -> Any:
        """HTML of Markdown that a cell printed; HTML inside it is shown as text."""
        return self._shown(source)

    def heading(self, text: str, level: int) -> str:
        """HTML of a heading. The first of level 1 goes into the title block, later ones head a part of the report."""
        plain = unescape(re.sub(r"<[^>]*>", "", text)).strip()
        if level == 1 and not self.kicker:
            self.kicker = plain
            return ""
        entry = self.enter(plain, level)
        return f'<h{entry.level} id="{entry.ident}"{" class=part" if entry.part else ""}>{text}</h{entry.level}>\n'

    def enter(self, text: str, level: int = 2) -> Entry:
        """Put a heading into the outline."""
        entry = Entry(max(level, 2), self._unique(text), text, self.sections if self._opened else 0, level == 1)
        self._opened = False
        self.outline.append(entry)
        return entry

    def _unique(self, text: str) -> str:
        base = "s-" + (re.sub(r"\W+", "-", text.lower()).strip("-") or "section")
        taken = {entry.ident for entry in self.outline}
        return next(ident for ident in (base, *(f"{base}-{i}" for i in range(2, len(taken) + 3))) if ident not in taken)

    @property
    def contents(self) -> list[Entry]:
        """Headings for the table of contents."""
        return [entry for entry in self.outline if entry.level <= DEEPEST]

    @property
    def timelines(self) -> str:
        """Names of the sections' timelines, by which the contents follow the reader, as CSS wants them."""
        return ", ".join(f"--s{i}" for i in range(1, self.sections + 1)) or "none"

    @property
    def title(self) -> str:
        """The report's title: the scenario's own, else the notebook's first heading."""
        return self.about.get("title") or self.kicker or self.words["report"]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(word, value) pairs of the title block."""
        about = self.about | {"date": day(self.about.get("date", ""))}
        return [(self.words[key], about[key]) for key in FACTS if about.get(key)]

    @property
    def files(self) -> list[str]:
        """Names of the files beside the report."""
        return list(self.about.get("files", ()))

    @property
    def made(self) -> list[tuple[str, str]]:
        """(word, value) pairs of how the report was made: inputs with their hashes, versions, seed. Empty outside our command."""
        record = self.about.get("made") or {}
        return [*_record(record), *((name["file"], f"SHA-256 {name['sha256']}") for name in record.get("inputs", {}).values())]

    @property
    def running_title(self) -> str:
        """The title as the content of a CSS string: every sign that could end the string is written as its number."""
        return css_text(self.title)

    @property
    def running_facts(self) -> str:
        """Years, version and date for the head of a printed page, as the content of a CSS string."""
        about = self.about
        version = _("version {number}").format(number=about["version"]) if about.get("version") else ""
        return css_text(" · ".join(filter(None, [about.get("years"), version, day(about.get("date", ""))])))


def css_text(text: str) -> str:
    """Text as the content of a CSS string. A space ends the number of a sign, and is not shown."""
    return re.sub(r"[^\w .,:;-]", lambda sign: f"\\{ord(sign.group()):06x} ", text.replace("\n", " "))


def _record(record: dict[str, Any]) -> list[tuple[str, str]]:
    if not record:
        return []
    libraries = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    package = record["package"]
    return [
        (_("Made on"), day(record["generated"])),
        ("imis_plan", f"{package['version']}, SHA-256 {package['sha256']}"),
        (_("Versions"), libraries),
        (_("Seed of the simulation"), str(record["seed"])),
    ]


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
