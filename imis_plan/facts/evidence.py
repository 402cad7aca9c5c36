"""What the observations of one country say together: a value, a range, a grade.

Of a series only the newest year counts, and all its rows of that year are one observation. A direct observation outranks a range.
Ceilings, floors and modelled values bound the range and do not move the value.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

from imis_plan.facts.carry import Carried, Skipped, described
from imis_plan.facts.records import Observation
from imis_plan.facts.terms import CEILING, FLOOR, GRADES, OBSERVED, RANGE


@dataclass(frozen=True, slots=True)
class Evidence:
    """Carried observations of a country, by what they do.

    deciding : the groups whose medians give the value, each a series; empty where only bounds are known.
    bounds : what widens the range.
    """

    deciding: tuple[tuple[Carried, ...], ...]
    bounds: tuple[Carried, ...]
    skipped: tuple[Skipped, ...]

    @property
    def value(self) -> float:
        """The median of the observations."""
        return median(median(row.value for row in group) for group in self.deciding)

    @property
    def grade(self) -> str:
        """The weakest grade of those that decide: a value is no better than what it rests on."""
        return max((row.observation.grade for group in self.deciding for row in group), key=GRADES.index)

    @property
    def rows(self) -> tuple[Carried, ...]:
        """All carried observations."""
        return (*(row for group in self.deciding for row in group), *self.bounds)


def evidence(observations: Iterable[Observation], carried: Callable[[Observation], Carried | Skipped]) -> Evidence:
    """The observations of one country, carried and sorted by what they do."""
    current, older = newest(observations)
    results = [carried(row) for row in current]
    rows = [row for row in results if isinstance(row, Carried)]
    kind = OBSERVED if any(row.observation.kind == OBSERVED for row in rows) else RANGE
    groups: dict[str, list[Carried]] = defaultdict(list)
    for row in rows:
        if row.observation.kind == kind:
            groups[row.observation.series].append(row)
    bounds = tuple(row for row in rows if row.observation.kind != kind)
    skipped = (*older, *(row for row in results if isinstance(row, Skipped)))
    return Evidence(tuple(map(tuple, groups.values())), bounds, skipped)


def newest(observations: Iterable[Observation]) -> tuple[list[Observation], list[Skipped]]:
    """The rows of the last year of each series and kind, and those that are older."""
    rows = list(observations)
    last: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        last[row.series, row.kind] = max(last[row.series, row.kind], row.price_year)
    current = [row for row in rows if row.price_year == last[row.series, row.kind]]
    older = [
        Skipped(described(row), f"the same series has a value of {last[row.series, row.kind]}")
        for row in rows
        if row.price_year < last[row.series, row.kind]
    ]
    return current, older


def span(value: float, ends: Iterable[float], bounds: Iterable[Carried], spread: float) -> tuple[float, float]:
    """Lowest and highest, at least the spread; a floor can only lower the bottom, a ceiling only raise the top."""
    ends, bounds = list(ends), list(bounds)
    low = min(value / (1 + spread), *ends, *(row.value for row in bounds if row.observation.kind != CEILING))
    high = max(value * (1 + spread), *ends, *(row.value for row in bounds if row.observation.kind != FLOOR))
    return low, high


def contradictions(value: float, bounds: Iterable[Carried]) -> tuple[str, ...]:
    """Ceilings below the value and floors above it, in words."""
    found = []
    for row in bounds:
        kind = row.observation.kind
        if (kind == CEILING and row.value < value) or (kind == FLOOR and row.value > value):
            side = "below" if kind == CEILING else "above"
            found.append(f"the {kind} of {described(row.observation)} lies {side} the value")
    return tuple(found)
