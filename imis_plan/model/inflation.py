"""Price levels by calendar year: known and expected inflation, and the path of pay."""

from collections.abc import Mapping
from typing import Any


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


def inflation_by_year(history: Mapping[int, Any], forward: Any, base_year: int) -> dict[int, Any]:
    """Calendar year -> inflation: the known rates, then the expected path; its first value is also used for years in between."""
    rates = dict(history)
    last = base_year + len(forward) - 1
    for year in range(max(history) + 1, last + 1):
        rates[year] = forward[max(0, year - base_year)]
    return rates


def pay_rises_by_year(home: Mapping[int, Any], acts: Mapping[int, Any], growth: Any, base_year: int) -> dict[int, Any]:
    """Calendar year -> change of pay: what an act fixes, else home inflation with the growth of pay above it. [1/year]

    acts : calendar year -> known change. growth : change above home inflation in each budget year.
    """
    rises = {
        year: rate + growth[year - base_year] * (1 + rate) if 0 <= year - base_year < len(growth) else rate
        for year, rate in home.items()
    }
    return rises | {year: rise for year, rise in acts.items() if year in home}
