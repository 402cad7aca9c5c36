"""Cost by component, by year, and the largest lines."""

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, plural
from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.year_labels import with_year_labels, year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.figure_style import (
    GREEN,
    CaptionedFigure,
    alternative_text,
    canvas,
    column_totals,
    horizontal_bars,
    money_axis,
    stacked_columns,
    styled,
)
from imis_plan.sections.naming import component_name, line_in_sentence
from imis_plan.sections.public_names import only

__all__ = ["by_year", "components", "largest_lines"]
__dir__ = only(__all__)


@styled
def components(plan: Plan, ledger: pd.DataFrame) -> CaptionedFigure:
    """Where the money goes: components over all years."""
    sums = ledger.groupby("component")["amount"].sum().sort_values(ascending=False)
    sums, lcu, total = sums[sums > 0], local_money(plan), ledger["amount"].sum()
    fig, axes = canvas(0.32 * len(sums) + 0.3)
    horizontal_bars(
        axes[0, 0], [component_name(c) for c in sums.index], list(sums), [f"{lcu(x)} ({formats.share(x / total)})" for x in sums]
    )
    top = sums.iloc[:2]
    caption = _("Nothing is budgeted")
    if len(top):
        caption = _("Largest components: {names}, {part} of the total cost").format(
            names=formats.join_with_and([component_name(c) for c in top.index]), part=formats.share(top.sum() / total)
        )
    return CaptionedFigure(fig, caption, alternative_text(caption, {component_name(c): lcu(x) for c, x in sums.items()}))


@styled
def by_year(plan: Plan, ledger: pd.DataFrame) -> CaptionedFigure:
    """When the money is needed: capital, recurrent and contingency by year."""
    base = ledger[ledger["component"] != "contingency"].pivot_table(index="kind", columns="year", values="amount", aggfunc="sum")
    reserve = ledger[ledger["component"] == "contingency"].groupby("year")["amount"].sum()
    table = base.reindex([RECURRENT, CAPITAL], fill_value=0.0)
    table.loc["contingency"] = reserve.reindex(table.columns, fill_value=0.0)
    fig, axes = canvas(3.3)
    stacked_columns(
        axes[0, 0],
        with_year_labels(plan, table),
        {CAPITAL: _("Capital"), RECURRENT: _("Recurrent"), "contingency": component_name("contingency")},
    )
    money_axis(axes[0, 0], plan)
    column_totals(axes[0, 0], table)
    sums, lcu = table.sum(), local_money(plan)
    # Contingency counts with the kind that it is for, as it does among the headline figures.
    recurrent = views.by_kind(ledger).loc[RECURRENT, sums.index[-1]]
    caption = _("{peak} is the highest-cost year with {most}; recurrent costs are {recurrent} in {last}").format(
        peak=year_label(plan, sums.idxmax()),
        most=lcu(sums.max()),
        recurrent=lcu(recurrent),
        last=year_label(plan, sums.index[-1]),
    )
    return CaptionedFigure(fig, caption, alternative_text(caption, {year_label(plan, year): lcu(x) for year, x in sums.items()}))


@styled
def largest_lines(plan: Plan, ledger: pd.DataFrame) -> CaptionedFigure:
    """The lines that cost most."""
    table, lcu = views.largest_lines(ledger), local_money(plan)
    table = table[table["amount"] > 0]
    names = [line_in_sentence(plan, row, str) for row in table.itertuples()]
    fig, axes = canvas(0.32 * len(table) + 0.3)
    horizontal_bars(
        axes[0, 0],
        names,
        list(table["amount"]),
        [f"{lcu(x)} ({formats.share(s)})" for x, s in zip(table["amount"], table["share"], strict=True)],
        GREEN,
    )
    caption = plural(
        "The largest line accounts for {part} of the cost", "The {count} largest lines account for {part} of the cost", len(table)
    ).format(count=len(table), part=formats.share(table["share"].sum()))
    return CaptionedFigure(fig, caption, alternative_text(caption, dict(zip(names, map(lcu, table["amount"]), strict=True))))
