"""Where the money goes, when, and who pays."""

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.model import funding
from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.scenario.plan import Plan
from imis_plan.sections.figure_style import GREEN, Shown, bars, canvas, described, money_axis, stack, styled, tops
from imis_plan.sections.naming import currency, label, named_line


@styled
def components(plan: Plan, ledger: pd.DataFrame) -> Shown:
    """Where the money goes: components over all years."""
    sums = ledger.groupby("component")["amount"].sum().sort_values(ascending=False)
    sums, lcu, total = sums[sums > 0], currency(plan), ledger["amount"].sum()
    fig, axes = canvas(0.32 * len(sums) + 0.3)
    bars(axes[0, 0], [label(c) for c in sums.index], list(sums), [f"{lcu(x)} ({formats.share(x / total)})" for x in sums])
    top = sums.iloc[:2]
    caption = _("Nothing is budgeted")
    if len(top):
        caption = _("{part} of the money goes to: {names}").format(
            names=formats.join_with_and([label(c) for c in top.index]), part=formats.share(top.sum() / total)
        )
    return Shown(fig, caption, described(caption, {label(c): lcu(x) for c, x in sums.items()}))


@styled
def years(plan: Plan, ledger: pd.DataFrame) -> Shown:
    """When the money is needed: capital, recurrent and contingency by year."""
    base = ledger[ledger["component"] != "contingency"].pivot_table(index="kind", columns="year", values="amount", aggfunc="sum")
    reserve = ledger[ledger["component"] == "contingency"].groupby("year")["amount"].sum()
    table = base.reindex([RECURRENT, CAPITAL], fill_value=0.0)
    table.loc["contingency"] = reserve.reindex(table.columns, fill_value=0.0)
    fig, axes = canvas(3.3)
    stack(axes[0, 0], table, {CAPITAL: _("Capital"), RECURRENT: _("Recurrent"), "contingency": label("contingency")})
    money_axis(axes[0, 0], plan)
    tops(axes[0, 0], table)
    sums, lcu = table.sum(), currency(plan)
    # Contingency counts with the kind that it is for, as it does among the headline figures.
    recurrent = views.by_kind(ledger).loc[RECURRENT, sums.index[-1]]
    caption = _("{peak} is the dearest year with {most}; the system costs {recurrent} a year to run in {last}").format(
        peak=int(sums.idxmax()), most=lcu(sums.max()), recurrent=lcu(recurrent), last=int(sums.index[-1])
    )
    return Shown(fig, caption, described(caption, {str(year): lcu(x) for year, x in sums.items()}))


@styled
def top_lines(plan: Plan, ledger: pd.DataFrame) -> Shown:
    """The ten lines that cost most."""
    table, lcu = views.largest_lines(ledger), currency(plan)
    table = table[table["amount"] > 0]
    names = [named_line(plan, row, str) for row in table.itertuples()]
    fig, axes = canvas(0.32 * len(table) + 0.3)
    bars(
        axes[0, 0],
        names,
        list(table["amount"]),
        [f"{lcu(x)} ({formats.share(s)})" for x, s in zip(table["amount"], table["share"], strict=True)],
        GREEN,
    )
    caption = _("Ten lines make {part} of the cost").format(part=formats.share(table["share"].sum()))
    return Shown(fig, caption, described(caption, dict(zip(names, map(lcu, table["amount"]), strict=True))))


@styled
def funders(plan: Plan, ledger: pd.DataFrame) -> Shown:
    """Who pays in which year, and what nobody pays."""
    table = views.by_funder(plan, ledger).drop(index=views.TOTAL, columns=views.TOTAL)
    names = {key: _("not yet funded") if key == funding.GAP else key for key in table.index}
    fig, axes = canvas(3.2)
    stack(axes[0, 0], table, names)
    money_axis(axes[0, 0], plan)
    gap = table.loc[funding.GAP] if funding.GAP in table.index else table.iloc[0] * 0
    lcu = currency(plan)
    caption = _("{gap} have no funder over the plan; {last} of that in {year}").format(
        gap=lcu(gap.sum()), last=lcu(gap.iloc[-1]), year=table.columns[-1]
    )
    return Shown(fig, caption, described(caption, {str(names[key]): lcu(row.sum()) for key, row in table.iterrows()}))
