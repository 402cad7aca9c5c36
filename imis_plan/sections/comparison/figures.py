"""Scenarios side by side, and the way from one to another."""

from typing import TYPE_CHECKING

import pandas as pd

from imis_plan.analysis import comparison as views
from imis_plan.analysis.decomposition import CONTINGENCY, decompose, factor_effects
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import signed_usd, usd
from imis_plan.sections.comparison.text import FACTOR_LABELS
from imis_plan.sections.figure_data import series_table
from imis_plan.sections.figure_style import (
    BAR_ROW,
    BLUE,
    GREEN,
    GREY,
    RED,
    CaptionedFigure,
    alternative_text,
    canvas,
    horizontal_bars,
    row_height,
    styled,
    wrapped,
)
from imis_plan.sections.naming import component_name
from imis_plan.sections.public_names import only

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ranking", "structure", "waterfall"]
__dir__ = only(__all__)

DARK = 0.33
# Number of names that fit side by side without being turned.
UPRIGHT = 4
LONGEST = 20


@styled
def ranking(table: pd.DataFrame) -> CaptionedFigure:
    """Cost per insured person and year of each scenario, from `compare`."""
    costs = table.set_index("name")[f"{views.USD_PER_PREFIX}insured_year"].dropna().sort_values(ascending=False)
    labels = [wrapped(name) for name in costs.index]
    fig, axes = canvas(row_height(labels, BAR_ROW) * len(costs) + 0.5)
    texts = [usd(x) for x in costs]
    horizontal_bars(axes[0, 0], labels, list(costs), texts, _("USD per insured person per year"))
    caption = _("The cost per insured person per year ranges from {low} ({lowest}) to {high} ({highest})").format(
        low=texts[-1], lowest=costs.index[-1], high=texts[0], highest=costs.index[0]
    )
    data = pd.DataFrame({_("Scenario"): list(costs.index), _("USD per insured person per year"): list(costs)})
    alt = alternative_text(caption, dict(zip(costs.index, texts, strict=True)))
    return CaptionedFigure(fig, caption, alt, data, "cost-per-insured-person")


@styled
def structure(table: pd.DataFrame) -> CaptionedFigure:
    """Share of each component in the cost of each scenario as a heat table, from `compare`; the number stands in every cell."""
    ordered = table.sort_values(f"{views.USD_PER_PREFIX}insured_year", ascending=False)
    shares = views.cost_structure(ordered).fillna(0.0).set_axis(list(ordered["name"]), axis=1)
    fig, axes = canvas(0.34 * len(shares) + 1.5)
    heat_table(axes[0, 0], shares)
    turned = {"rotation": 60, "ha": "left", "rotation_mode": "anchor"} if shares.shape[1] > UPRIGHT else {}
    axes[0, 0].set_xticks(range(shares.shape[1]), [short_name(name) for name in shares.columns], **turned)
    axes[0, 0].set_yticks(range(len(shares)), [component_name(str(name)) for name in shares.index])
    axes[0, 0].set_xlabel(_("Share of the cost of each scenario"))
    means = shares.mean(axis=1)
    caption = _("{name} has the largest share on average: {part} of the cost").format(
        name=component_name(str(means.idxmax())), part=formats.share(means.max())
    )
    largest = {name: f"{component_name(str(row.idxmax()))} {formats.share(row.max())}" for name, row in shares.items()}
    names = {key: component_name(str(key)) for key in shares.index}
    data = series_table(shares, names, _("Component"), _("share of the cost"))
    return CaptionedFigure(fig, caption, alternative_text(caption, largest), data, "cost-structure")


def short_name(name: str) -> str:
    """A name that stands turned above a column: what a bracket adds to it is cut where it is long."""
    return name if len(name) <= LONGEST else name.partition(" (")[0]


def heat_table(ax: "Axes", shares: pd.DataFrame) -> None:
    """Cells as dark as their share is large, each with its number."""
    ax.imshow(shares.to_numpy(dtype=float), cmap="Blues", vmin=0, vmax=max(0.5, float(shares.max().max())), aspect="auto")
    for i, row in enumerate(shares.to_numpy(dtype=float)):
        for j, part in enumerate(row):
            ax.text(j, i, formats.share(part) if part else "–", ha="center", va="center", fontsize=8, color=text_colour(part))
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def text_colour(part: float) -> str:
    """White on dark cells, dark on light ones."""
    return "white" if part > DARK else "#222222"


@styled
def waterfall(left: Plan, right: Plan) -> CaptionedFigure:
    """From the cost per insured person and year of one plan to that of another, one step per factor."""
    table, (one, two) = decompose(left, right), views.display_names(left, right)
    total, effects = table.loc[TOTAL], factor_effects(table)
    if not effects[CONTINGENCY]:
        effects = effects.drop(CONTINGENCY)
    steps = [one, *(FACTOR_LABELS[str(name)]() for name in effects.index), two]
    values = [total["left"], *effects, total["right"]]
    fig, axes = canvas(3.3)
    waterfall_columns(axes[0, 0], values, [wrapped(name, 12) for name in steps])
    axes[0, 0].set_ylabel(_("USD per insured person per year"))
    lead = FACTOR_LABELS[str((effects * (1 if total["difference"] > 0 else -1)).idxmax())]()
    caption = _("{factor} explains most of the difference between {first} ({one}) and {last} ({two})").format(
        factor=lead, first=usd(total["left"]), one=one, last=usd(total["right"]), two=two
    )
    texts = {one: usd(total["left"])} | {FACTOR_LABELS[str(name)](): signed_usd(x) for name, x in effects.items()}
    return CaptionedFigure(
        fig,
        caption,
        alternative_text(caption, texts | {two: usd(total["right"])}),
        pd.DataFrame({_("Step"): steps, _("USD per insured person per year"): values}),
        "difference",
    )


def waterfall_columns(ax: "Axes", values: list[float], names: list[str]) -> None:
    """Columns: where it starts, a step up or down per factor, where it ends."""
    after = [sum(values[: i + 1]) for i in range(len(values) - 1)]
    starts = [0.0, *after[:-1], 0.0]
    ends = [*after, values[-1]]
    top, bottom = max(starts + ends), min(starts + ends)
    rise = 0.02 * (top - bottom)
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        colour, hatch = column_style(start, end, whole=i in (0, len(values) - 1))
        ax.bar(i, end - start, bottom=start, color=colour, hatch=hatch, edgecolor="white", linewidth=0.5, width=0.62)
        text = usd(end) if i in (0, len(values) - 1) else signed_usd(end - start)
        ax.text(i, max(start, end) + rise, text, ha="center", va="bottom", fontsize=9)
    ax.hlines(after, [i + 0.31 for i in range(len(after))], [i + 0.69 for i in range(len(after))], color=GREY, linewidth=0.9)
    ax.axhline(0, color="#555555", linewidth=0.8)
    ax.set_xticks(range(len(names)), names)
    ax.set_ylim(1.1 * bottom, 1.1 * top)


def column_style(start: float, end: float, *, whole: bool) -> tuple[str, str]:
    """Colour and hatching of a column: a whole cost, a step up, a step down."""
    if whole:
        return BLUE, ""
    return (RED, "///") if end > start else (GREEN, "...")
