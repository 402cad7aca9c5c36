"""Whom it serves and who is needed."""

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.analysis.posts import staffing
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.model.year_labels import with_year_labels, year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections import figure_bars
from imis_plan.sections.figure_data import series_table
from imis_plan.sections.figure_style import (
    BLUE,
    SKY,
    CaptionedFigure,
    alternative_text,
    canvas,
    column_totals,
    label_columns,
    legend,
    stacked_columns,
    styled,
)
from imis_plan.sections.public_names import only

__all__ = ["posts_by_year", "rollout"]
__dir__ = only(__all__)


@styled
def rollout(plan: Plan) -> CaptionedFigure:
    """Whom the money serves: insured, and enrolments of the year."""
    table = views.drivers(plan)
    insured, new = table.loc["insured"].astype(float), table.loc["new_insured"].astype(float)
    names = {"new_insured": _("Enrolments of the year"), "insured": _("Insured at the end of the year")}
    fig, axes = canvas(2.9)
    ax = axes[0, 0]
    ax.plot(range(len(insured)), insured, color=BLUE, marker="o", linewidth=2, label=names["insured"])
    figure_bars.vertical(ax, new, 0.5, facecolor=SKY, hatch="///", edgecolor="white", label=names["new_insured"])
    label_columns(ax, [year_label(plan, year) for year in table.columns])
    ax.set_ylim(0, insured.max() * 1.15 or 1)
    ax.yaxis.set_major_formatter(lambda x, _position: formats.compact(x) if x else "0")
    ax.yaxis.grid(visible=True, color="#dddddd", linewidth=0.7)
    ax.set_ylabel(_("People"))
    legend(ax)
    first, last = formats.compact(plan["coverage.insured_at_start"]), formats.compact(insured.iloc[-1])
    caption = _("The number of insured people goes from {first} to {last} in {year}").format(
        first=first, last=last, year=year_label(plan, table.columns[-1])
    )
    alt = alternative_text(caption, {year_label(plan, year): formats.compact(x) for year, x in insured.items()})
    labelled = with_year_labels(plan, pd.DataFrame([new, insured]))
    data = series_table(labelled, names, _("Insured people and enrolments"), _("people"))
    return CaptionedFigure(fig, caption, alt, data, "insured-people")


@styled
def posts_by_year(plan: Plan) -> CaptionedFigure:
    """Posts by role and year."""
    table = with_year_labels(plan, staffing(plan).pivot_table(index="role", columns="year", values="posts", sort=False))
    table = table[table.sum(axis=1) > 0]
    titles = {role.key: localized(role.title) for role in plan.roles}
    fig, axes = canvas(3.0)
    stacked_columns(axes[0, 0], table, titles)
    axes[0, 0].set_ylabel(_("Posts"))
    column_totals(axes[0, 0], table, formats.count)
    sums = table.sum()
    caption = (
        _("The IT team grows from {first} posts in {start} to {last} in {end}")
        if sums.iloc[-1] > sums.iloc[0]
        else _("The IT team has {first} posts in {start} and {last} in {end}")
    )
    caption = caption.format(
        first=formats.count(sums.iloc[0]),
        start=sums.index[0],
        last=formats.count(sums.iloc[-1]),
        end=sums.index[-1],
    )
    alt = alternative_text(caption, {titles[role]: formats.number(row.iloc[-1], 1) for role, row in table.iterrows()})
    return CaptionedFigure(fig, caption, alt, series_table(table, titles, _("Role"), _("posts")), "posts-by-role")
