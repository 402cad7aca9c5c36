"""The budget for a lender, in sentences."""

import pandas as pd

from imis_plan.analysis import costab
from imis_plan.i18n.formats import listed, share
from imis_plan.i18n.translate import _
from imis_plan.model.contingency import PRICE, RISK
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.public_names import only

__all__ = ["project_costs"]
__dir__ = only(__all__)


def project_costs(plan: Plan, ledger: pd.DataFrame) -> str:
    """Base cost, both contingencies and total, which categories lead, and what the words mean here."""
    lcu, table = local_money(plan), costab.costs(plan, ledger)
    sums = table[list(costab.STAGES)].sum()
    if not sums["base"]:
        return _("Nothing is budgeted, so there is nothing to show to a lender.")
    text = _(
        "Base cost is {base} in the prices of {year}. Physical contingencies add {physical} ({physical_share} of base cost), and price "
        "contingencies {price} ({price_share}): {total} in all."
    ).format(
        base=lcu(sums["base"]),
        year=plan["time.base_year"],
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
    none = [_("No line falls under {names}.").format(names=listed(empty))] if empty else []
    return " ".join([_("The largest expenditure categories are {names}.").format(names=listed(parts)), *none])


def definitions(plan: Plan, ledger: pd.DataFrame) -> str:
    """What price contingency is here, and how categories relate to capital and recurrent cost."""
    own = ledger.loc[ledger["line"] == PRICE, "amount"].sum()
    margin = (
        _("{amount} of it is the margin for prices that rise faster than expected.").format(amount=local_money(plan)(own))
        if own
        else _("No margin for prices that rise faster than expected is in it.")
    )
    whole = (
        [_("Contingency by percentile covers quantities and prices at once; it stands under physical contingencies.")]
        if (ledger["line"] == RISK).any()
        else []
    )
    text = _(
        "In the sense of COSTAB, price contingency is the expected rise of prices, which the other tables of this report have in every "
        "amount and which is taken out here. {margin} Dollars are taken at the exchange rate of {year} for base cost and at that of the year of payment "
        "for total cost. Lenders count works, goods, services, consultants and training as investment, whether they last or not; capital and "
        "recurrent elsewhere in this report follow how long a thing is used."
    )
    return " ".join([text.format(margin=margin, year=plan["time.base_year"]), *whole])
