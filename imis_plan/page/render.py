"""An executed notebook as one self-contained HTML page, by nbconvert with the template in templates/imis."""

import threading
from contextvars import copy_context
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from traitlets import default

from imis_plan.i18n import translate
from imis_plan.page.document import DOWNLOADS_SCRIPT, Document
from imis_plan.page.html_check import require_self_contained, violations
from imis_plan.page.selected_cells import annex_cells, brief_cells, remove_dead_links

TEMPLATES = Path(__file__).parent / "templates"
# The output types a report shows, best first. Widgets and scripts are not among them: they show nothing without a server.
DISPLAY_PRIORITY = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]


class DocumentPreprocessor(Preprocessor):
    """Gives the template its Document; its conf.json names this class, for `jupyter nbconvert --template imis` too."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Leave the notebook as it is, add `imis` to the resources."""
        language = nb.metadata.get("imis_plan", {}).get("language") or resources.get("language_code", translate.SOURCE)
        if language in translate.languages():
            translate.set_language(language)
        resources["imis"] = Document(nb, language)
        return nb, resources


class PageExporter(TemplateExporter):
    """nbconvert's exporter of templates, for HTML.

    nbconvert's own HTMLExporter parses every finished page once more to look for images without text, which takes longer than the
    page itself; `html_check` looks for them, too.
    """

    output_mimetype = "text/html"

    @default("file_extension")
    def _extension(self) -> str:
        return ".html"


@cache
def exporter(template: str = "imis") -> Any:
    """The one exporter of this process for a template: loading it costs more than using it."""
    from traitlets.config import Config

    return PageExporter(
        config=Config({"NbConvertBase": {"display_data_priority": DISPLAY_PRIORITY}}),
        template_name=template,
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        optimistic_validation=True,  # the notebook is checked against its schema once, not after each of a dozen preprocessors
    )


_exporter_lock = threading.Lock()


def report_html(notebook: Any) -> str:
    """HTML page of an executed notebook (an nbformat node).

    Raises RenderError when the page would not be self-contained.
    """
    return _render(notebook, "imis")


def brief_html(notebook: Any) -> str:
    """HTML of the briefing: the cells tagged `brief` of an executed notebook, on two sheets.

    Raises RenderError when it has no such cell, or the page would not be self-contained.
    """
    return remove_dead_links(_render(brief_cells(notebook), "imis_brief"))


def annex_html(notebook: Any) -> str:
    """HTML of the annex by itself: the cells of an executed notebook from the one tagged `annex` on.

    Raises RenderError when it has no such cell, or the page would not be self-contained.
    """
    return remove_dead_links(_render(annex_cells(notebook), "imis"))


def page_violations(notebook: Any) -> list[str]:
    """What in the page of an executed notebook, or of some of its cells, would run, load something or stay unseen."""
    return violations(_page(notebook, "imis"), [DOWNLOADS_SCRIPT])


def _render(notebook: Any, template: str) -> str:
    return require_self_contained(_page(notebook, template), [DOWNLOADS_SCRIPT])


def _page(notebook: Any, template: str) -> str:
    with _exporter_lock:  # nbconvert keeps the state of a conversion in the exporter
        # In a context of its own, so that the page's language is not that of the caller.
        page, _resources = copy_context().run(exporter(template).from_notebook_node, notebook)
    return str(page)
