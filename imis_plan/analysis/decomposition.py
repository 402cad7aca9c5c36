"""Why one plan costs more than another: the difference by volume, price, timing and exchange rate.

Every line of a plan is a product of four numbers, in USD, per insured-year or in all:

    amount = volume * price * timing * exchange

volume    quantity over all years, per insured-year or in all.  [unit of the line / person-year]
price     what one unit cost when its price was quoted: in USD at the exchange rate of the price year, carried to the reference
          year (the first year of the earlier plan) with foreign inflation.  [USD of the reference year / unit]
timing    how far prices in USD rise from the reference year until payment, weighted with the quantities of each year: later
          purchases have a larger one.  [1]
exchange  the rest: the change of the exchange rate between quotation and payment that differs from the difference between home
          and foreign inflation. 1.1: the line costs a tenth more in USD, as home prices rose and the rate did not follow.
          Tradable lines, which follow the world market, have 1, except for the rounding of amounts to the cent.  [1]

The difference of a product is shared among its factors by Shapley's rule: each factor is moved from the one plan's value to the
other's in every possible order, and the mean of its effects counts. That is exact, leaves no joint term, and treats both plans
and all factors alike: decompose(a, b) is -decompose(b, a).

A line that only one plan has is volume, as there is no second price to compare with. Hosting of another kind therefore appears
as less volume of one line and more of another. Contingency follows the lines that it is computed from; its share is a price.
"""

from collections.abc import Sequence
from itertools import combinations
from math import factorial, prod
from typing import Any, Literal

import numpy as np
import pandas as pd

from imis_plan.analysis.comparison import insured_years
from imis_plan.analysis.summary import TOTAL
from imis_plan.model.components import COMPONENTS
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.inflation import relative_price_level
from imis_plan.model.ledger import budget
from imis_plan.model.money import FOREIGN, Prices
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.plan import Plan

Per = Literal["insured_year", "total"]
FACTORS = ("volume", "price", "timing", "exchange")
CONTINGENCY = "contingency"
LINE_KEY = ["component", "line", "role_or_level", "on"]


def decompose(left: Plan, right: Plan, per: Per = "insured_year") -> pd.DataFrame:
    """The difference between two plans by component and factor, in nominal USD per insured-year or in all.

    Index: component, and `total` last. Columns: left, volume, price, timing, exchange, right, difference = right - left. In every
    row left + volume + price + timing + exchange = right.

    Raises BadInput where nobody is insured and the cost per insured-year is asked for.
    """
    return sum_by_component(decompose_lines(left, right, per))


def sum_by_component(lines: pd.DataFrame) -> pd.DataFrame:
    """A decomposition by component, from that by line."""
    table = lines.groupby("component")[["left", *FACTORS, "right"]].sum()
    table = table.reindex([name for name in COMPONENTS if name in table.index])
    table.loc[TOTAL] = table.sum()
    return table.assign(difference=table["right"] - table["left"])


def factor_effects(table: pd.DataFrame) -> pd.Series:
    """The effects of the four factors and, apart from unit prices, of the contingency that is added to each of them.

    The price of a contingency is a share of the price of its line: its effect is not one of unit prices, which may not differ at
    all. Together the five make the difference. Index: volume, price, contingency, timing, exchange.

    table : as `decompose` gives it. [USD, or USD/person-year]
    """
    total = table.loc[TOTAL]
    added = float(table.loc[CONTINGENCY, "price"]) if CONTINGENCY in table.index else 0.0
    price = total["price"] - added
    return pd.Series({
        "volume": total["volume"], "price": price, CONTINGENCY: added, "timing": total["timing"], "exchange": total["exchange"],
    })  # fmt: skip


def decompose_lines(left: Plan, right: Plan, per: Per = "insured_year") -> pd.DataFrame:
    """The same by line, with the four numbers of both plans.

    Columns: label, left, the four effects, right, and the four numbers with `_left` and `_right`.

    Index: component, line, role_or_level, on (the line that a contingency is computed from).
    """
    reference = min(left["time.base_year"], right["time.base_year"])
    return split_difference(line_factors(left, per, reference), line_factors(right, per, reference))


def split_difference(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """The difference between two plans by line, from their `line_factors`."""
    labels = pd.concat([left["label"], right["label"]])
    one, two = align_lines(left, right)
    effects = shapley(one[list(FACTORS)].to_numpy().T, two[list(FACTORS)].to_numpy().T)
    table = pd.DataFrame(effects.T, index=one.index, columns=list(FACTORS))
    table.insert(0, "left", one["amount"])
    table["right"] = two["amount"]
    table.insert(0, "label", labels[~labels.index.duplicated()].reindex(table.index))
    return table.join(one[list(FACTORS)].add_suffix("_left")).join(two[list(FACTORS)].add_suffix("_right"))


def line_factors(plan: Plan, per: Per, reference: int) -> pd.DataFrame:
    """The four numbers of each line and their product `amount`. [USD, or USD/person-year]"""
    divisor = 1.0 if per == "total" else insured_years(plan)
    if not divisor:
        target = plan.parameters["coverage.target"]
        message = f"{plan.name}: nobody is insured in any year, so there is no cost per insured-year"
        right = "insure somebody within the horizon; in Python, per='total' compares the totals"
        raise BadInput([Problem(target.file, target.line, target.path, message, right, target.value)])
    ledger, prices = budget(plan).assign(on=""), evaluate_plan(plan).prices
    reserve = ledger["component"] == CONTINGENCY
    rows = ledger[~reserve]
    level = rows["year"].map(dict(zip(prices.years(), prices.index(prices.foreign, reference), strict=True)))
    rows = rows.assign(later=rows["quantity"] * level.astype(float))
    sums = rows.groupby(LINE_KEY, sort=False).agg(
        {"label": "first", "quantity": "sum", "later": "sum", "unit_price": "first", "amount_usd": "sum"}
    )
    first = rows.drop_duplicates(LINE_KEY).set_index(LINE_KEY)
    table = pd.DataFrame({"label": sums["label"], "volume": sums["quantity"] / divisor})
    table["price"] = sums["unit_price"] * usd_per_price_unit(prices, first, reference)
    table["timing"] = sums["later"] / sums["quantity"]
    table["amount"] = sums["amount_usd"] / divisor
    table["exchange"] = table["amount"] / (table["volume"] * table["price"] * table["timing"])
    return pd.concat([table, *contingency_factors(table, rows, ledger[reserve])])


def usd_per_price_unit(prices: Prices, lines: pd.DataFrame, reference: int) -> list[float]:
    """USD of the reference year for one unit of the money that each line's price is quoted in."""
    return [usd_of_reference_year(prices, row.price_currency, int(row.price_year), reference) for row in lines.itertuples()]


def usd_of_reference_year(prices: Prices, currency: str, year: int, reference: int) -> float:
    """USD of the reference year for one unit of a currency in a year.

    A local price that is older than the known exchange rates goes to their first year with home inflation.
    """
    if currency == FOREIGN or currency != prices.currency:
        return float(prices.usd_per_unit_of(currency, year) * relative_price_level(prices.foreign, year, reference))
    known = min(prices.rate, key=lambda candidate: abs(candidate - year))
    level = relative_price_level(prices.home, year, known) / prices.rate[known]
    return float(level * relative_price_level(prices.foreign, known, reference))


def contingency_factors(table: pd.DataFrame, rows: pd.DataFrame, reserve: pd.DataFrame) -> list[pd.DataFrame]:
    """Contingency as lines on lines: for each kind of it, every line that it is computed from, at its price times its margin."""
    return [
        contingency_on_lines(table, contingency_margins(rows, part), part.iloc[0])
        for _, part in reserve.groupby("line", sort=False)
    ]


def contingency_margins(rows: pd.DataFrame, reserve: pd.DataFrame) -> pd.Series:
    """Contingency on each line as a share of the line's amount. Index: line. [1]

    It is computed by component, kind and year, or for everything in a year where it names no component.
    """
    keys = ["component", "kind", "year"] if reserve["role_or_level"].all() else ["year"]
    added = reserve.assign(component=reserve["role_or_level"]).groupby(keys)["amount_usd"].sum()
    base = rows.groupby(keys)["amount_usd"].transform("sum")
    share = added.reindex(rows.set_index(keys).index).to_numpy() / base.where(base != 0)
    sums = (
        rows.assign(added=(rows["amount_usd"] * share).fillna(0.0)).groupby(LINE_KEY, sort=False)[["added", "amount_usd"]].sum()
    )
    return sums["added"] / sums["amount_usd"].where(sums["amount_usd"] != 0)


def contingency_on_lines(table: pd.DataFrame, margin: pd.Series, reserve: Any) -> pd.DataFrame:
    """The lines of a plan as lines of one kind of contingency."""
    rows = table.assign(price=table["price"] * margin, amount=table["amount"] * margin, label=reserve["label"])
    keys = [(CONTINGENCY, reserve["line"], component, f"{line} {level}".strip()) for component, line, level, _ in rows.index]
    return rows.set_axis(pd.MultiIndex.from_tuples(keys, names=LINE_KEY)).dropna(subset=["amount"])


def align_lines(left: pd.DataFrame, right: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two tables of factors on the lines that cost something in either, without gaps."""
    index = left.index.union(right.index, sort=False)
    numbers = [*FACTORS, "amount"]
    one, two = (table[numbers].astype(float).reindex(index) for table in (left, right))
    paid = (one["amount"].fillna(0.0) != 0) | (two["amount"].fillna(0.0) != 0)
    one, two = one[paid], two[paid]
    return complete_factors(one, two), complete_factors(two, one)


def complete_factors(own: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """A plan's factors: where it does not buy a line, none of it on the other plan's terms; where it pays nothing, at price 0."""
    bought, free = own["volume"].fillna(0.0) != 0, own["amount"].fillna(0.0) == 0
    table = own.where(bought, other, axis=0)
    return table.assign(
        volume=own["volume"].where(bought, 0.0),
        price=table["price"].where(~(bought & free), 0.0),
        exchange=table["exchange"].where(~free, other["exchange"]),
        amount=own["amount"].fillna(0.0),
    )


def shapley(left: Any, right: Any) -> Any:
    """Effect of each factor on a product when all go from `left` to `right`: the mean over all orders in which they may go.

    left, right : factors, shape (factors, ...). The effects add up to prod(right) - prod(left).
    """
    count = len(left)
    return np.array([factor_effect(left, right, moved, count) for moved in range(count)])


def factor_effect(left: Any, right: Any, moved: int, count: int) -> Any:
    """Effect of one factor, weighted over all sets of factors that may have moved before it."""
    others = [i for i in range(count) if i != moved]
    before = (chosen for size in range(count) for chosen in combinations(others, size))
    return sum(order_weight(len(chosen), count) * effect_after(left, right, moved, chosen) for chosen in before)


def order_weight(before: int, count: int) -> float:
    """Share of all orders in which exactly these factors, so many, come before one of `count`. [1]"""
    return factorial(before) * factorial(count - before - 1) / factorial(count)


def effect_after(left: Any, right: Any, moved: int, before: Sequence[int]) -> Any:
    """What moving one factor does when those in `before` have moved already."""
    rest = prod(right[i] if i in before else left[i] for i in range(len(left)) if i != moved)
    return rest * (right[moved] - left[moved])
