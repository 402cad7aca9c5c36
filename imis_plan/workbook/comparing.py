"""Whether a workbook still has the cells it was written with: formulas, and the values that inputs depart from."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from imis_plan.scenario.faults import Fault
from imis_plan.workbook.places import OPTIONS_TOP, title
from imis_plan.workbook.state import State

# Sheets of which numbers count too: others have only figures that were worked out on export.
WITH_NUMBERS = ("inputs", "by_year_inputs", "funding", "options")


def touched(book: Any, written: Any, state: State, name: str) -> Iterator[Fault]:
    """Cells of a workbook that are not as they were written, yellow ones left out.

    book : the workbook at hand; written : the same as it was on export.
    """
    numbers = {title(key) for key in WITH_NUMBERS}
    changes = OPTIONS_TOP + len(state.base.options) + 4
    for sheet in written:
        if sheet.title not in book.sheetnames:
            yield Fault(
                f"{name}: {sheet.title}", None, "", "the sheet is missing", "export the workbook again, and keep all sheets"
            )
            continue
        for cell in filled(sheet):
            skipped = sheet.title == title("options") and cell.row <= changes and cell.data_type != "f"
            if cell.protection.locked and not skipped:
                yield from compared(cell, book[sheet.title][cell.coordinate], name, numbers=sheet.title in numbers)


def filled(sheet: Any) -> Iterator[Any]:
    """Cells with something in them."""
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def compared(cell: Any, now: Any, name: str, *, numbers: bool) -> Iterator[Fault]:
    """What is wrong with a cell that should be as it was written."""
    place = f"{name}: {now.parent.title}!{now.coordinate}"
    if cell.data_type == "f":
        if now.data_type != "f":
            yield Fault(
                place,
                None,
                "",
                "a value where a formula was",
                "undo it, and type into the yellow cells of the inputs",
                str(now.value),
            )
        elif now.value != cell.value and normal(now.value) != normal(cell.value):
            yield Fault(place, None, "", "another formula", f"undo it: {cell.value}", str(now.value))
    elif numbers and cell.data_type == "n" and not same(cell.value, now.value):
        yield Fault(
            place,
            None,
            "",
            "a figure of the scenario was overwritten",
            "undo it, and type into the yellow cell beside it",
            str(now.value),
        )


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
