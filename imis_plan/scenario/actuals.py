"""What was really spent: `parameters/actuals/<scenario>.yaml`, `.csv` or `.xlsx`, read and checked; all problems together.

YAML has a list `actuals` of rows, and a `note` for readers. A table has the same as columns: component, line, year, amount,
currency, note; or gfs_code or account_code, year, quarter, amount, currency, note. A file is by component or by code.
"""

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field

from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.code_actuals import (
    CODES,
    ITEM,
    CodeActual,
    check_code,
    check_quarter,
    code_clashes,
    has_code,
)
from imis_plan.scenario.corrections import is_spent, merged, report_excess, spent_in_year, with_leading_minus
from imis_plan.scenario.fields import OptionalPlainText, OptionalTranslatableText, PlainText, field, number, year
from imis_plan.scenario.folder import ACTUALS, ACTUALS_SUFFIXES
from imis_plan.scenario.location import Location
from imis_plan.scenario.number_text import decimal_mark, plain_number, two_readings
from imis_plan.scenario.parameter import StrictModel
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.regular_file import not_a_file
from imis_plan.scenario.table_file import COLUMN_LEFT_OUT, located, read_table, repeated
from imis_plan.scenario.units import LCU
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import Document, read
from imis_plan.sentence import one_of, sentence

FOREIGN = ("USD", "EUR")
YAML = (".yaml", ".yml")
KEYS = ("actuals", "note")
# A column of amounts whose head names their currency, as in `amount (usd)`.
AMOUNT_IN = re.compile(r"amount[\s_]*(?:in\s+)?[(\[]?\s*([a-z]{3})\s*[)\]]?", re.IGNORECASE)
TWO_WAYS = sentence("a number that can be read in two ways")
Year = Annotated[int, *field(year)]
Amount = Annotated[float, *field(number)]


class Actual(StrictModel):
    """Money spent on a component, or on one line of it, in a year."""

    component: PlainText = Field(description="give a component, such as staff")
    line: OptionalPlainText = Field(None, description="One line of the component; without it, the whole component.")
    year: Year = Field(description="give the year in which it was spent")
    amount: Amount = Field(description="give the amount that was spent, or a correction of it with a minus")
    currency: OptionalPlainText = Field(None, description="ISO 4217 code; local currency if not given.")
    note: OptionalTranslatableText = None


@dataclass(frozen=True)
class Actuals:
    """The rows of a file of actuals, by component or by code, its name, and what it says about itself."""

    file: str
    rows: tuple[Actual, ...] = ()
    note: Any = ""
    codes: tuple[CodeActual, ...] = ()


def actuals_file(plan: Plan) -> Path | None:
    """The file of actuals that lies in the plan's folder of parameters, or None."""
    files = (plan.folder / ACTUALS / f"{plan.name}{suffix}" for suffix in ACTUALS_SUFFIXES)
    return next((file for file in files if os.path.lexists(file)), None)


def read_actuals(
    file: Path,
    plan: Plan,
    lines: Mapping[str, Collection[str]],
    ignored: Collection[str] = (),
    codes: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Actuals:
    """The actuals in a file.

    lines : component -> its lines. ignored : heads of columns of a table that are left out. codes : gfs_code and account_code ->
    the codes of the plan's base cost.

    Raises BadInput with all problems of the file.
    """
    path, _ = located(file)
    if not path.is_file():
        right = sentence(
            "name a file, or write {name}/{actuals}/{scenario}.yaml", name=plan.folder.name, actuals=ACTUALS, scenario=plan.name
        )
        raise BadInput([Problem(str(file), None, "", not_a_file(path) or "no such file", right)])
    if ignored and file.suffix in YAML:
        raise BadInput([Problem(str(file), None, "--ignore-columns", "no table", "leave the argument out for YAML")])
    document = read(file) if file.suffix in YAML else read_rows(file, ignored)
    location = Location(document, (), list(document.problems))
    if not location.found:
        headings(location)
    note = document.data.get("note", "")
    listed = document.data.get("actuals")
    if isinstance(listed, list) and any(map(has_code, listed)):
        return Actuals(document.name, note=note, codes=code_rows(location, plan, codes))
    built = list(rows(location, plan, lines))
    corrected = merged(built, lambda row: (row.component, row.line, row.year, own_currency(row.currency, plan)))
    clashes(built)
    report_excess(
        built,
        lambda row: (row.component, row.line, row.year, own_currency(row.currency, plan)),
        lambda row: spent_in_year(row.line or row.component, row.year, own_currency(row.currency, plan)),
    )
    if location.found:
        raise BadInput(once_for_each_cell(location.found))
    return Actuals(document.name, tuple(row for row, _ in corrected), note)


def own_currency(code: str | None, plan: Plan) -> str:
    """The currency of a row; local money has three names."""
    return plan.about.currency if code in (None, LCU) else str(code)


def code_rows(location: Location, plan: Plan, codes: Mapping[str, Collection[str]]) -> tuple[CodeActual, ...]:
    """The rows of a file by code. Raises BadInput with all problems of the file."""
    built = []
    for i, data in enumerate(location.document.data["actuals"]):
        here = location.below("actuals", i)
        if isinstance(data, dict) and not has_code(data):
            here.report(
                "no code, and other rows have one",
                sentence("give {names}, or components in a file of their own", names=one_of(CODES)),
            )
            continue
        plain = {key: value for key, value in data.items() if key not in ITEM} if isinstance(data, dict) else data
        row = build(CodeActual, plain, here)
        if isinstance(data, dict):
            check_code(data, here, codes)
            check_money(data.get("year"), data.get("currency"), here, plan)
            check_quarter(data, here, plan)
        if row:
            built.append((row, here))
    corrected = merged(built, lambda row: (row.scheme, row.code, row.year, row.quarter, own_currency(row.currency, plan)))
    code_clashes(built)
    report_excess(
        built,
        lambda row: (row.scheme, row.code, row.year, own_currency(row.currency, plan)),
        lambda row: spent_in_year(row.code, row.year, own_currency(row.currency, plan)),
    )
    if location.found:
        raise BadInput(once_for_each_cell(location.found))
    return tuple(row for row, _ in corrected)


def headings(location: Location) -> None:
    """Report a file without rows, and keys that mean nothing."""
    data = location.document.data
    if not isinstance(data.get("actuals"), list) or not data["actuals"]:
        location.report("no actuals", "give `actuals:` and below it a list of component, year and amount")
    for key in data.keys() - set(KEYS):
        location.below(key).report("unknown key", suggestion(key, KEYS))


def rows(location: Location, plan: Plan, lines: Mapping[str, Collection[str]]) -> Iterator[tuple[Actual, Location]]:
    """The rows that have the right form, each with its place; what is wrong with any is reported."""
    listed = location.document.data.get("actuals")
    for i, data in enumerate(listed if isinstance(listed, list) else []):
        here = location.below("actuals", i)
        row = build(Actual, data, here)
        if isinstance(data, dict):
            check_item(data.get("component"), data.get("line"), here, lines)
            check_money(data.get("year"), data.get("currency"), here, plan)
        if row:
            yield row, here


def check_item(component: Any, line: Any, location: Location, lines: Mapping[str, Collection[str]]) -> None:
    """Report a component that the plan does not have, or a line that the component does not have."""
    if component == "contingency":
        location.below("component").report("contingency is not spent as such", "book it under what it was spent on", component)
    elif isinstance(component, str) and component not in lines:
        location.below("component").report("no such component", suggestion(component, lines), component)
    elif isinstance(component, str) and isinstance(line, str) and line not in lines[component]:
        location.below("line").report(
            sentence("no such line in {component}", component=component), suggestion(line, lines[component]), line
        )


def check_money(spent_in: Any, currency: Any, location: Location, plan: Plan) -> None:
    """Report a year outside the plan, or a currency that it has no exchange rate for."""
    first, horizon = plan["time.base_year"], plan["time.horizon"]
    meaning = (
        ""
        if plan.fiscal.is_calendar_year
        else sentence(", the year in which a fiscal year begins: {year} is {label}", year=first, label=plan.fiscal.name(first))
    )
    if isinstance(spent_in, int) and spent_in not in range(first, first + horizon):
        location.below("year").report(
            "not a year of the plan",
            sentence("give {first} to {last}{meaning}", first=first, last=first + horizon - 1, meaning=meaning),
            spent_in,
        )
    known = (LCU, plan.about.currency, *FOREIGN)
    if isinstance(currency, str) and currency not in known:
        location.below("currency").report("no exchange rate for it", sentence("give {names}", names=", ".join(known)), currency)


def clashes(built: list[tuple[Actual, Location]]) -> None:
    """Report what would count twice: a row given again, and a line beside its whole component. Corrections are added to a row."""
    spent = Counter((row.component, row.line, row.year) for row, _ in built if is_spent(row))
    whole = {(row.component, row.year) for row, _ in built if not row.line}
    for row, location in built:
        if is_spent(row) and spent[row.component, row.line, row.year] > 1:
            location.report(
                sentence("{component} of {year} is given more than once", component=row.component, year=row.year),
                "give one row with the sum",
            )
        elif row.line and (row.component, row.year) in whole:
            location.report(
                sentence("{component} of {year} is given as a whole and by line", component=row.component, year=row.year),
                "keep one of the two",
            )


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
