"""The plan under uncertainty: percentiles, probability of the budget ceiling, tornado, break-even."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from imis_plan.model.draws import clipped, inputs_at_draws, parameters_with_range, value_at_draws
from imis_plan.model.evaluate import Evaluation, evaluate, inputs
from imis_plan.model.memoize import memoize, memoize_table
from imis_plan.model.simulated_cost import ROUNDING
from imis_plan.model.simulation import Simulation, base_cost_by_year
from imis_plan.scenario.plan import Plan

PERCENTILES = (0.1, 0.5, 0.8, 0.9)
TOTAL = "total"
GRID_STEPS = 200
CONTINGENCY = "contingency"


class BudgetSum(NamedTuple):
    """The sum that a plan asks for, and what a simulation says of it.

    total, base, contingency : of the ledger; mean : expected cost, the mean of the simulation. [nominal LCU]
    chance : share of the simulated cases in which the total is enough. [1]
    """

    total: float
    base: float
    contingency: float
    mean: float
    chance: float

    @property
    def above_mean(self) -> bool:
        """Whether the base cost alone is the expected cost or more."""
        return self.base >= self.mean


def budget_sum(ledger: pd.DataFrame, result: Simulation) -> BudgetSum:
    """The sum that a ledger asks for. result : the simulation of its plan, whose costs have no contingency."""
    total = float(ledger["amount"].sum())
    contingency = float(ledger.loc[ledger["component"] == CONTINGENCY, "amount"].sum())
    return BudgetSum(total, total - contingency, contingency, float(result.total.mean()), chance_of_sum(result, total))


def chance_of_sum(result: Simulation, total: float) -> float:
    """Share of the simulated cases in which a sum of a ledger is enough. [1]"""
    return float((result.total <= total * (1 + ROUNDING)).mean())


@memoize_table
def percentiles(result: Simulation) -> pd.DataFrame:
    """Point estimate, mean and percentiles by year and in all. Base cost without contingency. [nominal LCU]

    Index: years and total. Columns point, chance (of staying at or below the point estimate [1]), mean, P10, P50, P80, P90.
    Percentiles of years do not add up to those of the total.
    """
    costs_of: dict[int | str, Any] = {year: (result.by_year[i], result.point_by_year[i]) for i, year in enumerate(result.years)}
    costs_of[TOTAL] = result.total, result.point
    rows = {name: cost_statistics(draws, float(point)) for name, (draws, point) in costs_of.items()}
    return pd.DataFrame.from_dict(rows, orient="index")


def cost_statistics(draws: np.ndarray, point: float) -> dict[str, float]:
    """Point, chance of the point, mean and percentiles of one cost."""
    quantiles = dict(zip((f"P{p * 100:.0f}" for p in PERCENTILES), np.quantile(draws, PERCENTILES), strict=True))
    return {"point": point, "chance": float((draws <= point).mean()), "mean": float(draws.mean()), **quantiles}


def reserve(result: Simulation, percentile: float) -> float:
    """Contingency: the cost at a percentile less the point estimate; negative where the point lies above. [nominal LCU]"""
    return float(np.quantile(result.total, percentile)) - result.point


def envelope(plan: Plan, result: Simulation) -> pd.DataFrame:
    """Probability that the budget ceiling of the scenario is enough, by year and in all. Empty if there is no ceiling.

    Index: years and total. Columns envelope [nominal LCU], chance [1], short (mean shortfall if it is not enough)
    [nominal LCU].
    """
    ceiling = np.asarray(inputs(plan)["uncertainty.envelope"], dtype=float)
    if not ceiling.any():
        return pd.DataFrame(columns=["envelope", "chance", "short"])
    rows: dict[int | str, Any] = {year: envelope_chance(result.by_year[i], ceiling[i]) for i, year in enumerate(result.years)}
    rows[TOTAL] = envelope_chance(result.total, float(ceiling.sum()))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["envelope", "chance", "short"])


def envelope_chance(draws: np.ndarray, money: float) -> tuple[float, float, float]:
    """The money, the probability that it is enough, and the mean shortfall if it is not."""
    shortfalls = draws[draws > money] - money
    return float(money), float((draws <= money).mean()), float(shortfalls.mean()) if shortfalls.size else 0.0


@memoize_table
def tornado(plan: Plan) -> pd.DataFrame:
    """Cost over all years with each parameter at its low and at its high, all others at their value, largest swing first.

    Index: path. Columns low, high (cost, nominal LCU without contingency), swing, decision (whether the range is a choice), open
    (whether it is that of an open question).
    """
    parameters, base = parameters_with_range(plan), inputs(plan)
    values = {parameter.path: np.full(2 * len(parameters), float(parameter.value)) for parameter in parameters}
    for i, parameter in enumerate(parameters):
        values[parameter.path][2 * i : 2 * i + 2] = parameter.low, parameter.high
    total = total_cost(plan, evaluate(inputs_at_draws(plan, base, values), plan.roles))
    table = pd.DataFrame({"low": total[0::2], "high": total[1::2]}, index=[parameter.path for parameter in parameters])
    table["swing"] = (table["high"] - table["low"]).abs()
    table["decision"] = [parameter.decision for parameter in parameters]
    table["open"] = [parameter.open for parameter in parameters]
    return table.sort_values("swing", ascending=False, kind="stable")


def total_cost(plan: Plan, evaluation: Evaluation) -> np.ndarray:
    """Base cost over all years of values with draws. Shape (draws,). [nominal LCU]"""
    capital, recurrent = base_cost_by_year(plan, evaluation)
    return (capital + recurrent).sum(axis=0)


def break_even(plan: Plan, other: Plan, path: str) -> float | None:
    """Value of a parameter at which two variants of a plan cost the same, over all years. [unit of the parameter]

    None where there is no such value. Looks from 0 to twice the parameter's high, and finds the crossing nearest to its value.
    """
    parameter = plan.parameters[path]
    grid = np.linspace(0.0, 2 * max(float(parameter.high or 0), float(parameter.value)), GRID_STEPS + 1)
    gap = total_cost(other, evaluate_with(other, {path: grid})) - total_cost(plan, evaluate_with(plan, {path: grid}))
    crossings = [zero_crossing(grid, gap, i) for i in range(GRID_STEPS) if gap[i] * gap[i + 1] < 0]
    return min(crossings, key=lambda x: abs(x - float(parameter.value)), default=None)


@memoize
def evaluation_for_draws(plan: Plan) -> Evaluation:
    """The plan as it is, with the axis that draws need: what a few draws do not change is taken from it."""
    return evaluate(inputs_at_draws(plan, inputs(plan), {}), plan.roles)


def evaluate_with(plan: Plan, tried: Mapping[str, np.ndarray]) -> Evaluation:
    """A plan with some parameters replaced by draws; only the formulas that read one of them run again."""
    known = evaluation_for_draws(plan)
    values = dict(known.values.parameters)
    tried_values = {path: value_at_draws(plan.parameters[path], draws, values["t"]) for path, draws in tried.items()}
    return evaluate(clipped(plan, values | tried_values), plan.roles, known)


def zero_crossing(grid: np.ndarray, gap: np.ndarray, i: int) -> float:
    """Where a difference is zero, by linear interpolation between two points of a grid."""
    return float(grid[i] - gap[i] * (grid[i + 1] - grid[i]) / (gap[i + 1] - gap[i]))
