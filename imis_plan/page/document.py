"""What the template asks about one report: its title block, its parts and sections, and Markdown as HTML."""

import base64
import re
from collections.abc import Collection
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from imis_plan.i18n.formats import currency_with_code, label_and_value, long_date
from imis_plan.i18n.translate import _
from imis_plan.page.csp import content_security_policy
from imis_plan.page.labels import report_labels
from imis_plan.page.markdown import markdown_parser
from imis_plan.page.selected_cells import ANNEX_TAG

# What gives the links to pictures their address, since a page has each picture once. The only script of a report.
DOWNLOADS_SCRIPT = (Path(__file__).parent / "templates" / "downloads.js").read_text(encoding="utf-8").strip()
FACTS = ("country", "scheme", "years", "currency", "option", "changes", "version", "date", "status")
MAX_CONTENTS_LEVEL = 3
SECTION_HEADING = re.compile(r"\s*#{1,2}\s")


class Heading(NamedTuple):
    """A heading of the page. `section` is the number of the section it opens, or 0; a part holds sections."""

    level: int
    anchor: str
    text: str
    section: int
    is_part: bool


class Document:
    """One report while its page is made; the template renders the cells first, which fills the list of headings."""

    def __init__(self, notebook: Any, language: str = "en") -> None:
        self.about = dict(notebook.metadata.get("imis_plan", {}))
        self.language = language
        self.labels = report_labels()
        self.script = DOWNLOADS_SCRIPT
        self.security_policy = content_security_policy([self.script])
        self.headings: list[Heading] = []
        self.notebook_title = ""
        self.sections = 0
        self.in_annex = False
        self._section_opened = False
        self.author_markdown = markdown_parser(self.render_heading, escape=False)
        self.output_markdown = markdown_parser(self.render_heading, escape=True)

    def open_section(self, source: str, tags: Collection[str] = ()) -> int:
        """The number of the section that a Markdown cell opens by its heading, or 0; the report's title opens none.

        tags : of the cell; the annex begins with the section of the cell tagged `annex`.
        """
        after_title = not source.lstrip().startswith("# ") or self.notebook_title
        if not (SECTION_HEADING.match(source) and after_title):
            return 0
        self.sections, self._section_opened = self.sections + 1, True
        self.in_annex = self.in_annex or ANNEX_TAG in tags
        return self.sections

    def render_heading(self, text: str, level: int) -> str:
        """HTML of a heading. The first of level 1 goes into the title block, later ones head a part of the report."""
        plain = unescape(re.sub(r"<[^>]*>", "", text)).strip()
        if level == 1 and not self.notebook_title:
            self.notebook_title = plain
            return ""
        heading = self.add_heading(plain, level)
        return f'<h{heading.level} id="{heading.anchor}"{" class=part" if heading.is_part else ""}>{text}</h{heading.level}>\n'

    def add_heading(self, text: str, level: int = 2) -> Heading:
        """Add a heading to the contents."""
        section = self.sections if self._section_opened else 0
        heading = Heading(max(level, 2), self._unique_anchor(text), text, section, level == 1)
        self._section_opened = False
        self.headings.append(heading)
        return heading

    def _unique_anchor(self, text: str) -> str:
        base = "s-" + (re.sub(r"\W+", "-", text.lower()).strip("-") or "section")
        taken = {heading.anchor for heading in self.headings}
        return next(anchor for anchor in (base, *(f"{base}-{i}" for i in range(2, len(taken) + 3))) if anchor not in taken)

    @property
    def contents(self) -> list[Heading]:
        """Headings for the table of contents."""
        return [heading for heading in self.headings if heading.level <= MAX_CONTENTS_LEVEL]

    @property
    def timelines(self) -> str:
        """Names of the sections' timelines, by which the contents follow the reader, as CSS wants them."""
        return ", ".join(f"--s{i}" for i in range(1, self.sections + 1)) or "none"

    @property
    def title(self) -> str:
        """The report's title: the scenario's own, else the notebook's first heading."""
        return self.about.get("title") or self.notebook_title or self.labels["report"]

    @property
    def page_title(self) -> str:
        """The title of the page for tabs, bookmarks and search: what it is, of which plan, and the plan's status.

        The title of a plan with open questions begins with its status already (`sections.draft.title`).
        """
        title, status = label_and_value(self.labels["budget"], self.title), self.about.get("status", "")
        named = not status or self.title.casefold().startswith(status.casefold())
        return title if named else f"{title} ({status})"

    @property
    def kicker(self) -> str:
        """The line above the title: what the page is, with the notebook's own title where it has another one."""
        own = self.notebook_title if self.notebook_title != self.title else ""
        return " · ".join(filter(None, [self.labels["budget"], own]))

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(label, value) pairs of the title block."""
        about = self.about | {
            "currency": currency_with_code(self.about.get("currency", "")),
            "date": long_date(self.about.get("date", "")),
        }
        return [(self.labels[key], about[key]) for key in FACTS if about.get(key)]

    @property
    def files(self) -> list[str]:
        """Names of the files in the report's folder."""
        return list(self.about.get("files", ()))

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """(label, value) pairs of how the report was made: versions, seed, hashes of inputs. Empty outside our command."""
        record = self.about.get("made")
        return _provenance(record) if record else []

    @staticmethod
    def csv_address(text: str) -> str:
        """A CSV file as the address of a link, with a byte order mark, without which Excel takes accents for other letters."""
        return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(text.encode('utf-8-sig')).decode()}"

    @property
    def running_title(self) -> str:
        """The title for the head of a printed page, as the content of a CSS string."""
        return css_string(self.title)

    @property
    def running_facts(self) -> str:
        """Years, version and date for the head of a printed page, as the content of a CSS string."""
        about = self.about
        version = _("version {number}").format(number=about["version"]) if about.get("version") else ""
        return css_string(" · ".join(filter(None, [about.get("years"), version, long_date(about.get("date", ""))])))


def css_string(text: str) -> str:
    """Text as the content of a CSS string: every character that could end the string is written as its number.

    A space ends the number and is not shown.
    """
    return re.sub(r"[^\w .,:;-]", lambda sign: f"\\{ord(sign.group()):06x} ", text.replace("\n", " "))


def _provenance(record: dict[str, Any]) -> list[tuple[str, str]]:
    libraries = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    package = record["package"]
    return [
        (_("Made on"), long_date(record["generated"])),
        ("imis_plan", f"{package['version']}, SHA-256 {package['sha256']}"),
        (_("Versions"), libraries),
        (_("Seed of the simulation"), str(record["seed"])),
        *((each["file"], f"SHA-256 {each['sha256']}") for each in record.get("inputs", {}).values()),
    ]
