"""What a contingency takes from a simulation: means, standard deviations and totals of the plan that it was simulated for.

A simulation takes many times as long as a ledger, so it is run once for each scenario and each option. What-ifs keep the
contingency factors of the plan that they change, unless `contingency.factors` asks for their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.memoize import RecentResults
from imis_plan.model.plan_content import content_hash
from imis_plan.model.simulation import Simulation, planned_simulation, planned_simulations
from imis_plan.scenario.base_scenario import base_scenario
from imis_plan.scenario.plan import Plan, with_option

KINDS = (CAPITAL, RECURRENT)
FACTORS = "contingency.factors"
OF_PLAN, OF_BASE = "plan", "base"
# Number of simulated plans that are remembered: a scenario, its options and some others, at 80 KB each.
REMEMBERED = 48
# Probabilities whose quantiles are kept: a percentile in whole per cents is exact, whatever the number of draws.
STEPS = 10_000
PROBABILITIES = np.linspace(0.0, 1.0, STEPS + 1)
# Amounts are rounded to the cent line by line, which adds up to no more than this share of the total.
ROUNDING = 1e-7
HALF = 0.5


@dataclass(frozen=True, eq=False)
class SimulatedCost:
    """Base cost of a plan in a simulation. Rows are the kinds of cost, capital and recurrent. [nominal LCU]

    point, mean, spread : point estimate, mean and standard deviation by kind and year, shape (2, horizon).
    quantiles : cost over all years at every hundredth of a per cent of probability, from 0 to 1, shape (STEPS + 1,).
    """

    point: np.ndarray
    mean: np.ndarray
    spread: np.ndarray
    quantiles: np.ndarray

    def percentile(self, probability: float) -> float:
        """The cost over all years that is enough with a probability. [nominal LCU]"""
        return float(np.interp(probability, PROBABILITIES, self.quantiles))

    def chance(self, total: float) -> float:
        """Share of the simulated cases in which a sum over all years is enough, to a hundredth of a per cent. [1]"""
        return float(np.interp(total * (1 + ROUNDING), self.quantiles, PROBABILITIES))


def summarize(result: Simulation) -> SimulatedCost:
    """What a contingency takes from a simulation."""
    draws = (result.capital, result.recurrent)
    arrays = (
        np.stack([result.point_capital, result.point_recurrent]),
        np.stack([each.mean(axis=1) for each in draws]),
        np.stack([each.std(axis=1) for each in draws]),
        quantiles_of(result.total),
    )
    for array in arrays:
        array.setflags(write=False)
    return SimulatedCost(*arrays)


def quantiles_of(draws: np.ndarray) -> np.ndarray:
    """The same as `np.quantile(draws, PROBABILITIES)`, which takes hundreds of times as long for so many probabilities.

    Linear between two neighbours, from the nearer one. Shape (STEPS + 1,). [unit of the draws]
    """
    ordered, position = np.sort(draws), PROBABILITIES * (len(draws) - 1)
    below = np.floor(position).astype(int)
    low, high, part = ordered[below], ordered[np.minimum(below + 1, len(ordered) - 1)], position - below
    return np.where(part < HALF, low + (high - low) * part, high - (high - low) * (1 - part))


known: RecentResults[SimulatedCost] = RecentResults(REMEMBERED)


def simulated_cost(plan: Plan) -> SimulatedCost:
    """The simulated cost of a plan; equal plans are simulated once."""
    return known.get_or_compute(content_hash(plan), lambda: summarize(planned_simulation(plan)))


def remember(results: Iterable[Simulation]) -> None:
    """Keep simulations that have been run as `planned_simulation` would, so that contingencies need no others."""
    for result in results:
        known.put(content_hash(result.plan), summarize(result))


def simulate_together(plans: Sequence[Plan]) -> None:
    """Simulate what the contingencies of variants of a plan need and nobody has simulated, formulas in common once."""
    missing = {content_hash(each): each for each in map(simulated_plan, plans)}
    needed = [each for key, each in missing.items() if key not in known]
    if needed:
        remember(planned_simulations(needed))


def simulated_plan(plan: Plan) -> Plan:
    """The plan whose simulation gives the contingency factors of a plan, by `contingency.factors`.

    `plan`: this plan with all its what-ifs. `base`: the scenario that its file is based on, with the same option where that
    scenario has it. `scenario`: its own scenario or option, without what-ifs.

    Raises BadInput if the file of that scenario cannot be read any more.
    """
    if plan[FACTORS] == OF_PLAN:
        return plan
    origin = plan.origin or plan
    if plan[FACTORS] != OF_BASE or len(origin.files) < 2:  # noqa: PLR2004  # the files of its bases and its own
        return origin
    base, variants = base_scenario(origin.files[-2], origin.folder)
    if origin.option is None:
        return simulated_plan(base)
    return simulated_plan(with_option(base, origin.option, variants)) if origin.option in variants else origin
