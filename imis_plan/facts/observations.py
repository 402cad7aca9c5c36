"""Observed prices and quantities: one row is what one source says about one item in one country and year (docs/prices.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from imis_plan.facts.csv_rows import Row, table
from imis_plan.facts.records import Observation
from imis_plan.facts.row_checks import Reference, row_problems, table_problems
from imis_plan.problems import Problem

COLUMNS = (
    "item", "country", "value", "unit", "currency", "price_year", "dated", "source", "locator", "series", "tier", "kind", "grade",
    "tax", "published", "collected", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Observations:
    """The rows that can be used, and all that is wrong with the table."""

    rows: tuple[Observation, ...]
    problems: tuple[Problem, ...]


def read_observations(path: Path, reference: Reference) -> Observations:
    """All rows of a file without refused cells, and every problem found in it, by line."""
    rows, problems = table(path, COLUMNS)
    usable = []
    for row in rows:
        found = list(row_problems(row, reference))
        problems += found
        if all(problem.warning for problem in found):
            usable.append(row)
    observed = tuple(map(observation_from, usable))
    problems += table_problems(observed, reference)
    return Observations(observed, tuple(sorted(problems, key=lambda problem: problem.line or 0)))


def observation_from(row: Row) -> Observation:
    """The observation of a row without problems."""
    text = {name: row[name] for name in COLUMNS if name not in {"value", "price_year", "series", "collected"}}
    series = row["series"] or row["source"]
    return Observation(
        **text, value=float(row["value"]), price_year=int(row["price_year"]), series=series, file=row.file, line=row.line
    )


def merge(shipped: Iterable[Observation], own: Iterable[Observation]) -> tuple[Observation, ...]:
    """The shipped rows with those of one's own folder: the same key replaces, others are added."""
    return tuple(({row.key: row for row in shipped} | {row.key: row for row in own}).values())
