"""Simulation: against the time NumPy takes to draw the numbers alone, and against a plain loop over plans."""

import tracemalloc
from statistics import median

import numpy as np

from benchmarks.point import timed
from imis_plan import load
from imis_plan.model.distributions import three_point_estimate
from imis_plan.model.draws import inputs_at_draws, uncertain_parameters
from imis_plan.model.evaluate import evaluate, inputs
from imis_plan.model.simulation import base_cost_by_year, simulate
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan

DRAWS, LOOPS, RUNS = 100_000, 200, 5


def numpy_alone(parameters: tuple[Parameter, ...], draws: int) -> None:
    """Draw the random numbers of all parameters, and nothing else."""
    rng = np.random.default_rng(1)
    for parameter in parameters:
        rng.triangular(*three_point_estimate(parameter), draws)


def loop(plan: Plan, parameters: tuple[Parameter, ...], draws: int) -> None:
    """What a spreadsheet add-in does: draw, evaluate, keep, again."""
    rng, base = np.random.default_rng(1), inputs(plan)
    for _ in range(draws):
        values = {parameter.path: rng.triangular(*three_point_estimate(parameter), 1) for parameter in parameters}
        base_cost_by_year(plan, evaluate(inputs_at_draws(plan, base, values), plan.roles))


def main(draws: int = DRAWS, loops: int = LOOPS, runs: int = RUNS) -> None:
    """Print times and ratios, medians of paired runs."""
    plan = load("nepal")
    parameters = uncertain_parameters(plan)
    simulate(plan, 1000)
    pairs = [(timed(lambda: numpy_alone(parameters, draws), 1), timed(lambda: simulate(plan, draws), 1)) for _ in range(runs)]
    slow = timed(lambda: loop(plan, parameters, loops), 1) / loops * draws
    drawn, simulated = (median(column) for column in zip(*pairs, strict=True))
    tracemalloc.start()
    simulate(plan, draws)
    memory = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()  # it slows what is measured next
    ratio = median(b / a for a, b in pairs)
    print(f"simulation of {plan.name}: {draws:,} draws of {len(parameters)} parameters over {plan['time.horizon']} years")
    print(f"  NumPy draws the numbers alone {drawn:8.2f} s {draws / drawn:12,.0f} draws per second of the processor")
    print(
        f"  simulate                      {simulated:8.2f} s {draws / simulated:12,.0f} draws per second, "
        f"{ratio:.1f} times the draws alone, peak {memory:.0f} MB"
    )
    print(f"  loop over plans (of {loops})      {slow:8.0f} s {slow / simulated:6.0f}x simulate")
