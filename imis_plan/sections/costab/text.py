"""The budget for a lender, in sentences."""

import pandas as pd

from imis_plan.analysis import costab
from imis_plan.i18n.formats import join_with_and, share
from imis_plan.i18n.translate import _
from imis_plan.model.contingency import PRICE, RISK
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.public_names import only

__all__ = ["project_costs"]
__dir__ = only(__all__)


def project_costs(plan: Plan, ledger: pd.DataFrame) -> str:
    """Base cost, both contingencies and total, the largest categories, and definitions."""
    lcu, table = local_money(plan), costab.costs(plan, ledger)
    sums = table[list(costab.STAGES)].sum()
    if not sums["base"]:
        return _("Nothing is budgeted, so there are no project costs.")
    text = _(
        "Base costs are {base} in constant {year} prices. Physical contingencies are {physical} ({physical_share} of "
        "base costs) and price contingencies {price} ({price_share}). Total cost is {total}."
    ).format(
        base=lcu(sums["base"]),
        year=year_label(plan, plan["time.base_year"]),
        physical=lcu(sums["physical"]),
        physical_share=share(sums["physical"] / sums["base"], 1),
        price=lcu(sums["price"]),
        price_share=share(sums["price"] / sums["base"], 1),
        total=lcu(sums["total"]),
    )
    return "\n\n".join([f"{text} {leading_categories(table)}", definitions(plan, ledger)])


def leading_categories(table: pd.DataFrame) -> str:
    """The three expenditure categories that cost most, and those that the budget does not need."""
    sums = table.groupby("category")["base"].sum()
    total, top = sums.sum(), sums.nlargest(3)
    parts = [
        _("{name} ({part})").format(name=_(costab.CATEGORIES[key]), part=share(amount / total)) for key, amount in top.items()
    ]
    empty = [_(text) for key, text in costab.CATEGORIES.items() if not sums.get(key, 0.0)]
    none = [_("There are no lines under {names}.").format(names=join_with_and(empty))] if empty else []
    return " ".join([_("The largest expenditure categories are {names}.").format(names=join_with_and(parts)), *none])


def definitions(plan: Plan, ledger: pd.DataFrame) -> str:
    """What price contingency is here, and how categories relate to capital and recurrent cost."""
    own = ledger.loc[ledger["line"] == PRICE, "amount"].sum()
    margin = (
        _("It includes a margin of {amount} for inflation above the expected rate.").format(amount=local_money(plan)(own))
        if own
        else _("It includes no margin for inflation above the expected rate.")
    )
    whole = (
        [_("A simulated contingency covers both quantities and prices; it is shown under physical contingencies.")]
        if (ledger["line"] == RISK).any()
        else []
    )
    text = _(
        "As in COSTAB, price contingency is the expected inflation. The other tables of this report include it in every"
        " amount; these tables show it separately. {margin} Amounts in US dollars use the exchange rate of {year} for "
        "base costs and that of the year of payment for total cost. Lenders treat works, goods, services, consultants "
        "and training as investment, whatever their useful life. In the rest of this report, capital and recurrent "
        "costs depend on useful life."
    )
    return " ".join([text.format(margin=margin, year=year_label(plan, plan["time.base_year"])), *whole])
