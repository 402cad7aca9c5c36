"""Whether a workbook still has the cells it was written with: formulas, and the values that inputs depart from."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from imis_plan.problems import Problem
from imis_plan.workbook.layout import OPTIONS_TOP, title
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.starting_point import State

# Sheets of which numbers count too: others have only figures that were worked out on export.
WITH_NUMBERS = ("inputs", "by_year_inputs", "funding", "options")


def touched(book: Any, pages: Iterable[Page], state: State, name: str) -> Iterator[Problem]:
    """Cells of a workbook that are not as they were written, yellow ones left out.

    book : the workbook at hand; pages : as they were on export.
    """
    numbers = {title(key) for key in WITH_NUMBERS}
    changes = OPTIONS_TOP + len(state.base.options) + 4
    for page in pages:
        if page.name not in book.sheetnames:
            yield Problem(
                f"{name}: {page.name}", None, "", "the sheet is missing", "export the workbook again, and keep all sheets"
            )
            continue
        for (row, column), before in sorted(page.locked.items()):
            now = book[page.name].cell(row + 1, column + 1)
            if isinstance(before, str):
                yield from formula_problem(before, now, name)
            elif page.name in numbers and not (page.name == title("options") and row < changes):
                yield from number_problem(before, now, name)


def formula_problem(before: str, now: Any, name: str) -> Iterator[Problem]:
    """What is wrong with a cell that held a formula."""
    place = f"{name}: {now.parent.title}!{now.coordinate}"
    if now.data_type != "f":
        right = "undo it, and type into the yellow cells of the inputs"
        yield Problem(place, None, "", "a value where a formula was", right, str(now.value))
    elif now.value != before and normal(now.value) != normal(before):
        yield Problem(place, None, "", "another formula", f"undo it: {before}", str(now.value))


def number_problem(before: float, now: Any, name: str) -> Iterator[Problem]:
    """What is wrong with a cell that held a figure of the scenario."""
    if not same(before, now.value):
        place, right = f"{name}: {now.parent.title}!{now.coordinate}", "undo it, and type into the yellow cell beside it"
        yield Problem(place, None, "", "a figure of the scenario was overwritten", right, str(now.value))


def same(a: Any, b: Any) -> bool:
    """Whether two numbers are the same but for how a program writes them."""
    return isinstance(b, (int, float)) and abs(a - b) <= 1e-12 * max(1.0, abs(a))


@lru_cache(maxsize=65536)
def normal(formula: Any) -> str:
    """A formula without what programs write in their own ways: blanks, quotes around sheets, case, the last digits of numbers."""
    try:
        items = Tokenizer(str(formula)).items
    except TokenizerError:
        return str(formula)
    return "".join(token_text(item) for item in items if item.type != Token.WSPACE)


def token_text(item: Any) -> str:
    """A token in one spelling."""
    if item.type == Token.OPERAND and item.subtype == Token.NUMBER:
        return f"{float(item.value):.13g}"
    if item.type == Token.OPERAND and item.subtype == Token.TEXT:
        return str(item.value)
    if item.type == Token.OPERAND and item.subtype == Token.RANGE and "!" in item.value:
        sheet, _mark, cell = item.value.rpartition("!")
        return f"{sheet.strip('$').strip(chr(39))}!{cell}"
    return str(item.value).upper().replace("_XLFN.", "")
