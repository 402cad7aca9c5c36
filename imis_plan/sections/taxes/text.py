"""Taxes in sentences: how much, at which rates, who bears them, and what is foreign cost."""

import pandas as pd

from imis_plan.analysis import taxes as views
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n.formats import escape_markdown, join_with_and, share
from imis_plan.i18n.translate import _
from imis_plan.model.tax_rates import DUTIES, INCLUDED, PRICES, VAT
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amounts import local_money
from imis_plan.sections.public_names import only

__all__ = ["taxes", "taxes_beside"]
__dir__ = only(__all__)

# Rates that differ by less are shown alike.
EXACT = 1e-9


def taxes_beside(plan: Plan, ledger: pd.DataFrame) -> str:
    """The taxes beside the net sum that is asked for, in one sentence."""
    tax = float(ledger["tax"].sum())
    if not tax:
        return _("No taxes are due on it.")
    text = _("It is net of taxes; {taxes} of {amount} are due in addition.")
    return text.format(taxes=anchors.link(_("value added tax and duty"), anchors.table("taxes")), amount=local_money(plan)(tax))


def taxes(plan: Plan, ledger: pd.DataFrame) -> str:
    """How much, at which rates, who bears them, and what is foreign cost."""
    if not float(ledger["amount"].sum()):
        return _("Nothing is budgeted, so no taxes are due.")
    return "\n\n".join([amounts(plan, ledger), rates(plan), bearers(plan, ledger), foreign_cost(plan, ledger)])


def amounts(plan: Plan, ledger: pd.DataFrame) -> str:
    """Net budget, taxes, and their range by the range of the rates."""
    lcu, table = local_money(plan), views.by_year(ledger)[TOTAL]
    text = _("All amounts of this report are net of taxes. Value added tax and import duty on them are {tax} ({part}); with taxes, the budget is {gross}.").format(
        tax=lcu(table[views.TAX]), part=share(table[views.TAX] / table[views.NET], 1), gross=lcu(table[views.GROSS])
    )  # fmt: skip
    low, high = views.tax_range(plan, ledger)
    if low < high:
        text += " " + _("With the rates at the ends of their ranges, taxes are {low} to {high}.").format(
            low=lcu(low), high=lcu(high)
        )
    if plan[PRICES] == INCLUDED:
        text += " " + _("The prices of the scenario include taxes; they are taken net before they are multiplied.")
    return text


def rates(plan: Plan) -> str:
    """The rates, and what carries no tax."""
    return _(
        "Value added tax is {vat}, on services and goods alike; duty is {equipment} on equipment and {cards} on cards, and value added "
        "tax is on the price with duty. Pay, per diems and bank charges carry no tax. Contingency has the average rate of what it is for."
    ).format(vat=rate(plan, VAT), equipment=rate(plan, DUTIES["equipment"]), cards=rate(plan, DUTIES["cards"]))


def rate(plan: Plan, path: str) -> str:
    """A rate with its range, and whether it is assumed."""
    parameter = plan.parameters[path]
    digits = next((n for n in (0, 1) if abs(parameter.value - round(parameter.value, n + 2)) < EXACT), 2)
    value = share(parameter.value, digits)
    if parameter.low is None or parameter.high is None or parameter.low == parameter.high:
        return value
    text = _("{value} (assumed; {low} to {high})") if parameter.confidence == "assumed" else _("{value} ({low} to {high})")
    return text.format(value=value, low=share(parameter.low), high=share(parameter.high))


def bearers(plan: Plan, ledger: pd.DataFrame) -> str:
    """What exempt funders finance without taxes, and who bears the taxes on it."""
    exempt, lcu = views.tax_free(plan, ledger), local_money(plan)
    if exempt.empty:
        return _(
            "No funder is exempt in this scenario: each pays the taxes on its part. `taxes: exempt` in a funding rule changes that."
        )
    parts = [
        _("{tax} on the part of {funder}, borne by {bearer}").format(
            tax=lcu(row.tax), funder=escape_markdown(row.funder), bearer=escape_markdown(row.bearer)
        )
        for row in exempt.itertuples()
    ]
    return _("Exempt funders finance {amount}, free of taxes. The taxes on it are: {parts}. Every other funder pays the taxes on its part.").format(
        amount=lcu(exempt["amount"].sum()), parts=join_with_and(parts)
    )  # fmt: skip


def foreign_cost(plan: Plan, ledger: pd.DataFrame) -> str:
    """What is bought on the world market."""
    table = views.by_component(ledger).loc[TOTAL]
    return _(
        "Foreign cost is what is bought on the world market, at prices that follow the exchange rate: {amount}, or {part} of the net "
        "budget. Contingency is divided like the other cost."
    ).format(amount=local_money(plan)(table[views.FOREIGN]), part=share(table[views.FOREIGN] / table[views.NET], 1))
