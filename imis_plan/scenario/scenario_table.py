"""Many scenarios in one table: a row for each district, say, over a scenario that is the base of all of them.

Columns: `name`; `base` (a scenario), unless one base is named for all rows; `title`; `share_of_base`, which scales the counts of
the base (`scenario.shares`); and paths of parameters, as in `population.total`. What else is known of a value stands in columns
of its own, as in `population.total.source`; `source` and `confidence` alone hold for all values of a row. An empty cell leaves
what the base says; where other rows have a value in its column, that is logged as a warning.
"""

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.changes import parameter_data
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.folder import available_scenarios
from imis_plan.scenario.given_parameters import parameter_suggestion
from imis_plan.scenario.inheritance import BASED_ON
from imis_plan.scenario.location import Location
from imis_plan.scenario.number_text import plain_number, two_readings
from imis_plan.scenario.overlay import overlay
from imis_plan.scenario.parameter import Parameter, ParameterInput
from imis_plan.scenario.parameter_checks import short_path_problems
from imis_plan.scenario.plan import Plan, load
from imis_plan.scenario.relation_checks import relation_problems
from imis_plan.scenario.save import FACTORS, FACTORS_OF_BASE
from imis_plan.scenario.scenario_name import NOT_A_NAME, is_name, printable, usable_name
from imis_plan.scenario.shares import OWN_TARGET, SHARE_OF_BASE, part_texts, scaled_caps, scaled_counts, share_of_base
from imis_plan.scenario.table_file import COLUMN_LEFT_OUT, Table, read_table, repeated
from imis_plan.scenario.whole_numbers import as_whole
from imis_plan.scenario.yaml_file import Document, parse
from imis_plan.scenario.yaml_scalars import FastDumper
from imis_plan.sentence import sentence

WORDS = ("name", "base", "title", "source", "confidence", SHARE_OF_BASE)
NO_PARAMETER = sentence("no such parameter")
GRADE = "C"  # of a value of which the table says no more than that it is in it
FIELDS = tuple(name for name in ParameterInput.model_fields if name != "value")  # in an order, which a file keeps
TEXTS = frozenset({"source", "confidence", "description", "note", "tag", "unit", "distribution", "value_is"})


# Lines of empty cells that a warning names for one column.
MOST_NAMED = 5
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Row:
    """One line of the table, its cells by column and the decimal mark of their numbers; `location` collects its problems."""

    cells: Mapping[str, str]
    location: Location
    mark: str = "."

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.cells.get("name", "")


def write(
    file: Path, folder: Path, into: Path, base: str | None = None, ignored: Collection[str] = (), *, draft: bool | None = None
) -> list[str]:
    """Write a scenario file for each row of a table into a folder, and return their names in the order of the table.

    Each says what the row says and that it is based on another scenario, whose file has to be in the same folder.

    folder : where the bases are. base : the base of rows that name none. ignored : heads of columns that are left out.
    draft : whether a base may have open questions.

    Raises BadInput with all problems of the table, each with its line.
    """
    table = read_table(file, "name", ignored)
    rows, bases, found = rows_of(file, table), dict[str, Plan](), list(table.problems)
    found = found or [*unusable(rows, available_scenarios(folder))]
    texts = {}
    for row in rows if not found else ():
        text = scenario_text(row, folder, base, bases, draft=draft)
        found += row.location.found
        texts[row.name] = text
    if found:
        raise BadInput(each_column_once(found, table, bases))
    for warning in empty_cells(table):
        logger.warning("%s", warning)
    for name, text in texts.items():
        (into / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def rows_of(file: Path, table: Table) -> list[Row]:
    """The rows of a table. Raises BadInput where its heads cannot be those of scenarios, or there is no row."""
    if (twice := repeated(table.heads)) or "name" not in table.heads:
        right = (
            sentence("keep one column {column}", column=twice[0])
            if twice
            else sentence("head the table with name, title, paths ...; it has {heads}", heads=heads_in(table))
        )
        raise BadInput([Problem(table.name, table.line, "", "no column `name`, or a column twice", right)])
    if not table.rows:
        raise BadInput([Problem(table.name, None, "", "no row", "give a row for each scenario")])
    return [Row(row.cells, Location(Document(file, table.name, first=row.line)), table.mark) for row in table.rows]


def heads_in(table: Table) -> str:
    """The heads of a table, as far as a message has room."""
    return ", ".join(table.heads[:MOST_NAMED]) + (", ..." if len(table.heads) > MOST_NAMED else "")


def each_column_once(found: list[Problem], table: Table, bases: Mapping[str, Plan]) -> Iterator[Problem]:
    """The problems, with a single one, at the line of its head, for a column that no row can use."""
    unknown = dict.fromkeys(problem.path for problem in found if problem.message == NO_PARAMETER)
    for path in unknown:
        right = sentence(
            "{right} {hint}", right=parameter_suggestion(path, next(iter(bases.values())).parameters), hint=COLUMN_LEFT_OUT
        )
        yield Problem(table.name, table.line, path, NO_PARAMETER, right)
    yield from (problem for problem in found if problem.message != NO_PARAMETER)


def empty_cells(table: Table) -> Iterator[str]:
    """A sentence for each column of values that some rows fill and others do not."""
    for head in table.heads:
        lines = [row.line for row in table.rows if head not in row.cells]
        if head in WORDS or head.rpartition(".")[2] in FIELDS or not 0 < len(lines) < len(table.rows):
            continue
        more = f" and {len(lines) - MOST_NAMED} more" if len(lines) > MOST_NAMED else ""
        where = f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:MOST_NAMED]))}{more}"
        yield f"{table.name}: {head}: empty in {where}, where the value of the base holds"


def unusable(rows: list[Row], taken: Collection[str]) -> Iterator[Problem]:
    """Names that cannot be, that a scenario has, or an earlier row."""
    seen: dict[str, int | None] = {}
    for row in rows:
        document = row.location.document
        if not is_name(row.name):
            yield document.problem(("name",), NOT_A_NAME, usable_name(row.name), row.name)
        elif row.name in taken:
            yield document.problem(("name",), "a scenario is called so", "give the row a name of its own", row.name)
        elif row.name.lower() in seen:  # two folders that some systems take for one
            right = sentence("give each row its own; the first is in line {line}", line=seen[row.name.lower()])
            yield document.problem(("name",), "given twice", right, row.name)
        else:
            seen[row.name.lower()] = row.location.line


def scenario_text(row: Row, folder: Path, base: str | None, bases: dict[str, Plan], *, draft: bool | None = None) -> str:
    """The scenario file of a row: its base with the cells of the row laid over it; problems go to the row's place."""
    name = row.cells.get("base", base)
    known = available_scenarios(folder)
    if name is None or name not in known:
        right = suggestion(name or "", known) if name else sentence("add a column `base`, or name one base for all rows")
        row.location.below("base").report(sentence("no such scenario") if name else sentence("no base"), right, name or "")
        return ""
    if name not in bases:
        bases[name] = load(name, parameters=folder, draft=draft)
    row = with_paths(row, bases[name].parameters)
    base_plan = bases[name]
    given = {path: (said, parameter) for path, said, parameter in parameters_of(row, base_plan)}
    numbers = {path: parameter.value for path, (_, parameter) in given.items()}
    lacking = len(row.location.found)
    share = share_of_base(row.cells.get(SHARE_OF_BASE), numbers, base_plan, row.location)
    lacks = len(row.location.found) > lacking
    scaled = {} if share is None else scaled_counts(base_plan, share, given)
    data: dict[str, Any] = {BASED_ON: name, **sections(row, base_plan, share, scaled, numbers)}
    for path, said in {**{path: said for path, (said, _) in given.items()}, **scaled}.items():
        insert(data, path.split("."), said)
    laid = {**base_plan.parameters, **{path: parameter for path, (_, parameter) in given.items()}}
    laid |= {path: replace(laid[path], value=said.get("typical", said["value"])) for path, said in scaled.items()}
    row.location.found.extend(short_path_problems(laid))
    if not lacks:  # a row that lacks counts has those of its base, which are above its own population
        row.location.found.extend(relation_problems(laid, base_plan.rules, {*given, *scaled}))
    if FACTORS in laid:  # a row varies its base and keeps its simulated contingency, unless a column of its own says otherwise
        data.setdefault("contingency", {}).setdefault("factors", dict(FACTORS_OF_BASE))
    return str(yaml.dump(data, Dumper=FastDumper, allow_unicode=True, sort_keys=False))


def sections(row: Row, base: Plan, share: float | None, scaled: Collection[str], numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The sections `about` and `funding` of a row, as far as they differ from the base."""
    about: dict[str, Any] = {"title": row.cells["title"]} if "title" in row.cells else {}
    if OWN_TARGET & numbers.keys():
        about |= part_texts(base, share, scaled, f"{row.location.document.path.name}, line {row.location.line}")
    funding = [] if share is None else scaled_caps(base.funding, share)
    return ({"about": about} if about else {}) | ({"funding": funding} if funding else {})


def with_paths(row: Row, parameters: Mapping[str, Parameter]) -> Row:
    """The row with the paths of parameters as they are written; heads of a table have small letters."""
    if missing := row.cells.keys() - parameters.keys() - set(WORDS):
        paths = {path.lower(): path for path in parameters if not path.islower()}
        known = {head: renamed(head, paths) for head in missing} if paths else {}
        return replace(row, cells={known.get(head, head): text for head, text in row.cells.items()})
    return row


def renamed(head: str, paths: Mapping[str, str]) -> str:
    """The path, or the field of one, that a head in small letters means."""
    path, dot, field = head.rpartition(".")
    return paths.get(head) or paths.get(path, path) + dot + field


def parameters_of(row: Row, base: Plan) -> Iterator[tuple[str, dict[str, Any], Parameter]]:
    """Path of each value in a row, what the row says of it and the parameter that comes of it; what is wrong is reported."""
    rules = CheckContext(base.rules.units, base.sources, base.about.currency)
    for path in (column for column in row.cells if column not in WORDS and not field_of(column, base.parameters)):
        here = row.location.below(path)
        if path not in base.parameters:
            here.report(NO_PARAMETER, "")  # `write` says once what would be right
            continue
        said = parameter_of(row, path, base.parameters[path])
        if said["value"] is not None:  # else value_of has reported it
            yield path, said, overlay(base.parameters[path], said, ParameterInput, rules, here, "country")
    for column in row.cells:
        if (path := field_of(column, base.parameters)) and path not in row.cells:
            row.location.below(column).report(
                "says something of a value that the row does not give", sentence("fill in {path}", path=path)
            )


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
    words = {"source": f"{printable(document.path.name)}, line {row.location.line}", "confidence": GRADE}
    words |= {key: row.cells[key] for key in words if key in row.cells}
    for field in FIELDS:
        if f"{path}.{field}" in row.cells:
            words[field] = row.cells[f"{path}.{field}"] if field in TEXTS else value_of(row, f"{path}.{field}")
    return {**told, **words, **({"from": None} if parameter.item else {})}


def value_of(row: Row, column: str) -> Any:
    """A cell as YAML would read it; None, with a problem, where that is no single value."""
    text, here = row.cells[column], row.location.below(column)
    if both := two_readings(text, row.mark):
        here.report("a number that can be read in two ways", sentence("write {one} or {other}", one=both[0], other=both[1]), text)
        return None
    read_ = parse(f"value: {plain_number(text, row.mark)}", Path("cell"))
    value = read_.data.get("value")
    if read_.problems or [*read_.data] != ["value"] or value is None or isinstance(value, dict):
        here.report("not a value", "give a number, true or false, a choice, or a list as [1, 2]", text)
        return None
    return [as_whole(item) for item in value] if isinstance(value, list) else as_whole(value)


def insert(data: dict[Any, Any], keys: list[str], parameter: dict[str, Any]) -> None:
    """Put a parameter where the file has it, or would."""
    *groups, last = keys
    for key in groups:
        data = data.setdefault(key, {})
    data[last] = parameter
