"""Short tables for the forms of a ministry; the annex has the long ones, from the same functions."""

from typing import Any

import pandas as pd

from imis_plan.analysis import cash_plan as cash_views, economic_codes, procurement, taxes
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.scenario.line_attributes import is_capital
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amount_table import amounts_by_year
from imis_plan.sections.amounts import table_unit
from imis_plan.sections.cash_plan.tables import quarter_name, scaled
from imis_plan.sections.economic_codes.tables import class_name
from imis_plan.sections.economic_codes.text import services_used_for_years
from imis_plan.sections.public_names import only

__all__ = ["codes_and_taxes", "first_year_cash", "orders"]
__dir__ = only(__all__)

# Packages that the table has room for, unless more must be started before the year begins.
MOST_ORDERS = 10


def codes_and_taxes(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Economic classes by year with current and capital expenditure; below the net total its taxes, and both together."""
    taxed = taxes.by_year(ledger).loc[[taxes.TAX, taxes.GROSS]]
    below = taxed.rename(index={taxes.TAX: _("Taxes"), taxes.GROSS: _("Budget with taxes")})
    table = pd.concat([economic_codes.by_class(ledger).rename(index=class_name), below])
    shown = amounts_by_year(plan, table, _("Cost by economic class (GFSM 2014) and year, with taxes"), key="form_codes")
    strong = [class_name(key) for key in (economic_codes.CURRENT, economic_codes.CAPITAL_EXPENDITURE)]
    notes = list(filter(None, [services_used_for_years(plan, ledger)]))
    return shown | {"emphasis": (*strong, _("Total"), _("Budget with taxes")), "notes": notes}


def first_year_cash(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Current and capital expenditure of the first year by quarter."""
    first = plan["time.base_year"]
    cash = cash_views.cash_plan(plan, ledger)
    cash = cash[cash["year"] == first]
    capital = cash["gfs_code"].map(is_capital)
    rows = {
        class_name(economic_codes.CURRENT): cash[~capital][cash_views.QUARTERS].sum(),
        class_name(economic_codes.CAPITAL_EXPENDITURE): cash[capital][cash_views.QUARTERS].sum(),
    }
    table = pd.DataFrame(rows).T.astype(float)
    table.loc[class_name(TOTAL)] = table.sum()
    table.columns = pd.Index([quarter_name(plan, first, quarter) for quarter in cash_views.QUARTERS])
    table = table.assign(**{_("Year"): table.sum(axis=1)})
    table.index.name = _("Item")
    return scaled(plan, table, _("Cash of the first year by quarter"), key="form_cash", emphasis=(class_name(TOTAL),))


def orders(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Packages of the first year by the date on which they are started, the earliest first; those without room are in the annex."""
    table = first_orders(plan, ledger)
    divisor, unit = table_unit(plan, float(table["amount"].max()) if len(table) else 0.0)
    cost = _("Cost")
    columns = {_("Package"): [_(title) for title in table["title"]], cost: (table["amount"] / divisor).tolist()}
    if plan.procurement.name:
        columns |= {
            _("Method"): [method or "–" for method in table["method"]],
            _("Start by"): [formats.short_date(day) for day in table["start_by"]],
        }
    columns |= {
        _("Needed from"): [formats.short_date(day) for day in table["delivery"]],
        _("Before the year begins"): [_("yes") if flag else "" for flag in table["before_year"]],
    }
    caption = _("What to order by when, for the first year")
    return {
        "frame": pd.DataFrame(columns),
        "caption": f"{caption} ({unit})",
        "formats": {cost: lambda x: formats.number(x, 2 if divisor > 1 else 0)},
        "key": "form_orders",
    }


def first_orders(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Packages of the first year: all that are started before it begins, then the largest while there is room; by date."""
    table = procurement.procurement_plan(plan, ledger)
    table = table[table["year"] == plan["time.base_year"]]
    early = int(table["before_year"].sum())
    chosen = table.sort_values(["before_year", "amount"], ascending=[False, False], kind="stable").head(max(early, MOST_ORDERS))
    return chosen.sort_values("start_by", kind="stable").reset_index(drop=True)
