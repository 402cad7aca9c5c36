"""The amounts that stay without a funder after the last payment of a funder."""

import pandas as pd

from imis_plan.analysis.summary import by_funder, funders_that_end
from imis_plan.model import funding
from imis_plan.scenario.plan import Plan

COLUMNS = ["funders", "last_year", "next_year", "until", "open"]


def open_after_exit(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """What no funder pays after each year in which funding ends, in the funding rows of the ledger.

    One row per such year, in order: funders (tuple of names), last_year, next_year, until (the year before further funders leave,
    or the last year), open (mean yearly funding gap from next_year to until). [nominal LCU/year] No row where nothing is open.
    """
    paid = by_funder(plan, ledger)
    if funding.GAP not in paid.index:
        return pd.DataFrame(columns=COLUMNS)
    gap, last = paid.loc[funding.GAP], int(ledger["year"].max())
    exits = list(funders_that_end(plan, ledger).groupby("last_year")["funder"])
    next_exits = [*(year for year, _names in exits[1:]), last]
    rows = [
        (tuple(names), year, year + 1, until, float(gap.loc[year + 1 : until].mean()))
        for (year, names), until in zip(exits, next_exits, strict=False)
    ]
    return pd.DataFrame([row for row in rows if row[-1] > 0], columns=COLUMNS)
