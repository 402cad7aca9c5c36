"""What cells of a notebook of one's own show: alternative texts for their pictures, and the cell that a page cannot contain."""

from collections.abc import Iterator
from typing import Any

from imis_plan.i18n.translate import _
from imis_plan.kernels.cells import code_cells, first_line
from imis_plan.kernels.errors import Failure

PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
NO_ALT = "an image without alternative text"
GIVE_ALT = "give it one, as in display.figure(fig, caption, alt)"
GIVE_CONTENT = "a page runs no script and loads nothing; show text, tables and figures as imis_plan.sections.display does"


def describe_pictures(notebook: Any) -> list[str]:
    """Give every picture that has none an alternative text, in place, and return a warning for each cell.

    A figure of matplotlib has got its title (`sections.own_figures`); any other picture says in which cell it is.
    """
    warnings = []
    for number, cell in code_cells(notebook):
        found = [text for output in cell.outputs for text in described(output, number)]
        if found:
            texts = ", ".join(f"“{text}”" for text in found)
            warnings.append(f"cell {number} ({first_line(cell)}): {NO_ALT}; readers who cannot see it get {texts}: {GIVE_ALT}")
    return warnings


def described(output: Any, number: int) -> Iterator[str]:
    """Alternative texts that the picture of an output has by default: its title, or that of its cell."""
    kind = next((kind for kind in PICTURES if kind in output.get("data", {})), None)
    if kind is None or "text/html" in output["data"] or "text/markdown" in output["data"]:
        return
    about = output.metadata.setdefault(kind, {})
    given = str(about.get("alt") or output.metadata.get("alt") or "").strip()
    if given and not output.metadata.get("imis", {}).get("default_alt"):
        return
    about["alt"] = given or _("Picture of cell {number}").format(number=number)
    yield about["alt"]


def page_failure(notebook: Any, message: str) -> Failure:
    """Which cell of a notebook its page cannot contain, why, and what to do; the message itself where it is no single cell."""
    from imis_plan.page.render import page_violations

    numbers = {id(cell): number for number, cell in code_cells(notebook)}
    for place, cell in enumerate(notebook.cells, 1):
        alone = {**notebook, "cells": [cell]}
        if found := page_violations(type(notebook)(alone)):
            number = numbers.get(id(cell))
            where = f"cell {number}" if number else f"text cell (cell {place} of all)"
            right = GIVE_ALT if set(found) == {NO_ALT} else GIVE_CONTENT
            return Failure(f"{where} ({first_line(cell)}): not in a self-contained page: {'; '.join(found[:5])}: {right}", number)
    return Failure(message)
