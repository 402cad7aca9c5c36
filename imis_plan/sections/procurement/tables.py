"""The procurement plan and the steps of its methods."""

from typing import Any

import pandas as pd

from imis_plan.analysis import procurement as views
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.model.budget_line import N_
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.line_attributes import CONSULTING, GOODS, NON_CONSULTING, WORKS
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import table_unit
from imis_plan.sections.citations import full_citation
from imis_plan.sections.naming import grade_mark
from imis_plan.sections.public_names import only

__all__ = ["packages", "steps"]
__dir__ = only(__all__)

CATEGORIES = {
    GOODS: N_("goods"),
    WORKS: N_("works"),
    CONSULTING: N_("consulting services"),
    NON_CONSULTING: N_("non-consulting services"),
}


def packages(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Packages of the first two years with cost, method and dates."""
    table = views.procurement_plan(plan, ledger)
    divisor, unit = table_unit(plan, float(table["amount"].max()) if len(table) else 0.0)
    cost = _("Cost")
    columns = {
        _("Year"): [year_label(plan, year) for year in table["year"]],
        _("Package"): [_(title) for title in table["title"]],
        _("Category"): [_(CATEGORIES[category]) for category in table["category"]],
        cost: (table["amount"] / divisor).tolist(),
    }
    if plan.procurement.name:
        columns |= {
            _("Method"): [method or "–" for method in table["method"]],
            _("Weeks"): [weeks(low, high) for low, high in zip(table["weeks_low"], table["weeks_high"], strict=True)],
            _("Start by"): [formats.short_date(day) for day in table["start_by"]],
        }
    columns |= {
        _("Needed from"): [formats.short_date(day) for day in table["delivery"]],
        _("Before the year begins"): [_("yes") if flag else "" for flag in table["before_year"]],
    }
    return {
        "frame": pd.DataFrame(columns),
        "caption": f"{caption()} ({unit})",
        "formats": {cost: lambda x: formats.number(x, 2 if divisor > 1 else 0)},
        "key": "procurement",
    }


def caption() -> str:
    """What the table shows."""
    return _("Procurement plan of the first two years")


def steps(plan: Plan) -> dict[str, Any]:
    """The methods of the country with their ceilings, and the weeks of each step with its source."""
    rows = [
        (
            method.title,
            formats.number(method.up_to) if method.up_to is not None else _("without limit"),
            step.name,
            weeks(step.low, step.high),
            full_citation(plan, step.source),
            grade_mark(step.confidence),
        )
        for method in plan.procurement.methods
        for step in method.steps
    ]
    ceiling = _("Up to, {currency}").format(currency=plan.about.currency)
    names = [_("Method"), ceiling, _("Step"), _("Weeks"), _("Source"), _("Grade")]
    return {
        "frame": pd.DataFrame(rows, columns=names),
        "caption": _("Procurement methods and their steps"),
        "fold": True,
        "key": "procurement_steps",
    }


def weeks(low: float | None, high: float | None) -> str:
    """Weeks at least and at most; a dash where they are not known."""
    if low is None or high is None or pd.isna(low):
        return "–"
    return formats.count(low) if low == high else f"{formats.count(low)}–{formats.count(high)}"
