"""Annualised cost and running cost: what is used over several years as equal yearly payments over its life.

For unit costs, comparisons and the question what it costs to keep the system running; never to be added to cash amounts.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.evaluate import Evaluation, evaluate_plan
from imis_plan.model.group_sums import sums_of_rows
from imis_plan.model.money import annuity
from imis_plan.model.training import LEVELS, initial_share
from imis_plan.scenario.plan import Plan

CONTINGENCY, TRAINING = "contingency", "capacity"
LINE_KEY = ("component", "line", "role_or_level")
ROW_COLUMNS = (*LINE_KEY, "kind", "year", "amount_real", "life", "unit_price", "price_index", "exchange_rate")
CAPITAL_COLUMNS = ("component", "role_or_level", "amount_real")
# Columns of the ledger as arrays, which are faster than frames for many small steps.
Rows = Mapping[str, np.ndarray]
# Component and kind of charge -> charges by year. [LCU of the base year]
Charges = dict[tuple[str, str], np.ndarray]
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
    charges = charges_by_kind(plan, ledger)
    index = pd.MultiIndex.from_tuples(charges, names=["component", "charge"])
    return pd.DataFrame(np.array(list(charges.values())), index=index, columns=np.unique(ledger["year"]))


def charges_by_kind(plan: Plan, ledger: Mapping[str, Any], years: np.ndarray | None = None) -> Charges:
    """The yearly charges of `annual_charges` by component and kind. years : those wanted, all of the plan by default."""
    evaluation, rows = evaluate_plan(plan), {name: np.asarray(ledger[name]) for name in ROW_COLUMNS}
    whole_plan, rate = float(len(evaluation.prices.years())), float(plan["money.discount_rate"])
    years = np.unique(rows["year"]) if years is None else years
    contingency, is_capital = rows["component"] == CONTINGENCY, rows["kind"] == CAPITAL
    capital, recurrent = only(rows, is_capital & ~contingency), only(rows, ~is_capital & ~contingency)
    initial = recurrent["amount_real"] * initial_shares(evaluation, recurrent)
    spread = only(recurrent | {"amount_real": initial, "life": np.full(len(initial), whole_plan)}, initial > 0)
    paid = recurrent | {"amount_real": recurrent["amount_real"] - initial}
    reserve = only(rows, ~is_capital & contingency)
    kinds = [EQUIPMENT if each else ONE_OFF for each in wears_out(evaluation, capital)]
    parts = [
        (capital["component"].tolist(), kinds, yearly_charges(capital, years, rate)),
        existing_equipment(plan, evaluation, rows, years),
    ]
    for part, in_years, kind in (
        (spread, yearly_charges(spread, years, rate), TRAINING_SPREAD),
        (paid, in_their_year(paid, years), RECURRENT),
        (reserve, in_their_year(reserve, years), RECURRENT),
        (spread, in_their_year(spread, years), TRAINING_PAID),
    ):
        parts.append((part["component"].tolist(), [kind] * len(in_years), in_years))
    components, charged, amounts = zip(*parts, strict=True)
    keys = list(zip(chain(*components), chain(*charged), strict=True))
    charges = sums_of_rows(keys, np.concatenate(amounts))
    return charges | capital_contingency(only(rows, is_capital), charges)


def only(rows: Rows, which: np.ndarray) -> dict[str, np.ndarray]:
    """Some of the rows."""
    at = np.flatnonzero(which)
    return {name: column[at] for name, column in rows.items()}


def yearly_charges(rows: Rows, years: np.ndarray, rate: float) -> np.ndarray:
    """Equal yearly payments of purchases over their life. Shape (rows, years). [LCU of the base year]"""
    pairs = zip(rows["amount_real"].tolist(), rows["life"].tolist(), strict=True)
    payment = np.array([annuity(amount, life, rate) for amount, life in pairs], dtype=float)
    start, end = np.asarray(rows["year"]), np.asarray(rows["year"] + rows["life"])
    in_use = (start[:, None] <= years) & (years < end[:, None])
    return np.where(in_use, payment[:, None], 0.0)


def in_their_year(rows: Rows, years: np.ndarray) -> np.ndarray:
    """Amounts in the year in which they are paid. Shape (rows, years). [LCU of the base year]"""
    return np.where(rows["year"][:, None] == years, rows["amount_real"][:, None], 0.0)


def wears_out(evaluation: Evaluation, rows: Rows) -> list[bool]:
    """Which rows belong to a line with a useful life of its own."""
    lines = {(component, line.line, line.level) for component, line, *_ in evaluation.lines if line.life}
    return [key in lines for key in line_keys(rows)]


def line_keys(rows: Rows) -> Iterator[tuple[str, ...]]:
    """Component, line and level of each row."""
    return zip(*(rows[name].tolist() for name in LINE_KEY), strict=True)


def initial_shares(evaluation: Evaluation, rows: Rows) -> np.ndarray:
    """Part of each recurrent row that is initial training. Shape (rows,). [1]"""
    years = evaluation.prices.years()
    shares: dict[tuple[str, int], float] = {}
    for level in LEVELS:
        yearly = np.broadcast_to(initial_share(evaluation.values, level), len(years))
        shares |= {(level, year): share for year, share in zip(years, yearly.tolist(), strict=True)}
    at = zip(*(rows[name].tolist() for name in ("component", "role_or_level", "year")), strict=True)
    return np.array([shares.get((level, year), 0.0) if name == TRAINING else 0.0 for name, level, year in at], dtype=float)


def existing_equipment(
    plan: Plan, evaluation: Evaluation, rows: Rows, years: np.ndarray
) -> tuple[list[str], list[str], np.ndarray]:
    """Lines with pieces in use at the start, and their yearly charges at the price of the first year until their life ends.

    Component and kind of charge of each, and the charges, of shape (lines, years). [LCU of the base year]
    """
    first, rate = evaluation.prices.years()[0], float(plan["money.discount_rate"])
    of_first_year = only(rows, rows["year"] == first)
    prices = of_first_year["unit_price"] * of_first_year["price_index"] * of_first_year["exchange_rate"]
    found = dict(zip(line_keys(of_first_year), zip(prices.tolist(), of_first_year["life"].tolist(), strict=True), strict=True))
    names, payments, ages, lives = [], [], [], []
    for component, line, *_ in evaluation.lines:
        if line.existing and line.applies:
            price, life = found[component, line.line, line.level]
            names.append(component)
            payments.append(annuity(line.existing * price, life, rate))
            ages.append(line.existing_age)
            lives.append(life)
    payment, age, life = (np.array(each, dtype=float)[:, None] for each in (payments, ages, lives))
    return names, [EQUIPMENT] * len(names), np.where(age + years - first < life, payment, 0.0)


def capital_contingency(capital: Rows, charges: Charges) -> Charges:
    """Contingency for capital cost as yearly charges: the share that it adds to the capital cost of its component."""
    base, held = dict[str, float](), dict[str, float]()
    for component, level, amount in zip(*(capital[name].tolist() for name in CAPITAL_COLUMNS), strict=True):
        sums, of = (held, level) if component == CONTINGENCY else (base, component)
        sums[of] = sums.get(of, 0.0) + amount
    shares = {of: amount / base[of] for of, amount in held.items() if base.get(of)}
    found: Charges = {}
    for (component, kind), row in charges.items():
        if kind in (EQUIPMENT, ONE_OFF):
            found[CONTINGENCY, kind] = found.get((CONTINGENCY, kind), 0.0) + row * shares.get(component, 0.0)
    return found


def annualised(plan: Plan, ledger: pd.DataFrame) -> pd.Series:
    """Annualised cost by year: recurrent cost, and all else as yearly payments. [LCU of the base year]"""
    years = np.unique(ledger["year"])
    yearly = sum(by_component(charges_by_kind(plan, ledger), ANNUALISED).values(), np.zeros(len(years)))
    return pd.Series(yearly, index=years, name="annualised")


def running_cost(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Recurrent cost of the last year and the annual equivalent of what wears out, by component, in money of that year. [LCU]

    Index component; columns recurrent, replacement, total. Components without either are left out.
    """
    rows = running_costs(plan, ledger)
    index = pd.Index(list(rows), name="component")
    return pd.DataFrame(list(rows.values()), index, ["recurrent", "replacement", "total"], dtype=float)


def running_costs(plan: Plan, ledger: Mapping[str, Any]) -> dict[str, tuple[float, float, float]]:
    """The rows of `running_cost` by component: recurrent, replacement, total. [LCU]"""
    prices = evaluate_plan(plan).prices
    level, last = float(np.asarray(prices.real_index())[-1]), np.array(prices.years()[-1:])
    charges = charges_by_kind(plan, ledger, last)
    parts = [by_component(charges, kinds) for kinds in (RUNNING[:2], RUNNING[2:])]
    rows = {}
    for component in dict.fromkeys(ledger["component"]):
        recurrent, replacement = (float(part[component][0]) * level if component in part else 0.0 for part in parts)
        if recurrent or replacement:
            rows[component] = recurrent, replacement, recurrent + replacement
    return rows


def by_component(charges: Charges, kinds: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Charges of some kinds, summed by component. Shapes (years,)."""
    sums: dict[str, np.ndarray] = {}
    for (component, kind), row in charges.items():
        if kind in kinds:
            sums[component] = sums[component] + row if component in sums else row
    return sums
