"""Tables of the ledger by component, year, grade and kind, and the headline figures."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.analysis.annual_cost import ROW_COLUMNS, running_costs
from imis_plan.analysis.sums import rows_of_component, table_of_sums
from imis_plan.model import funding
from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.evaluate import driver_formulas, evaluate_plan
from imis_plan.model.funding import RULE_COLUMNS
from imis_plan.model.grades import GRADES, weakest
from imis_plan.model.group_sums import group_sums
from imis_plan.model.memoize import memoize_table
from imis_plan.model.money import discount_factors
from imis_plan.scenario.plan import Plan

TOTAL = "total"
CONTINGENCY = "contingency"
# Columns of the ledger that the headline figures read.
HEADLINE_COLUMNS = dict.fromkeys((*ROW_COLUMNS, *RULE_COLUMNS, "confidence"))
HEADLINE_DRIVERS = ("population", "insured", "rollout", "facilities", "agents", "users")


@memoize_table
def drivers(plan: Plan) -> pd.DataFrame:
    """Drivers by year: one row per driver, one column per budget year; units in docs/method.md."""
    evaluation = evaluate_plan(plan)
    years = list(evaluation.prices.years())
    rows = {name: np.broadcast_to(evaluation.values[name], len(years)) for name in driver_formulas(plan.roles)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=years)


def by_component(ledger: pd.DataFrame, value: str = "amount") -> pd.DataFrame:
    """Components by year, with totals. Value: `amount` [LCU], `amount_usd` [USD] or `amount_real` [LCU of the base year]."""
    return with_totals(table_of_sums(ledger, "component", "year", value))


def by_line(ledger: pd.DataFrame, component: str, value: str = "amount") -> pd.DataFrame:
    """Lines of one component by year, with totals; lines that cost nothing left out."""
    keys = ["line", "role_or_level"]
    table = table_of_sums(rows_of_component(ledger, component, (*keys, "year", value)), keys, "year", value)
    return with_totals(table[table.abs().sum(axis=1) > 0])


def by_kind(ledger: pd.DataFrame, value: str = "amount") -> pd.DataFrame:
    """Capital and recurrent cost by year, with totals."""
    return with_totals(cost_by_kind(ledger, value))


def usd_by_year(ledger: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Years, and capital and recurrent cost of each, contingency with the kind that it is for. [year], [USD], [USD]"""
    years, rows = yearly_cost_by_kind(ledger, "amount_usd")
    return {"years": years, **rows}


def cost_by_kind(ledger: pd.DataFrame, value: str) -> pd.DataFrame:
    """Capital and recurrent cost by year."""
    years, rows = yearly_cost_by_kind(ledger, value)
    return pd.DataFrame([*rows.values()], pd.Index(rows, name="kind"), pd.Index(years, name="year"), dtype=float)


def yearly_cost_by_kind(ledger: Mapping[str, Any], value: str) -> tuple[list[int], dict[str, list[float]]]:
    """The years, and the cost of each kind by year. ledger : its columns. [year], [money of the column]"""
    sums = group_sums(zip(ledger["kind"], ledger["year"].tolist(), strict=True), ledger[value].tolist())
    years = sorted({year for _kind, year in sums})
    return years, {kind: [sums.get((kind, year), 0.0) for year in years] for kind in (CAPITAL, RECURRENT)}


def with_totals(table: pd.DataFrame) -> pd.DataFrame:
    """A table with a column and a row of totals."""
    across, down = table.sum(axis=1).to_numpy(), table.sum().to_numpy()
    whole = np.block([[table.to_numpy(), across[:, None]], [down[None, :], across.sum()]])
    levels = table.index.nlevels
    last = pd.MultiIndex.from_tuples([(TOTAL, *[""] * (levels - 1))]) if levels > 1 else pd.Index([TOTAL])
    index = table.index.append(last).set_names(table.index.names)
    return pd.DataFrame(whole, index, table.columns.insert(len(table.columns), TOTAL))


def by_grade(ledger: pd.DataFrame) -> pd.DataFrame:
    """Share of the cost by grade: of the price alone, and of the weaker of price and quantity. [1]

    One row per grade A, B, C, analogue, predicted, assumed; columns price, weakest. Contingency has no price and does not count.
    """
    amounts, prices, quantities = priced_columns(ledger, "amount", "confidence", "quantity_confidence")
    both = [weakest(pair) for pair in zip(prices, quantities, strict=True)]
    return pd.DataFrame({"price": share_by_grade(amounts, prices), "weakest": share_by_grade(amounts, both)})


def priced_columns(ledger: pd.DataFrame, *names: str) -> list[np.ndarray]:
    """Some columns of the rows with a price of their own: all but contingency. Shapes (rows,)."""
    priced = ledger["component"].to_numpy() != CONTINGENCY
    return [ledger[name].to_numpy()[priced] for name in names]


def without_contingency(ledger: pd.DataFrame) -> pd.DataFrame:
    """Rows with a price of their own: all but contingency."""
    return ledger[ledger["component"] != CONTINGENCY]


def share_by_grade(amounts: Any, grades: Iterable[str]) -> dict[str, float]:
    """Share of all amounts by grade, given the grade of each row; 0 where nothing is spent. amounts : shape (rows,). [1]"""
    sums, total = group_sums(grades, amounts.tolist()), amounts.sum() or 1.0
    return {grade: sums.get(grade, 0.0) / total for grade in GRADES}


def excluded(ledger: pd.DataFrame) -> pd.DataFrame:
    """Lines that the budget does not include, with the reason. Columns component, line, label, level, reason."""
    total = ledger.groupby(["component", "line", "role_or_level"], sort=False)["quantity"].transform("sum")
    columns = ["component", "line", "label", "role_or_level", "working"]
    return (
        ledger.loc[(total == 0) & (ledger["year"] == ledger["year"].min()), columns]
        .rename(columns={"working": "reason"})
        .reset_index(drop=True)
    )


def largest_lines(ledger: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """The lines that cost most over all years. Columns component, line, label, role_or_level, amount [LCU], share [1]."""
    keys = ["component", "line", "label", "role_or_level"]
    sums = ledger[ledger["component"] != "contingency"].groupby(keys, sort=False)["amount"].sum().nlargest(count).reset_index()
    return sums.assign(share=sums["amount"] / ledger["amount"].sum())


def discounted(plan: Plan, ledger: Mapping[str, Any]) -> float:
    """Present value in the first year of all amounts, real, at the plan's discount rate. [LCU of the base year]"""
    sums = group_sums(ledger["year"].tolist(), ledger["amount_real"].tolist())
    yearly = np.array([sums[year] for year in sorted(sums)])
    return float((yearly * discount_factors(plan["money.discount_rate"], len(yearly))).sum())


def cost_figures(plan: Plan, ledger: Mapping[str, Any]) -> dict[str, Any]:
    """The headline figures by which options are compared, which `headline` has, too.

    Keys: `first_year`, `last_year`; `posts` (IT posts of the last year); `total`; `per_insured_year`; `recurrent_after`; the last
    three also with `_usd`.
    """
    first, last = int(ledger["year"].min()), int(ledger["year"].max())
    values = evaluate_plan(plan).values
    insured_years = np.broadcast_to(values["average_insured"], last - first + 1).sum()
    names = ("amount", "amount_usd", "kind", "year")
    amount, amount_usd, kind, year = (np.asarray(ledger[name]) for name in names)
    total, total_usd = amount.sum(), amount_usd.sum()
    of_last_year = (kind == RECURRENT) & (year == last)
    return {
        "first_year": first,
        "last_year": last,
        "posts": np.broadcast_to(values["it_posts"], last - first + 1)[-1],
        "total": total,
        "total_usd": total_usd,
        "per_insured_year": total / insured_years if insured_years else np.nan,
        "per_insured_year_usd": total_usd / insured_years if insured_years else np.nan,
        "recurrent_after": amount[of_last_year].sum(),
        "recurrent_after_usd": amount_usd[of_last_year].sum(),
    }


def headline(plan: Plan, ledger: Mapping[str, Any]) -> dict[str, Any]:
    """The headline figures of a plan.

    Money is nominal, in local currency or, with `_usd`, in USD; `_share` are shares of the total; `recurrent_after` is the
    recurrent cost of the last year; `running_cost` adds the yearly equivalent of what wears out
    (`annual_cost.running_cost`); `rollout` is the share of the target reached in that year.

    ledger : a frame, or its columns by name.
    """
    ledger = {name: np.asarray(ledger[name]) for name in HEADLINE_COLUMNS}
    figures, evaluation = cost_figures(plan, ledger), evaluate_plan(plan)
    total, years = figures["total"], figures["last_year"] - figures["first_year"] + 1
    last_year_values = {name: np.broadcast_to(evaluation.values[name], years)[-1] for name in HEADLINE_DRIVERS}
    amount, is_contingency = ledger["amount"], ledger["component"] == CONTINGENCY
    running = np.sum([component_total for _recurrent, _replacement, component_total in running_costs(plan, ledger).values()])
    gap = funding.payments_by_rule(plan, ledger)[-1][1].sum()
    return {
        "scenario": plan.name,
        "currency": plan.about.currency,
        **figures,
        **last_year_values,
        "insured_at_start": plan["coverage.insured_at_start"],
        "per_year": total / years,
        "real": ledger["amount_real"].sum(),
        "present_value": discounted(plan, ledger),
        "recurrent_share": amount[ledger["kind"] == RECURRENT].sum() / total if total else np.nan,
        "running_cost": running,
        "running_cost_usd": running / float(evaluation.prices.payment_rates()[-1]),
        "unfunded": gap,
        "unfunded_share": gap / total if total else np.nan,
        "assumed_share": share_by_grade(amount[~is_contingency], ledger["confidence"][~is_contingency])["assumed"],
        "contingency": amount[is_contingency].sum(),
    }


def unit_costs(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """The whole budget per unit of output. Index: unit; columns units (count over all years), lcu, usd (nominal, per unit).

    A unit cost divides everything by one quantity; they are views of one total and are not to be added.
    """
    table = drivers(plan)
    counts = {
        "insured_year": table.loc["average_insured"].sum(),
        "household_year": table.loc["average_insured"].sum() / plan["population.household_size"],
        "enrolment": table.loc["new_insured"].sum(),
        "claim": table.loc["claims"].sum(),
        "facility_year": table.loc["facilities"].sum(),
        "scheme_year": table.loc["schemes"].sum(),
        "user_year": table.loc["users"].sum(),
    }
    units = pd.Series(counts, dtype=float)
    totals = {"lcu": ledger["amount"].sum(), "usd": ledger["amount_usd"].sum()}
    return pd.DataFrame({"units": units} | {name: total / units.where(units > 0) for name, total in totals.items()})


def funders_that_end(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Cost of the first year without a funder, for each funder whose rules end before the plan.

    Columns funder, last_year, next_year, paid_before (in its last year), recurrent (of the next year), unfunded (of the
    next year); nominal LCU.
    """
    paid, last = funding.allocation(plan, ledger), ledger["year"].max()
    yearly = table_of_sums(paid, "funder", sort=True, fill=0.0)
    yearly = yearly.reindex(columns=sorted(ledger["year"].unique()), fill_value=0.0)
    recurrent = cost_by_kind(ledger, "amount").loc[RECURRENT]
    rows = []
    for funder in yearly.index.drop(funding.GAP, errors="ignore"):
        end = int(yearly.columns[yearly.loc[funder] > 0].max())
        if end < last:
            gap = yearly.loc[funding.GAP, end + 1] if funding.GAP in yearly.index else 0.0
            rows.append((funder, end, end + 1, yearly.loc[funder, end], recurrent[end + 1], gap))
    return pd.DataFrame(rows, columns=["funder", "last_year", "next_year", "paid_before", "recurrent", "unfunded"])


def by_funder(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Funders by year, the gap last, with totals. [LCU]"""
    paid = funding.allocation(plan, ledger)
    table = table_of_sums(paid, "funder", fill=0.0)
    table = table.reindex(columns=sorted(ledger["year"].unique()), fill_value=0.0)
    order = [name for name in table.index if name != funding.GAP] + [name for name in table.index if name == funding.GAP]
    return with_totals(table.loc[order])
