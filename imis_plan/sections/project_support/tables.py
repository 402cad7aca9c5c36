"""Tables of project support: the total with it by year, and the indirect cost of each funder."""

from typing import Any

import pandas as pd

from imis_plan.analysis import project_support as views
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.model.project_support import CONTINGENCY, indirect_costs
from imis_plan.model.year_labels import with_year_labels
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import table_unit
from imis_plan.sections.citations import short_citation
from imis_plan.sections.public_names import only

__all__ = ["indirect_cost", "with_support"]
__dir__ = only(__all__)


def row_names() -> dict[str, str]:
    """Names of the rows of the table."""
    return {
        views.BUDGET: _("The budget"),
        "partner_staff": _("Staff of the implementing partner"),
        "partner_office": _("Office of the implementing partner"),
        CONTINGENCY: _("Contingency for the implementing partner"),
        views.INDIRECT: _("Indirect cost"),
        TOTAL: _("Total with project support"),
    }


def with_support(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """The budget, what projects pay for beside it, and both together, by year."""
    table = views.with_support(plan, ledger)
    table = table[(table[TOTAL] != 0) | table.index.isin([views.BUDGET, TOTAL])]
    divisor, unit = table_unit(plan, float(table[TOTAL].max()))
    caption = _("The budget and the total with project support")
    frame = with_year_labels(plan, (table / divisor).rename(index=row_names(), columns={TOTAL: _("Total")}))
    frame.index.name, frame.columns.name = _("Item"), None
    return {
        "frame": frame,
        "caption": f"{caption} ({unit})",
        "formats": dict.fromkeys(frame.columns, lambda x: formats.number(x, 1 if divisor > 1 else 0)),
        "emphasis": (_("Total with project support"),),
        "key": "project_support",
    }


def indirect_cost(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Indirect cost of each rule that states one: the base cost that its funder pays, the share, the amount."""
    rows = [
        (
            localized(entry.rule.funder),
            entry.base.sum(),
            entry.rule.indirect_cost,
            entry.amount.sum(),
            ", ".join(entry.rule.indirect_cost_excludes or ()),
            short_citation(plan, localized(entry.rule.indirect_cost_source)),
        )
        for entry in indirect_costs(plan, ledger)
    ]
    columns = [_("Funder"), _("Base cost"), _("Rate"), _("Indirect cost"), _("Without the classes"), _("Source")]
    frame = pd.DataFrame(rows, columns=columns)
    divisor, unit = table_unit(plan, float(frame[_("Base cost")].max()))
    frame[[_("Base cost"), _("Indirect cost")]] /= divisor
    digits = 1 if divisor > 1 else 0
    amounts = dict.fromkeys([_("Base cost"), _("Indirect cost")], lambda x: formats.number(x, digits))
    return {
        "frame": frame,
        "caption": f"{_('Indirect cost of funders')} ({unit})",
        "formats": amounts | {_("Rate"): lambda x: formats.share(x, 1)},
        "key": "indirect_cost",
    }
