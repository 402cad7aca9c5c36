"""An executed notebook as one self-contained HTML page, by nbconvert with the template in templates/imis."""

import re
import threading
from collections.abc import Iterable
from contextvars import copy_context
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from traitlets import default

from imis_plan.i18n import translate
from imis_plan.report.document import Document
from imis_plan.report.endings import RenderError
from imis_plan.report.offline import problems
from imis_plan.report.tags import BRIEF

TEMPLATES = Path(__file__).parent / "templates"
# The types a report shows, best first. Widgets and scripts are not among them: they show nothing without a server.
SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]
IDENT = re.compile(r' id="([^"]*)"')
INSIDE = re.compile(r'<a href="(#[^"]*)">(.*?)</a>')


class Report(Preprocessor):
    """Hands the template its Document; its conf.json names this class, for `jupyter nbconvert --template imis` too."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Leave the notebook as it is, add `imis` to the resources."""
        language = nb.metadata.get("imis_plan", {}).get("language") or resources.get("language_code", translate.SOURCE)
        if language in translate.languages():
            translate.set_language(language)
        resources["imis"] = Document(nb, language)
        return nb, resources


class PageExporter(TemplateExporter):
    """nbconvert's exporter of templates.

    Its HTMLExporter parses every finished page once more to look for images without text; `offline.problems` looks for them, too.
    """

    output_mimetype = "text/html"

    @default("file_extension")
    def _extension(self) -> str:
        return ".html"


@cache
def exporter(template: str = "imis") -> Any:
    """The one exporter of this process for a template: loading it costs more than using it."""
    from traitlets.config import Config

    # The preprocessors change nothing in a notebook, so that it is checked against its schema once, after the last of them.
    config = Config({"NbConvertBase": {"display_data_priority": SHOWN}, "Exporter": {"optimistic_validation": True}})
    return PageExporter(config=config, template_name=template, extra_template_basedirs=[str(TEMPLATES)], exclude_input=True)


_one_at_a_time = threading.Lock()


def html(notebook: Any) -> str:
    """HTML page of an executed notebook (an nbformat node).

    Raises RenderError when the page would not be self-contained.
    """
    return _page(notebook, "imis")


def brief(notebook: Any) -> str:
    """HTML of the briefing: the cells tagged `brief` of an executed notebook, on two sheets.

    Raises RenderError when it has no such cell, or the page would not be self-contained.
    """
    cells = [cell for cell in notebook.cells if BRIEF in cell.metadata.get("tags", ())]
    if not cells:
        raise RenderError(f"no cell of the notebook is tagged `{BRIEF}`, so there is no briefing")
    return without_dead_links(_page(type(notebook)({**notebook, "cells": cells}), "imis_brief"))


def without_dead_links(page: str) -> str:
    """The page with every link to a place that is not in it as plain text."""
    places = {f'#{ident}"' for ident in IDENT.findall(page)}
    return INSIDE.sub(lambda link: link.group() if f'{link[1]}"' in places else link[2], page)


def _page(notebook: Any, template: str) -> str:
    with _one_at_a_time:  # nbconvert keeps the state of a conversion in the exporter
        # In a context of its own, so that the page's language is not that of whoever asked for it.
        page, _resources = copy_context().run(exporter(template).from_notebook_node, notebook)
    raise_for(problems(page))
    return str(page)


def raise_for(found: Iterable[str]) -> None:
    """RenderError naming the first problems, if there are any."""
    if named := list(found)[:5]:
        raise RenderError(f"the page is not self-contained: {'; '.join(named)}")
