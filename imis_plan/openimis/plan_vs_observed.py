"""Plan compared with a running openIMIS: planned and observed values, and the effect of each difference on the budget.

A baseline read before the first year of the plan is compared with its starting values; a later one with the drivers of that year. The effect
of a difference is the budget evaluated with the observed value, less the budget of the plan.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.budget_line import N_
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.ledger import budget
from imis_plan.model.money import CENT_DIGITS
from imis_plan.model.values import Values
from imis_plan.openimis.baseline import Baseline, baseline_file, read_baseline
from imis_plan.openimis.derived_parameters import derived_parameters
from imis_plan.scenario.plan import Plan

__all__ = ["baseline_of", "differences"]

Changes = dict[str, Any]
# Differences below the printed digits count as none.
RELATIVE_TOLERANCE = 1e-9
ALL_ITEMS = N_("All of these together")


@dataclass(frozen=True)
class Item:
    """Something that is both planned and observed.

    start, driver : its planned value before the first year, and its values by year
    changes : parameters to change, given the plan, the planned and observed values, and whether it is before the first year
    """

    label: str
    start: Callable[[Plan, Values], float]
    driver: Callable[[Plan, Values], Any]
    observed: Callable[[Baseline, Mapping[str, float]], float | None]
    changes: Callable[[Plan, float, float, bool], Changes]


def baseline_of(plan: Plan) -> Baseline | None:
    """The baseline in the plan's folder of parameters, or None.

    Raises BadInput with all problems of its file.
    """
    file = baseline_file(plan)
    return read_baseline(file) if file else None


def differences(plan: Plan, baseline: Baseline) -> pd.DataFrame:
    """Planned and observed values, with the effect of each difference on the budget.

    Columns item, planned, observed, difference (observed - planned) [unit of the item], share (difference / planned; not a number where
    nothing was planned) [1], effect (budget with the observed value less budget as planned) [nominal LCU]. The last row has the effect
    of all differences together.
    """
    values, rates = (
        evaluate_plan(plan).values,
        {derived.path: derived.value for derived in derived_parameters(baseline) if derived.value is not None},
    )
    step = year_of_plan(plan, date.fromisoformat(baseline.system.day[:10]))
    rows: list[tuple[Any, ...]] = []
    all_changes: Changes = {}
    before = total_budget(plan)
    for item in ITEMS:
        observed = item.observed(baseline, rates)
        if observed is None:
            continue
        planned = item.start(plan, values) if step < 0 else value_in_year(item.driver(plan, values), step, plan["time.horizon"])
        if math.isclose(observed, planned, rel_tol=RELATIVE_TOLERANCE):
            observed = planned
        changes = item.changes(plan, planned, observed, step < 0) if observed != planned else {}
        all_changes |= changes
        rows.append((item.label, planned, observed, budget_effect(plan, changes, before)))
    rows.append((ALL_ITEMS, np.nan, np.nan, budget_effect(plan, all_changes, before)))
    table = pd.DataFrame(rows, columns=["item", "planned", "observed", "effect"])
    difference = table["observed"] - table["planned"]
    table.insert(3, "difference", difference)
    table.insert(4, "share", difference / table["planned"].where(table["planned"] != 0))
    return table


def year_of_plan(plan: Plan, day: date) -> int:
    """The year of the plan in which a day lies, 0 for the first, below 0 before it."""
    return day.year - (day < plan.fiscal.first_day(day.year)) - int(plan["time.base_year"])


def value_in_year(series: Any, step: int, horizon: int) -> float:
    """The value of a series in a year of the plan; after its end, in the last year."""
    return float(np.broadcast_to(series, horizon)[min(step, horizon - 1)])


def total_budget(plan: Plan) -> float:
    """The total of the budget. [nominal LCU]"""
    return float(budget(plan)["amount"].sum())


def budget_effect(plan: Plan, changes: Changes, before: float) -> float:
    """The change of the budget due to changed parameters. [nominal LCU]"""
    return round(total_budget(plan.replace(changes, measured=True)) - before, CENT_DIGITS) if changes else 0.0


def parameter(path: str) -> Callable[[Plan, Values], float]:
    """A parameter, or its first value if it has values by year."""
    return lambda plan, _values: float(np.atleast_1d(plan[path])[0])


def driver(name: str) -> Callable[[Plan, Values], Any]:
    """A driver, by year."""
    return lambda _plan, values: values[name]


def fact(name: str) -> Callable[[Baseline, Mapping[str, float]], float | None]:
    """A fact, as it was read."""
    return lambda baseline, _rates: baseline.number(name)


def rate(path: str) -> Callable[[Baseline, Mapping[str, float]], float | None]:
    """A parameter derived from the facts."""
    return lambda _baseline, rates: rates.get(path)


def replacement(path: str) -> Callable[[Plan, float, float, bool], Changes]:
    """The observed value in place of the parameter."""
    return lambda _plan, _planned, observed, _before: {path: observed}


def scaled_target(start: str, target: str, highest: float | None = None) -> Callable[[Plan, float, float, bool], Changes]:
    """Before the first year, the observed starting value; later, the target scaled by observed / planned.

    highest : upper limit of the target
    """

    def changes(plan: Plan, planned: float, observed: float, before: bool) -> Changes:  # noqa: FBT001  # the signature of `Item.changes`
        if before:
            return {start: observed}
        value = plan[target] * observed / planned if planned else plan[target]
        return {target: value if highest is None else min(value, highest)}

    return changes


def agent_changes(plan: Plan, planned: float, observed: float, before: bool) -> Changes:  # noqa: FBT001  # the signature of `Item.changes`
    """Officers: the starting number before the first year; later, the number or the ratio that the plan uses."""
    if before:
        return {"agents.at_start": observed}
    if not planned or not observed:
        return {}
    if plan["agents.basis"] == "given":
        return {"agents.number": plan["agents.number"] * observed / planned}
    return {"agents.households_per_agent": max(plan["agents.households_per_agent"] * planned / observed, 1)}


def users_at_start(plan: Plan, values: Values) -> float:
    """Users before the first year, with the same shares as in later years."""
    facility = plan["facilities.at_start"] * plan["facilities.users_per_facility"]
    return (
        float(np.atleast_1d(values["office_staff_at_start"])[0]) + facility + plan["agents.at_start"] * plan["agents.login_share"]
    )


def user_changes(plan: Plan, planned: float, observed: float, _before: bool) -> Changes:  # noqa: FBT001  # the signature of `Item.changes`
    """The difference in users, added to those of the head office."""
    return {"schemes.national_users": max(plan["schemes.national_users"] + observed - planned, 0)}


INSURED, RENEWAL, CLAIMS = "coverage.insured_at_start", "enrolment.renewal_rate", "claims.per_insured_year"
SIZE = "population.household_size"
ITEMS = (
    Item(N_("Insured people"), parameter(INSURED), driver("insured"), rate(INSURED), scaled_target(INSURED, "coverage.target", 1)),
    Item(N_("People in an insured household"), parameter(SIZE), parameter(SIZE), rate(SIZE), replacement(SIZE)),
    Item(N_("Share of the insured who renew"), parameter(RENEWAL), parameter(RENEWAL), rate(RENEWAL), replacement(RENEWAL)),
    Item(N_("Claims per insured person and year"), parameter(CLAIMS), parameter(CLAIMS), rate(CLAIMS), replacement(CLAIMS)),
    Item(
        N_("Health facilities"), parameter("facilities.at_start"), driver("facilities"), fact("facilities"),
        scaled_target("facilities.at_start", "facilities.number"),
    ),
    Item(N_("Enrolment officers"), parameter("agents.at_start"), driver("agents"), fact("officers"), agent_changes),
    Item(N_("Users with a login"), users_at_start, driver("supported_users"), fact("users"), user_changes),
)  # fmt: skip


def __dir__() -> list[str]:
    """The public names, for tab completion, and what every module has."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
