"""Who pays in which year, and for which component."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.analysis.sums import table_of_sums
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.model import funding
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amount_table import amounts_by_year
from imis_plan.sections.amounts import table_unit
from imis_plan.sections.naming import component_name
from imis_plan.sections.public_names import only

__all__ = ["funding_by_component", "funding_by_year"]
__dir__ = only(__all__)


def funding_by_year(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Who pays in which year."""
    table = views.by_funder(plan, ledger).rename(index={funding.GAP: _("not yet funded"), views.TOTAL: _("Total")})
    targets = [anchors.table("funders.components")] * len(table)
    return amounts_by_year(plan, table, _("Who pays, by year"), key="funders", links={_("Item"): targets})


def funding_by_component(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Who pays which component over all years; each component leads to its lines, and contingency counts by itself."""
    paid = funding.allocation(plan, ledger)
    table = table_of_sums(paid, "component", "funder", fill=0.0)
    order = [name for name in ledger["component"].unique() if name in table.index]
    payers = [name for name in table.columns if name != funding.GAP] + [name for name in table.columns if name == funding.GAP]
    table = views.with_totals(table.loc[order, payers])
    divisor, unit = table_unit(plan, float(table.to_numpy().max()))
    links = [anchors.lines(str(name)) if name != views.TOTAL else "" for name in table.index]
    frame = (table / divisor).rename(
        index={name: component_name(name) for name in order} | {views.TOTAL: _("Total")},
        columns={funding.GAP: _("not yet funded"), views.TOTAL: _("Total")},
    )
    frame.index.name = _("Item")
    return {
        "frame": frame,
        "caption": _("Who pays which component ({currency})").format(currency=unit),
        "key": "funders.components",
        "formats": dict.fromkeys(frame.columns, lambda x: formats.number(x, 1 if divisor > 1 else 0)),
        "emphasis": (_("Total"),),
        "links": {_("Item"): links},
    }
