"""Annualised cost and running cost: what is used over several years as equal yearly payments over its life.

For unit costs, comparisons and the question what it costs to keep the system running; never to be added to cash amounts.
"""

from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.evaluate import Evaluation, evaluate_plan
from imis_plan.model.money import annuity
from imis_plan.model.training import LEVELS, initial_share
from imis_plan.scenario.plan import Plan

CONTINGENCY, TRAINING = "contingency", "capacity"
LINE_KEY = ["component", "line", "role_or_level"]
# Kinds of charges. Initial training is in running cost when it is paid, in annualised cost as yearly payments over the plan.
EQUIPMENT, ONE_OFF, TRAINING_PAID, TRAINING_SPREAD = "equipment", "one_off", "training_paid", "training_spread"
RUNNING = (RECURRENT, TRAINING_PAID, EQUIPMENT)
ANNUALISED = (RECURRENT, TRAINING_SPREAD, EQUIPMENT, ONE_OFF)


def annual_charges(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Yearly charges by component and kind of charge, in local money of the base year. [LCU]

    Index component, charge; columns years. Charges: recurrent (without initial training), training_paid and training_spread
    (initial training when paid, and over the plan), equipment (what wears out, over its life, with what is in use at the start),
    one_off (other capital, over the plan). Contingency for capital cost is charged in proportion to the capital cost it is for.
    """
    evaluation, years = evaluate_plan(plan), np.sort(ledger["year"].unique())
    rate = float(plan["money.discount_rate"])
    rows = ledger[ledger["component"] != CONTINGENCY]
    capital, recurrent = (rows[rows["kind"] == kind] for kind in (CAPITAL, RECURRENT))
    initial = recurrent["amount_real"] * initial_shares(evaluation, recurrent)
    spread = recurrent.assign(amount_real=initial, life=float(len(years)))[initial > 0]
    paid = pd.concat([recurrent.assign(amount_real=recurrent["amount_real"] - initial), recurrent_contingency(ledger)])
    parts = [
        by_component(capital, yearly_charges(capital, years, rate), np.where(wears_out(evaluation, capital), EQUIPMENT, ONE_OFF)),
        by_component(*existing_equipment(plan, evaluation, ledger, years), EQUIPMENT),
        by_component(spread, yearly_charges(spread, years, rate), TRAINING_SPREAD),
        by_component(paid, in_their_year(paid, years), RECURRENT),
        by_component(spread, in_their_year(spread, years), TRAINING_PAID),
    ]
    charges = pd.concat(parts).groupby(level=["component", "charge"], sort=False).sum().set_axis(years, axis=1)
    return pd.concat([charges, capital_contingency(ledger, charges)]).groupby(level=["component", "charge"], sort=False).sum()


def by_component(rows: pd.DataFrame, charges: np.ndarray, kinds: Any) -> pd.DataFrame:
    """Charges of rows, shape (rows, years), summed by component and kind of charge."""
    names = [rows["component"].to_numpy(), np.broadcast_to(kinds, len(rows))]
    table = pd.DataFrame(charges, index=pd.MultiIndex.from_arrays(names, names=["component", "charge"]))
    return table.groupby(level=["component", "charge"], sort=False).sum()


def yearly_charges(rows: pd.DataFrame, years: np.ndarray, rate: float) -> np.ndarray:
    """Equal yearly payments of purchases over their life. Shape (rows, years). [LCU of the base year]"""
    payment = [annuity(amount, life, rate) for amount, life in zip(rows["amount_real"], rows["life"], strict=True)]
    start, end = rows["year"].to_numpy(), (rows["year"] + rows["life"]).to_numpy()
    in_use = (start[:, None] <= years) & (years < end[:, None])
    return np.where(in_use, np.array(payment, dtype=float)[:, None], 0.0)


def in_their_year(rows: pd.DataFrame, years: np.ndarray) -> np.ndarray:
    """Amounts in the year in which they are paid. Shape (rows, years). [LCU of the base year]"""
    return np.where(rows["year"].to_numpy()[:, None] == years, rows["amount_real"].to_numpy(dtype=float)[:, None], 0.0)


def wears_out(evaluation: Evaluation, rows: pd.DataFrame) -> np.ndarray:
    """Which rows belong to a line with a useful life of its own. Shape (rows,)."""
    lines = {(component, line.line, line.level) for component, line, *_ in evaluation.lines if line.life}
    return np.array([key in lines for key in rows[LINE_KEY].itertuples(index=False, name=None)], dtype=bool)


def initial_shares(evaluation: Evaluation, rows: pd.DataFrame) -> np.ndarray:
    """Part of each recurrent row that is initial training. Shape (rows,). [1]"""
    years = evaluation.prices.years()
    shares = {level: np.broadcast_to(initial_share(evaluation.values, level), len(years)) for level in LEVELS}
    at = zip(rows["component"], rows["role_or_level"], rows["year"] - years[0], strict=True)
    return np.array([shares[level][t] if name == TRAINING and level in shares else 0.0 for name, level, t in at], dtype=float)


def existing_equipment(
    plan: Plan, evaluation: Evaluation, ledger: pd.DataFrame, years: np.ndarray
) -> tuple[pd.DataFrame, np.ndarray]:
    """Lines with pieces in use at the start, and their yearly charges at the price of the first year until their life ends.

    Charges of shape (lines, years). [LCU of the base year]
    """
    rate, first = (
        float(plan["money.discount_rate"]),
        ledger[ledger["year"] == years[0]].drop_duplicates(LINE_KEY).set_index(LINE_KEY),
    )
    held = [(component, line) for component, line, *_ in evaluation.lines if np.any(line.existing * line.applies)]
    rows = [first.loc[(component, line.line, line.level)] for component, line in held]
    prices = [row["unit_price"] * row["price_index"] * row["exchange_rate"] for row in rows]
    charges = [
        np.where(line.existing_age + years - years[0] < row["life"], annuity(line.existing * price, row["life"], rate), 0.0)
        for (_component, line), row, price in zip(held, rows, prices, strict=True)
    ]
    names = pd.DataFrame({"component": [component for component, _line in held]}, dtype=object)
    return names, np.array(charges, dtype=float).reshape(len(held), len(years))


def recurrent_contingency(ledger: pd.DataFrame) -> pd.DataFrame:
    """Rows of contingency for recurrent cost."""
    return ledger[(ledger["component"] == CONTINGENCY) & (ledger["kind"] == RECURRENT)]


def capital_contingency(ledger: pd.DataFrame, charges: pd.DataFrame) -> pd.DataFrame:
    """Contingency for capital cost as yearly charges: the share that it adds to the capital cost of its component."""
    capital = ledger[ledger["kind"] == CAPITAL]
    base = capital[capital["component"] != CONTINGENCY].groupby("component")["amount_real"].sum()
    held = capital[capital["component"] == CONTINGENCY].groupby("role_or_level")["amount_real"].sum()
    shares = (held / base).fillna(0.0)
    kinds = charges[charges.index.get_level_values("charge").isin([EQUIPMENT, ONE_OFF])]
    parts = kinds.mul(kinds.index.get_level_values("component").map(shares).fillna(0.0), axis=0)
    return pd.concat({CONTINGENCY: parts.groupby(level="charge").sum()}, names=["component"])


def annualised(plan: Plan, ledger: pd.DataFrame) -> pd.Series:
    """Annualised cost by year: recurrent cost, and all else as yearly payments. [LCU of the base year]"""
    return sum_of(annual_charges(plan, ledger), ANNUALISED).sum().rename("annualised")


def running_cost(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Recurrent cost of the last year and the annual equivalent of what wears out, by component, in money of that year. [LCU]

    Index component; columns recurrent, replacement, total. Components without either are left out.
    """
    charges, prices = annual_charges(plan, ledger), evaluate_plan(plan).prices
    last = charges.columns[-1]
    level = float(np.asarray(prices.real_index())[-1])
    yearly = pd.DataFrame(
        {name: sum_of(charges, kinds)[last] * level for name, kinds in (("recurrent", RUNNING[:2]), ("replacement", RUNNING[2:]))}
    ).fillna(0.0)
    table = yearly.reindex([name for name in ledger["component"].unique() if name in yearly.index])
    return table[(table != 0).any(axis=1)].assign(total=table.sum(axis=1))


def sum_of(charges: pd.DataFrame, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Charges of some kinds, summed by component. Index component; columns years."""
    rows = charges[charges.index.get_level_values("charge").isin(kinds)]
    return rows.groupby(level="component", sort=False).sum()
