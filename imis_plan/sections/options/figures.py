"""What options move."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from imis_plan.analysis.options import Alternatives
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.scenario.plan import Plan
from imis_plan.sections import figure_bars
from imis_plan.sections.amounts import local_money, signed_money, signed_share
from imis_plan.sections.figure_data import series_table
from imis_plan.sections.figure_style import SERIES, CaptionedFigure, alternative_text, canvas, legend, row_height, styled, wrapped
from imis_plan.sections.naming import component_name
from imis_plan.sections.public_names import only

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["options"]
__dir__ = only(__all__)

OTHER = "rest"
NAMED_COMPONENTS = len(SERIES) - 1


@styled
def options(found: Alternatives) -> CaptionedFigure:
    """Difference of each option to the base, split into components that rise and that fall; a diamond marks the sum."""
    table, plan = differences(found), found.base.plan
    titles = [localized(plan.options[name].title) for name in table.columns]
    labels = [wrapped(title, 30) for title in titles]
    fig, axes = canvas(row_height(labels) * len(titles) + 1.6)
    sums, lcu = table.sum(), local_money(plan)
    axes[0, 0].scatter(sums, range(len(sums)), color="#222222", marker="D", s=26, zorder=4, label=_("net difference"))
    diverging_bars(axes[0, 0], table)
    axes[0, 0].set_yticks(range(len(titles)), labels)
    axes[0, 0].invert_yaxis()
    axes[0, 0].set_xlabel(_("Difference from the base, {currency}").format(currency=formats.currency_name(plan.about.currency)))
    legend(axes[0, 0])
    total = float(found.base.ledger["amount"].sum())
    shares = sums / total if total else sums * 0
    texts = {title: f"{signed_money(x, lcu)} ({signed_share(part)})" for title, x, part in zip(titles, sums, shares, strict=True)}
    caption = saves_and_costs_most(pd.Series(sums.to_numpy(), index=titles), lcu)
    return CaptionedFigure(fig, caption, alternative_text(caption, texts), differences_table(plan, table), "options")


def differences_table(plan: Plan, differences: pd.DataFrame) -> pd.DataFrame:
    """What the bars show: a row for each option, a column for each component, and their sum. [LCU]"""
    titles = {name: localized(plan.options[name].title) for name in differences.columns}
    columns = differences.rename(index=part_name).T
    columns[_("net difference")] = differences.sum()
    return series_table(columns, titles, _("Option"), plan.about.currency)


def part_name(component: str) -> str:
    """The name of a component, or of all others."""
    return _("other components") if component == OTHER else component_name(component)


def saves_and_costs_most(sums: pd.Series, lcu: Callable[[float], str]) -> str:
    """Which option saves most, and which costs most, by how much."""
    words = {"low": sums.idxmin(), "high": sums.idxmax(), "saved": lcu(-sums.min()), "added": lcu(sums.max())}
    if sums.min() >= 0:
        text = _("No option costs less than the base; “{high}” costs most, {added} more")
    elif sums.max() <= 0:
        text = _("No option costs more than the base; “{low}” saves most, {saved}")
    else:
        text = _("“{low}” saves most, {saved}; “{high}” costs most, {added} more")
    return text.format(**words)


def differences(found: Alternatives) -> pd.DataFrame:
    """Differences to the base: the components that move most, and the rest in one, by option. [LCU]"""
    columns = {name: moved["difference"] for name, moved in found.components.items()}
    table = pd.DataFrame(columns).fillna(0.0)
    order = table.abs().sum(axis=1).sort_values(ascending=False)
    order = order[order > 0]
    shown = table.loc[order.index[:NAMED_COMPONENTS]]
    if len(order) > NAMED_COMPONENTS:
        shown.loc[OTHER] = table.loc[order.index[NAMED_COMPONENTS:]].sum()
    return shown


def diverging_bars(ax: "Axes", table: pd.DataFrame) -> None:
    """Bars from zero to either side, one per column, parts by row."""
    right, left = (pd.Series(0.0, index=table.columns) for _side in range(2))
    for (colour, hatch), (name, row) in zip(SERIES, table.iterrows(), strict=False):
        start = left.where(row < 0, right)
        style: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.5}
        figure_bars.horizontal(ax, row, 0.62, start, label=part_name(str(name)), **style)
        left, right = left + row.clip(upper=0), right + row.clip(lower=0)
    ax.use_sticky_edges = False
    ax.axvline(0, color="#555555", linewidth=0.8)
    ax.locator_params(axis="x", nbins=4)
    ax.xaxis.set_major_formatter(lambda x, _position: formats.compact(x).replace("-", "−") if x else "0")
    ax.xaxis.grid(visible=True, color="#dddddd", linewidth=0.7)
