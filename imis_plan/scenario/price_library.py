"""The observed prices that a scenario can rest on: those of the package, and those in the folder of the scenario.

`observations.csv` beside a scenario adds to the shipped one; a row with the same key replaces it. The list of items is shipped.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from imis_plan.facts import world
from imis_plan.facts.carry import DOLLAR
from imis_plan.facts.items import Item, read_items
from imis_plan.facts.observations import merge, read_observations
from imis_plan.facts.records import Observation
from imis_plan.facts.row_checks import Reference
from imis_plan.facts.tables import as_sources, countries
from imis_plan.problems import Problem
from imis_plan.scenario.folder import OBSERVATION_ITEMS, OBSERVATIONS, PACKAGE_PARAMETERS
from imis_plan.scenario.yaml_file import read

SOURCES = "sources.yaml"
# A file as it was read: path, time and size.
State = tuple[Path, int, int]


@dataclass(frozen=True, eq=False)
class PriceLibrary:
    """Items by name, observations by item, and the sources they cite.

    problems : all problems and warnings, by file
    """

    items: Mapping[str, Item]
    observations: Mapping[str, tuple[Observation, ...]]
    sources: Mapping[str, Any]
    problems: Mapping[Path, tuple[Problem, ...]]

    @property
    def errors(self) -> list[Problem]:
        """The problems without the warnings."""
        return [problem for each in self.problems.values() for problem in each if not problem.warning]

    def warnings(self, folder: Path) -> list[Problem]:
        """The warnings of the files in a folder."""
        found = ((file.parent == folder.resolve(), each) for file, each in self.problems.items())
        return [problem for inside, each in found if inside for problem in each if problem.warning]


def price_files(folder: Path, scenario: Path | None = None) -> tuple[Path, ...]:
    """The existing files of observed prices, those that take precedence last: the package's, the folder's, the scenario's."""
    places = [PACKAGE_PARAMETERS, folder, *([scenario.parent] if scenario else [])]
    items = [place / OBSERVATION_ITEMS for place in places if (place / OBSERVATION_ITEMS).is_file()]
    observed = (place / OBSERVATIONS for place in places if (place / OBSERVATIONS).is_file())
    return tuple(dict.fromkeys(file.resolve() for file in (*items[:1], *observed)))


def price_library(folder: Path, scenario: Path | None = None) -> PriceLibrary:
    """The library of a scenario; built again only after one of its files has changed."""
    files = price_files(folder, scenario)
    cited = {file.parent / SOURCES for file in files}
    return build_library(tuple(map(state, files)), tuple(map(state, sorted(file for file in cited if file.is_file()))))


def state(file: Path) -> State:
    """A file with its time and size."""
    found = file.stat()
    return file, found.st_mtime_ns, found.st_size


@lru_cache(maxsize=8)
def build_library(files: tuple[State, ...], source_files: tuple[State, ...]) -> PriceLibrary:
    """The library in these files: the list of items first, then observations."""
    items: Mapping[str, Item] = {}
    problems: dict[Path, tuple[Problem, ...]] = {}
    for file, *_ in files[:1]:
        items, wrong = read_items(file)
        problems[file] = tuple(wrong)
    sources = as_sources()
    for file, *_ in source_files:
        sources |= read(file).data
    rows: tuple[Observation, ...] = ()
    for file, *_ in files[1:]:
        found = read_observations(file, reference(items, sources))
        problems[file] = found.problems
        rows = merge(rows, found.rows)
    return PriceLibrary(items, by_item(rows), sources, problems)


def reference(items: Mapping[str, Item], sources: Mapping[str, Any]) -> Reference:
    """What rows are checked against."""
    currencies = {country.currency for country in countries().values()} | {DOLLAR}
    return Reference(items, sources, currencies, set(countries()), datetime.now(UTC).year, in_dollars)


def in_dollars(value: float, currency: str, year: int) -> float | None:
    """A price in dollars of its year, or None where no rate is known."""
    if currency == DOLLAR:
        return value
    rate = world.exchange_rate(currency, year)
    return value / rate if rate else None


def by_item(rows: Iterable[Observation]) -> Mapping[str, tuple[Observation, ...]]:
    """Observations by the name of their item."""
    found: dict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        found[row.item].append(row)
    return {item: tuple(each) for item, each in found.items()}
