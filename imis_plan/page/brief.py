"""The briefing: the cells of a report's notebook that make it, and its links."""

import re
from typing import Any

from imis_plan.page.errors import RenderError

BRIEF_TAG = "brief"  # the tag of its cells
ID = re.compile(r' id="([^"]*)"')
INTERNAL_LINK = re.compile(r'<a href="(#[^"]*)">(.*?)</a>')


def select_cells(notebook: Any) -> Any:
    """The notebook (an nbformat node) with the cells tagged `brief` only.

    Raises RenderError when it has no such cell.
    """
    cells = [cell for cell in notebook.cells if BRIEF_TAG in cell.metadata.get("tags", ())]
    if not cells:
        raise RenderError(f"no cell of the notebook is tagged `{BRIEF_TAG}`, so there is no briefing")
    return type(notebook)({**notebook, "cells": cells})


def remove_dead_links(page: str) -> str:
    """The page with every link to a place that is not in it as plain text."""
    targets = {f"#{anchor}" for anchor in ID.findall(page)}
    return INTERNAL_LINK.sub(lambda link: link.group() if link[1] in targets else link[2], page)
