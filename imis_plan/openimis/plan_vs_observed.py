"""Plan against reality: what the plan has for the day on which a running openIMIS was read, and what the difference costs.

Before the first year a plan is held by what it starts from; later by its drivers of the year. Each difference is priced by the plan
itself, with what was found in place of what was planned: the same model, evaluated once more.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.budget_line import N_
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.ledger import budget
from imis_plan.model.money import CENT_DIGITS
from imis_plan.model.values import Values
from imis_plan.openimis.baseline import Baseline, baseline_file, read_baseline
from imis_plan.openimis.derived_parameters import derived
from imis_plan.scenario.plan import Plan

Changes = dict[str, Any]
# What differs in digits that nobody prints is as planned.
SAME = 1e-9
TOGETHER = N_("All of these together")


@dataclass(frozen=True)
class Item:
    """Something that a plan has and a running system shows.

    start, driver : what the plan has of it before its first year, and in a year
    changes : the parameters that would be otherwise, from the plan, what it has and what was found, before the first year or in it
    """

    label: str
    start: Callable[[Plan, Values], float]
    driver: Callable[[Plan, Values], Any]
    observed: Callable[[Baseline, Mapping[str, float]], float | None]
    changes: Callable[[Plan, float, float, bool], Changes]


def baseline_of(plan: Plan) -> Baseline | None:
    """The baseline that lies in the plan's folder, or None.

    Raises BadInput with all problems of its file.
    """
    file = baseline_file(plan)
    return read_baseline(file) if file else None


def drift(plan: Plan, baseline: Baseline) -> pd.DataFrame:
    """What is planned and what was found, with its effect on the budget.

    Columns item, planned, observed, difference (observed - planned) [of the item], share (difference / planned; not a number where
    nothing was planned) [1], effect (budget with what was found less budget as planned) [nominal LCU]. The last row has the effect
    of all together.
    """
    values, rates = evaluate_plan(plan).values, {one.path: one.value for one in derived(baseline) if one.value is not None}
    step = int(baseline.system.day[:4]) - plan["time.base_year"]
    rows: list[tuple[Any, ...]] = []
    together: Changes = {}
    before = total(plan)
    for item in ITEMS:
        observed = item.observed(baseline, rates)
        if observed is None:
            continue
        planned = item.start(plan, values) if step < 0 else in_year(item.driver(plan, values), step, plan["time.horizon"])
        if math.isclose(observed, planned, rel_tol=SAME):
            observed = planned
        changes = item.changes(plan, planned, observed, step < 0) if observed != planned else {}
        together |= changes
        rows.append((item.label, planned, observed, effect(plan, changes, before)))
    rows.append((TOGETHER, np.nan, np.nan, effect(plan, together, before)))
    table = pd.DataFrame(rows, columns=["item", "planned", "observed", "effect"])
    difference = table["observed"] - table["planned"]
    table.insert(3, "difference", difference)
    table.insert(4, "share", difference / table["planned"].where(table["planned"] != 0))
    return table


def in_year(series: Any, step: int, horizon: int) -> float:
    """The value of a series in a year of the plan, or in its last."""
    return float(np.broadcast_to(series, horizon)[min(step, horizon - 1)])


def total(plan: Plan) -> float:
    """The whole budget. [nominal LCU]"""
    return float(budget(plan)["amount"].sum())


def effect(plan: Plan, changes: Changes, before: float) -> float:
    """How much more the budget is with changes. [nominal LCU]"""
    return round(total(plan.replace(changes)) - before, CENT_DIGITS) if changes else 0.0


def parameter(path: str) -> Callable[[Plan, Values], float]:
    """A parameter, or its first value where it is a path by year."""
    return lambda plan, _values: float(np.atleast_1d(plan[path])[0])


def driver(name: str) -> Callable[[Plan, Values], Any]:
    """A driver by year."""
    return lambda _plan, values: values[name]


def fact(name: str) -> Callable[[Baseline, Mapping[str, float]], float | None]:
    """A fact as it was read."""
    return lambda baseline, _rates: baseline.number(name)


def rate(path: str) -> Callable[[Baseline, Mapping[str, float]], float | None]:
    """A parameter as the facts give it."""
    return lambda _baseline, rates: rates.get(path)


def instead(path: str) -> Callable[[Plan, float, float, bool], Changes]:
    """What was found in place of the parameter."""
    return lambda _plan, _planned, observed, _before: {path: observed}


def scaled(start: str, target: str, most: float | None = None) -> Callable[[Plan, float, float, bool], Changes]:
    """Before the first year the start that was found; later the target, missed or passed by the same share.

    most : the largest value that the target can take
    """

    def changes(plan: Plan, planned: float, observed: float, before: bool) -> Changes:  # noqa: FBT001  # one of two cases
        if before:
            return {start: observed}
        value = plan[target] * observed / planned if planned else plan[target]
        return {target: value if most is None else min(value, most)}

    return changes


def agents(plan: Plan, planned: float, observed: float, before: bool) -> Changes:  # noqa: FBT001  # one of two cases
    """Officers: how many there are before the first year; later the number or the ratio that the plan goes by."""
    if before:
        return {"agents.at_start": observed}
    if not planned or not observed:
        return {}
    if plan["agents.basis"] == "given":
        return {"agents.number": plan["agents.number"] * observed / planned}
    return {"agents.households_per_agent": max(plan["agents.households_per_agent"] * planned / observed, 1)}


def users_at_start(plan: Plan, values: Values) -> float:
    """Users before the first year, by the same shares as later."""
    facility = plan["facilities.at_start"] * plan["facilities.users_per_facility"]
    return (
        float(np.atleast_1d(values["office_staff_at_start"])[0]) + facility + plan["agents.at_start"] * plan["agents.login_share"]
    )


def users(plan: Plan, planned: float, observed: float, _before: bool) -> Changes:  # noqa: FBT001  # one of two cases
    """More or fewer users, counted among those of the head office."""
    return {"schemes.national_users": max(plan["schemes.national_users"] + observed - planned, 0)}


INSURED, RENEWAL, CLAIMS = "coverage.insured_at_start", "enrolment.renewal_rate", "claims.per_insured_year"
SIZE = "population.household_size"
ITEMS = (
    Item(N_("Insured people"), parameter(INSURED), driver("insured"), rate(INSURED), scaled(INSURED, "coverage.target", 1)),
    Item(N_("People in an insured household"), parameter(SIZE), parameter(SIZE), rate(SIZE), instead(SIZE)),
    Item(N_("Share of the insured who renew"), parameter(RENEWAL), parameter(RENEWAL), rate(RENEWAL), instead(RENEWAL)),
    Item(N_("Claims per insured person and year"), parameter(CLAIMS), parameter(CLAIMS), rate(CLAIMS), instead(CLAIMS)),
    Item(
        N_("Health facilities"), parameter("facilities.at_start"), driver("facilities"), fact("facilities"),
        scaled("facilities.at_start", "facilities.number"),
    ),
    Item(N_("Enrolment officers"), parameter("agents.at_start"), driver("agents"), fact("officers"), agents),
    Item(N_("Users with a login"), users_at_start, driver("supported_users"), fact("users"), users),
)  # fmt: skip
