"""The plan under uncertainty: the same model on many draws, chunk by chunk, which limits the memory.

Contingency is not drawn: a percentile of the simulated cost and a contingency share would cover the same risk twice.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from imis_plan.model import simulation_store
from imis_plan.model.budget_line import CAPITAL
from imis_plan.model.correlation import group_correlation, membership
from imis_plan.model.draws import SharedResults, correlated_positions, inputs_at_positions, uncertain_parameters
from imis_plan.model.evaluate import Evaluation, evaluate, evaluate_plan, inputs
from imis_plan.model.money import price_currency_and_year
from imis_plan.model.tax_rates import net_price, tax_kind
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan

# Draws evaluated at a time: enough for NumPy to run in parallel threads, few enough to limit the memory.
CHUNK_SIZE = 12_288
# Chunks for each thread at least: two threads with a chunk each take a third more processor time, and are no sooner ready.
CHUNKS_PER_THREAD = 2
DESIGNS = ("random", "latin")


@dataclass(frozen=True, eq=False)
class Simulation:
    """Base cost (without contingency) of a plan in many draws.

    capital, recurrent : nominal LCU, shape (horizon, draws).
    point_capital, point_recurrent : the same of the point estimate, shape (horizon,).
    parameters : the uncertain ones.
    """

    plan: Plan
    seed: int
    years: tuple[int, ...]
    capital: np.ndarray
    recurrent: np.ndarray
    point_capital: np.ndarray
    point_recurrent: np.ndarray
    parameters: tuple[Parameter, ...]

    @property
    def by_year(self) -> np.ndarray:
        """Cost by year. Shape (horizon, draws). [nominal LCU]"""
        return self.capital + self.recurrent

    @property
    def total(self) -> np.ndarray:
        """Cost over all years. Shape (draws,). [nominal LCU]"""
        return self.by_year.sum(axis=0)

    @property
    def point_by_year(self) -> np.ndarray:
        """Point estimate by year. Shape (horizon,). [nominal LCU]"""
        return self.point_capital + self.point_recurrent

    @property
    def point(self) -> float:
        """Point estimate over all years. [nominal LCU]"""
        return float(self.point_by_year.sum())

    def __repr__(self) -> str:
        middle, high = np.quantile(self.total, (0.5, 0.8))
        return (
            f"Simulation of {self.plan.name}: {self.total.size:,} draws, {self.plan.about.currency} {self.point:,.0f} planned, "
            f"P50 {middle:,.0f}, P80 {high:,.0f}; without contingency"
        )


def simulate(plan: Plan, draws: int = 100_000, seed: int | None = None, design: str = "random") -> Simulation:
    """Run the model on random values of every parameter that has a range.

    draws : how many. seed : the same seed gives the same figures; by default `uncertainty.seed` of the plan.
    design : "random", or "latin" for a Latin hypercube, which needs fewer draws for the same precision but more time for each.

    Raises ValueError for another design or less than one draw.
    """
    return simulate_variants([plan], draws, seed, design)[0]


def simulate_variants(plans: Sequence[Plan], draws: int, seed: int | None = None, design: str = "random") -> list[Simulation]:
    """Simulations of variants of a plan, each as from `simulate`; formulas that they have in common run once."""
    if design not in DESIGNS or draws < 1:
        raise ValueError(f"design {design!r} with {draws} draws: choose from {', '.join(DESIGNS)}, and one draw or more")
    results = [empty_simulation(plan, draws, int(plan["uncertainty.seed"]) if seed is None else seed) for plan in plans]

    def simulate_all(chunk: Chunk) -> None:
        """Simulate a chunk in all variants."""
        shared: dict[int, SharedResults] = defaultdict(SharedResults)
        first: Evaluation | None = None
        for result in results:
            previous = first if result.plan.roles is plans[0].roles else None
            evaluation = simulate_chunk(result, chunk, design, shared[result.seed], previous)
            first = first or evaluation

    for_each(simulate_all, list(chunks(draws)))
    return results


def for_each(function: Callable[["Chunk"], None], parts: Sequence["Chunk"]) -> None:
    """Call a function with each chunk, in parallel threads where there are many: NumPy releases the interpreter lock."""
    threads = min(os.cpu_count() or 1, len(parts) // CHUNKS_PER_THREAD)
    if threads < 2:  # noqa: PLR2004  # one thread is this one
        for part in parts:
            function(part)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(function, parts))


def empty_simulation(plan: Plan, draws: int, seed: int) -> Simulation:
    """A simulation with its point estimate, before any draw."""
    base, parameters = inputs(plan), uncertain_parameters(plan)
    capital, recurrent = (np.empty((len(base["t"]), draws)) for _ in range(2))
    point = base_cost_by_year(plan, evaluate_plan(plan))
    years = tuple(range(plan["time.base_year"], plan["time.base_year"] + len(base["t"])))
    return Simulation(plan, seed, years, capital, recurrent, *point, parameters)


class Chunk(NamedTuple):
    """Some of the draws, and the number of the chunk."""

    part: slice
    number: int


def chunks(draws: int) -> Iterator[Chunk]:
    """All draws in chunks; each chunk has its own random numbers, whichever thread simulates it."""
    for number, start in enumerate(range(0, draws, CHUNK_SIZE)):
        yield Chunk(slice(start, min(start + CHUNK_SIZE, draws)), number)


def simulate_chunk(into: Simulation, chunk: Chunk, design: str, shared: SharedResults, previous: Evaluation | None) -> Evaluation:
    """Simulate the draws of a chunk, store the costs, and return the evaluation."""
    plan, part = into.plan, chunk.part
    u = chunk_positions(plan, into.parameters, chunk, into.seed, design, shared)
    evaluation = evaluate(inputs_at_positions(plan, inputs(plan), u, shared), plan.roles, previous)
    into.capital[:, part], into.recurrent[:, part] = base_cost_by_year(plan, evaluation)
    return evaluation


def chunk_positions(
    plan: Plan, parameters: tuple[Parameter, ...], chunk: Chunk, seed: int, design: str, shared: SharedResults | None = None
) -> list[np.ndarray]:
    """Positions of all parameters in a chunk. One array of shape (draws of the chunk,) for each parameter. [1]"""
    names = {membership(parameter).group for parameter in parameters} - {""}
    correlations = {name: group_correlation(plan, name) for name in sorted(names)}
    return correlated_positions(parameters, correlations, seed, chunk.number, chunk.part.stop - chunk.part.start, design, shared)


def base_cost_by_year(plan: Plan, evaluation: Evaluation) -> tuple[Any, Any]:
    """Capital and recurrent base cost by year. Each of shape (horizon, ...). [nominal LCU]"""
    factors: dict[tuple[Any, ...], Any] = {}
    sums = {True: 0.0 * evaluation.values["t"], False: 0.0 * evaluation.values["t"]}
    for component, line, _ in evaluation.lines:
        if line.applies is False or (np.ndim(line.applies) == 0 and not line.applies):
            continue
        parameter = plan.parameters[line.price]
        key = (*price_currency_and_year(parameter), line.market)
        if key not in factors:
            index, rate = evaluation.prices.factors(*key)
            factors[key] = index * rate
        price = net_price(evaluation.values, tax_kind(component, line), evaluation.values[line.price])
        amount = line.effective_quantity * price * factors[key]
        sums[line.kind == CAPITAL] = add_in_place(sums[line.kind == CAPITAL], amount)
    return sums[True], sums[False]


def add_in_place(total: Any, amount: Any) -> Any:
    """The sum of both; written over the total where it has room, which takes half of the time for many draws. [same money]"""
    if np.shape(total) != np.shape(amount):
        return total + amount
    total += amount
    return total


def planned_simulation(plan: Plan) -> Simulation:
    """The simulation for the contingency and the report of a plan: `uncertainty.draws` draws, a Latin hypercube."""
    return planned_simulations([plan])[0]


def planned_simulations(plans: Sequence[Plan]) -> list[Simulation]:
    """`planned_simulation` for variants of a plan; those with the same number of draws are simulated together.

    What the other process of the same report has simulated is taken from there (`simulation_store`).
    """
    found = {id(plan): result for plan in plans if (result := stored_simulation(plan))}
    missing = [plan for plan in plans if id(plan) not in found]
    for draws in dict.fromkeys(int(plan["uncertainty.draws"]) for plan in missing):
        same_count = [plan for plan in missing if int(plan["uncertainty.draws"]) == draws]
        for result in simulate_variants(same_count, draws, design="latin"):
            simulation_store.write(result.plan, result.capital, result.recurrent)
            found[id(result.plan)] = result
    return [found[id(plan)] for plan in plans]


def stored_simulation(plan: Plan) -> Simulation | None:
    """The planned simulation of a plan from the other process of the same report, if it is there."""
    draws = simulation_store.read(plan)
    if draws is None:
        return None
    empty = empty_simulation(plan, 0, int(plan["uncertainty.seed"]))
    return replace(empty, capital=draws[0], recurrent=draws[1])
