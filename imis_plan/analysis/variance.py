"""Plan compared with actuals: variances by line, the factors between actual and plan, and a projection with these factors.

Compared is base cost: contingency has no spending of its own; an excess is paid from it.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from imis_plan.analysis.actuals_names import item_names
from imis_plan.analysis.summary import with_totals
from imis_plan.model.components import COMPONENTS
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.money import CENT_DIGITS, FOREIGN, Prices
from imis_plan.scenario.actuals import Actuals, actuals_file, read_actuals
from imis_plan.scenario.code_actuals import CODES, CodeActual
from imis_plan.scenario.component_actuals import Actual
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.units import LCU

ITEM = ["component", "line"]
ACTUAL, PLANNED, SCALED = "actual", "plan", "plan x factor"


def actuals_of(plan: Plan, ledger: pd.DataFrame, file: str | Path | None = None, ignored: Collection[str] = ()) -> Actuals | None:
    """The actuals in a file, or in the one in the plan's folder; None if there is none.

    ignored : heads of columns of a table that are left out.

    Raises BadInput with all problems of the file.
    """
    path = Path(file) if file else actuals_file(plan)
    if path is None:
        return None
    base = base_cost(ledger)
    lines = {component: tuple(rows["line"].unique()) for component, rows in base.groupby("component", sort=False)}
    codes = {name: set(base.loc[base[name] != "", name]) for name in CODES}
    return read_actuals(path, plan, lines, ignored, codes, item_names(plan, base))


def base_cost(ledger: pd.DataFrame) -> pd.DataFrame:
    """Rows of the ledger without contingency."""
    return ledger[ledger["component"] != "contingency"]


def variance(plan: Plan, ledger: pd.DataFrame, actuals: Actuals) -> pd.DataFrame:
    """What was planned and what was spent, row by row of the actuals.

    Foreign money is taken at the plan's exchange rate of the year.

    Columns component, line ("" for the whole component), year, plan, actual, difference (actual - plan) [nominal LCU], share
    (difference / plan; not a number where nothing was planned) [1].
    """
    prices, base = evaluate_plan(plan).prices, base_cost(ledger)
    rows = [
        (row.component, row.line or "", row.year, planned_amount(base, row), spent_in_lcu(prices, row)) for row in actuals.rows
    ]
    table = pd.DataFrame(rows, columns=[*ITEM, "year", "plan", "actual"]).sort_values(["year", *ITEM], ignore_index=True)
    difference = (table["actual"] - table["plan"]).round(CENT_DIGITS)
    return table.assign(difference=difference, share=difference / table["plan"].where(table["plan"] != 0))


def planned_amount(base: pd.DataFrame, row: Actual) -> float:
    """What the plan has for a component, or a line of it, in a year. [nominal LCU]"""
    rows = base[(base["component"] == row.component) & (base["year"] == row.year)]
    return round(float((rows[rows["line"] == row.line] if row.line else rows)["amount"].sum()), CENT_DIGITS)


def spent_in_lcu(prices: Prices, row: Actual | CodeActual) -> float:
    """What was spent, in local currency at the plan's exchange rate. [nominal LCU]"""
    if row.currency in (None, LCU, prices.currency):
        return row.amount
    rate = prices.payment_rates(row.currency or FOREIGN)[row.year - prices.base_year]
    return round(row.amount * float(rate), CENT_DIGITS)


def factors(table: pd.DataFrame) -> pd.DataFrame:
    """Actual over plan, for the years with actuals.

    Index: component, line ("" for the whole component); columns years (how many), plan, actual [nominal LCU], factor (not a
    number where nothing was planned) [1].
    """
    groups = table.groupby(ITEM, sort=False)
    sums = groups[["plan", "actual"]].sum()
    sums.insert(0, "years", groups.size())
    return sums.assign(factor=sums["actual"] / sums["plan"].where(sums["plan"] != 0))


def projection(ledger: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Actual spending, and the plan times its factors in the years after. A projection of the ledger, not a second model.

    A line takes its own factor, else that of its component, else 1. Contingency stays as planned.

    Columns year, component, line, plan [nominal LCU], factor [1], projected [nominal LCU], basis (actual, plan, plan x factor).
    """
    spent = table.assign(factor=1.0, projected=table["actual"], basis=ACTUAL)
    rows = ledger.groupby([*ITEM, "year"], sort=False)["amount"].sum().round(CENT_DIGITS).rename("plan").reset_index()
    rest = rows[~factor_by_row(rows, dict.fromkeys(table[[*ITEM, "year"]].itertuples(index=False, name=None), 1.0)).notna()]
    known = {(*item, year): x for item, x in factors(table)["factor"].items() for year in rest["year"].unique()}
    factor = factor_by_row(rest, known).where(rest["year"] > table["year"].max())
    basis = np.where(factor.isna(), PLANNED, SCALED)
    rest = rest.assign(factor=factor.fillna(1.0), basis=basis)
    rest["projected"] = (rest["plan"] * rest["factor"]).round(CENT_DIGITS)
    columns = ["year", *ITEM, "plan", "factor", "projected", "basis"]
    return pd.concat([spent[columns], rest[columns]], ignore_index=True).sort_values("year", kind="stable", ignore_index=True)


def factor_by_row(rows: pd.DataFrame, known: Mapping[tuple[str, str, int], float]) -> pd.Series:
    """The factor of each row's line in its year, else of its component; not a number if there is none."""
    keys = rows[[*ITEM, "year"]].itertuples(index=False, name=None)
    found = [known.get((component, line, year), known.get((component, "", year))) for component, line, year in keys]
    return pd.Series(found, index=rows.index, dtype=float)


def by_year(projected: pd.DataFrame) -> pd.DataFrame:
    """The projection by component and year, with totals. [nominal LCU]"""
    table = projected.pivot_table(
        index="component", columns="year", values="projected", aggfunc="sum", fill_value=0.0, sort=False
    )
    return with_totals(table.reindex([name for name in COMPONENTS if name in table.index]).sort_index(axis=1))


def next_year(projected: pd.DataFrame) -> tuple[int, float, float] | None:
    """The first year without actuals, with its cost as planned and as projected; None when no year is left. [nominal LCU]"""
    last = projected.loc[projected["basis"] == ACTUAL, "year"].max()
    rows = projected[projected["year"] == last + 1]
    return (int(last) + 1, float(rows["plan"].sum()), float(rows["projected"].sum())) if len(rows) else None
