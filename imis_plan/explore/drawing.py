"""The figure of the explorer: cost by year and component, the base beside the what-if; of one size, so that nothing jumps."""

import io
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

from imis_plan.explore.outcome import Outcome, outcome
from imis_plan.scenario.plan import Plan
from imis_plan.views import formats
from imis_plan.views.figures.style import SERIES, WIDE, Shown, described, money_axis, styled, wrapped
from imis_plan.views.i18n import _
from imis_plan.views.words import currency, label

HEIGHT = 3.6
DPI = 110
# Components with a colour of their own; the smaller ones share the last.
NAMED = len(SERIES) - 1
REST = "rest"
# Width of a column and how far it stands from the middle of its year.
COLUMN, ASIDE = 0.36, 0.2
FADED = 0.45
ROOM = 1.12
# Letters of a name on one line of the key.
LETTERS = 24


class Drawing:
    """A figure of which only what moved is drawn anew: a lever moves columns, it makes none. No state of pyplot is touched."""

    @styled
    def __init__(self) -> None:
        self.figure = Figure(figsize=(WIDE, HEIGHT), dpi=DPI, facecolor="white")
        self.figure.set_layout_engine("none")
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0.16, 0.08, 0.55, 0.89))
        self.columns: list[Column] = []
        self.shape: Any = None

    @styled
    def png(self, base: Outcome, now: Outcome) -> bytes:
        """The figure as PNG."""
        self.paint(base, now)
        drawn = io.BytesIO()
        # Little compression: the picture goes no further than to the browser beside us.
        self.canvas.print_png(drawn, pil_kwargs={"compress_level": 1})
        return drawn.getvalue()

    def paint(self, base: Outcome, now: Outcome) -> None:
        """Draw both budgets, the base on the left of each year and paler; alone where there is no other."""
        named, shown = largest(base), [now] if now is base else [base, now]
        tables = [by_year(each, named) for each in shown]
        shape = (now.plan.about.currency, named, [list(table.columns) for table in tables])
        if shape != self.shape:
            self.axes.clear()
            self.columns, self.shape = columns(self.axes, tables, now.plan), shape
        years = ((table, year) for table in tables for year in table.columns)
        for column, (table, year) in zip(self.columns, years, strict=True):
            column.fill(table[year], summed=table is tables[-1])
        self.axes.set_ylim(0, ROOM * max(float(table.sum().max()) for table in tables) or 1)


class Column(NamedTuple):
    """One year of a budget: the parts from below, and the sum above them."""

    parts: list[Rectangle]
    top: Text

    def fill(self, amounts: pd.Series, *, summed: bool) -> None:
        """Give the parts their heights; write the sum above them if there is room for it."""
        bottom = 0.0
        for part, amount in zip(self.parts, amounts, strict=True):
            part.set_y(bottom)
            part.set_height(float(amount))
            bottom += float(amount)
        self.top.set_y(bottom)
        self.top.set_text(formats.compact(bottom) if summed else "")


@styled
def still(plan: Plan) -> Shown:
    """The figure before anything is moved, as an ordinary one."""
    drawing, now = Drawing(), outcome(plan)
    drawing.paint(now, now)
    caption, lcu = said(now, now), currency(plan)
    sums = now.ledger.groupby("component")["amount"].sum()
    return Shown(drawing.figure, caption, described(caption, {label(name): lcu(sums[name]) for name in sums.index if sums[name]}))


def said(base: Outcome, now: Outcome) -> str:
    """The finding of the figure in a sentence, without its full stop."""
    lcu, sums = currency(now.plan), now.ledger.groupby("year")["amount"].sum()
    if now is base:
        text = _("{total} in {years} years; {peak} is the dearest year with {most}")
    else:
        text = _("{total} in {years} years instead of {was}; {peak} is the dearest year with {most}")
    return text.format(
        total=lcu(sums.sum()), years=len(sums), was=lcu(base.figures["total"]), peak=int(sums.idxmax()), most=lcu(sums.max())
    )


def largest(base: Outcome) -> list[str]:
    """The components with a colour of their own: those that cost most in the base, which keep it whatever is moved."""
    sums = base.ledger.groupby("component")["amount"].sum().sort_values(ascending=False)
    return list(sums.index[:NAMED])


def by_year(shown: Outcome, named: list[str]) -> pd.DataFrame:
    """Cost by component and year, the components without a colour of their own as one."""
    part = shown.ledger["component"].where(shown.ledger["component"].isin(named), REST)
    table = shown.ledger.groupby([part, "year"])["amount"].sum().unstack(fill_value=0.0)  # noqa: PD010  # pivot is slower
    return table.reindex([*named, REST], fill_value=0.0)


def columns(axes: Axes, tables: list[pd.DataFrame], plan: Plan) -> list[Column]:
    """Empty columns for each table and year, with axes and a key around them."""
    alone = len(tables) == 1
    years = sorted({year for table in tables for year in table.columns})
    asides, alphas = ((0.0,), (1.0,)) if alone else ((-ASIDE, ASIDE), (FADED, 1.0))
    width = 2 * COLUMN if alone else COLUMN
    made = [
        column(axes, years.index(year) + aside, width, alpha)
        for table, aside, alpha in zip(tables, asides, alphas, strict=True)
        for year in table.columns
    ]
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.set_xlim(-0.5, len(years) - 0.5)
    money_axis(axes, plan)
    key(axes, list(tables[0].index), alone=alone)
    return made


def column(axes: Axes, place: float, width: float, alpha: float) -> Column:
    """An empty column."""
    parts = [
        Rectangle((place - width / 2, 0), width, 0, facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0.4, alpha=alpha)
        for colour, hatch in SERIES
    ]
    for part in parts:
        axes.add_artist(part)
    return Column(parts, axes.text(place, 0, "", ha="center", va="bottom", fontsize=7, color="#333333"))


def key(axes: Axes, named: list[str], *, alone: bool) -> None:
    """Names of the parts, in the order of the stack, and which column is which."""
    names = [wrapped(_("all others") if name == REST else label(name), LETTERS) for name in named]
    patches = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=name)
        for (colour, hatch), name in zip(SERIES, names, strict=True)
    ]
    title = "" if alone else _("left: base, right: what if")
    legend = axes.legend(
        handles=patches[::-1], loc="center left", bbox_to_anchor=(1.02, 0.5), fontsize=8, title=title, handleheight=1.3
    )
    legend.get_title().set_fontsize(8)
