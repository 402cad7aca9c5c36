"""Plausibility of the budget: comparison with published bands in money of the base year."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pydantic import Field

from imis_plan.analysis.annual_cost import annualised
from imis_plan.analysis.summary import drivers
from imis_plan.analysis.sums import sums_by
from imis_plan.model.budget_line import CAPITAL
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.folder import parameter_file
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import StrictModel
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import read

BENCHMARKS_FILE = "benchmarks.yaml"


class Benchmark(StrictModel):
    """A published band: what it measures, in which money, and where it stands."""

    what: str = Field(description="what the band measures")
    measure: str = Field(description="a measure of imis_plan/analysis/plausibility.py")
    low: float = Field(description="lower end of the band")
    high: float = Field(description="upper end of the band")
    unit: str = Field(description="unit of the band")
    year: int = Field(description="year of the money or of the count")
    basis: str = Field(description="what was studied, where")
    source: str = Field(description="key of sources.yaml, with the place in it")
    why_below: str = Field("", description="why a budget may lie below the band, as a part of a sentence after `because`")
    why_above: str = Field("", description="the same for a budget above the band")


@dataclass(frozen=True)
class MeasuredBudget:
    """The plan, its ledger and its drivers by year, from which measures are computed."""

    plan: Any
    ledger: pd.DataFrame
    drivers: pd.DataFrame

    def count(self, driver: str) -> float:
        """Sum of a driver over the years."""
        return float(self.drivers.loc[driver].sum())

    def usd(self, rows: np.ndarray | None = None) -> float:
        """USD of the base year, of all or of some rows: real local money at the exchange rate of the base year."""
        amounts = self.ledger["amount_real"].to_numpy()
        return float((amounts if rows is None else amounts[rows]).sum()) / self.rate()

    def rate(self) -> float:
        """Exchange rate of the base year. [LCU/USD]"""
        prices = evaluate_plan(self.plan).prices
        return float(prices.payment_rates()[0])


def ratio(amount: float, count: float) -> float:
    """A quotient; not a number if the count is zero."""
    return amount / count if count else float("nan")


def per_household_year(budget: MeasuredBudget) -> float:
    """Whole budget per insured household and year; not a number where persons enrol and not households. [USD/household/year]"""
    size = budget.plan["population.household_size"]
    return ratio(budget.usd(), budget.count("average_insured") / size if size > 1 else 0)


def per_person_registered(budget: MeasuredBudget) -> float:
    """Whole budget per newly registered person. [USD/person]"""
    return ratio(budget.usd(), budget.count("first_registered"))


def setup_per_facility(budget: MeasuredBudget) -> float:
    """Capital and training per facility of the last year. [USD/facility]"""
    rows = (budget.ledger["kind"].to_numpy() == CAPITAL) | (budget.ledger["component"].to_numpy() == "capacity")
    return ratio(budget.usd(rows), float(budget.drivers.loc["facilities"].iloc[-1]))


def annualised_per_insured(budget: MeasuredBudget) -> float:
    """Annualised cost of the last year per insured person. [USD/person/year]"""
    return ratio(
        float(annualised(budget.plan, budget.ledger).iloc[-1]) / budget.rate(),
        float(budget.drivers.loc["average_insured"].iloc[-1]),
    )


def staff_share(budget: MeasuredBudget) -> float:
    """Share of IT staff in the cost. [1]"""
    amounts = sums_by(budget.ledger, "component")
    return ratio(amounts.get("staff", 0.0), sum(amounts.values()))


def per_user_year(budget: MeasuredBudget) -> float:
    """Whole budget per user and year. [USD/user/year]"""
    return ratio(budget.usd(), budget.count("users"))


MEASURES: dict[str, Callable[[MeasuredBudget], float]] = {
    measure.__name__: measure
    for measure in (
        per_household_year,
        per_person_registered,
        setup_per_facility,
        annualised_per_insured,
        staff_share,
        per_user_year,
    )
}


def benchmarks(plan: Plan) -> dict[str, Benchmark]:
    """The bands of `parameters/benchmarks.yaml`. Raises BadInput with all problems of the file."""
    document = read(parameter_file(plan.folder, BENCHMARKS_FILE))
    found: list[Problem] = list(document.problems)
    locations = {key: Location(document, (key,), found) for key in document.data}
    bands = {key: build(Benchmark, document.data[key], location) for key, location in locations.items()}
    for key, band in bands.items():
        if band and band.measure not in MEASURES:
            locations[key].below("measure").report("no such measure", suggestion(band.measure, MEASURES), band.measure)
    if found:
        raise BadInput(found)
    return {key: band for key, band in bands.items() if band}


def plausibility(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """The budget compared with each band.

    Index: key of the benchmark; columns what, unit, low, high (money of the base year), value, verdict (below, within, above,
    or empty where the plan has nothing to measure), basis, year, source, why (what explains a budget outside the band, or "").
    """
    budget = MeasuredBudget(plan, ledger, drivers(plan))
    prices = evaluate_plan(plan).prices
    rows = {}
    for key, band in benchmarks(plan).items():
        level = float(prices.index(prices.foreign, band.year)[0]) if band.unit.startswith("USD") else 1.0
        value, low, high = MEASURES[band.measure](budget), band.low * level, band.high * level
        found = verdict(value, low, high)
        why = {"below": band.why_below, "above": band.why_above}.get(found, "")
        rows[key] = (band.what, band.unit, low, high, value, found, band.basis, band.year, band.source, why)
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["what", "unit", "low", "high", "value", "verdict", "basis", "year", "source", "why"]
    )


def farthest_outside(table: pd.DataFrame) -> str | None:
    """Key of the band that the budget misses by the largest factor; None where it misses none. table : of `plausibility`."""
    factors = (table["low"] / table["value"]).where(table["verdict"] == "below", table["value"] / table["high"])
    outside = factors[table["verdict"].isin(["below", "above"])]
    return None if outside.empty else str(outside.idxmax())


def verdict(value: float, low: float, high: float) -> str:
    """below, within or above; empty for what is not a number."""
    if value != value:  # noqa: PLR0124  # the only number unequal to itself is "not a number"
        return ""
    return "below" if value < low else "above" if value > high else "within"
