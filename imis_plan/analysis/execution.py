"""Budget execution: planned and spent by economic code, in a year or a quarter of it, with the share that is executed.

Compared is base cost, as in `variance`. Quarters are those of the cash plan.
"""

import pandas as pd

from imis_plan.analysis.cash_plan import cash_plan
from imis_plan.analysis.variance import base_cost, spent_in_lcu
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.money import CENT_DIGITS
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.code_actuals import CodeActual
from imis_plan.scenario.plan import Plan

COLUMNS = ["scheme", "code", "year", "quarter", "plan", "actual", "difference", "executed", "year_plan", "to_date"]


def execution(plan: Plan, ledger: pd.DataFrame, actuals: Actuals) -> pd.DataFrame:
    """What was planned and what was spent, row by row of actuals by code, in the order of years, quarters and codes.

    Columns scheme (gfs_code, account_code), code, year, quarter (0 for the whole year), plan, actual, difference (actual - plan)
    [nominal LCU], executed (actual / plan; not a number where nothing was planned) [1], year_plan [nominal LCU], to_date (spent
    from the first quarter with actuals up to this one, over year_plan) [1].
    """
    prices, base = evaluate_plan(plan).prices, base_cost(ledger)
    cash = cash_plan(plan, ledger) if any(row.quarter for row in actuals.codes) else None
    rows = [
        (
            row.scheme,
            row.code,
            row.year,
            row.quarter or 0,
            planned(base, cash, row),
            spent_in_lcu(prices, row),
            planned_year(base, row),
        )
        for row in actuals.codes
    ]
    table = pd.DataFrame(rows, columns=["scheme", "code", "year", "quarter", "plan", "actual", "year_plan"])
    table = table.sort_values(["year", "quarter", "code"], ignore_index=True)
    so_far = table.groupby(["code", "year"])["actual"].cumsum()
    return table.assign(
        difference=(table["actual"] - table["plan"]).round(CENT_DIGITS),
        executed=table["actual"] / table["plan"].where(table["plan"] != 0),
        to_date=so_far / table["year_plan"].where(table["year_plan"] != 0),
    )[COLUMNS]


def planned(base: pd.DataFrame, cash: pd.DataFrame | None, row: CodeActual) -> float:
    """What the plan has for a code in a year, or in a quarter of it by the cash plan. [nominal LCU]"""
    if cash is None or not row.quarter:
        return planned_year(base, row)
    return amount_of(cash[cash["component"] != "contingency"], row, f"q{row.quarter}")


def planned_year(base: pd.DataFrame, row: CodeActual) -> float:
    """What the plan has for a code in a year. [nominal LCU]"""
    return amount_of(base, row, "amount")


def amount_of(table: pd.DataFrame, row: CodeActual, column: str) -> float:
    """Sum of a column over a code, and all codes that begin with it, in a year. [nominal LCU]"""
    mine = (table["year"] == row.year) & table[row.scheme].str.startswith(row.code)
    return round(float(table.loc[mine, column].sum()), CENT_DIGITS)


def by_period(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of an execution by year and quarter: plan, actual and what is executed of it. [nominal LCU], [1]"""
    sums = table.groupby(["year", "quarter"])[["plan", "actual"]].sum()
    return sums.assign(executed=sums["actual"] / sums["plan"].where(sums["plan"] != 0))
