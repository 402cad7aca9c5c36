"""Annualised cost and running cost: what is used over several years as equal yearly payments over its life.

For unit costs, comparisons and the question what it costs to keep the system running; never to be added to cash amounts.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.evaluate import Evaluation, evaluate_plan
from imis_plan.model.money import annuity
from imis_plan.model.training import LEVELS, initial_share
from imis_plan.scenario.plan import Plan

CONTINGENCY, TRAINING = "contingency", "capacity"
LINE_KEY = ("component", "line", "role_or_level")
ROW_COLUMNS = (*LINE_KEY, "kind", "year", "amount_real", "life", "unit_price", "price_index", "exchange_rate")
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


def charges_by_kind(plan: Plan, ledger: Mapping[str, Any]) -> Charges:
    """The yearly charges of `annual_charges` by component and kind."""
    evaluation, rows = evaluate_plan(plan), {name: np.asarray(ledger[name]) for name in ROW_COLUMNS}
    years, rate = np.unique(rows["year"]), float(plan["money.discount_rate"])
    contingency, is_capital = rows["component"] == CONTINGENCY, rows["kind"] == CAPITAL
    capital, recurrent = only(rows, is_capital & ~contingency), only(rows, ~is_capital & ~contingency)
    initial = recurrent["amount_real"] * initial_shares(evaluation, recurrent)
    whole_plan = np.full(len(initial), float(len(years)))
    spread = only(recurrent | {"amount_real": initial, "life": whole_plan}, initial > 0)
    paid = recurrent | {"amount_real": recurrent["amount_real"] - initial}
    reserve = only(rows, ~is_capital & contingency)
    charges: Charges = {}
    kinds = [EQUIPMENT if each else ONE_OFF for each in wears_out(evaluation, capital)]
    add(charges, capital["component"], kinds, yearly_charges(capital, years, rate))
    add(charges, *existing_equipment(plan, evaluation, rows, years))
    for part, in_years, kind in (
        (spread, yearly_charges(spread, years, rate), TRAINING_SPREAD),
        (paid, in_their_year(paid, years), RECURRENT),
        (reserve, in_their_year(reserve, years), RECURRENT),
        (spread, in_their_year(spread, years), TRAINING_PAID),
    ):
        add(charges, part["component"], [kind] * len(in_years), in_years)
    return charges | capital_contingency(rows, charges)


def only(rows: Rows, which: np.ndarray) -> dict[str, np.ndarray]:
    """Some of the rows."""
    return {name: column[which] for name, column in rows.items()}


def add(charges: Charges, components: Iterable[str], kinds: Iterable[str], rows: np.ndarray) -> None:
    """Add charges of rows, shape (rows, years), to those of their component and kind."""
    for key, row in zip(zip(components, kinds, strict=True), rows, strict=True):
        charges[key] = charges[key] + row if key in charges else row


def yearly_charges(rows: Rows, years: np.ndarray, rate: float) -> np.ndarray:
    """Equal yearly payments of purchases over their life. Shape (rows, years). [LCU of the base year]"""
    payment = [annuity(amount, life, rate) for amount, life in zip(rows["amount_real"], rows["life"], strict=True)]
    start, end = np.asarray(rows["year"]), np.asarray(rows["year"] + rows["life"])
    in_use = (start[:, None] <= years) & (years < end[:, None])
    return np.where(in_use, np.array(payment, dtype=float)[:, None], 0.0)


def in_their_year(rows: Rows, years: np.ndarray) -> np.ndarray:
    """Amounts in the year in which they are paid. Shape (rows, years). [LCU of the base year]"""
    return np.where(rows["year"][:, None] == years, rows["amount_real"][:, None], 0.0)


def wears_out(evaluation: Evaluation, rows: Rows) -> list[bool]:
    """Which rows belong to a line with a useful life of its own."""
    lines = {(component, line.line, line.level) for component, line, *_ in evaluation.lines if line.life}
    return [key in lines for key in line_keys(rows)]


def line_keys(rows: Rows) -> Iterator[tuple[str, ...]]:
    """Component, line and level of each row."""
    return zip(*(rows[name] for name in LINE_KEY), strict=True)


def initial_shares(evaluation: Evaluation, rows: Rows) -> np.ndarray:
    """Part of each recurrent row that is initial training. Shape (rows,). [1]"""
    years = evaluation.prices.years()
    shares = {level: np.broadcast_to(initial_share(evaluation.values, level), len(years)) for level in LEVELS}
    at = zip(rows["component"], rows["role_or_level"], rows["year"] - years[0], strict=True)
    return np.array([shares[level][t] if name == TRAINING and level in shares else 0.0 for name, level, t in at], dtype=float)


def existing_equipment(
    plan: Plan, evaluation: Evaluation, rows: Rows, years: np.ndarray
) -> tuple[list[str], list[str], np.ndarray]:
    """Lines with pieces in use at the start, and their yearly charges at the price of the first year until their life ends.

    Component and kind of charge of each, and the charges, of shape (lines, years). [LCU of the base year]
    """
    rate, prices = float(plan["money.discount_rate"]), rows["unit_price"] * rows["price_index"] * rows["exchange_rate"]
    of_first_year = {key: at for at, key in enumerate(line_keys(rows)) if rows["year"][at] == years[0]}
    names, charges = [], []
    for component, line, *_ in evaluation.lines:
        if np.any(line.existing * line.applies):
            at = of_first_year[component, line.line, line.level]
            payment = annuity(line.existing * prices[at], rows["life"][at], rate)
            names.append(component)
            charges.append(np.where(line.existing_age + years - years[0] < rows["life"][at], payment, 0.0))
    return names, [EQUIPMENT] * len(names), np.array(charges, dtype=float).reshape(len(names), len(years))


def capital_contingency(rows: Rows, charges: Charges) -> Charges:
    """Contingency for capital cost as yearly charges: the share that it adds to the capital cost of its component."""
    base, held = dict[str, float](), dict[str, float]()
    columns = zip(*(rows[name] for name in ("component", "role_or_level", "kind", "amount_real")), strict=True)
    for component, level, kind, amount in columns:
        if kind == CAPITAL:
            sums, of = (held, level) if component == CONTINGENCY else (base, component)
            sums[of] = sums.get(of, 0.0) + amount
    shares = {of: amount / base[of] for of, amount in held.items() if base.get(of)}
    found: Charges = {}
    for (component, kind), row in charges.items():
        if kind in (EQUIPMENT, ONE_OFF):
            add(found, [CONTINGENCY], [kind], row[None] * shares.get(component, 0.0))
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
    charges, prices = charges_by_kind(plan, ledger), evaluate_plan(plan).prices
    level = float(np.asarray(prices.real_index())[-1])
    parts = [by_component(charges, kinds) for kinds in (RUNNING[:2], RUNNING[2:])]
    rows = {}
    for component in dict.fromkeys(ledger["component"]):
        recurrent, replacement = (float(part[component][-1]) * level if component in part else 0.0 for part in parts)
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
