"""Price levels by calendar year: known and expected inflation, and the path of pay.

Paths by budget year are by fiscal year; `share` is what share of it is in the following calendar year.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from imis_plan.facts.fiscal_calendar import calendar_values, weighted


def value_in_year(series: Mapping[int, Any], year: int, what: str) -> Any:
    """The value of a calendar year. Raises ValueError, with the available years, if there is none."""
    if year not in series:
        raise ValueError(f"no {what} rate for {year}; the scenario has {min(series)} to {max(series)}")
    return series[year]


def relative_price_level(rates: Mapping[int, Any], start: int, end: int) -> Any:
    """Price level of `end` over that of `start`, which may be later or earlier. [1]"""
    if end < start:
        return 1 / relative_price_level(rates, end, start)
    level = 1.0
    for year in range(start + 1, end + 1):
        level = level * (1 + value_in_year(rates, year, "inflation"))
    return level


def inflation_by_year(
    history: Mapping[int, Any], forward: Any, base_year: int, share: float = 0.0, *, fiscal: bool = False
) -> dict[int, Any]:
    """Calendar year -> inflation: the known rates, then the expected path; its first value is also used for years in between.

    forward : by budget year; its last value continues in the calendar year in which the last budget year ends.
    share : part of a fiscal year in the following calendar year. fiscal : whether the known rates are by fiscal year, too.
    """
    first, last = max(history) + 1, base_year + len(forward) - 1 + (share > 0)
    if fiscal:
        return calendar_values(
            dict(history) | {year: expected(forward, year - base_year) for year in range(first, last + 1)}, share
        )
    return dict(history) | calendar_path(forward, base_year, share, range(first, last + 1))


def expected(path: Any, position: int) -> Any:
    """A value of a path by budget year; before the first year its first value, after the last one its last. [its unit]"""
    return path[min(max(0, position), len(path) - 1)]


def calendar_path(path: Any, base_year: int, share: float, years: Iterable[int]) -> dict[int, Any]:
    """Values of calendar years from a path by fiscal year, day-weighted; steady before and after it. [its unit]"""
    found = {}
    for year in years:
        position = year - base_year
        if share and 0 < position < len(path):
            found[year] = weighted(1 - share, expected(path, position - 1), expected(path, position))
        else:
            found[year] = expected(path, position)
    return found


def pay_rises_by_year(home: Mapping[int, Any], acts: Mapping[int, Any]) -> dict[int, Any]:
    """Calendar year -> change of pay, its growth above prices left out: what an act fixes, else home inflation. [1/year]

    acts : calendar year -> known change.
    """
    return {**home, **{year: rise for year, rise in acts.items() if year in home}}


def pay_growth_by_year(growth: Any, acts: Mapping[int, Any], base_year: int) -> dict[int, Any]:
    """Budget year -> level of pay over what acts and home prices make of it, 1 before the first year. [1]

    growth : change above home inflation in each budget year; an act in the calendar year in which it begins replaces it.
    """
    level, levels = 1.0, {base_year - 1: 1.0}
    for t in range(len(growth)):
        level = level if base_year + t in acts else level * (1 + growth[t])
        levels[base_year + t] = level
    return levels
