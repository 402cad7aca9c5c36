"""The cash plan: the amounts of the first two years by quarter. Quarters add up to the ledger, to the cent."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.arrays import round_to_cents
from imis_plan.model.economic_codes import attributes_of
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.payment_profiles import PROFILES
from imis_plan.scenario.plan import Plan

YEARS = 2
QUARTERS = ["q1", "q2", "q3", "q4"]
KEY = ["component", "line", "label", "role_or_level", "kind", "gfs_code", "account_code"]
CONTINGENCY, BASE = "contingency", "base"


def cash_plan(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Each ledger row of the first two years by quarter.

    Columns: those of KEY, payment (its profile), year, amount, q1 to q4. [nominal LCU]
    """
    return pd.DataFrame(cash_columns(plan, ledger))


def cash_columns(plan: Plan, ledger: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """The cash plan as columns by name. ledger : its columns. Shapes (rows,)."""
    first = plan["time.base_year"]
    soon = np.asarray(ledger["year"]) < first + YEARS
    rows = {name: np.asarray(ledger[name])[soon] for name in (*KEY, "year", "amount")}
    profiles, shares = payments(plan), shares_by_profile(plan)
    names = [profiles.get(key, BASE) for key in zip(rows["component"], rows["line"], rows["role_or_level"], strict=True)]
    base = np.array([name != BASE for name in names], dtype=bool)
    parts = np.zeros((len(names), len(QUARTERS)))
    for row, (name, year) in enumerate(zip(names, rows["year"] - first, strict=True)):
        if name != BASE:
            parts[row] = shares[name][:, year]
    quarters = by_quarter(rows["amount"], parts)
    parts[~base] = contingency_shares(rows, quarters, base)
    quarters[~base] = by_quarter(rows["amount"], parts)[~base]
    columns = {name: rows[name] for name in KEY} | {"payment": np.array(names, dtype=object)}
    return columns | {name: rows[name] for name in ("year", "amount")} | dict(zip(QUARTERS, quarters.T, strict=True))


def payments(plan: Plan) -> dict[tuple[str, str, str], str]:
    """Component, line and level -> payment profile, contingency left out."""
    return {
        (component, line.line, line.level): attributes_of(plan, component, line).payment
        for component, line, _ in evaluate_plan(plan).lines
    }


def shares_by_profile(plan: Plan) -> dict[str, np.ndarray]:
    """Payment profile -> share of each quarter by year. Shapes (4, horizon). [1]"""
    values = evaluate_plan(plan).values
    return {name: np.array(profile(values), dtype=float) for name, profile in PROFILES.items()}


def by_quarter(amount: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Amounts by quarter: what is paid by the end of each is rounded to the cent, so that no quarter is below 0. [same money]

    amount : shape (rows,). shares : shape (rows, 4), each row adds up to 1. Shape (rows, 4).
    """
    paid = round_to_cents(amount[:, None] * np.cumsum(shares, axis=1)[:, :-1])
    return round_to_cents(np.diff(np.column_stack([0 * amount, paid, amount]), axis=1))


def contingency_shares(rows: Mapping[str, np.ndarray], quarters: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Shares of the quarters for contingency: those of the cost it is for; at the end of the year where that is nothing. [1]

    quarters : of the base rows. Shape (contingency rows, 4).
    """
    costs: dict[tuple[str, str, int], np.ndarray] = {}
    groups = list(zip(rows["component"], rows["kind"], rows["year"], strict=True))
    amounts = np.column_stack([quarters, rows["amount"]])
    for row in np.flatnonzero(base):
        costs[groups[row]] = costs.get(groups[row], 0.0) + amounts[row]
    of = zip(rows["role_or_level"][~base], rows["kind"][~base], rows["year"][~base], strict=True)
    found = np.array([costs.get(group, np.zeros(len(QUARTERS) + 1)) for group in of]).reshape(-1, len(QUARTERS) + 1)
    whole = found[:, -1:]
    return np.divide(found[:, :-1], whole, out=np.zeros((len(found), len(QUARTERS))), where=whole != 0)


def by_component(cash: pd.DataFrame) -> pd.DataFrame:
    """Components by year and quarter: columns (year, quarter), in the order of the ledger. [nominal LCU]"""
    table = cash.groupby(["component", "year"], sort=False)[QUARTERS].sum().unstack("year")  # noqa: PD010  # keeps the order
    return table.swaplevel(axis=1).sort_index(axis=1)
