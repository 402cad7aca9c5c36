"""Cost by component, by year, and the largest lines."""

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.analysis.sums import table_of_sums
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, plural
from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.year_labels import with_year_labels, year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.figure_data import series_table
from imis_plan.sections.figure_style import (
    BAR_ROW,
    GREEN,
    CaptionedFigure,
    alternative_text,
    canvas,
    column_totals,
    horizontal_bars,
    money_axis,
    row_height,
    stacked_columns,
    styled,
    wrapped,
)
from imis_plan.sections.naming import component_name, line_in_sentence
from imis_plan.sections.public_names import only

__all__ = ["by_year", "components", "largest_lines"]
__dir__ = only(__all__)

LABEL_CHARACTERS = 40  # of a line of the name of a budget line beside its bar


@styled
def components(plan: Plan, ledger: pd.DataFrame) -> CaptionedFigure:
    """Where the money goes: components over all years."""
    sums = ledger.groupby("component")["amount"].sum().sort_values(ascending=False)
    sums, lcu, total = sums[sums > 0], local_money(plan), ledger["amount"].sum()
    fig, axes = canvas(BAR_ROW * len(sums) + 0.5)
    names, texts = [component_name(c) for c in sums.index], [f"{lcu(x)} ({formats.share(x / total)})" for x in sums]
    horizontal_bars(axes[0, 0], names, list(sums), texts, cost_axis(plan))
    top = sums.iloc[:2]
    caption = _("Nothing is budgeted")
    if len(top):
        caption = plural("{names} accounts for {part} of the cost", "{names} account for {part} of the cost", len(top)).format(
            names=formats.join_with_and([formats.quote(component_name(c)) for c in top.index]),
            part=formats.share(top.sum() / total),
        )
    alt = alternative_text(caption, dict(zip(names, map(lcu, sums), strict=True)))
    return CaptionedFigure(fig, caption, alt, cost_table(plan, _("Component"), names, sums, sums / total), "cost-by-component")


def cost_axis(plan: Plan) -> str:
    """What the bars of costs over the whole plan measure."""
    return _("Cost over all years, {currency}").format(currency=formats.currency_name(plan.about.currency))


def cost_table(plan: Plan, head: str, names: list[str], amounts: pd.Series, shares: pd.Series) -> pd.DataFrame:
    """What bars of costs show: name, amount and share. [LCU, 1]"""
    return pd.DataFrame({head: names, plan.about.currency: list(amounts), _("Share"): list(shares)})


@styled
def by_year(plan: Plan, ledger: pd.DataFrame) -> CaptionedFigure:
    """When the money is needed: capital, recurrent and contingency by year."""
    base = table_of_sums(views.without_contingency(ledger), "kind", sort=True)
    reserve = ledger[ledger["component"] == "contingency"].groupby("year")["amount"].sum()
    table = base.reindex([RECURRENT, CAPITAL], fill_value=0.0)
    table.loc["contingency"] = reserve.reindex(table.columns, fill_value=0.0)
    fig, axes = canvas(3.3)
    names = {CAPITAL: _("Capital"), RECURRENT: _("Recurrent"), "contingency": component_name("contingency")}
    labelled = with_year_labels(plan, table)
    stacked_columns(axes[0, 0], labelled, names)
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
    alt = alternative_text(caption, {year_label(plan, year): lcu(x) for year, x in sums.items()})
    data = series_table(labelled, names, _("Kind of cost"), plan.about.currency)
    return CaptionedFigure(fig, caption, alt, data, "cost-by-year")


@styled
def largest_lines(plan: Plan, ledger: pd.DataFrame) -> CaptionedFigure:
    """The lines that cost most."""
    table, lcu = views.largest_lines(ledger), local_money(plan)
    table = table[table["amount"] > 0]
    names = [line_in_sentence(plan, row, str) for row in table.itertuples()]
    labels = [wrapped(name, LABEL_CHARACTERS) for name in names]
    fig, axes = canvas(row_height(labels, BAR_ROW) * len(table) + 0.5)
    horizontal_bars(
        axes[0, 0],
        labels,
        list(table["amount"]),
        [f"{lcu(x)} ({formats.share(s)})" for x, s in zip(table["amount"], table["share"], strict=True)],
        cost_axis(plan),
        GREEN,
    )
    caption = plural(
        "The largest line accounts for {part} of the cost", "The {count} largest lines account for {part} of the cost", len(table)
    ).format(count=len(table), part=formats.share(table["share"].sum()))
    alt = alternative_text(caption, dict(zip(names, map(lcu, table["amount"]), strict=True)))
    data = cost_table(plan, _("Budget line"), names, table["amount"], table["share"])
    return CaptionedFigure(fig, caption, alt, data, "largest-lines")
