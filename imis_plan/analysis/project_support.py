"""The budget beside its total with project support, by year: what a project that pays for everything would ask for."""

import numpy as np
import pandas as pd

from imis_plan.analysis.plausibility import Benchmark, benchmarks
from imis_plan.analysis.summary import TOTAL, without_contingency
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.project_support import (
    COMPONENT,
    PARTNER_LINES,
    USUAL_RATE,
    indirect_cost,
    indirect_costs,
    partner_cost,
)
from imis_plan.scenario.plan import Plan

BUDGET, INDIRECT = "budget", "indirect"
# Lines beside the system that a budget may include, in the order of the report.
SWITCHES = ("audit", "equipment_insurance", "second_line", "facility_power", *PARTNER_LINES)


def with_support(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """BUDGET, each line of a partner that it does not include, INDIRECT, and their TOTAL, by year. [nominal LCU]"""
    yearly, base = (rows.groupby("year")["amount"].sum() for rows in (ledger, without_contingency(ledger)))
    cost = partner_cost(plan, evaluate_plan(plan))
    missing = {line: cost[line] * (not is_included(plan, line)) for line in PARTNER_LINES}
    table = pd.DataFrame({BUDGET: yearly, **missing, INDIRECT: indirect_by_year(plan, ledger, base + sum(missing.values()))}).T
    table.loc[TOTAL] = table.sum()
    return table.assign(**{TOTAL: table.sum(axis=1)})


def indirect_by_year(plan: Plan, ledger: pd.DataFrame, whole: pd.Series) -> np.ndarray:
    """Indirect cost by year: as the funding rules state it, else the usual share of the whole base cost. [nominal LCU]

    whole : base cost by year, with the partner.
    """
    stated = [entry.amount for entry in indirect_costs(plan, ledger)]
    return np.sum(stated, axis=0) if stated else np.asarray(indirect_cost(whole.to_numpy(), plan[USUAL_RATE]))


def states_indirect_cost(plan: Plan) -> bool:
    """Whether a funding rule states an indirect cost."""
    return any(rule.indirect_cost for rule in plan.funding)


def is_included(plan: Plan, line: str) -> bool:
    """Whether the budget includes a line."""
    return bool(plan[f"{COMPONENT}.{line}.included"])


def published_share(plan: Plan) -> Benchmark | None:
    """The published share of project staff in the spending on a register; None in a folder without it."""
    return benchmarks(plan).get("staff_share")
