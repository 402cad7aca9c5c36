"""The budget by economic class in sentences: current and capital, where the law draws the line, and what has no account yet."""

import pandas as pd

from imis_plan.analysis import economic_codes as views, residual_value as residuals
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n.formats import join_with_and, share
from imis_plan.i18n.translate import _, plural
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.folder import CHARTS
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amounts import local_money
from imis_plan.sections.naming import line_in_sentence
from imis_plan.sections.public_names import only

__all__ = ["economic_codes", "residual_value"]
__dir__ = only(__all__)

# Number of lines without an account that are named; the table has all of them.
NAMED = 3


def economic_codes(plan: Plan, ledger: pd.DataFrame) -> str:
    """Current and capital expenditure by class, how that differs from useful life, and the country's own accounts."""
    table = views.by_class(ledger)[TOTAL]
    if not table[TOTAL]:
        return _("Nothing is budgeted, so no code has an amount.")
    return "\n\n".join([current_and_capital(plan, ledger), accounts(plan, ledger)])


def residual_value(plan: Plan, ledger: pd.DataFrame) -> str:
    """What equipment is still worth at the end of the plan, and that it is in no sum."""
    table = residuals.by_line(plan, ledger)
    total = table.iloc[-1]
    if not total[residuals.BOUGHT]:
        return _("No equipment is bought, so nothing of it is left at the end of the plan.")
    last = plan["time.base_year"] + plan["time.horizon"] - 1
    return _(
        "Equipment bought for {bought} is still worth {residual} at the end of {year} ({part}): the part of each price that the "
        "remaining life is of the useful life. This is a memo item: it is deducted from no amount, and losses and resale prices are not in it."
    ).format(
        bought=local_money(plan)(total[residuals.BOUGHT]),
        residual=local_money(plan)(total[residuals.RESIDUAL]),
        year=year_label(plan, last),
        part=share(total[residuals.RESIDUAL] / total[residuals.BOUGHT]),
    )


def current_and_capital(plan: Plan, ledger: pd.DataFrame) -> str:
    """Both totals by class, and the lines that are capital by useful life and current by class."""
    lcu, table = local_money(plan), views.by_class(ledger)[TOTAL]
    text = _(
        "By the classes of the Government Finance Statistics Manual 2014, {current} is current expenditure (expense) and {capital} "
        "({part}) is capital expenditure (nonfinancial assets)."
    ).format(
        current=lcu(table[views.CURRENT]),
        capital=lcu(table[views.CAPITAL_EXPENDITURE]),
        part=share(table[views.CAPITAL_EXPENDITURE] / table[TOTAL], 1),
    )
    same = _("In this budget, useful life draws the same line.")
    return f"{text} {services_used_for_years(plan, ledger) or same}"


def services_used_for_years(plan: Plan, ledger: pd.DataFrame) -> str:
    """The lines that are capital by useful life and current by class, in one sentence; nothing where there are none."""
    services = views.used_for_years_and_expensed(ledger)
    if services.empty:
        return ""
    text = _(
        "Elsewhere in this report, capital cost is what is used for several years; {amount} of it are services and so current here: "
        "{lines}."
    )
    names = join_with_and([line_in_sentence(plan, row) for row in services.itertuples()])
    return text.format(amount=local_money(plan)(services["amount"].sum()), lines=names)


def accounts(plan: Plan, ledger: pd.DataFrame) -> str:
    """Where the country's own codes come from, and what has none."""
    if not plan.chart.name:
        return _(
            "The codes of the country's own chart of accounts were not found in a published list. The ministry fills them in: one "
            "row for each line or class in `{folder}/NAME.csv`, and that name as `chart_of_accounts` in the scenario."
        ).format(folder=CHARTS)
    sources = list(dict.fromkeys(account.source.partition(":")[0] for account in plan.chart.accounts))
    text = _("The accounts are those of `{file}`; they come from {sources}.").format(
        file=f"{CHARTS}/{plan.chart.name}.csv",
        sources=join_with_and([anchors.link(f"`{source}`", anchors.source(plan, source)) for source in sources]),
    )
    absent = views.lines_without_account(ledger)
    if absent.empty:
        return f"{text} " + _("Every line has an account; contingency gets one when it is released.")
    names = join_with_and([line_in_sentence(plan, row) for row in absent.head(NAMED).itertuples()])
    missing = plural(
        "One line, {amount} in all, has no account there yet: {lines}. The ministry fills it in.",
        "{count} lines, {amount} in all, have no account there yet; the largest are {lines}. The ministry fills them in.",
        len(absent),
    )
    return f"{text} " + missing.format(count=len(absent), amount=local_money(plan)(absent["amount"].sum()), lines=names)
