"""Cost by component, by kind and year, and unit costs."""

from typing import Any

import pandas as pd

from imis_plan.analysis import annual_cost, summary as views
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.model.components import COMPONENTS
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amount_table import amounts_by_year
from imis_plan.sections.amounts import table_unit, unit_cost
from imis_plan.sections.naming import component_name
from imis_plan.sections.public_names import only

__all__ = ["capital_and_recurrent", "components", "running_cost", "unit_costs"]
__dir__ = only(__all__)


def components(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Components by year; each leads to its lines."""
    table = views.by_component(ledger)
    targets = [anchors.lines(str(name)) if name in COMPONENTS and table.loc[name].any() else "" for name in table.index]
    table = table.rename(index={name: component_name(name) for name in COMPONENTS} | {views.TOTAL: _("Total")})
    return amounts_by_year(plan, table, _("Cost by component and year"), key="components", links={_("Item"): targets})


def capital_and_recurrent(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Capital and recurrent cost by year."""
    names = {"capital": _("Capital"), "recurrent": _("Recurrent"), views.TOTAL: _("Total")}
    table = views.by_kind(ledger).rename(index=names)
    targets = [anchors.table("components")] * len(table)
    return amounts_by_year(plan, table, _("Capital and recurrent cost by year"), key="kinds", links={_("Item"): targets})


def running_cost(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """What it costs to keep the system running in the last year, by component; each leads to its lines."""
    table = annual_cost.running_cost(plan, ledger)
    costing = set(ledger.loc[ledger["amount"] != 0, "component"])
    targets = [anchors.lines(str(name)) if name in costing else "" for name in table.index] + [""]
    table.loc[views.TOTAL] = table.sum()
    divisor, unit = table_unit(plan, float(table["total"].max()))
    frame = (table / divisor).rename(index={name: component_name(name) for name in COMPONENTS} | {views.TOTAL: _("Total")})
    frame.columns = pd.Index([_("Recurrent"), _("Replacement of equipment, a year"), _("Total")])
    frame.index.name = _("Item")
    note = _(
        "Replacement: equal yearly payments for the equipment in use, over its useful life, at the discount rate of the plan. They are not "
        "payments of this year and must not be added to cash amounts."
    )
    caption = _("To keep it running in {year}, by component ({currency})").format(
        year=year_label(plan, ledger["year"].max()), currency=unit
    )
    return {
        "frame": frame, "caption": caption, "notes": note, "key": "running_cost", "emphasis": (_("Total"),),
        "formats": dict.fromkeys(frame.columns, lambda x: formats.number(x, 1 if divisor > 1 else 0)),
        "links": {_("Item"): targets},
    }  # fmt: skip


def unit_costs(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """The whole budget over what it serves."""
    names = {
        "insured_year": _("Insured person-year"),
        "household_year": _("Household-year"),
        "enrolment": _("Enrolment"),
        "claim": _("Claim"),
        "facility_year": _("Facility-year"),
        "scheme_year": _("Scheme-year"),
        "user_year": _("User-year"),
    }
    table = views.unit_costs(plan, ledger).dropna().rename(index=names)
    currency = formats.currency_name(plan.about.currency)
    table.columns = pd.Index([_("Number over all years"), currency, "USD"])
    table.index.name = _("Total budget per")
    note = _("Each row is the total budget divided by one quantity. The rows show the same total and must not be added.")
    formatted = {_("Number over all years"): formats.number, currency: unit_cost, "USD": unit_cost}
    links = {
        _("Number over all years"): [anchors.table("volumes")] * len(table),
        currency: [anchors.table("components")] * len(table),
    }
    return {"frame": table, "caption": _("Unit costs"), "notes": note, "formats": formatted, "key": "unit_costs", "links": links}
