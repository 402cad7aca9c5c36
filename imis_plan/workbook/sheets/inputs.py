"""Every parameter with its unit, source and grade, and an input cell for another value."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _, localize_digits, translate_unit
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.roles import ROUNDINGS
from imis_plan.scenario.value_checks import bounds
from imis_plan.sections.citations import full_citation
from imis_plan.sections.naming import grade_mark
from imis_plan.sections.parameter_values import range_text
from imis_plan.workbook.cell_formats import value_format
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import BASE, IN_EFFECT, INPUTS_TOP, OPTION, OPTION_CELL, USER_VALUE
from imis_plan.workbook.parameter_cells import (
    ParameterCells,
    cell_value,
    description_text,
    editable,
    group_of,
    has_several_values,
)
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.starting_point import NO_OPTION, StartingPoint
from imis_plan.workbook.tracing import TracedModel

WIDTHS = {0: 36, 1: 46, 2: 18, 3: 16, 4: 16, 5: 16, 6: 18, 7: 18, 8: 8, 9: 9, 10: 64}
LONGEST_MESSAGE, LONGEST_TITLE, LONGEST_LIST = 255, 32, 255


def write(sheet: SheetWriter, traced: TracedModel, workbook: Any) -> None:
    """Write the sheet, and name the cells that formulas read."""
    sheet.put_title(
        _("Inputs"),
        _("Type into the yellow cells only. An empty yellow cell keeps the value of the scenario or of the chosen option."),
    )
    write_option_choice(sheet, traced.start, workbook)
    sheet.put_row(INPUTS_TOP - 1, headings(), "head")
    sheet.worksheet.set_row(INPUTS_TOP - 1, 30)
    group = ""
    for path, cells in traced.parameter_cells.items():
        if (now := group_of(path)) != group:
            sheet.put_row(cells.row - 1, [now, *[""] * (len(WIDTHS) - 1)], "group")
            group = now
        write_parameter(sheet, traced, cells)
        if cells.scalar:
            workbook.define_name(cells.name, f"={address(sheet.name, cells.row, IN_EFFECT, fixed=True)}")
    sheet.finish(WIDTHS, freeze=(INPUTS_TOP, 1), head=INPUTS_TOP - 1)


def headings() -> list[str]:
    """Headings of the columns."""
    return [
        _("Parameter"), _("What it is"), _("Unit"), _("In effect"), _("Your value"), _("In the scenario"), _("Allowed"),
        _("Plausible range"), _("Price year"), _("Grade"), _("Source"),
    ]  # fmt: skip


def write_option_choice(sheet: SheetWriter, start: StartingPoint, workbook: Any) -> None:
    """Write the cell in which an option is chosen."""
    row, column = OPTION_CELL
    sheet.put(row, 0, _("Option in effect"), "bold")
    sheet.put(
        row, 1, _("Choose an option of the scenario here; “{base}” is the scenario without one.").format(base=NO_OPTION), "note"
    )
    sheet.put(row, column, start.option, sheet.styles("input", bold=True))
    workbook.define_name(OPTION, f"={address(sheet.name, row, column, fixed=True)}")
    choices = [NO_OPTION, *start.variants]
    sheet.worksheet.data_validation(
        row, column, row, column, list_validation(sheet, choices, _("Option"), _("Choose from the list."))
    )


def write_parameter(sheet: SheetWriter, traced: TracedModel, cells: ParameterCells) -> None:
    """Write the row of a parameter."""
    parameter, start = cells.parameter, traced.start
    now = start.plan.parameters[parameter.path]
    look = value_format(parameter.value, parameter.unit)
    sheet.put_name(cells.row, 0, parameter.path, "path")
    sheet.put(cells.row, 1, description_text(parameter), "wrapped")
    sheet.put(cells.row, 2, translate_unit(parameter.unit), "text")
    if cells.in_effect is None:
        sheet.put_link(cells.row, IN_EFFECT, "by_year_inputs")
    else:
        sheet.put(cells.row, IN_EFFECT, cells.in_effect, sheet.styles("bold", num_format=look, align="right"))
    sheet.put(
        cells.row,
        BASE,
        None if has_several_values(parameter) else cell_value(parameter.value),
        sheet.styles("number", num_format=look, align="right"),
    )
    write_input_cell(sheet, traced, cells)
    sheet.put(cells.row, 6, allowed(parameter, start), "wrapped_after")
    sheet.put(cells.row, 7, range_text(now), "text")
    sheet.put(cells.row, 8, now.price_year or "", "calendar")
    sheet.put(cells.row, 9, grade_mark(now.confidence or ""), "text")
    source = full_citation(start.base, now.source)
    sheet.put(cells.row, 10, source, "wrapped")
    sheet.fit_height(cells.row, {WIDTHS[1]: description_text(parameter), WIDTHS[10]: source})


def allowed(parameter: Parameter, start: StartingPoint) -> str:
    """Allowed values of a parameter, in words: its bounds or its choices."""
    low, high = bounds(parameter, start.base.rules.units) if parameter.kind in ("number", "path") else (None, None)
    if low is None and high is None:
        return ", ".join(parameter.choices)
    text = _("{low} or more") if high is None else _("{high} or less") if low is None else _("{low} to {high}")
    grouped = "" if parameter.unit == "calendar year" else ","
    ends = {name: "" if end is None else localize_digits(f"{end:{grouped}.12g}") for name, end in (("low", low), ("high", high))}
    return text.format(**ends)


def write_input_cell(sheet: SheetWriter, traced: TracedModel, cells: ParameterCells) -> None:
    """Write the input cell of a parameter, or a comment that says why it has none."""
    parameter, row = cells.parameter, cells.row
    if cells.in_effect is None:
        return
    if not editable(parameter):
        sheet.worksheet.write_comment(
            row,
            IN_EFFECT,
            _("This value determines the years, posts and price lists of the workbook: change the scenario and export again."),
        )
        return
    if parameter.path not in traced.used:
        sheet.worksheet.write_comment(row, IN_EFFECT, _("No figure in this workbook depends on this value."))
        return
    sheet.put(
        row,
        USER_VALUE,
        cells.user_value,
        sheet.styles("input", num_format=value_format(parameter.value, parameter.unit), align="right"),
    )
    sheet.worksheet.data_validation(row, USER_VALUE, row, USER_VALUE, input_validation(sheet, traced, cells))


def input_validation(sheet: SheetWriter, traced: TracedModel, cells: ParameterCells) -> dict[str, Any]:
    """Data validation of an input cell, with the same bounds as in a scenario file."""
    parameter = cells.parameter
    if parameter.kind == "flag":
        return list_validation(sheet, [_("yes"), _("no")], parameter.path, description_text(parameter))
    if parameter.kind == "choice":
        return list_validation(sheet, list(parameter.choices), parameter.path, description_text(parameter))
    if parameter.path.startswith("roles.") and parameter.path.endswith(".rounding"):
        return list_validation(sheet, [str(step) for step in ROUNDINGS], parameter.path, description_text(parameter))
    units = traced.start.base.rules.units
    return number_validation(parameter, *bounds(parameter, units), whole=parameter.integer or units.is_whole(parameter.unit))


def number_validation(parameter: Parameter, low: float | None, high: float | None, *, whole: bool) -> dict[str, Any]:
    """Data validation for a number between bounds, whole where it is a count, with its unit in the message."""
    low, high = (-1e15 if low is None else low), (1e15 if high is None else high)
    limits = _("{unit}, {low} to {high}").format(unit=translate_unit(parameter.unit), low=f"{low:.12g}", high=f"{high:.12g}")
    text = _("Give a number in {limits}.").format(limits=limits)
    return {
        "validate": "integer" if whole else "decimal", "criteria": "between", "minimum": low, "maximum": high,
        "input_title": parameter.path[-LONGEST_TITLE:], "input_message": f"{description_text(parameter)[:150]} [{limits}]"[:LONGEST_MESSAGE],
        "error_title": parameter.path[-LONGEST_TITLE:], "error_message": text[:LONGEST_MESSAGE],
    }  # fmt: skip


def list_validation(sheet: SheetWriter, choices: list[str], name: str, about: str) -> dict[str, Any]:
    """Data validation for one of a list; a list too long for Excel is written to a column at the right."""
    source: Any = choices
    if len(",".join(choices)) > LONGEST_LIST or any("," in choice for choice in choices):
        column = max(WIDTHS) + 2
        for i, choice in enumerate(choices):
            sheet.worksheet.write_string(i, column, choice)
        source = f"={xl_rowcol_to_cell(0, column, True, True)}:{xl_rowcol_to_cell(len(choices) - 1, column, True, True)}"  # noqa: FBT003  # both ends fixed
    return {
        "validate": "list", "source": source, "input_title": name[-LONGEST_TITLE:], "input_message": about[:LONGEST_MESSAGE],
        "error_title": name[-LONGEST_TITLE:], "error_message": _("Choose from the list."),
    }  # fmt: skip
