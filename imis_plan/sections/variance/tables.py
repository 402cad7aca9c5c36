"""Plan against actuals: the variance, the factors, and the plan with them."""

from typing import Any

import pandas as pd

from imis_plan.analysis import variance as views
from imis_plan.analysis.execution import execution as execution_of
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amount_table import amounts_by_year
from imis_plan.sections.naming import component_name
from imis_plan.sections.public_names import only
from imis_plan.sections.variance.text import code_name, item_name, period_name

__all__ = ["adjustment_factors", "execution", "plan_and_actuals", "projection"]
__dir__ = only(__all__)


def plan_and_actuals(plan: Plan, ledger: pd.DataFrame, actuals: Actuals) -> dict[str, Any]:
    """What was planned and what was spent, by item and year."""
    table = views.variance(plan, ledger, actuals)
    names = {_("Plan"): "plan", _("Actual"): "actual", _("Difference"): "difference"}
    frame = pd.DataFrame(
        {
            _("Item"): [item_name(ledger, row) for _i, row in table.iterrows()],
            _("Year"): [year_label(plan, year) for year in table["year"]],
            **{name: list(table[column]) for name, column in names.items()},
            _("Share"): list(table["share"]),
        }
    )
    about = _("Source: {file}. Base cost without contingency; foreign currency at the exchange rates of the plan.").format(
        file=actuals.file
    )
    notes = [localized(actuals.note), about] if actuals.note else [about]
    caption = _("Plan against actuals ({currency})").format(currency=formats.currency_name(plan.about.currency))
    formatted = dict.fromkeys(names, formats.number) | {_("Share"): formats.share}
    return {"frame": frame, "caption": caption, "notes": notes, "formats": formatted}


def execution(plan: Plan, ledger: pd.DataFrame, actuals: Actuals) -> dict[str, Any]:
    """What was planned and what was spent by economic code, with the share executed in the period and of the year so far."""
    table = execution_of(plan, ledger, actuals)
    names = {_("Plan"): "plan", _("Actual"): "actual", _("Difference"): "difference"}
    executed, to_date = _("Executed"), _("Of the year so far")
    frame = pd.DataFrame(
        {
            _("Code"): [code_name(plan, row) for _i, row in table.iterrows()],
            _("Period"): [
                period_name(plan, year, quarter) for year, quarter in zip(table["year"], table["quarter"], strict=True)
            ],
            **{name: list(table[column]) for name, column in names.items()},
            executed: list(table["executed"]),
            to_date: list(table["to_date"]),
        }
    )
    about = _(
        "Source: {file}. Base cost without contingency, net of taxes; a code stands for all codes that begin with it; quarters are "
        "compared with the cash plan."
    ).format(file=actuals.file)
    notes = [localized(actuals.note), about] if actuals.note else [about]
    caption = _("Plan against actuals by economic code ({currency})").format(currency=formats.currency_name(plan.about.currency))
    formatted = dict.fromkeys(names, formats.number) | dict.fromkeys((executed, to_date), formats.share)
    return {"frame": frame, "caption": caption, "notes": notes, "formats": formatted}


def adjustment_factors(plan: Plan, ledger: pd.DataFrame, actuals: Actuals) -> dict[str, Any]:
    """The factors that would have been right."""
    table = views.factors(views.variance(plan, ledger, actuals)).reset_index()
    frame = pd.DataFrame(
        {
            _("Item"): [item_name(ledger, row) for _i, row in table.iterrows()],
            _("Years with actuals"): list(table["years"]),
            _("Factor"): list(table["factor"]),
        }
    )
    caption = _("Adjustment factors: actual divided by plan")
    return {"frame": frame, "caption": caption, "formats": {_("Factor"): lambda x: formats.number(x, 3)}}


def projection(plan: Plan, ledger: pd.DataFrame, actuals: Actuals) -> dict[str, Any]:
    """The plan with what was spent, and with the factors in the years after."""
    table = views.by_year(views.projection(ledger, views.variance(plan, ledger, actuals)))
    names = {name: component_name(name) for name in table.index if name != TOTAL} | {TOTAL: _("Total")}
    note = _(
        "A projection, not a budget: actual spending where it is known, then the plan times the adjustment factors. "
        "Contingency and items without actuals are as planned."
    )
    return amounts_by_year(plan, table.rename(index=names), _("Projection with actuals and factors"), notes=note)
