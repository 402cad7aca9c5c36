"""The ledger by economic code, account, payer and year: what a ministry copies into its medium-term expenditure framework.

All tables are group-bys of the ledger and of `tax_by_payer`; their sums are those of the ledger.
"""

from collections.abc import Mapping

import pandas as pd

from imis_plan.analysis.costab import row_categories
from imis_plan.analysis.sums import table_of_sums
from imis_plan.model.contingency import CONTINGENCY_LABELS
from imis_plan.model.funding import GAP
from imis_plan.model.taxes import tax_by_payer
from imis_plan.scenario.line_attributes import ASSETS, EXPENSE, is_capital
from imis_plan.scenario.plan import Plan

KEYS = ["gfs_code", "account_code", "funder"]
# Periods of a medium-term framework; the baseline is the year before the budget.
EARLIER, BASELINE, BUDGET, OUTER_1, OUTER_2, LATER = "earlier", "baseline", "budget", "outer_1", "outer_2", "later"
OUTER = (BASELINE, BUDGET, OUTER_1, OUTER_2)
# Columns of the long table that come from the ledger.
LINE_COLUMNS = [
    "scenario", "option", "year", "component", "line", "label", "role_or_level", "kind", "gfs_code", "account_code", "quantity",
    "quantity_unit", "unit_price", "price_currency", "price_year",
]  # fmt: skip
CURRENT, CAPITAL = "current", "capital"
MIXED = "by line"


def by_code_and_payer(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """What each payer pays by economic code, account and year; the gap is a payer.

    Index KEYS, current before capital expenditure, in the order of the codes and of the funding rules; a column for each year of
    the plan. [nominal LCU, net of taxes]
    """
    rows = payments_with_codes(plan, ledger)
    table = table_of_sums(rows, KEYS, sort=True, fill=0.0)
    first = plan["time.base_year"]
    table = table.reindex(columns=range(first, first + plan["time.horizon"]), fill_value=0.0)
    payers = {name: i for i, name in enumerate(dict.fromkeys(rows["funder"]))} | {GAP: len(rows)}

    def place(key: tuple[str, str, str]) -> tuple[bool, bool, str, bool, str, int]:
        """Where a row stands: heads, which have contingency only, and what has no account come last."""
        code, account, payer = key
        return is_capital(code), code in (EXPENSE, ASSETS), code, account == "", account, payers[payer]

    return table.loc[sorted(table.index, key=place)]


def payments_with_codes(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """The rows of `tax_by_payer` with the codes of their row of the ledger."""
    rows = tax_by_payer(plan, ledger)
    return rows.join(ledger[["gfs_code", "account_code"]], on="row")


def taxes_by_year(ledger: pd.DataFrame) -> pd.Series:
    """Value added tax and duty by year, which are in no other amount. [nominal LCU]"""
    return ledger.groupby("year")["tax"].sum()


def periods(plan: Plan, budget_year: int) -> dict[str, list[int]]:
    """Period -> its years of the plan, which are none where the plan does not reach; every year of the plan is in one.

    budget_year : a year of the plan.
    """
    first, end = plan["time.base_year"], plan["time.base_year"] + plan["time.horizon"]
    found = {
        name: [year] if first <= year < end else [] for name, year in zip(OUTER, range(budget_year - 1, end + 4), strict=False)
    }
    earlier, later = list(range(first, budget_year - 1)), list(range(budget_year + 3, end))
    return {EARLIER: earlier, **found, LATER: later}


def by_period(table: pd.DataFrame, years: Mapping[str, list[int]]) -> pd.DataFrame:
    """A table by year as sums of periods. years : of `periods`. Columns: the periods. [nominal LCU]"""
    return pd.DataFrame({name: table[each].sum(axis=1) for name, each in years.items()})


def long_table(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """The ledger as one row for each budget line, year and payer that pays or would pay something.

    Columns LINE_COLUMNS; account_title, empty where the chart has none; expenditure (current, capital); category (of `costab`;
    MIXED for contingency, which follows the lines it is for); tradable; funder; amount, amount_usd, amount_real [money, net];
    tax, and tax_bearer. A quantity is that of the whole line, whatever share the payer pays.
    """
    rows = tax_by_payer(plan, ledger).sort_values("row", kind="stable", ignore_index=True)
    lines = ledger.loc[rows["row"]].reset_index(drop=True)
    share = rows["amount"] / lines["amount"]
    titles = {account.code: account.title for account in plan.chart.accounts}
    own = row_categories(plan, ledger)
    categories = own[~own["row"].duplicated(keep=False) & ~own["row"].isin(reserves(ledger))].set_index("row")["category"]
    return lines[LINE_COLUMNS].assign(
        account_title=[titles.get(code, "") for code in lines["account_code"]],
        expenditure=[CAPITAL if is_capital(code) else CURRENT for code in lines["gfs_code"]],
        category=rows["row"].map(categories).fillna(MIXED),
        tradable=lines["tradable"].astype(bool),
        funder=rows["funder"],
        amount=rows["amount"],
        amount_usd=lines["amount_usd"] * share,
        amount_real=lines["amount_real"] * share,
        tax=rows["tax"],
        tax_bearer=rows["bearer"],
    )


def reserves(ledger: pd.DataFrame) -> pd.Index:
    """Rows of contingency."""
    return ledger.index[ledger["line"].isin(CONTINGENCY_LABELS)]
