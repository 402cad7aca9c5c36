"""Every parameter with its unit, source and grade, and a cell in which it can be changed."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _, digits, unit
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.parameter_checks import bounds
from imis_plan.scenario.roles import ROUNDINGS
from imis_plan.sections.citations import full_citation
from imis_plan.sections.naming import grade_mark
from imis_plan.sections.parameter_values import range_text
from imis_plan.workbook.cell_formats import value_format
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import BASE, IN_EFFECT, INPUTS_TOP, OPTION, OPTION_CELL, OWN
from imis_plan.workbook.parameter_entry import Entry, described, editable, group_of, method_choices, several, words
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.starting_point import METHOD, NO_OPTION, State
from imis_plan.workbook.tracing import Book

WIDTHS = {0: 42, 1: 54, 2: 22, 3: 18, 4: 18, 5: 18, 6: 24, 7: 22, 8: 8, 9: 9, 10: 80}
LONGEST_MESSAGE, LONGEST_TITLE, LONGEST_LIST = 255, 32, 255


def write(page: Page, book: Book, workbook: Any) -> None:
    """Write the sheet, and name the cells that formulas read."""
    page.headline(
        _("Inputs"),
        _("Type into the yellow cells only. A yellow cell left empty keeps the value of the scenario or of the chosen option."),
    )
    choose_option(page, book.state, workbook)
    page.row(INPUTS_TOP - 1, heads(), "head")
    page.sheet.set_row(INPUTS_TOP - 1, 30)
    group = ""
    for path, entry in book.entries.items():
        if (now := group_of(path)) != group:
            page.row(entry.row - 1, [now, *[""] * (len(WIDTHS) - 1)], "group")
            group = now
        write_entry(page, book, entry)
        if entry.scalar:
            workbook.define_name(entry.name, f"={address(page.name, entry.row, IN_EFFECT, fixed=True)}")
    page.finish(WIDTHS, freeze=(INPUTS_TOP, 1), head=INPUTS_TOP - 1)


def heads() -> list[str]:
    """Heads of the columns."""
    return [
        _("Parameter"), _("What it is"), _("Unit"), _("In effect"), _("Your value"), _("In the scenario"), _("Allowed"),
        _("Plausible range"), _("Price year"), _("Grade"), _("Source"),
    ]  # fmt: skip


def choose_option(page: Page, state: State, workbook: Any) -> None:
    """The cell in which an option is chosen."""
    row, column = OPTION_CELL
    page.put(row, 0, _("Option in effect"), "bold")
    page.put(
        row, 1, _("Choose an option of the scenario here; “{base}” is the scenario without one.").format(base=NO_OPTION), "note"
    )
    page.put(row, column, state.option, page.styles("input", bold=True))
    workbook.define_name(OPTION, f"={address(page.name, row, column, fixed=True)}")
    choices = [NO_OPTION, *state.variants]
    page.sheet.data_validation(row, column, row, column, listed(page, choices, _("Option"), _("Choose one of the list.")))


def write_entry(page: Page, book: Book, entry: Entry) -> None:
    """One parameter."""
    parameter, state = entry.parameter, book.state
    now = state.plan.parameters[parameter.path]
    look = value_format(parameter.value, parameter.unit)
    page.put(entry.row, 0, parameter.path, "path")
    page.put(entry.row, 1, described(parameter), "wrapped")
    page.put(entry.row, 2, unit(parameter.unit), "text")
    if entry.effect is None:
        page.link(entry.row, IN_EFFECT, "by_year_inputs")
    else:
        page.put(entry.row, IN_EFFECT, entry.effect, page.styles("bold", num_format=look, align="right"))
    page.put(
        entry.row,
        BASE,
        None if several(parameter) else words(parameter.value),
        page.styles("number", num_format=look, align="right"),
    )
    input_cell(page, book, entry)
    page.put(entry.row, 6, allowed(parameter, state), "wrapped_after")
    page.put(entry.row, 7, range_text(now), "text")
    page.put(entry.row, 8, now.price_year or "", "calendar")
    page.put(entry.row, 9, grade_mark(now.confidence or ""), "text")
    source = full_citation(state.base, now.source)
    page.put(entry.row, 10, source, "wrapped")
    page.tall(entry.row, {WIDTHS[1]: described(parameter), WIDTHS[10]: source})


def allowed(parameter: Parameter, state: State) -> str:
    """What a parameter may be, in words: its bounds, or what there is to choose from."""
    low, high = bounds(parameter, state.base.rules.units) if parameter.kind in ("number", "path") else (None, None)
    if low is None and high is None:
        return ", ".join(parameter.choices)
    text = _("{low} or more") if high is None else _("{high} or less") if low is None else _("{low} to {high}")
    grouped = "" if parameter.unit == "calendar year" else ","
    ends = {name: "" if end is None else digits(f"{end:{grouped}.12g}") for name, end in (("low", low), ("high", high))}
    return text.format(**ends)


def input_cell(page: Page, book: Book, entry: Entry) -> None:
    """The cell for the user's own value, or why there is none."""
    parameter, row = entry.parameter, entry.row
    if entry.effect is None:
        return
    if not editable(parameter):
        page.sheet.write_comment(
            row,
            IN_EFFECT,
            _("Which years, posts and price lists there are follows from this value: change the scenario, and export again."),
        )
        return
    if parameter.path not in book.used:
        page.sheet.write_comment(row, IN_EFFECT, _("No figure of this workbook follows from this value."))
        return
    page.put(row, OWN, entry.own, page.styles("input", num_format=value_format(parameter.value, parameter.unit), align="right"))
    page.sheet.data_validation(row, OWN, row, OWN, validation(page, book, entry))


def validation(page: Page, book: Book, entry: Entry) -> dict[str, Any]:
    """What may be typed: the same bounds that the scenario's file is held to."""
    parameter = entry.parameter
    if parameter.kind == "flag":
        return listed(page, [_("yes"), _("no")], parameter.path, described(parameter))
    if parameter.kind == "choice":
        choices = method_choices(book.state) if parameter.path == METHOD else parameter.choices
        return listed(page, list(choices), parameter.path, described(parameter))
    if parameter.path.startswith("roles.") and parameter.path.endswith(".rounding"):
        return listed(page, [str(step) for step in ROUNDINGS], parameter.path, described(parameter))
    return bounded(parameter, *bounds(parameter, book.state.base.rules.units))


def bounded(parameter: Parameter, low: float | None, high: float | None) -> dict[str, Any]:
    """A number between bounds, with its unit in the message."""
    low, high = (-1e15 if low is None else low), (1e15 if high is None else high)
    limits = _("{unit}, {low} to {high}").format(unit=unit(parameter.unit), low=f"{low:.12g}", high=f"{high:.12g}")
    text = _("Give a number in {limits}.").format(limits=limits)
    return {
        "validate": "integer" if parameter.integer else "decimal", "criteria": "between", "minimum": low, "maximum": high,
        "input_title": parameter.path[-LONGEST_TITLE:], "input_message": f"{described(parameter)[:150]} [{limits}]"[:LONGEST_MESSAGE],
        "error_title": parameter.path[-LONGEST_TITLE:], "error_message": text[:LONGEST_MESSAGE],
    }  # fmt: skip


def listed(page: Page, choices: list[str], name: str, about: str) -> dict[str, Any]:
    """One of a list; a list too long for the file is kept in a column at the right."""
    source: Any = choices
    if len(",".join(choices)) > LONGEST_LIST or any("," in choice for choice in choices):
        column = max(WIDTHS) + 2
        for i, choice in enumerate(choices):
            page.sheet.write_string(i, column, choice)
        source = f"={xl_rowcol_to_cell(0, column, True, True)}:{xl_rowcol_to_cell(len(choices) - 1, column, True, True)}"  # noqa: FBT003  # both ends fixed
    return {
        "validate": "list", "source": source, "input_title": name[-LONGEST_TITLE:], "input_message": about[:LONGEST_MESSAGE],
        "error_title": name[-LONGEST_TITLE:], "error_message": _("Choose one of the list."),
    }  # fmt: skip
