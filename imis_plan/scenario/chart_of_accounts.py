"""A country's own chart of accounts: which of its codes each budget line belongs to, from `chart_of_accounts/NAME.csv`.

A row names a line with its component, a component, or an economic class, and the country's code for it. Of the rows that fit a
line the most specific one counts. The scenario names its chart in `about.chart_of_accounts`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

from imis_plan.problems import NO_VALUE, BadInput, Problem, suggestion
from imis_plan.scenario.folder import CHARTS, PACKAGE_PARAMETERS, chart_file
from imis_plan.scenario.inheritance import Locations, last_file_with
from imis_plan.scenario.line_attributes import line_catalogue
from imis_plan.scenario.model_names import MODEL_NAMES
from imis_plan.scenario.parameter import GivenConfidence
from imis_plan.scenario.table_file import TableRow, read_table
from imis_plan.sentence import sentence

COLUMNS = ("component", "line", "gfs_code", "account_code", "title", "source", "confidence", "note")
REQUIRED = ("account_code", "title", "source", "confidence")
# A spreadsheet that takes a code for a number writes it so, and its digits are lost.
SCIENTIFIC = ("e+", "E+")
# Column, what is wrong, what would be right -> the problem of a cell.
CellProblem = Callable[[str, str, str], Problem]


class Account(NamedTuple):
    """A code of a chart of accounts, and the lines it is for: those of the component, line and class that are not empty."""

    component: str
    line: str
    gfs_code: str
    code: str
    title: str
    source: str
    confidence: str

    def fits(self, component: str, line: str, gfs_code: str) -> bool:
        """Whether a line belongs to this code."""
        return self.component in ("", component) and self.line in ("", line) and self.gfs_code in ("", gfs_code)

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """How specific the row is: a line before a component, a component before a class."""
        return bool(self.line), bool(self.component), bool(self.gfs_code)


@dataclass(frozen=True)
class ChartOfAccounts:
    """A chart of accounts as far as budget lines need it. name : of its file, empty for none."""

    name: str = ""
    file: Path | None = None
    accounts: tuple[Account, ...] = ()
    _known: dict[tuple[str, str, str], Account | None] = field(default_factory=dict, repr=False, compare=False)

    def account(self, component: str, line: str, gfs_code: str) -> Account | None:
        """The code of a line, or None where the chart has none for it."""
        key = component, line, gfs_code
        if key not in self._known:
            fitting = [each for each in self.accounts if each.fits(*key)]
            self._known[key] = max(fitting, key=lambda each: each.rank, default=None)
        return self._known[key]


NO_CHART = ChartOfAccounts()


def chart_names(folder: Path) -> list[str]:
    """The names of the charts that scenarios of a folder may use."""
    return sorted({file.stem for parameters in (folder, PACKAGE_PARAMETERS) for file in (parameters / CHARTS).glob("*.csv")})


def chart_of_accounts(name: str, folder: Path, sources: Mapping[str, Any]) -> tuple[ChartOfAccounts, tuple[Problem, ...]]:
    """A chart by its name, and all that is wrong in its file. Raises KeyError with what to write where there is no such chart."""
    file = chart_file(name, folder)
    if file is None:
        raise KeyError(suggestion(name, chart_names(folder)))
    state = file.stat()
    return read_chart(file, state.st_mtime_ns, frozenset(sources))


def chart_from(name: str | None, folder: Path, sources: Mapping[str, Any], locations: Locations) -> ChartOfAccounts:
    """The chart of accounts that the scenario names; problems of its name and of its file are reported."""
    if name is None:
        return NO_CHART
    here = last_file_with(locations, "about", "chart_of_accounts").below("about", "chart_of_accounts")
    try:
        chart, problems = chart_of_accounts(name, folder, sources)
    except KeyError as error:
        here.report("no such chart of accounts", error.args[0], name)
        return NO_CHART
    here.found.extend(problems)
    return chart


def charts_problems(folder: Path, sources: Mapping[str, Any]) -> Iterator[Problem]:
    """All that is wrong in the charts of a folder."""
    for file in sorted((folder / CHARTS).glob("*.csv")):
        yield from chart_of_accounts(file.stem, folder, sources)[1]


@lru_cache(maxsize=32)
def read_chart(file: Path, _mtime: int, sources: frozenset[str]) -> tuple[ChartOfAccounts, tuple[Problem, ...]]:
    """The chart in a file, and all that is wrong in it; read again only after it has changed."""
    try:
        table = read_table(file, "account_code")
    except BadInput as error:
        return ChartOfAccounts(file.stem, file), error.problems
    problems = [*table.problems, *head_problems(table.name, table.line, table.heads)]
    first: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        problems += row_problems(table.name, row, sources)
        key = tuple(row.cells.get(column, "") for column in COLUMNS[:3])
        earlier = first.setdefault(key, row.line)
        if earlier != row.line:
            what = sentence("the same component, line and class as line {earlier}", earlier=earlier)
            problems.append(
                Problem(
                    table.name, row.line, "account_code", what, "keep one of the two", row.cells.get("account_code", NO_VALUE)
                )
            )
    accounts = tuple(Account(*(row.cells.get(column, "") for column in COLUMNS[:-1])) for row in table.rows)
    return ChartOfAccounts(file.stem, file, accounts), tuple(problems)


def head_problems(file: str, line: int, heads: tuple[str, ...]) -> Iterator[Problem]:
    """Columns that are unknown or missing."""
    for head in heads:
        if head not in COLUMNS:
            yield Problem(file, line, head, "no such column", suggestion(head, COLUMNS))
    if absent := [column for column in COLUMNS[:-1] if column not in heads]:
        yield Problem(
            file,
            line,
            "",
            sentence("no column {names}", names=", ".join(absent)),
            sentence("name these columns: {names}", names=", ".join(COLUMNS)),
        )


def row_problems(file: str, row: TableRow, sources: frozenset[str]) -> Iterator[Problem]:
    """Everything that is wrong with one row."""

    def problem(column: str, what: str, right: str) -> Problem:
        """A problem of one cell."""
        return Problem(file, row.line, column, what, right, row.cells.get(column, NO_VALUE))

    for column in REQUIRED:
        if not row.cells.get(column):
            yield problem(column, "empty", sentence("give {column}", column=column.replace("_", " ")))
    yield from scope_problems(row.cells, problem)
    if any(mark in row.cells.get("account_code", "") for mark in SCIENTIFIC):
        right = sentence("format the column as text and type it again")
        yield problem("account_code", "a code that a spreadsheet took for a number", right)
    if (grade := row.cells.get("confidence")) and grade not in grades():
        yield problem("confidence", "not an allowed value", sentence("give {names}", names=", ".join(grades())))
    yield from unknown_source(row.cells.get("source", ""), sources, problem)


def scope_problems(cells: Mapping[str, str], problem: CellProblem) -> Iterator[Problem]:
    """A component, a line or an economic class that does not exist, or none of them."""
    catalogue = line_catalogue()
    component, line, code = (cells.get(column, "") for column in ("component", "line", "gfs_code"))
    if component and component not in MODEL_NAMES.components:
        yield problem("component", "unknown component", suggestion(component, MODEL_NAMES.components))
    elif line and not component:
        yield problem("line", "a line without its component", "give its component, too")
    elif line and line not in catalogue.lines.get(component, {}):
        yield problem(
            "line",
            sentence("no such line in {component}", component=component),
            suggestion(line, catalogue.lines.get(component, {})),
        )
    if not (component or line or code):
        yield problem("component", "a code for nothing", "give a component with or without a line, or an economic class")
    if code and code not in catalogue.classes:
        yield problem("gfs_code", "unknown economic class", suggestion(code, catalogue.classes))


def grades() -> tuple[str, ...]:
    """The grades that a file may give."""
    return get_args(GivenConfidence)


def unknown_source(source: str, sources: frozenset[str], problem: CellProblem) -> Iterator[Problem]:
    """The problem of a source that is neither a key of sources.yaml nor a sentence."""
    head = source.partition(":")[0].strip()
    if head and " " not in head and head != "assumption" and head not in sources:
        yield problem("source", sentence("{head} is not in sources.yaml", head=head), suggestion(head, sources))
