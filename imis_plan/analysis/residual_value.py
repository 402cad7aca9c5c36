"""What the equipment that a plan buys is still worth when the plan ends: a memo item, in no sum of the budget."""

import numpy as np
import pandas as pd

from imis_plan.analysis.annual_cost import LINE_KEY, wears_out
from imis_plan.analysis.summary import TOTAL
from imis_plan.model.arrays import round_to_cents
from imis_plan.model.budget_line import CAPITAL
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.residual_value import residual_value
from imis_plan.scenario.plan import Plan

BOUGHT, RESIDUAL, LIFE = "bought", "residual", "life"


def residual_values(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """The purchases of the ledger that wear out, row by row: its columns year, LINE_KEY, label, life and amount, and RESIDUAL.

    A purchase in a year of the plan has been used, at the end of the last, in that year and all years after it. [nominal LCU]
    """
    rows = ledger[(ledger["kind"] == CAPITAL) & (ledger["amount"] != 0)]
    rows = rows[np.array(wears_out(evaluate_plan(plan), rows), dtype=bool)]
    used = plan["time.base_year"] + plan["time.horizon"] - rows["year"].to_numpy()
    value = residual_value(rows["amount"].to_numpy(dtype=float), rows["life"].to_numpy(dtype=float), used)
    return rows[["year", *LINE_KEY, "label", LIFE, "amount"]].assign(**{RESIDUAL: round_to_cents(value)})


def by_line(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Lines that wear out by life, what is bought in all years, and residual value, then the total. [year], [nominal LCU]

    Index component, label and role or level; columns LIFE, BOUGHT, RESIDUAL.
    """
    groups = residual_values(plan, ledger).groupby(["component", "label", "role_or_level"], sort=False)
    table = groups.agg(**{LIFE: (LIFE, "first"), BOUGHT: ("amount", "sum"), RESIDUAL: (RESIDUAL, "sum")})
    table.loc[(TOTAL, "", ""), :] = [float("nan"), table[BOUGHT].sum(), table[RESIDUAL].sum()]
    return table
