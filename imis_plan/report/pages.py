"""The pages of one report: the report itself, the briefing, and both on paper."""

from pathlib import Path
from typing import Any

from imis_plan.report import pdf, render

REPORT, BRIEF = "report.html", "brief.html"


def names(*, paper: bool, brief: bool) -> list[str]:
    """File names of the pages beside `report.html`."""
    pages = [REPORT, *([BRIEF] if brief else [])]
    return [*pages[1:], *(on_paper(name) for name in pages if paper)]


def on_paper(name: str) -> str:
    """report.html -> report.pdf."""
    return Path(name).with_suffix(".pdf").name


def pages(notebook: Any, *, paper: bool = False, brief: bool = False) -> dict[str, bytes]:
    """The pages of an executed notebook (an nbformat node), name -> bytes.

    Raises RenderError when a page is not self-contained, PrintError when the browser does not print.
    """
    made = {REPORT: render.html(notebook)} | ({BRIEF: render.brief(notebook)} if brief else {})
    printed = {on_paper(name): pdf.printed(page) for name, page in made.items()} if paper else {}
    return {name: page.encode() for name, page in made.items()} | printed
