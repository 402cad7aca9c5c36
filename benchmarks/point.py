"""Point evaluation: scenarios per second of the processor, and how the time grows with the horizon and the number of roles."""

from dataclasses import replace
from statistics import median
from time import process_time
from types import MappingProxyType
from typing import Any

from imis_plan import load
from imis_plan.model.evaluate import evaluate, inputs
from imis_plan.model.ledger import budget
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.plan import Plan

RUNS = 7


def seconds(function: Any, repeat: int = 20, runs: int = RUNS) -> float:
    """Median processor time of one call over several runs of `repeat` calls. [second]"""
    return median(timed(function, repeat) for _ in range(runs)) / repeat


def timed(function: Any, repeat: int) -> float:
    """Processor time of `repeat` calls, of all threads. [second]"""
    start = process_time()
    for _ in range(repeat):
        function()
    return process_time() - start


def with_roles(plan: Plan, count: int) -> Plan:
    """The plan with its roles repeated under other names until there are `count`."""
    roles, parameters = list(plan.roles), dict(plan.parameters)
    for i in range(len(roles), count):
        model = plan.roles[i % len(plan.roles)]
        new = model.model_copy(update={"key": f"{model.key}_{i}"})
        own = f"roles.{model.key}."
        parameters |= {
            f"roles.{new.key}.{path.removeprefix(own)}": parameter
            for path, parameter in plan.parameters.items()
            if path.startswith(own)
        }
        roles.append(new)
    return replace(plan, roles=tuple(roles), parameters=MappingProxyType(parameters))


def row(label: str, plan: Plan, base: tuple[float, float], runs: int) -> tuple[float, float]:
    """Print times of the model alone and with its ledger, and their ratio to the base case."""
    times = seconds(lambda: evaluate(inputs(plan), plan.roles), runs=runs), seconds(lambda: budget(plan), 5, runs)
    ratios = [f"{now / then:5.2f}x" if then else "     -" for now, then in zip(times, base, strict=True)]
    model, whole = (f"{now * 1e3:8.2f} ms {ratio}{1 / now:9.0f}/s" for now, ratio in zip(times, ratios, strict=True))
    print(f"{label:<28}{model}{whole:>30}")
    return times


def main(runs: int = RUNS) -> None:
    """Print the table."""
    plan = load("nepal" if "nepal" in scenarios() else scenarios()[0])
    print(f"point evaluation of {plan.name}" + " " * 13 + "model" + " " * 24 + "with ledger")
    base = row(f"base: {plan['time.horizon']} years, {len(plan.roles)} roles", plan, (0.0, 0.0), runs)
    for horizon in (1, 10, 15):
        row(f"horizon {horizon}", plan.replace({"time.horizon": horizon}), base, runs)
    for count in (8, 16, 32):
        row(f"{count} roles", with_roles(plan, count), base, runs)
