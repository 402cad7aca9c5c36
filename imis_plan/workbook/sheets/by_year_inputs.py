"""Parameters with several numbers: by budget year, by calendar year, or in a list."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _, translate_unit
from imis_plan.scenario.parameter_checks import bounds
from imis_plan.workbook.cell_formats import value_format
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import ENTRIES, GROWTH
from imis_plan.workbook.parameter_entry import Block, Entry, described, editable
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.sheets.inputs import bounded
from imis_plan.workbook.tracing import Book


def write(page: Page, book: Book, workbook: Any) -> None:
    """Write the sheet, and name the rows that formulas read."""
    page.headline(_("Inputs by year"), _("Type into the yellow cells only: a number there takes the place of the one below it."))
    widest = 0
    for entry in book.entries.values():
        if entry.block is not None:
            write_block(page, book, entry, entry.block)
            widest = max(widest, len(entry.block.labels))
            first, last = (
                xl_rowcol_to_cell(entry.block.top + 1, ENTRIES + i, row_abs=True, col_abs=True)
                for i in (0, len(entry.block.labels) - 1)
            )
            if entry.effect is None:
                workbook.define_name(entry.name, f"={address(page.name, 0, 0).rpartition('!')[0]}!{first}:{last}")
    page.finish({0: 46, 1: 20, 2: 18, 3: 9} | dict.fromkeys(range(ENTRIES, ENTRIES + widest), 13), freeze=(2, ENTRIES))


def write_block(page: Page, book: Book, entry: Entry, block: Block) -> None:
    """A parameter: its heads, what is in effect, the user's numbers, and what holds without them."""
    parameter, own = entry.parameter, book.state.own.get(entry.parameter.path)
    look = page.styles("number", num_format=value_format(max(abs(term.value) for term in block.effect), parameter.unit))
    page.row(
        block.top,
        [parameter.path, translate_unit(parameter.unit), "", _("growth") if block.growth is not None else "", *block.labels],
        "group",
    )
    page.put(block.top + 1, 0, described(parameter), "note")
    page.put(block.top + 1, 2, _("In effect"), "bold")
    page.row(block.top + 1, block.effect, look, ENTRIES)
    page.put(block.top + 2, 2, _("Your values"), "text")
    page.put(block.top + 3, 2, _("Without yours"), "text")
    page.row(block.top + 3, block.plan, look, ENTRIES)
    if block.growth is not None:
        page.put(block.top + 3, GROWTH, block.growth, "share")
    if not editable(parameter) or parameter.path not in book.used:
        return
    typed = dict(zip(block.labels, typed_numbers(own), strict=False)) if own is not None else {}
    style = page.styles("input", num_format="General")
    for i, label in enumerate(block.labels):
        page.put(block.top + 2, ENTRIES + i, typed.get(label), style)
    limits = bounded(parameter, *bounds(parameter, book.state.base.rules.units))
    page.sheet.data_validation(block.top + 2, ENTRIES, block.top + 2, ENTRIES + len(block.labels) - 1, limits)


def typed_numbers(own: Any) -> list[float]:
    """Numbers that the user gave as a list or by year."""
    if isinstance(own.value, tuple):
        return list(own.value)
    return list(own.value.values()) if hasattr(own.value, "values") else []
