"""Evidence for a self-assessment: figures of the plan, its ledger, its simulation and its actuals, each computed once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from imis_plan.analysis import summary
from imis_plan.analysis.plausibility import plausibility
from imis_plan.model import funding
from imis_plan.model.ledger import budget
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import WHAT_IF, Plan

# Thresholds of this project: neither GAO nor GHCC gives a number.
MOSTLY, HALF, LITTLE = 0.8, 0.5, 0.1
STALE_YEARS = 3
ROUNDING = 0.006


class Point(NamedTuple):
    """One point of a criterion: whether the data meet it, and a sentence with the figures."""

    met: bool
    text: str = ""


def stale(plan: Plan, years: int = STALE_YEARS, ledger: pd.DataFrame | None = None) -> pd.DataFrame:
    """Prices that are older than `years` in the base year, those with the largest amount first.

    ledger : that of the plan, if it has been computed.

    Columns price_path, description, price_year, age [year], amount [nominal LCU], share (of the total) [1], source.
    """
    table = budget(plan) if ledger is None else ledger
    old = (table["price_year"] < plan["time.base_year"] - years) & (table["amount"] != 0)
    columns = ["price_path", "price_year", "source", "amount"]
    rows = table.loc[old & (table["component"] != summary.CONTINGENCY), columns]
    sums = rows.groupby(columns[:-1], sort=False)["amount"].sum().nlargest(len(rows)).reset_index()
    sums.insert(1, "description", [plan.parameters[path].description for path in sums["price_path"]])
    sums.insert(3, "age", plan["time.base_year"] - sums["price_year"])
    sums.insert(5, "share", sums["amount"] / table["amount"].sum())
    return sums


@dataclass(frozen=True)
class Evidence:
    """A plan with its results.

    simulation : draws of the cost (imis_plan.simulate), or None.
    actuals : what was spent (imis_plan.analysis.variance.actuals_of), or None.
    """

    plan: Plan
    ledger: pd.DataFrame
    simulation: Any = None
    actuals: Actuals | None = None

    @cached_property
    def total(self) -> float:
        """Whole budget; 1 for an empty one, so that shares of it are 0. [nominal LCU]"""
        return float(self.ledger["amount"].sum()) or 1.0

    @cached_property
    def drivers(self) -> pd.DataFrame:
        """Drivers by year."""
        return summary.drivers(self.plan)

    @cached_property
    def stale_share(self) -> float:
        """Share of the total at prices older than STALE_YEARS. [1]"""
        return float(stale(self.plan, ledger=self.ledger)["share"].sum())

    @cached_property
    def bands(self) -> pd.Series:
        """Verdict of every published band that measures something."""
        verdicts = plausibility(self.plan, self.ledger)["verdict"]
        return verdicts[verdicts != ""]

    @cached_property
    def gap_share(self) -> float:
        """Share of the total without a payer. [1]"""
        paid = funding.allocation(self.plan, self.ledger)
        return float(paid.loc[paid["funder"] == funding.GAP, "amount"].sum()) / self.total

    @cached_property
    def excluded(self) -> pd.DataFrame:
        """Lines that the budget does not include."""
        return summary.excluded(self.ledger)

    @cached_property
    def optional(self) -> tuple[int, int]:
        """Additional items (not on the openIMIS list): how many are included, and how many there are."""
        rows = self.ledger[self.ledger["component"] == "other"].groupby("line")["quantity"].sum()
        return int((rows > 0).sum()), len(rows)

    def share(self, rows: Iterable[bool]) -> float:
        """Share of some rows in the cost without contingency. [1]"""
        priced, amounts = self.ledger["component"].to_numpy() != summary.CONTINGENCY, self.ledger["amount"].to_numpy()
        whole = float(amounts[priced].sum())
        return float(amounts[priced & np.asarray(rows, dtype=bool)].sum()) / whole if whole else 0.0

    def by_parameter(self, condition: Any) -> float:
        """Share of the cost at prices whose parameter fulfils a condition. [1]"""
        known = cache(lambda path: bool(condition(self.plan.parameters[path])))
        return self.share([known(path) for path in self.ledger["price_path"].tolist()])

    @cached_property
    def amount_mismatches(self) -> int:
        """Rows that are not quantity x price x index x rate, to the cent."""
        factors = ("quantity", "unit_price", "price_index", "exchange_rate")
        again = self.ledger[list(factors)].astype(float).prod(axis=1)
        return int(((again - self.ledger["amount"]).abs() > ROUNDING).sum())

    @cached_property
    def what_ifs(self) -> int:
        """Values that were set for this calculation and are not saved in a file."""
        return sum(parameter.layer == WHAT_IF for parameter in self.plan.parameters.values())

    @cached_property
    def unranged(self) -> tuple[int, int]:
        """Assumed numbers without a range, and assumed numbers in all; first year and horizon are choices and do not count."""
        assumed = [
            parameter
            for parameter in self.plan.parameters.values()
            if parameter.confidence == "assumed" and can_have_range(parameter)
        ]
        return sum(not has_range(parameter) for parameter in assumed), len(assumed)

    def unpublished(self, paths: Iterable[str]) -> list[Parameter]:
        """Those of some parameters that are assumed."""
        return [self.plan.parameters[path] for path in paths if self.plan.parameters[path].confidence == "assumed"]


def can_have_range(parameter: Parameter) -> bool:
    """Whether a parameter is a number that could have a range."""
    return parameter.kind == "number" and not parameter.path.startswith("time.")


def has_range(parameter: Parameter) -> bool:
    """Whether a parameter has a low and a high value."""
    return parameter.low is not None and parameter.high is not None
