"""The ledger: one row per budget line and year, with all numbers of the calculation of its amount.

amount = quantity * unit_price * price_index * exchange_rate, rounded to the cent. Every total in a report is a group-by of it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.budget_line import CAPITAL
from imis_plan.model.calculation import FormattedValues, calculation_by_year
from imis_plan.model.contingency import contingencies, contingency_columns
from imis_plan.model.economic_codes import line_codes
from imis_plan.model.evaluate import Evaluation, evaluate_plan
from imis_plan.model.funding import funders_by_row
from imis_plan.model.grades import GRADES
from imis_plan.model.money import local_amount, usd_and_real_amounts
from imis_plan.model.tax_rates import net_price, price_with_tax, tax_kind
from imis_plan.model.taxes import taxes_by_row
from imis_plan.scenario.localized_text import DRAFT_MARK
from imis_plan.scenario.plan import Plan

COLUMNS = (
    "scenario", "option", "year", "component", "line", "label", "role_or_level", "kind", "tradable", "driver", "quantity",
    "quantity_unit", "unit_price", "price_currency", "price_year", "price_index", "exchange_rate", "amount", "amount_usd",
    "amount_real", "life", "funder", "price_path", "confidence", "quantity_confidence", "source", "working", "gfs_code",
    "account_code", "tax",
)  # fmt: skip
LINE_COLUMNS = (
    "component", "line", "label", "role_or_level", "kind", "tradable", "driver", "quantity_unit", "unit_price", "price_currency",
    "price_year", "life", "price_path", "confidence", "quantity_confidence", "source", "gfs_code", "account_code",
)  # fmt: skip
NUMERIC_COLUMNS = frozenset({"tradable", "unit_price", "price_year", "life"})


def budget(plan: Plan) -> pd.DataFrame:
    """The ledger of a plan.

    Columns as in `COLUMNS`: `amount` in nominal local currency, `amount_usd` in nominal USD, `amount_real` in local currency of
    the base year; `confidence` and `source` are those of the price, `quantity_confidence` the weakest grade behind the quantity;
    `funder` names who pays; `gfs_code` is the economic class (GFSM 2014), `account_code` that of the country's own chart of
    accounts, empty where it has none; `tax` is the value added tax and duty on the amount, which is net of both, in nominal local
    currency. One row per line and year, including lines that do not apply, with quantity 0 and the
    reason.
    """
    return pd.DataFrame(budget_columns(plan))


def budget_columns(plan: Plan) -> dict[str, np.ndarray]:
    """The ledger of a plan as columns by name, which take less time than a frame where nobody needs one. Shapes (rows,)."""
    evaluation = evaluate_plan(plan)
    parameters = price_parameters(plan, evaluation)
    money = priced_amounts(plan, evaluation, parameters)
    base = base_columns(plan, evaluation, parameters, money)
    base["working"] = np.array(calculations(plan, evaluation, parameters, money), dtype=object)
    columns = with_contingencies(plan, evaluation, base)
    columns |= {"funder": funders_by_row(plan, columns), "tax": taxes_by_row(plan, columns, plan.lines)}
    same = {"scenario": plan.name, "option": plan.option or ""}
    columns |= {name: np.full(len(columns["year"]), text, dtype=object) for name, text in same.items()}
    return {name: columns[name] for name in COLUMNS}


def ledger_of_amounts(plan: Plan, evaluation: Evaluation) -> pd.DataFrame:
    """The rows of the ledger with all that their amounts consist of, but without what takes most of its time.

    Columns as in `COLUMNS`, without scenario, option, working, funder and tax.
    """
    parameters = price_parameters(plan, evaluation)
    base = base_columns(plan, evaluation, parameters, priced_amounts(plan, evaluation, parameters))
    return pd.DataFrame(with_contingencies(plan, evaluation, base))


def with_contingencies(plan: Plan, evaluation: Evaluation, base: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Columns of the budget lines, followed by the rows of the contingencies for them."""
    parts = [base, *contingency_columns(plan, evaluation, base)]
    return {name: np.concatenate([part[name] for part in parts]) for name in base}


def amounts_by_row(plan: Plan, evaluation: Evaluation) -> dict[str, np.ndarray]:
    """Kind, year and amount (nominal local currency) of every row of the ledger; the other columns take most of its time."""
    money = priced_amounts(plan, evaluation, price_parameters(plan, evaluation))
    names = {
        "component": [entry.component for entry in evaluation.lines],
        "kind": [entry.line.kind for entry in evaluation.lines],
    }
    words = {name: np.repeat(np.array(each, dtype=object), len(evaluation.prices.years())) for name, each in names.items()}
    base = words | {name: money[name].ravel() for name in ("year", "amount")}
    parts = contingencies(plan, base)
    rows = {name: [base[name], *(contingency.base[name] for contingency in parts)] for name in ("kind", "year")}
    rows["amount"] = [base["amount"], *(contingency.amount for contingency in parts)]
    return {name: np.concatenate(columns) for name, columns in rows.items()}


def check_prices(plan: Plan, evaluation: Evaluation) -> None:
    """Raise ValueError where an amount of the plan has no price index or exchange rate."""
    priced_amounts(plan, evaluation, price_parameters(plan, evaluation))


def price_parameters(plan: Plan, evaluation: Evaluation) -> list[Any]:
    """The parameter of each line's price."""
    return [plan.parameters[entry.line.price] for entry in evaluation.lines]


def base_columns(plan: Plan, evaluation: Evaluation, parameters: Any, money: Any) -> dict[str, np.ndarray]:
    """The columns of the budget lines, contingency left out."""
    return line_columns(plan, evaluation, parameters) | {name: grid.ravel() for name, grid in money.items()}


def line_columns(plan: Plan, evaluation: Evaluation, parameters: Any) -> dict[str, np.ndarray]:
    """Columns that are the same in all years of a line: name, kind, price and its source."""
    grade = cache(weakest_of(plan))
    rows = [
        (
            component, line.line, line.label, line.level, line.kind, line.tradable, line.driver, line.unit,
            float(net_price(plan, tax_kind(component, line), parameter.value)), parameter.currency, parameter.price_year,
            useful_life(plan, line), parameter.path,
            parameter.confidence, grade(dependencies), source_with_open(plan, parameter.source, dependencies),
            *line_codes(plan, component, line),
        )
        for (component, line, dependencies), parameter in zip(evaluation.lines, parameters, strict=True)
    ]  # fmt: skip
    years = len(evaluation.prices.years())
    columns = (
        np.array(column, dtype=None if name in NUMERIC_COLUMNS else object)
        for name, column in zip(LINE_COLUMNS, zip(*rows, strict=True), strict=True)
    )
    return {name: np.repeat(column, years) for name, column in zip(LINE_COLUMNS, columns, strict=True)}


def weakest_of(plan: Plan) -> Callable[[frozenset[str]], str]:
    """A function that gives the weakest grade of the parameters of some paths; empty where none of them has a grade."""
    paths: dict[str | None, set[str]] = {}
    for path, parameter in plan.parameters.items():
        paths.setdefault(parameter.confidence, set()).add(path)
    from_weakest = [grade for grade in reversed(GRADES) if grade in paths]
    return lambda found: next((grade for grade in from_weakest if not paths[grade].isdisjoint(found)), "")


def source_with_open(plan: Plan, source: str | None, dependencies: Any) -> str | None:
    """The source of a price; in a draft with the open questions that its quantity depends on."""
    asked = [path for path in dependencies if path in plan.parameters and plan.parameters[path].open] if plan.questions else []
    return f"{source}{DRAFT_MARK}{', '.join(sorted(asked))}" if asked else source


def useful_life(plan: Plan, line: Any) -> float:
    """Years over which a capital line is used; a one-off for the whole plan, a recurrent line for its year. [year]"""
    if line.kind == CAPITAL:
        return float(plan[line.life] if line.life else plan["time.horizon"])
    return 1.0


def priced_amounts(plan: Plan, evaluation: Evaluation, parameters: Any) -> dict[str, np.ndarray]:
    """Quantity, index, rate and the three amounts of all lines. Each of shape (lines, horizon)."""
    prices = evaluation.prices
    factors = [
        prices.factors(parameter.currency, parameter.price_year, entry.line.market)
        for entry, parameter in zip(evaluation.lines, parameters, strict=True)
    ]
    index, rate = (np.array(grid, dtype=float) for grid in zip(*factors, strict=True))
    quantity = np.array([entry.line.effective_quantity for entry in evaluation.lines], dtype=float)
    priced = zip(evaluation.lines, parameters, strict=True)
    net = [net_price(plan, tax_kind(entry.component, entry.line), parameter.value) for entry, parameter in priced]
    unit_price = np.array(net, dtype=float)[:, None]
    amount = local_amount(quantity, unit_price, index, rate)
    years = np.broadcast_to(np.array(prices.years()), quantity.shape)
    base = {"year": years, "quantity": quantity, "price_index": index, "exchange_rate": rate, "amount": amount}
    return base | usd_and_real_amounts(prices, amount, years)


def calculations(plan: Plan, evaluation: Evaluation, parameters: Any, money: Any) -> list[str]:
    """The calculation of each amount, row by row."""
    choice_names = {path: parameter.choice_names for path, parameter in plan.parameters.items() if parameter.choice_names}
    text = FormattedValues(evaluation.values, choice_names)
    names = ("quantity", "price_index", "exchange_rate")
    rows = zip(evaluation.lines, parameters, zip(*(money[name] for name in names), strict=True), strict=True)
    return [
        year
        for entry, parameter, grids in rows
        for year in calculation_by_year(
            text,
            entry.line,
            parameter,
            dict(zip(names, grids, strict=True)),
            price_with_tax(plan, tax_kind(entry.component, entry.line)),
        )
    ]
