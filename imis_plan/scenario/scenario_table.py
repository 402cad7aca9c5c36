"""Many scenarios in one table: a row for each district, say, over a scenario that is the base of all of them.

Columns: `name`; `base` (a scenario), unless one base is named for all rows; `title`; and paths of parameters, as in
`population.total`. What else is known of a value stands in columns of its own, as in `population.total.source`; `source` and
`confidence` alone hold for all values of a row. An empty cell leaves what the base says.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.folder import RESERVED, scenarios
from imis_plan.scenario.inheritance import BASED_ON
from imis_plan.scenario.location import Location
from imis_plan.scenario.overlay import overlay, parameter_data, parameter_suggestion, short_path_problems
from imis_plan.scenario.parameter import Parameter, ParameterInput
from imis_plan.scenario.parameter_checks import Rules
from imis_plan.scenario.plan import Plan, load
from imis_plan.scenario.yaml_file import Document, parse

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
SAID = ("name", "base", "title", "source", "confidence")
GRADE = "C"  # of a value of which the table says no more than that it is in it
FIELDS = frozenset(ParameterInput.model_fields) - {"value"}
TEXTS = frozenset({"source", "confidence", "description", "note", "tag", "unit"})


@dataclass(frozen=True)
class Row:
    """One line of the table, its cells by column; `location` collects its problems."""

    cells: Mapping[str, str]
    location: Location

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.cells.get("name", "")


def write(file: Path, folder: Path, into: Path, base: str | None = None) -> list[str]:
    """Write a scenario file for each row of a table into a folder, and return their names in the order of the table.

    Each says what the row says and that it is based on another scenario, whose file has to be in the same folder.

    folder : where the bases are. base : the base of rows that name none.

    Raises BadInput with all problems of the table, each with its line.
    """
    rows, bases = read_rows(file), dict[str, Plan]()
    found = [problem for row in rows for problem in row.location.found] or [*unusable(rows, scenarios(folder))]
    texts = {}
    for row in rows if not found else ():
        text = scenario_text(row, folder, base, bases)
        found += row.location.found
        texts[row.name] = text
    if found:
        raise BadInput(found)
    for name, text in texts.items():
        (into / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def read_rows(file: Path) -> list[Row]:
    """The rows of a table, those without any cell left out. Raises BadInput where it cannot be read."""
    shown = f"{file.parent.name}/{file.name}".removeprefix("/")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInput([Problem(shown, None, "", "no such table, or not UTF-8 text", "name a CSV file or a folder")]) from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ",")
    columns = [column.strip() for column in reader.fieldnames or ()]
    if "name" not in columns or len(set(columns)) < len(columns):
        raise BadInput(
            [Problem(shown, 1, "", "no column `name`, or a column twice", "head the table with name, title, paths ...")]
        )
    reader.fieldnames = columns
    rows = [row for given in reader if (row := row_of(given, Document(file, shown, first=reader.line_num))).cells]
    if not rows:
        raise BadInput([Problem(shown, None, "", "no row", "give a row for each scenario")])
    return rows


def cells_of(given: Mapping[Any, Any]) -> dict[str, str]:
    """Filled cells of a row."""
    return {column: text.strip() for column, text in given.items() if column and text and text.strip()}


def row_of(given: Mapping[Any, Any], document: Document) -> Row:
    """A row; it has a problem if it has more cells than there are columns, as a comma in a text without quotes makes it."""
    row = Row(cells_of(given), Location(document))
    if None in given:
        row.location.report("more cells than columns", "put quotes around text with a comma in it")
    return row


def unusable(rows: list[Row], taken: Collection[str]) -> Iterator[Problem]:
    """Names that cannot be, that a scenario has, or an earlier row."""
    seen: dict[str, int | None] = {}
    for row in rows:
        if not NAME.fullmatch(row.name) or row.name in RESERVED:
            yield row.location.document.problem(("name",), "not a name of a scenario", "give letters, digits, - and _", row.name)
        elif row.name in taken:
            yield row.location.document.problem(("name",), "a scenario is called so", "give the row a name of its own", row.name)
        elif row.name.lower() in seen:  # two folders that some systems take for one
            right = f"give each row its own; the first is in line {seen[row.name.lower()]}"
            yield row.location.document.problem(("name",), "given twice", right, row.name)
        else:
            seen[row.name.lower()] = row.location.line


def scenario_text(row: Row, folder: Path, base: str | None, bases: dict[str, Plan]) -> str:
    """The scenario file of a row: its base with the cells of the row laid over it; problems go to the row's place."""
    name = row.cells.get("base", base)
    if name is None or name not in scenarios(folder):
        right = suggestion(name or "", scenarios(folder)) if name else "add a column `base`, or name one base for all rows"
        row.location.below("base").report("no such scenario" if name else "no base", right, name or "")
        return ""
    if name not in bases:
        bases[name] = load(name, parameters=folder)
    data: dict[str, Any] = {BASED_ON: name}
    if "title" in row.cells:
        data["about"] = {"title": row.cells["title"]}
    laid = dict(bases[name].parameters)
    for path, said, parameter in parameters_of(row, bases[name]):
        insert(data, path.split("."), said)
        laid[path] = parameter
    row.location.found.extend(short_path_problems(laid))
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def parameters_of(row: Row, base: Plan) -> Iterator[tuple[str, dict[str, Any], Parameter]]:
    """Path of each value in a row, what the row says of it and the parameter that comes of it; what is wrong is reported."""
    rules = Rules(base.rules.units, base.sources, base.about.currency)
    for path in (column for column in row.cells if column not in SAID and not field_of(column, base.parameters)):
        here = row.location.below(path)
        if path not in base.parameters:
            here.report("no such parameter", parameter_suggestion(path, base.parameters))
            continue
        said = parameter_of(row, path, base.parameters[path])
        if said["value"] is not None:  # else value_of has reported it
            yield path, said, overlay(base.parameters[path], said, ParameterInput, rules, here, "country")
    for column in row.cells:
        if (path := field_of(column, base.parameters)) and path not in row.cells:
            row.location.below(column).report("says something of a value that the row does not give", f"fill in {path}")


def field_of(column: str, parameters: Mapping[str, Parameter]) -> str:
    """The path of which a column says more, or nothing."""
    path, _, field = column.rpartition(".")
    return path if field in FIELDS and path in parameters and column not in parameters else ""


def parameter_of(row: Row, path: str, parameter: Parameter) -> dict[str, Any]:
    """What a row says of a parameter, as a file would."""
    document = row.location.document
    told = parameter_data(parameter, value_of(row, path))
    if parameter.currency:
        told = {"unit": parameter.unit, **told}
    words = {"source": f"{document.path.name}, line {row.location.line}", "confidence": GRADE}
    words |= {key: row.cells[key] for key in words if key in row.cells}
    for field in FIELDS:
        if f"{path}.{field}" in row.cells:
            words[field] = row.cells[f"{path}.{field}"] if field in TEXTS else value_of(row, f"{path}.{field}")
    return {**told, **words, **({"from": None} if parameter.item else {})}


def value_of(row: Row, column: str) -> Any:
    """A cell as YAML would read it; None, with a problem, where that is no single value."""
    read_ = parse(f"value: {row.cells[column]}", Path("cell"))
    if read_.problems or [*read_.data] != ["value"] or isinstance(read_.data["value"], dict):
        right = "give a number, true or false, a choice, or a list as [1, 2]"
        row.location.below(column).report("not a value", right, row.cells[column])
        return None
    return read_.data["value"]


def insert(data: dict[Any, Any], keys: list[str], parameter: dict[str, Any]) -> None:
    """Put a parameter where the file has it, or would."""
    *groups, last = keys
    for key in groups:
        data = data.setdefault(key, {})
    data[last] = parameter
