"""Detailed cost tables of COSTAB: a row for each line with quantities, unit cost, base cost, contingencies and payers."""

import pandas as pd

from imis_plan.analysis.costab import CONTINGENCY, STAGES, category, cost_stages
from imis_plan.model import funding
from imis_plan.model.components import COMPONENTS
from imis_plan.scenario.plan import Plan

KEY = ["component", "line", "label", "role_or_level", "kind", "quantity_unit", "unit_price", "price_currency", "price_year"]


def detailed_costs(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Lines that cost something, in the order of the components; contingency follows the lines of the component that it is for.

    Columns KEY, without quantity, unit and price of contingency; category (empty for contingency); quantity_YEAR and base_YEAR
    for each year; unit_base, base cost per unit [LCU of the base year]; the STAGES of `costab`, tax, and paid_PAYER for each
    payer [LCU]. Sums of total and of all that is paid are those of the ledger.
    """
    years = sorted(set(ledger["year"]))
    rows = ledger.assign(**as_details(ledger)).join(cost_stages(plan, ledger, usd=False))
    for name, paid in funding.payments_by_rule(plan, ledger):
        rows[f"paid_{name}"] = rows.get(f"paid_{name}", 0.0) + paid
    amounts = [*STAGES, "tax", *(f"paid_{name}" for name in payers(plan, ledger))]
    groups = rows.groupby(KEY, sort=False)
    table = groups[amounts].sum()
    for value in ("quantity", "base"):
        by_year = rows.pivot_table(index=KEY, columns="year", values=value, aggfunc="sum", sort=False)
        table = table.join(by_year.reindex(columns=years).fillna(0.0).add_prefix(f"{value}_"))
    table = table[table["total"] != 0].reset_index()
    quantity = table[[f"quantity_{year}" for year in years]].sum(axis=1)
    keys = zip(*(table[name] for name in ("component", "line", "role_or_level", "kind")), strict=True)
    reserve = table["quantity_unit"] == ""
    kinds = ["" if is_reserve else category(plan, *key) for key, is_reserve in zip(keys, reserve, strict=True)]
    table = table.assign(category=kinds, unit_base=(table["base"] / quantity.where(quantity != 0)).fillna(0.0))
    return table.iloc[in_order(table, reserve)].reset_index(drop=True)


def as_details(ledger: pd.DataFrame) -> dict[str, pd.Series]:
    """Contingency as lines of the component that it is for, without quantity and price: it is a share of other lines."""
    reserve = ledger["component"] == CONTINGENCY
    whole = reserve & ~ledger["role_or_level"].isin(COMPONENTS)
    return {
        "component": ledger["component"].where(~reserve | whole, ledger["role_or_level"]),
        "role_or_level": ledger["role_or_level"].where(~reserve, ""),
        "quantity": ledger["quantity"].where(~reserve, 0.0),
        "quantity_unit": ledger["quantity_unit"].where(~reserve, ""),
        "unit_price": ledger["unit_price"].where(~reserve, 0.0),
        "price_currency": ledger["price_currency"].where(~reserve, ""),
        "price_year": ledger["price_year"].where(~reserve, 0),
    }


def in_order(table: pd.DataFrame, reserve: pd.Series) -> list[int]:
    """Positions of the rows by component, each with its contingency last."""
    place = {name: i for i, name in enumerate(COMPONENTS)}
    keys = [(place[name], bool(last)) for name, last in zip(table["component"], reserve, strict=True)]
    return sorted(range(len(table)), key=keys.__getitem__)


def payers(plan: Plan, ledger: pd.DataFrame) -> list[str]:
    """The payers in the order of their rules, the gap last."""
    return list(dict.fromkeys(name for name, _paid in funding.payments_by_rule(plan, ledger)))
