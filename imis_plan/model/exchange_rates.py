"""Exchange rates by calendar year: of the scenario's currency, and of the currencies to which others are pegged.

Each anchor has one path to the dollar, the same in all scenarios: constant in real terms. A pegged currency keeps its parity with
its anchor, so that it has one path, too. A path that is given by budget year is by fiscal year, and so are series that say so.
"""

from collections.abc import Mapping
from typing import Any

from imis_plan.facts.fiscal_calendar import calendar_values
from imis_plan.model.arrays import choose, where
from imis_plan.model.inflation import calendar_path, inflation_by_year, value_in_year

DOLLAR = "USD"
# Currencies whose own prices and rates to the dollar are parameters: history and expectation of prices, and the known rates.
AREAS = {
    "EUR": ("money.euro_inflation", "money.euro_inflation_forward", "money.usd_per_eur"),
    "INR": ("money.india_inflation", "money.india_inflation_forward", "money.usd_per_inr"),
}
ANCHORS = (DOLLAR, *AREAS)
PEGGED, GIVEN = "pegged", "given"
# Among the inputs of a plan: paths of the histories that are by fiscal year.
FISCAL_HISTORIES = "plan.fiscal_histories"


def is_fiscal(v: Any, path: str) -> bool:
    """Whether a history is by fiscal year; without a word about it, it is by calendar year."""
    return FISCAL_HISTORIES in v and path in v[FISCAL_HISTORIES]


def known_rates(v: Any, path: str, share: float) -> dict[int, Any]:
    """A history of rates by calendar year; one by fiscal year becomes day-weighted means. share : of the fiscal calendar. [1]"""
    return calendar_values(v[path], share) if is_fiscal(v, path) else dict(v[path])


def known_and_expected(v: Any, known: str, ahead: str, base_year: int, share: float) -> dict[int, Any]:
    """Calendar year -> inflation of an area, from the paths of what is known and of what is expected. [1/year]"""
    return inflation_by_year(v[known], v[ahead], base_year, share, fiscal=is_fiscal(v, known))


def inflation_abroad(v: Any, base_year: int, share: float) -> dict[str, dict[int, Any]]:
    """Currency -> inflation of its area by calendar year, of the dollar and of the other anchors."""
    areas = {DOLLAR: ("money.foreign_inflation", "money.foreign_inflation_forward")} | {
        code: (known, ahead) for code, (known, ahead, _) in AREAS.items()
    }
    return {code: known_and_expected(v, *paths, base_year, share) for code, paths in areas.items()}


def exchange_rates_by_year(
    v: Any, home: Mapping[int, Any], abroad: Mapping[str, Any], years: range, share: float
) -> dict[int, Any]:
    """Calendar year -> LCU per USD from the year of the planning rate on: constant in real terms, constant, given, or pegged.

    years : calendar years that the budget touches. share : of a fiscal year in the following calendar year. [1]
    """
    # The years are structure, not values that a formula computes.
    start, planned = int(v["money.planning_rate_year"]), v["money.planning_rate"]
    real = constant_real_rates(planned, start, home, abroad[DOLLAR], years)
    with_anchor = constant_real_rates(
        planned, start, anchor_inflation(v, abroad, range(start + 1, years.stop)), abroad[DOLLAR], years
    )
    given = calendar_path(v["money.exchange_rate_path"], years.start, share, years)
    path = {
        year: choose(
            v["money.exchange_path"],
            {
                "constant_real": lambda year=year: real[year],
                "constant": lambda: planned,
                GIVEN: lambda year=year: given.get(year, planned),
                PEGGED: lambda year=year: with_anchor[year],
            },
        )
        for year in real
    }
    early = {year: rate for year, rate in given.items() if year < start}
    return path | early if early and v["money.exchange_path"] == GIVEN else path


def anchor_inflation(v: Any, abroad: Mapping[str, Mapping[int, Any]], years: range) -> dict[int, Any]:
    """Calendar year -> inflation in the area of the currency to which the scenario's currency is pegged."""
    return {
        year: choose(
            v["money.anchor"],
            {code: lambda code=code, year=year: value_in_year(abroad[code], year, "inflation") for code in ANCHORS},
        )
        for year in years
    }


def constant_real_rates(
    rate: Any, start: int, home: Mapping[int, Any], foreign: Mapping[int, Any], years: range
) -> dict[int, Any]:
    """Calendar year -> LCU per USD, from a known rate on: home inflation over foreign inflation keeps the real rate constant."""
    path = {start: rate}
    for year in range(start + 1, years.stop):
        rate = rate * (1 + value_in_year(home, year, "inflation")) / (1 + value_in_year(foreign, year, "inflation"))
        path[year] = rate
    return path


def dollars_per_anchor(
    v: Any, code: str, abroad: Mapping[str, Any], rate: Mapping[int, Any], years: range, share: float
) -> dict[int, Any]:
    """Calendar year -> USD for one unit of an anchor: known rates, then constant in real terms; by parity if LCU is pegged.

    rate : calendar year -> LCU per USD.
    """
    known = known_rates(v, AREAS[code][2], share)
    last = max(known)
    # US inflation over that of the area: dollars for a euro are what LCU per USD is for a home currency.
    path = known | constant_real_rates(known[last], last, abroad[DOLLAR], abroad[code], years)
    return {year: by_parity(v, code, rate[year], dollars) if year in rate else dollars for year, dollars in path.items()}


def by_parity(v: Any, code: str, rate: Any, dollars: Any) -> Any:
    """USD for one unit of an anchor: by the parity where the scenario's currency is pegged to it, else as given."""
    if isinstance(v["money.exchange_path"], str) and v["money.exchange_path"] != PEGGED:
        return dollars
    pegged_to_it = where(v["money.anchor"] == code, v["money.parity"] / rate, dollars)
    return where(v["money.exchange_path"] == PEGGED, pegged_to_it, dollars)
