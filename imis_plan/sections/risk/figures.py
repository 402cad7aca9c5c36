"""The range of the cost, and the parameters behind it."""

import numpy as np
import pandas as pd

from imis_plan.analysis import risk
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.model.simulation import Simulation
from imis_plan.scenario.plan import Plan
from imis_plan.sections import figure_bars
from imis_plan.sections.amounts import local_money
from imis_plan.sections.figure_data import series_table
from imis_plan.sections.figure_style import (
    BLUE,
    GREY,
    ORANGE,
    RED,
    CaptionedFigure,
    alternative_text,
    canvas,
    legend,
    row_height,
    styled,
    wrapped,
)
from imis_plan.sections.public_names import only

__all__ = ["s_curve", "tornado"]
__dir__ = only(__all__)

BARS = 12
# Marks after the names of parameters.
RANGE_MARKS = {"open question": "\N{NO-BREAK SPACE}°", "policy choice": "\N{NO-BREAK SPACE}*", "uncertain": ""}


@styled
def s_curve(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> CaptionedFigure:
    """Chance of staying below a cost, with the base cost, the sum asked for and the chosen percentile marked."""
    fig, axes = canvas(3.2)
    ax, lcu, wanted = axes[0, 0], local_money(plan), float(plan["contingency.percentile"])
    chances = np.linspace(0.005, 0.995, 199)
    costs = np.quantile(result.total, chances)
    ax.plot(costs, chances, color=BLUE, linewidth=2.2, label=_("Probability of staying at or below"))
    asked = risk.budget_sum(ledger, result)
    at_percentile = float(np.quantile(result.total, wanted))
    if asked.contingency:
        base = risk.chance_of_sum(result, asked.base)
        text = _("Base cost: {chance}").format(chance=formats.share(base))
        ax.plot([asked.base], [base], "D", color=GREY, markersize=7, label=text)
    ax.plot(
        [asked.total],
        [asked.chance],
        "D",
        color=ORANGE,
        markersize=8,
        label=_("Sum asked for: {chance}").format(chance=formats.share(asked.chance)),
    )
    ax.plot(
        [at_percentile],
        [wanted],
        "s",
        color=RED,
        markersize=7,
        label=_("P{percentile}: {cost}").format(percentile=round(wanted * 100), cost=lcu(at_percentile)),
    )
    ax.xaxis.set_major_formatter(lambda x, _position: formats.compact(x))
    ax.locator_params(axis="x", nbins=5)
    ax.yaxis.set_major_formatter(lambda x, _position: formats.share(x))
    ax.set_xlabel(_("Simulated cost over all years, {currency}").format(currency=formats.currency_name(plan.about.currency)))
    ax.set_ylabel(_("Probability"))
    ax.grid(visible=True, color="#dddddd", linewidth=0.7)
    legend(ax)
    caption = _("The sum asked for is sufficient in {chance} of cases").format(chance=formats.share(asked.chance))
    row = risk.percentiles(result).loc[risk.TOTAL]
    alt = alternative_text(caption, {name: lcu(row[name]) for name in ("P10", "P50", "P80", "P90")})
    data = pd.DataFrame({_("Probability"): chances, plan.about.currency: costs})
    return CaptionedFigure(fig, caption, alt, data, "probability-of-cost")


@styled
def tornado(plan: Plan, result: Simulation) -> CaptionedFigure:
    """The parameters with the largest swing, each from low to high, the others at their value."""
    table = risk.tornado(plan).head(BARS)
    table = table[table["swing"] > 0]
    shown = [plan.parameters[path] for path in table.index]
    names = [wrapped(_(parameter.description) + RANGE_MARKS[parameter.range_kind], 50) for parameter in shown]
    fig, axes = canvas(row_height(names) * len(table) + 0.9)
    ax, lcu = axes[0, 0], local_money(plan)
    for i, (name, colour, hatch) in enumerate((("low", GREY, "///"), ("high", BLUE, ""))):
        label = (_("at its low"), _("at its high"))[i]
        style = {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "label": label}
        figure_bars.horizontal(ax, table[name] - result.point, 0.62, result.point, **style)
    ax.set_yticks(range(len(table)), names)
    ax.invert_yaxis()
    ax.axvline(result.point, color="#333333", linewidth=0.8)
    ax.xaxis.set_major_formatter(lambda x, _position: formats.compact(x))
    ax.locator_params(axis="x", nbins=4)
    text = (
        _("Cost over all years, {currency}; * policy choice, ° open question")
        if table["open"].any()
        else _("Cost over all years, {currency}; * policy choice")
    )
    ax.set_xlabel(text.format(currency=formats.currency_name(plan.about.currency)))
    legend(ax)
    first = table.iloc[0]
    words = {"what": _(plan.parameters[str(table.index[0])].description), "low": lcu(first.low), "high": lcu(first.high)}
    caption = _("Largest effect on the total: “{what}”, from {low} to {high}").format(**words)
    values = {_(plan.parameters[path].description): f"{lcu(row.low)} – {lcu(row.high)}" for path, row in table.iterrows()}
    data = table[["low", "high"]].set_axis([_("at its low"), _("at its high")], axis=1)
    return CaptionedFigure(
        fig,
        caption,
        alternative_text(caption, values),
        series_table(
            data, {path: _(plan.parameters[path].description) for path in table.index}, _("Parameter"), plan.about.currency
        ),
        "sensitivity",
    )
