"""The ledger by economic class and by account: group-bys of its columns `gfs_code` and `account_code`."""

import numpy as np
import pandas as pd

from imis_plan.analysis.summary import TOTAL, without_contingency
from imis_plan.analysis.sums import table_of_sums
from imis_plan.model.budget_line import CAPITAL
from imis_plan.scenario.line_attributes import ASSETS, EXPENSE, is_capital

# Keys of the two subtotals by class.
CURRENT, CAPITAL_EXPENDITURE = "current expenditure", "capital expenditure"
LINE = ["component", "line", "label", "role_or_level"]


def by_class(ledger: pd.DataFrame, value: str = "amount") -> pd.DataFrame:
    """Economic classes by year, current expenditure before capital expenditure, each with its total, then the total of both.

    One row per code, then CURRENT, CAPITAL_EXPENDITURE and TOTAL; one column per year, then TOTAL. [money]
    """
    table = classes_by_year(ledger, value)
    capital = np.array([is_capital(code) for code in table.index], dtype=bool)
    current_rows, capital_rows = table[~capital], table[capital]
    current, capital_sum = current_rows.sum(), capital_rows.sum()
    rows = np.vstack([current_rows, current, capital_rows, capital_sum, current + capital_sum])
    index = [*current_rows.index, CURRENT, *capital_rows.index, CAPITAL_EXPENDITURE, TOTAL]
    result = pd.DataFrame(rows, pd.Index(index, name=table.index.name), table.columns)
    return result.assign(**{TOTAL: result.sum(axis=1)})


def classes_by_year(ledger: pd.DataFrame, value: str) -> pd.DataFrame:
    """Economic classes by year, in the order of their codes; the heads, which have contingency only, come last. [money]"""
    table = table_of_sums(ledger, "gfs_code", "year", value, sort=True)
    table = table[table.abs().sum(axis=1) > 0]
    return table.loc[sorted(table.index, key=lambda code: (code in (EXPENSE, ASSETS), code))]


def by_account(ledger: pd.DataFrame, value: str = "amount") -> pd.DataFrame:
    """Accounts by year, in the order of their codes; what has no account ("") comes last before TOTAL. [money]"""
    table = table_of_sums(ledger, "account_code", "year", value, sort=True)
    table = table[table.abs().sum(axis=1) > 0]
    table = table.loc[sorted(table.index, key=lambda code: (code == "", code))]
    table.loc[TOTAL] = table.sum()
    return table.assign(**{TOTAL: table.sum(axis=1)})


def lines_without_account(ledger: pd.DataFrame) -> pd.DataFrame:
    """Lines that cost something and have no account, contingency left out, the largest first: LINE and amount. [money]"""
    rows = without_contingency(ledger)
    return line_amounts(rows[rows["account_code"] == ""])


def used_for_years_and_expensed(ledger: pd.DataFrame) -> pd.DataFrame:
    """Lines that are used for several years and are current expenditure by their class, contingency left out. [money]"""
    rows = without_contingency(ledger)
    return line_amounts(rows[(rows["kind"] == CAPITAL) & ~rows["gfs_code"].map(is_capital)])


def line_amounts(rows: pd.DataFrame) -> pd.DataFrame:
    """Lines that cost something over all years, the largest first: LINE and amount. [money]"""
    amounts = rows.groupby(LINE, sort=False)["amount"].sum().reset_index()
    return amounts[amounts["amount"] != 0].sort_values("amount", ascending=False, kind="stable")


def codes_of_lines(ledger: pd.DataFrame) -> pd.DataFrame:
    """Lines that cost something with both codes, in the order of the ledger: LINE, gfs_code, account_code, amount. [money]"""
    rows = ledger.groupby([*LINE, "gfs_code", "account_code"], sort=False)["amount"].sum().reset_index()
    return rows[rows["amount"] != 0]
