"""The budget beside its total with project support, by year: what a project that pays for everything would ask for."""

import numpy as np
import pandas as pd

from imis_plan.analysis.plausibility import Benchmark, benchmarks
from imis_plan.analysis.summary import TOTAL, without_contingency
from imis_plan.model.arrays import round_to_cents
from imis_plan.model.budget_line import RECURRENT
from imis_plan.model.contingency import contingencies
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.project_support import (
    COMPONENT,
    CONTINGENCY,
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
    """The budget, what projects pay for beside it, and their sum, by year and in all. [nominal LCU]

    Rows: BUDGET, each line of a partner that the budget does not include, CONTINGENCY on these lines, INDIRECT, TOTAL.
    """
    yearly, base = (rows.groupby("year")["amount"].sum() for rows in (ledger, without_contingency(ledger)))
    cost = partner_cost(plan, evaluate_plan(plan))
    missing = {line: cost[line] * (not is_included(plan, line)) for line in PARTNER_LINES}
    rows = {
        BUDGET: yearly,
        **missing,
        CONTINGENCY: partner_contingency(plan, ledger, missing),
        INDIRECT: indirect_by_year(plan, ledger, base + sum(missing.values())),
    }
    table = pd.DataFrame(rows).T
    table.loc[TOTAL] = table.sum()
    return table.assign(**{TOTAL: table.sum(axis=1)})


def partner_contingency(plan: Plan, ledger: pd.DataFrame, missing: dict[str, np.ndarray]) -> pd.Series:
    """What lines of a partner add to the contingency by year, at the shares that the budget has. [nominal LCU]

    missing : cost by year of each line that the budget does not include. Contingency is rounded by component, so what they add is
    the contingency with them less the one without: the budget that includes them has the same, to the cent.
    """
    base, years = without_contingency(ledger), sorted(ledger["year"].unique())
    same = {"component": COMPONENT, "kind": RECURRENT, "year": years}
    whole = pd.concat([base, *(pd.DataFrame({**same, "amount": amounts}) for amounts in missing.values())])
    added = reserve_by_year(plan, whole, years) - reserve_by_year(plan, base, years)
    return pd.Series(round_to_cents(added), index=years)


def reserve_by_year(plan: Plan, base: pd.DataFrame, years: list[int]) -> np.ndarray:
    """The contingency of some base cost by year. Shape (years,). [nominal LCU]

    base : rows with component, kind, year and amount.
    """
    found = contingencies(plan, base)
    return np.array([sum(each.amount[each.base["year"] == year].sum() for each in found) for year in years], dtype=float)


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
