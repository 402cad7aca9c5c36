"""The cash plan: the amounts of the first two years by quarter. Quarters add up to the ledger, to the cent."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.arrays import round_to_cents
from imis_plan.model.economic_codes import attributes_of
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.group_sums import sums_of_rows
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
    soon = np.flatnonzero(np.asarray(ledger["year"]) < first + YEARS)
    rows = {name: np.asarray(ledger[name])[soon] for name in (*KEY, "year", "amount")}
    profiles, shares = payments(plan), shares_by_profile(plan)
    keys = zip(*(rows[name].tolist() for name in ("component", "line", "role_or_level")), strict=True)
    names = [profiles.get(key, BASE) for key in keys]
    base = np.array([name != BASE for name in names], dtype=bool)
    places = {name: place for place, name in enumerate(shares)}
    own = np.array([places[name] for name in names if name != BASE], dtype=int)
    of_year = np.array(list(shares.values()))[own, :, rows["year"][base] - first]
    quarters = np.empty((len(names), len(QUARTERS)))
    quarters[base] = by_quarter(rows["amount"][base], of_year)
    quarters[~base] = by_quarter(rows["amount"][~base], contingency_shares(rows, quarters, base))
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
    groups = list(zip(*(rows[name][base].tolist() for name in ("component", "kind", "year")), strict=True))
    costs = sums_of_rows(groups, np.column_stack([quarters[base], rows["amount"][base]]))
    of = zip(*(rows[name][~base].tolist() for name in ("role_or_level", "kind", "year")), strict=True)
    nothing = np.zeros(len(QUARTERS) + 1)
    found = np.array([costs.get(group, nothing) for group in of]).reshape(-1, len(nothing))
    whole = found[:, -1:]
    return np.divide(found[:, :-1], whole, out=np.zeros((len(found), len(QUARTERS))), where=whole != 0)


def by_component(cash: pd.DataFrame) -> pd.DataFrame:
    """Components by year and quarter: columns (year, quarter), in the order of the ledger. [nominal LCU]"""
    table = cash.groupby(["component", "year"], sort=False)[QUARTERS].sum().unstack("year")  # noqa: PD010  # keeps the order
    return table.swaplevel(axis=1).sort_index(axis=1)
