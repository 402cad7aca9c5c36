"""The criteria in their order, what each requires, and the verdict on each."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from imis_plan.analysis.assessment import gao, ghcc
from imis_plan.analysis.assessment.evidence import Evidence, Point
from imis_plan.model.budget_line import N_
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.plan import Plan

MET, PARTLY, NOT = "met", "partly", "not met"
GAO, GHCC = "GAO", "GHCC"
COLUMNS = ("standard", "criterion", "read", "verdict", "holds", "points", "reason", "open")


class Criterion(NamedTuple):
    """One criterion: its standard, its name, and the function that answers it."""

    standard: str
    name: str
    answer: Callable[[Evidence], list[Point]]


CRITERIA = {
    "comprehensive": Criterion(
        GAO, N_("Comprehensive: nothing omitted or counted twice, exclusions explained"), gao.comprehensive
    ),
    "documented": Criterion(GAO, N_("Well documented: traceable and repeatable"), gao.documented),
    "accurate": Criterion(GAO, N_("Accurate: adjusted for inflation, few errors, compared with actuals"), gao.accurate),
    "credible": Criterion(GAO, N_("Credible: limits stated, assumptions varied, risk analysed, cross-checked"), gao.credible),
    "ghcc_1": Criterion(GHCC, N_("1 Purpose, population and payer defined"), ghcc.purpose),
    "ghcc_2": Criterion(GHCC, N_("2 Perspective"), ghcc.perspective),
    "ghcc_3": Criterion(GHCC, N_("3 Type of cost"), ghcc.cost_type),
    "ghcc_4": Criterion(GHCC, N_("4 Units"), ghcc.units),
    "ghcc_5": Criterion(GHCC, N_("5 Time horizon"), ghcc.horizon),
    "ghcc_6": Criterion(GHCC, N_("6 Scope of inputs"), ghcc.scope),
    "ghcc_7": Criterion(GHCC, N_("7 Method for quantities"), ghcc.quantities),
    "ghcc_8": Criterion(GHCC, N_("8 Sampling"), ghcc.sampling),
    "ghcc_9": Criterion(GHCC, N_("9 Source of service use"), ghcc.service_use),
    "ghcc_10": Criterion(GHCC, N_("10 Timing of data"), ghcc.timing),
    "ghcc_11": Criterion(GHCC, N_("11 Price sources fit the purpose and are described"), ghcc.prices),
    "ghcc_12": Criterion(GHCC, N_("12 Capital annualised"), ghcc.capital),
    "ghcc_13": Criterion(GHCC, N_("13 Discounting, inflation and exchange"), ghcc.rates),
    "ghcc_14": Criterion(GHCC, N_("14 Shadow prices"), ghcc.shadow_prices),
    "ghcc_15": Criterion(GHCC, N_("15 Variation by size explored"), ghcc.scale),
    "ghcc_16": Criterion(GHCC, N_("16 Uncertainty"), ghcc.uncertainty),
    "ghcc_17": Criterion(GHCC, N_("17 Transparency"), ghcc.transparency),
}

# The others of GHCC are named from general knowledge (docs/method.md).
READ_IN_FULL = frozenset({"comprehensive", "documented", "accurate", "credible", "ghcc_1", "ghcc_11", "ghcc_15"})


def assessment(plan: Plan, ledger: pd.DataFrame, simulation: Any = None, actuals: Actuals | None = None) -> pd.DataFrame:
    """How far the plan meets each criterion.

    simulation : what `imis_plan.simulate` gives, if a risk analysis was run.
    actuals : what `imis_plan.analysis.variance.actuals_of` gives, if there is a file of actuals.

    Index: key of the criterion; columns standard, criterion, read (whether its text was read, or it is named from general
    knowledge), verdict (met, partly, not met), holds and points (how many of its points are met, and how many there are), reason,
    open (the part of the reason about points that are not met).
    """
    evidence = Evidence(plan, ledger, simulation, actuals)
    rows = {key: assessment_row(key, criterion.answer(evidence)) for key, criterion in CRITERIA.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS))


def assessment_row(key: str, points: list[Point]) -> tuple[Any, ...]:
    """One row of the assessment."""
    holds = sum(point.met for point in points)
    judgement = verdict(holds, len(points))
    reason = " ".join(point.text for point in points if point.text)
    unmet = " ".join(point.text for point in points if point.text and not point.met)
    return CRITERIA[key].standard, CRITERIA[key].name, key in READ_IN_FULL, judgement, holds, len(points), reason, unmet


def verdict(holds: int, points: int) -> str:
    """Met if all points are met, not met if none is."""
    return MET if holds == points else PARTLY if holds else NOT
