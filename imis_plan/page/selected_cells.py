"""The cells of a report's notebook that make its other pages, the briefing and the annex, and the links of these pages."""

import re
from typing import Any

from imis_plan.page.errors import RenderError

BRIEF_TAG = "brief"  # the tag of the cells of the briefing
ANNEX_TAG = "annex"  # the tag of the cell with the heading of the annex, which goes to the end of the notebook
ID = re.compile(r' id="([^"]*)"')
INTERNAL_LINK = re.compile(r'<a href="(#[^"]*)">(.*?)</a>')


def tags(cell: Any) -> list[str]:
    """The tags of a cell."""
    return list(cell.metadata.get("tags", ()))


def brief_cells(notebook: Any) -> Any:
    """The notebook (an nbformat node) with the cells tagged `brief` only.

    Raises RenderError when it has no such cell.
    """
    cells = [cell for cell in notebook.cells if BRIEF_TAG in tags(cell)]
    if not cells:
        raise RenderError(f"no cell of the notebook is tagged `{BRIEF_TAG}`, so there is no briefing")
    return type(notebook)({**notebook, "cells": cells})


def annex_cells(notebook: Any) -> Any:
    """The notebook (an nbformat node) from the cell tagged `annex` on.

    Raises RenderError when it has no such cell.
    """
    first = next((number for number, cell in enumerate(notebook.cells) if ANNEX_TAG in tags(cell)), None)
    if first is None:
        raise RenderError(f"no cell of the notebook is tagged `{ANNEX_TAG}`, so there is no annex")
    return type(notebook)({**notebook, "cells": notebook.cells[first:]})


def remove_dead_links(page: str) -> str:
    """The page with every link to a place that is not in it as plain text."""
    targets = {f"#{anchor}" for anchor in ID.findall(page)}
    return INTERNAL_LINK.sub(lambda link: link.group() if link[1] in targets else link[2], page)
