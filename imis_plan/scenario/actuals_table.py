"""A table of actuals, read as the document that the same rows in YAML would be."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from imis_plan.problems import Problem, suggestion
from imis_plan.scenario.code_actuals import CodeActual
from imis_plan.scenario.component_actuals import Actual
from imis_plan.scenario.corrections import with_leading_minus
from imis_plan.scenario.location import Location
from imis_plan.scenario.number_text import decimal_mark, plain_number, two_readings
from imis_plan.scenario.table_file import COLUMN_LEFT_OUT, read_table, repeated
from imis_plan.scenario.yaml_file import Document
from imis_plan.sentence import sentence

# A column of amounts whose head names their currency, as in `amount (usd)`.
AMOUNT_IN = re.compile(r"amount[\s_]*(?:in\s+)?[(\[]?\s*([a-z]{3})\s*[)\]]?", re.IGNORECASE)
TWO_WAYS = sentence("a number that can be read in two ways")


def read_rows(file: Path, ignored: Collection[str] = ()) -> Document:
    """A table of actuals as the document that the same rows in YAML would be."""
    table = read_table(file, "component", ignored)
    amounts = [with_leading_minus(row.cells.get("amount", "")) for row in table.rows]
    mark = decimal_mark(amounts)  # codes such as 22.1 are no numbers
    data = [{head: cell(head, text, mark) for head, text in row.cells.items()} for row in table.rows]
    lines: dict[Any, int] = {("actuals", i): row.line for i, row in enumerate(table.rows)}
    location = Location(Document(file, table.name, {"actuals": data}, lines, (), table.line), (), list(table.problems))
    for head in repeated(table.heads):
        location.below(head).report("a column twice", "keep one of the two")
    for i, amount in enumerate(amounts):
        unclear(amount, mark, location.below("actuals", i, "amount"))
    if not data and not location.found:
        location.report("no actuals", "give a row for each amount, below component, year and amount")
    return with_columns(location, table.heads)


def with_columns(location: Location, names: Collection[str]) -> Document:
    """The document with its problems; without rows where a column means nothing, since each of them would say so again."""
    fields = list(dict.fromkeys([*Actual.model_fields, *CodeActual.model_fields]))
    unknown = [name for name in names if name not in fields]
    for name in unknown:
        code = AMOUNT_IN.fullmatch(name)
        remedy = (
            sentence("head it amount, and add a column currency with {code} in each row", code=code[1].upper())
            if code
            else sentence("{suggestion} {hint}", suggestion=suggestion(name, fields), hint=COLUMN_LEFT_OUT)
        )
        location.below(name).report("unknown column", remedy)
    data: dict[Any, Any] = {} if unknown else location.document.data
    return replace(location.document, data=data, problems=tuple(location.found))


def unclear(text: str, mark: str, location: Location) -> None:
    """Report an amount that can be read in two ways."""
    if both := two_readings(text, mark):
        location.report(TWO_WAYS, sentence("write {one} or {other}", one=both[0], other=both[1]), text)


def once_for_each_cell(found: Iterable[Problem]) -> list[Problem]:
    """The problems, without a second one of an amount that can be read in two ways: it is no number until it is read."""
    found = list(found)
    places = {(each.file, each.line, each.path) for each in found if each.message == TWO_WAYS}
    return [each for each in found if each.message == TWO_WAYS or (each.file, each.line, each.path) not in places]


def cell(column: str, text: str, mark: str) -> Any:
    """A cell as YAML would read it: numbers for year, quarter and amount where they are numbers, else text."""
    if column not in ("year", "quarter", "amount"):
        return text
    try:
        value = float(plain_number(with_leading_minus(text) if column == "amount" else text, mark))
    except ValueError:
        return text
    return int(value) if value.is_integer() else value
