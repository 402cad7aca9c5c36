"""The pages of one report: the report itself, the briefing, the annex by itself, and all of them as PDF."""

from pathlib import Path
from typing import Any

from imis_plan.page.pdf import print_pdf
from imis_plan.page.render import annex_html, brief_html, report_html

REPORT_FILE, BRIEF_FILE, ANNEX_FILE = "report.html", "brief.html", "annex.html"


def file_names(*, pdf: bool, brief: bool, annex: bool) -> list[str]:
    """File names of the pages beside `report.html`."""
    pages = [REPORT_FILE, *([BRIEF_FILE] if brief else []), *([ANNEX_FILE] if annex else [])]
    return [*pages[1:], *(pdf_name(name) for name in pages if pdf)]


def pdf_name(name: str) -> str:
    """report.html -> report.pdf."""
    return Path(name).with_suffix(".pdf").name


def render_pages(notebook: Any, *, pdf: bool = False, brief: bool = False, annex: bool = False) -> dict[str, bytes]:
    """The pages of an executed notebook (an nbformat node), name -> bytes.

    Raises RenderError when a page is not self-contained, PrintError when the browser does not print.
    """
    html = {REPORT_FILE: report_html(notebook)}
    html |= {BRIEF_FILE: brief_html(notebook)} if brief else {}
    html |= {ANNEX_FILE: annex_html(notebook)} if annex else {}
    printed = {pdf_name(name): print_pdf(page) for name, page in html.items()} if pdf else {}
    return {name: page.encode() for name, page in html.items()} | printed
