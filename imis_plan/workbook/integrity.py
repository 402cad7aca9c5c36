"""Whether the protected cells of a workbook are as they were exported: formulas, and numbers of the scenario."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from imis_plan.model.simulated_cost import FACTORS, OF_PLAN
from imis_plan.problems import Problem
from imis_plan.sentence import sentence
from imis_plan.workbook.layout import OPTIONS_TOP, title
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.starting_point import StartingPoint

# Sheets whose numbers are compared, too; numbers on the other sheets are results of the export.
WITH_NUMBERS = ("inputs", "by_year_inputs", "funding", "options", "contingency")


def changed_cell_problems(workbook: Any, sheets: Iterable[SheetWriter], start: StartingPoint, name: str) -> Iterator[Problem]:
    """Protected cells of a workbook that are not as they were exported.

    workbook : as it was read; sheets : as they were exported.
    """
    numbers = {title(key) for key in WITH_NUMBERS}
    if start.plan[FACTORS] == OF_PLAN:  # simulated with the what-ifs of the export, which are among the inputs
        numbers.remove(title("contingency"))
    changes = OPTIONS_TOP + len(start.base.options) + 4
    for sheet in sheets:
        if sheet.name not in workbook.sheetnames:
            yield Problem(
                f"{name}: {sheet.name}", None, "", "the sheet is missing", "export the workbook again, and keep all sheets"
            )
            continue
        for (row, column), text in sorted(sheet.names.items()):
            yield from name_problem(text, workbook[sheet.name].cell(row + 1, column + 1), name)
        for (row, column), before in sorted(sheet.protected.items()):
            now = workbook[sheet.name].cell(row + 1, column + 1)
            if isinstance(before, str):
                yield from formula_problem(before, now, name)
            elif sheet.name in numbers and not (sheet.name == title("options") and row < changes):
                yield from number_problem(before, now, name)


def name_problem(before: str, now: Any, name: str) -> Iterator[Problem]:
    """The problem of a cell that says what its row is about, if it was changed: the row would stand for something else."""
    if str(now.value).strip() != before.strip():
        place, right = f"{name}: {now.parent.title}!{now.coordinate}", sentence("undo the change: {before}", before=before)
        yield Problem(place, None, "", "a name was changed or a row was moved", right, str(now.value or ""))


def formula_problem(before: str, now: Any, name: str) -> Iterator[Problem]:
    """The problem of a cell that held a formula, if it was changed."""
    place = f"{name}: {now.parent.title}!{now.coordinate}"
    if now.data_type != "f":
        right = sentence("undo the change, and use the yellow cells of the inputs")
        yield Problem(place, None, "", "a value in place of a formula", right, str(now.value))
    elif now.value != before and normalized_formula(now.value) != normalized_formula(before):
        yield Problem(place, None, "", "a changed formula", sentence("undo the change: {before}", before=before), str(now.value))


def number_problem(before: float, now: Any, name: str) -> Iterator[Problem]:
    """The problem of a cell that held a number of the scenario, if it was changed."""
    if not numbers_equal(before, now.value):
        place, right = (
            f"{name}: {now.parent.title}!{now.coordinate}",
            sentence("undo the change, and use the yellow cell next to it"),
        )
        yield Problem(place, None, "", "a number of the scenario was overwritten", right, str(now.value))


def numbers_equal(a: Any, b: Any) -> bool:
    """Whether two numbers are equal, apart from the last digits, which programs write differently."""
    return isinstance(b, (int, float)) and abs(a - b) <= 1e-12 * max(1.0, abs(a))


@lru_cache(maxsize=65536)
def normalized_formula(formula: Any) -> str:
    """A formula without differences between programs: blanks, quotes around sheets, case, the last digits of numbers."""
    try:
        items = Tokenizer(str(formula)).items
    except TokenizerError:
        return str(formula)
    return "".join(token_text(item) for item in items if item.type != Token.WSPACE)


def token_text(item: Any) -> str:
    """The text of a token in one spelling."""
    if item.type == Token.OPERAND and item.subtype == Token.NUMBER:
        return f"{float(item.value):.13g}"
    if item.type == Token.OPERAND and item.subtype == Token.TEXT:
        return str(item.value)
    if item.type == Token.OPERAND and item.subtype == Token.RANGE and "!" in item.value:
        sheet, _mark, cell = item.value.rpartition("!")
        return f"{sheet.strip('$').strip(chr(39))}!{cell}"
    return str(item.value).upper().replace("_XLFN.", "")
