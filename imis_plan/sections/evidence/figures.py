"""Evidence for the prices, and the budget compared with published ranges."""

import numpy as np
import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.analysis.plausibility import plausibility
from imis_plan.analysis.sums import table_of_sums
from imis_plan.i18n import formats, translate
from imis_plan.i18n.translate import _, plural
from imis_plan.model.grades import GRADES
from imis_plan.scenario.plan import Plan
from imis_plan.sections import figure_bars
from imis_plan.sections.amounts import unit_cost_digits
from imis_plan.sections.figure_data import series_table
from imis_plan.sections.figure_style import (
    BLUE,
    GREEN,
    ORANGE,
    PINK,
    RED,
    SKY,
    CaptionedFigure,
    alternative_text,
    canvas,
    legend,
    named_axis,
    row_height,
    styled,
    wrapped,
)
from imis_plan.sections.naming import component_name, grade_mark, grade_name
from imis_plan.sections.public_names import only

__all__ = ["benchmarks", "grades"]
__dir__ = only(__all__)

MARKED_ROW = 0.55  # a row with numbers above and below its bar. [inch]
AXIS_CHARACTERS = 62  # of a line of text below the figure


@styled
def grades(ledger: pd.DataFrame) -> CaptionedFigure:
    """What each component's amount rests on, by the grade of its prices."""
    table = table_of_sums(views.without_contingency(ledger), "confidence", "component", fill=0.0)
    table = table.reindex(list(GRADES), fill_value=0.0)
    table = table[table.sum().sort_values(ascending=False).index]
    table = table.loc[table.sum(axis=1) > 0, table.sum() > 0]
    fig, axes = canvas(0.34 * table.shape[1] + 0.8)
    ax, left = axes[0, 0], np.zeros(table.shape[1])
    colours = {
        "A": (BLUE, ""), "B": (SKY, "///"), "C": (ORANGE, "..."), "analogue": (GREEN, "xxx"), "predicted": (PINK, "---"),
        "assumed": ("#c9c9c9", "\\\\\\"),
    }  # fmt: skip
    for grade, row in (table / table.sum()).iterrows():
        colour, hatch = colours[grade]
        style = {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "label": grade_name(grade)}
        figure_bars.horizontal(ax, row, 0.66, left, **style)
        left = left + row.to_numpy(dtype=float)
    ax.set_yticks(range(table.shape[1]), [component_name(c) for c in table.columns])
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda x, _position: formats.share(x))
    ax.set_xlabel(_("Share of the cost of each component, without contingency"))
    legend(ax)
    shares = views.by_grade(ledger)["price"]
    caption = _("{part} of the cost uses prices that rest on published figures, the rest assumed prices").format(
        part=formats.share(1 - shares["assumed"])
    )
    alt = alternative_text(caption, {f"{grade_mark(g)}, {_(GRADES[g])}": formats.share(x, 1) for g, x in shares.items() if x})
    parts = (table / table.sum()).rename(index=grade_name).T
    data = series_table(parts, {name: component_name(name) for name in parts.index}, _("Component"), _("share of its cost"))
    return CaptionedFigure(fig, caption, alt, data, "evidence")


@styled
def benchmarks(plan: Plan, ledger: pd.DataFrame) -> CaptionedFigure:
    """The budget against published bands, each band drawn to the same width on a logarithmic scale."""
    table = plausibility(plan, ledger)
    table = table[table["verdict"] != ""]
    labels = [wrapped(f"{_(r.what)} [{translate.translate_unit(r.unit)}]") for r in table.itertuples()]
    fig, axes = canvas(max(MARKED_ROW, row_height(labels)) * len(table) + 0.7)
    ax = axes[0, 0]
    place = [position_in_band(row.value, row.low, row.high) for row in table.itertuples()]
    figure_bars.horizontal(ax, np.ones(len(table)), 0.42, facecolor="#cfe3f1")
    ax.scatter(
        place,
        range(len(table)),
        color=[BLUE if v == "within" else RED for v in table["verdict"]],
        marker="D",
        s=42,
        zorder=3,
    )
    for i, row in enumerate(table.itertuples()):
        digits = unit_cost_digits(row.high)
        low, high, value = (formats.number(x, digits) for x in (row.low, row.high, row.value))
        ax.text(0.01, i + 0.37, low, fontsize=8, ha="left", va="center")
        ax.text(0.99, i + 0.37, high, fontsize=8, ha="right", va="center")
        ax.text(place[i], i - 0.36, value, fontsize=8.5, ha="center", va="center", fontweight="bold")
    ax.set_yticks(range(len(table)), labels)
    ax.invert_yaxis()
    ax.set_xlim(-1.5, 2.5)
    named_axis(
        ax, wrapped(_("Bar: published range; diamond: this budget, red outside the range; unit in brackets"), AXIS_CHARACTERS)
    )
    count = int((table["verdict"] == "within").sum())
    text = plural(
        "The budget is within {inside} of {count} published range",
        "The budget is within {inside} of {count} published ranges",
        len(table),
    )
    caption = text.format(inside=count, count=len(table))
    values = {_(r.what): value_in_band(r.value, r.low, r.high) for r in table.itertuples()}
    data = pd.DataFrame(
        {
            _("Measure"): [_(what) for what in table["what"]],
            _("Unit"): [translate.translate_unit(unit) for unit in table["unit"]],
            **{head: list(table[name]) for head, name in ((_("Low"), "low"), (_("High"), "high"), (_("This budget"), "value"))},
        }
    )
    return CaptionedFigure(fig, caption, alternative_text(caption, values), data, "published-ranges")


def value_in_band(value: float, low: float, high: float) -> str:
    """A value with its band, with the decimals of the drawing: 1,754 (956 – 3,492)."""
    digits = unit_cost_digits(high)
    return "{} ({} – {})".format(*(formats.number(x, digits) for x in (value, low, high)))


def position_in_band(value: float, low: float, high: float) -> float:
    """Where a value lies on the logarithm of its band: 0 at the low end, 1 at the high end, held within the drawing. [1]"""
    if value <= 0 or low <= 0:
        return -1.2
    return float(np.clip(np.log(value / low) / np.log(high / low), -1.2, 2.2))
