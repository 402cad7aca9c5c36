"""What a ministry files, in sentences: the first year by code, its taxes, what to order, and where the long tables are."""

import pandas as pd

from imis_plan.analysis import economic_codes, procurement as views, taxes
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n.translate import _
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amounts import local_money
from imis_plan.sections.procurement.text import before_the_year
from imis_plan.sections.public_names import only

__all__ = ["first_year", "long_tables"]
__dir__ = only(__all__)


def first_year(plan: Plan, ledger: pd.DataFrame) -> str:
    """Current and capital expenditure of the first year with its taxes, and what must be started before it begins."""
    lcu, year = local_money(plan), plan["time.base_year"]
    cost = economic_codes.by_class(ledger)[year]
    tax = taxes.by_year(ledger).loc[taxes.TAX, year]
    text = _(
        "{year} takes {total}: {current} of current and {capital} of capital expenditure, net of taxes. Taxes on it are {tax}."
    ).format(
        year=year_label(plan, year),
        total=lcu(cost[TOTAL]),
        current=lcu(cost[economic_codes.CURRENT]),
        capital=lcu(cost[economic_codes.CAPITAL_EXPENDITURE]),
        tax=lcu(tax),
    )
    packages = views.procurement_plan(plan, ledger)
    orders = before_the_year(plan, packages) if len(packages) else [_("Nothing is procured in the first two years.")]
    return "\n\n".join([text, *orders])


def long_tables(plan: Plan) -> str:
    """Where the annex has every account, both years of cash by line, and all packages."""
    codes = anchors.table("accounts" if plan.chart.name else "economic_classes")
    text = _(
        "The annex has the {codes}, the {taxes} by payer, the {cash} by line and the {orders} with all packages. "
        "`imis-plan export` writes the financing plan by code, funder and year for the ministry's template."
    )
    return text.format(
        codes=anchors.link(_("accounts of the country’s own chart") if plan.chart.name else _("economic classes"), codes),
        taxes=anchors.link(_("taxes"), anchors.table("tax_bearers")),
        cash=anchors.link(_("cash plan"), anchors.table("cash_plan_lines")),
        orders=anchors.link(_("procurement plan"), anchors.table("procurement")),
    )
