"""Parameters with several numbers: by budget year, by calendar year, or in a list."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _, translate_unit
from imis_plan.scenario.value_checks import bounds
from imis_plan.workbook.cell_formats import value_format, year_format
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import FIRST_NUMBER, GROWTH
from imis_plan.workbook.parameter_cells import Block, ParameterCells, description_text, editable
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets.inputs import number_validation
from imis_plan.workbook.tracing import TracedModel


def write(sheet: SheetWriter, traced: TracedModel, workbook: Any) -> None:
    """Write the sheet, and name the rows that formulas read."""
    sheet.put_title(_("Inputs by year"), _("Type into the yellow cells only: a number there replaces the one below it."))
    widest = 0
    for cells in traced.parameter_cells.values():
        if cells.block is not None:
            write_block(sheet, traced, cells, cells.block)
            widest = max(widest, len(cells.block.labels))
            first, last = (
                xl_rowcol_to_cell(cells.block.top + 1, FIRST_NUMBER + i, row_abs=True, col_abs=True)
                for i in (0, max(0, len(cells.block.labels) - 1))
            )
            if cells.in_effect is None:
                workbook.define_name(cells.name, f"={address(sheet.name, 0, 0).rpartition('!')[0]}!{first}:{last}")
    sheet.finish(
        {0: 46, 1: 20, 2: 18, 3: 9} | dict.fromkeys(range(FIRST_NUMBER, FIRST_NUMBER + widest), 13), freeze=(2, FIRST_NUMBER)
    )


def write_block(sheet: SheetWriter, traced: TracedModel, cells: ParameterCells, block: Block) -> None:
    """Write a parameter: headings, numbers in effect, the user's numbers, and the numbers without them."""
    parameter, own = cells.parameter, traced.start.overrides.get(cells.parameter.path)
    look = sheet.styles(
        "number", num_format=value_format(max((abs(term.value) for term in block.in_effect), default=0), parameter.unit)
    )
    sheet.put_name(block.top, 0, parameter.path, "group")
    sheet.put_row(
        block.top,
        [translate_unit(parameter.unit), "", _("growth") if block.growth is not None else "", *block.labels],
        "group",
        1,
    )
    if parameter.kind == "path":
        base = traced.start.base
        for i, year in enumerate(block.labels):
            sheet.put(block.top, FIRST_NUMBER + i, year, sheet.styles("group", num_format=year_format(base, year)))
    sheet.put(block.top + 1, 0, description_text(parameter), "note")
    sheet.put(block.top + 1, 2, _("In effect"), "bold")
    sheet.put_row(block.top + 1, block.in_effect, look, FIRST_NUMBER)
    sheet.put(block.top + 2, 2, _("Your values"), "text")
    sheet.put(block.top + 3, 2, _("Without your values"), "text")
    sheet.put_row(block.top + 3, block.without_override, look, FIRST_NUMBER)
    if block.growth is not None:
        sheet.put(block.top + 3, GROWTH, block.growth, "share")
    if not editable(parameter) or parameter.path not in traced.used:
        return
    typed = dict(zip(block.labels, typed_numbers(own), strict=False)) if own is not None else {}
    style = sheet.styles("input", num_format="General")
    for i, label in enumerate(block.labels):
        sheet.put(block.top + 2, FIRST_NUMBER + i, typed.get(label), style)
    units = traced.start.base.rules.units
    whole = parameter.integer or units.is_whole(parameter.unit)
    limits = number_validation(parameter, *bounds(parameter, units), whole=whole)
    sheet.worksheet.data_validation(block.top + 2, FIRST_NUMBER, block.top + 2, FIRST_NUMBER + len(block.labels) - 1, limits)


def typed_numbers(own: Any) -> list[float]:
    """Numbers of a what-if given as a list or by year; empty for a single number."""
    if isinstance(own.value, tuple):
        return list(own.value)
    return list(own.value.values()) if hasattr(own.value, "values") else []
