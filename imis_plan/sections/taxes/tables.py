"""Tables of taxes: by year, by component with foreign and local cost, by payer."""

from typing import Any

import pandas as pd

from imis_plan.analysis import taxes as views
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.model.funding import GAP, GAP_LABEL
from imis_plan.model.year_labels import year_or_name
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import table_unit
from imis_plan.sections.naming import component_name
from imis_plan.sections.public_names import only

__all__ = ["by_component", "by_payer", "by_year"]
__dir__ = only(__all__)


def by_year(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Net budget, taxes and both together, by year."""
    table = views.by_year(ledger).rename(columns={TOTAL: _("Total")})
    table = table.rename(index=headings())
    return tax_table(plan, table, _("Taxes by year"), "taxes", _("Budget with taxes"))


def by_component(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Foreign and local cost, taxes and the cost with taxes, by component."""
    table = views.by_component(ledger).rename(index=lambda key: _("Total") if key == TOTAL else component_name(key))
    table = table.rename(columns=headings())
    return tax_table(plan, table, _("Foreign and local cost and taxes by component"), "foreign_local", _("Total"))


def by_payer(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """What each payer pays: its part of the net budget, taxes on it, taxes for exempt funders."""
    names = {TOTAL: _("Total"), GAP: _(GAP_LABEL)}
    table = views.by_payer(plan, ledger).rename(index=lambda key: names.get(key, str(key)), columns=headings())
    return tax_table(plan, table, _("Who bears the taxes"), "tax_bearers", _("Total"))


def headings() -> dict[str, str]:
    """Names of the columns and rows."""
    return {
        views.NET: _("Net budget"),
        views.TAX: _("Taxes"),
        views.GROSS: _("Budget with taxes"),
        views.FOREIGN: _("Foreign"),
        views.LOCAL: _("Local"),
        views.OWN: _("Taxes on its own part"),
        views.FOR_OTHERS: _("Taxes for exempt funders"),
        views.OUTLAY: _("To pay in all"),
        views.NOT_PAID: _("Taxes that others bear"),
    }


def tax_table(plan: Plan, table: pd.DataFrame, caption: str, key: str, emphasis: str) -> dict[str, Any]:
    """A table of amounts, scaled, with the unit in the caption."""
    divisor, unit = table_unit(plan, float(table.abs().max().max()))
    digits = 1 if divisor > 1 else 0
    frame = (table / divisor).rename(columns=lambda key: year_or_name(plan, key))
    frame.index.name, frame.columns.name = _("Item"), None
    return {
        "frame": frame,
        "caption": f"{caption} ({unit})",
        "formats": dict.fromkeys(frame.columns, lambda x: formats.number(x, digits)),
        "emphasis": (emphasis,),
        "key": key,
    }
