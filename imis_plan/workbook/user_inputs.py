"""The values that a user typed into the input cells of a workbook."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _
from imis_plan.sentence import sentence
from imis_plan.workbook.layout import FIRST_NUMBER, USER_VALUE, title
from imis_plan.workbook.parameter_cells import ParameterCells, has_several_values, parameter_numbers
from imis_plan.workbook.parameter_formulas import locate_parameters
from imis_plan.workbook.sheets.funding import USER_CAP, USER_SHARE, rule_row
from imis_plan.workbook.starting_point import StartingPoint

FORMULA = (sentence("a formula"), sentence("give a number: an import does not calculate formulas"))
NUMBER = (sentence("not a number"), sentence("give a number, without unit, separators or %"))
SWITCH = (sentence("neither yes nor no"), sentence("choose from the list of the cell"))
BY_YEAR = (sentence("both one number and numbers by year"), sentence("keep one of the two"))


@dataclass(frozen=True)
class UserInput:
    """A value that a user typed for a parameter. problem : if it is not valid, what is wrong and what would be right."""

    path: str
    cell: str
    value: Any
    problem: tuple[str, str] | None = None


def read_user_inputs(workbook: Any, start: StartingPoint) -> tuple[dict[str, UserInput], dict[int, dict[str, UserInput]]]:
    """All user inputs: by parameter, and by number of the funding rule."""
    found = (parameter_input(workbook, cells, start) for cells in locate_parameters(start).values())
    return {one.path: one for one in found if one is not None}, funding_inputs(workbook, start)


def parameter_input(workbook: Any, cells: ParameterCells, start: StartingPoint) -> UserInput | None:
    """The user input for a parameter; None if its cells are empty."""
    sheet, address = workbook[title("inputs")], xl_rowcol_to_cell(cells.row, USER_VALUE)
    content = sheet[address].value if cells.scalar else None
    single = None if content is None else checked_input(cells, f"{title('inputs')}!{address}", content)
    listed = numbers_input(workbook, cells, start, single)
    if single is not None and listed is not None and single.problem is None:
        return listed
    return listed or single


def checked_input(cells: ParameterCells, cell: str, content: Any) -> UserInput:
    """A single input, converted to the kind of its parameter."""
    path, kind = cells.parameter.path, cells.parameter.kind
    if is_formula(content):
        return UserInput(path, cell, content, FORMULA)
    if kind == "flag":
        words = {_("yes").lower(): True, _("no").lower(): False}
        known = words.get(str(content).strip().lower()) if not isinstance(content, bool) else content
        return UserInput(path, cell, content if known is None else known, SWITCH if known is None else None)
    if kind == "choice":
        return UserInput(path, cell, content)
    return number_input(path, cell, content, whole=cells.parameter.integer)


def number_input(path: str, cell: str, content: Any, *, whole: bool = False) -> UserInput:
    """An input that must be a number; whole numbers become integers."""
    if isinstance(content, bool) or not isinstance(content, (int, float)):
        return UserInput(path, cell, content, FORMULA if is_formula(content) else NUMBER)
    return UserInput(
        path, cell, int(content) if (whole or isinstance(content, float)) and float(content).is_integer() else content
    )


def is_formula(content: Any) -> bool:
    """Whether the content of a cell is a formula of any kind."""
    return (isinstance(content, str) and content.startswith("=")) or (
        content is not None and not isinstance(content, (str, int, float, bool))
    )


def numbers_input(workbook: Any, cells: ParameterCells, start: StartingPoint, single: UserInput | None) -> UserInput | None:
    """Input in a row of numbers, completed by the numbers in effect where nothing was typed; None if the row is empty."""
    block, sheet = cells.block, title("by_year_inputs")
    if block is None:
        return None
    addresses = [xl_rowcol_to_cell(block.top + 2, FIRST_NUMBER + i) for i in range(len(block.labels))]
    content = [workbook[sheet][cell].value for cell in addresses]
    if all(value is None for value in content):
        return None
    path = cells.parameter.path
    each = [
        None if value is None else number_input(path, f"{sheet}!{cell}", value)
        for value, cell in zip(content, addresses, strict=True)
    ]
    for one in each:
        if one is not None and one.problem:
            return one
    before = numbers_without_input(cells, start, single)
    values = [old if one is None else one.value for one, old in zip(each, before, strict=True)]
    value: Any = dict(zip(block.labels, values, strict=True)) if cells.parameter.kind == "history" else values
    first = next(cell for cell, one in zip(addresses, each, strict=True) if one is not None)
    return UserInput(path, f"{sheet}!{first}", value)


def numbers_without_input(cells: ParameterCells, start: StartingPoint, single: UserInput | None) -> list[float]:
    """The numbers in effect without the input by year."""
    parameter, labels = start.plan.parameters[cells.parameter.path], cells.block.labels if cells.block else ()
    if single is not None and single.problem is None and not has_several_values(parameter):
        return [single.value * (1 + (parameter.growth or 0.0)) ** t for t in range(len(labels))]
    return parameter_numbers(parameter, labels)


def funding_inputs(workbook: Any, start: StartingPoint) -> dict[int, dict[str, UserInput]]:
    """Shares and caps that the user typed, by number of the funding rule."""
    sheet, found = title("funding"), {}
    for k, rule in enumerate(start.base.funding):
        limits = {"share": (USER_SHARE, 1.0), "cap": (USER_CAP, None)}
        typed = {}
        for name, (column, most) in limits.items():
            address = xl_rowcol_to_cell(rule_row(k), column)
            content = workbook[sheet][address].value
            if content is not None and getattr(rule, name) is not None:
                typed[name] = within_bounds(number_input(f"funding[{k}].{name}", f"{sheet}!{address}", content), most)
        if typed:
            found[k] = typed
    return found


def within_bounds(one: UserInput, most: float | None) -> UserInput:
    """A share or cap of a funding rule, checked against its bounds."""
    if one.problem or (one.value >= 0 and (most is None or one.value <= most)):
        return one
    right = sentence("give 0 to 1") if most is not None else sentence("give 0 or more")
    return UserInput(one.path, one.cell, one.value, (sentence("out of bounds"), right))
