"""One style for all figures: colours that the colour-blind tell apart (Okabe and Ito), and hatching for black and white."""

import textwrap
from collections.abc import Callable, Iterable
from functools import wraps
from itertools import cycle
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from imis_plan.i18n import formats
from imis_plan.scenario.plan import Plan
from imis_plan.sections import figure_bars

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# matplotlib is imported where something is drawn, and Pillow by no module that this one needs: the explorer's app draws without
# them, and opens a second earlier.
Given = ParamSpec("Given")
Result = TypeVar("Result")

BLUE, ORANGE, GREEN, SKY, RED, PINK, GREY = "#0072B2", "#E69F00", "#009E73", "#56B4E9", "#D55E00", "#CC79A7", "#9A9A9A"


# Number of letters that fit below a figure: the names of eight fiscal years.
LETTERS_BELOW = 84
SERIES = ((BLUE, ""), (ORANGE, "///"), (GREEN, "..."), (PINK, "xxx"), (SKY, "\\\\\\"), (GREY, "---"), (RED, "+++"))


POINTS_PER_INCH = 72
MARGIN = 0.1  # around a figure. [inch]
FONT_SIZE = 9.5
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": FONT_SIZE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#555555",
    "axes.labelcolor": "#333333",
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "hatch.linewidth": 0.6,
    "hatch.color": "white",
    "legend.frameon": False,
    "axes.axisbelow": True,
    "legend.borderaxespad": MARGIN * POINTS_PER_INCH / FONT_SIZE,
    "text.parse_math": False,  # a dollar sign in the words of a scenario is a dollar sign
}


WIDE = 7.2
PAGE_MARGIN = 0.06  # beyond the width and height that a figure asks for. [inch]
# Inches: a row of a figure with bars, a line of a label beside it, and the space to the next label.
LOWEST_ROW, BAR_ROW, LINE_HEIGHT, ROW_GAP = 0.44, 0.32, 0.165, 0.06


LEGEND_CHARACTERS = 96
# Letters that fit beside each other on the width of a page, and those that a bar is long at least.
LINE_CHARACTERS, SHORTEST_BAR = 98, 12


class CaptionedFigure(NamedTuple):
    """What `display.figure` takes. data : what is drawn, as a table to download; name : of its files."""

    fig: "Figure"
    caption: str
    alt: str
    data: pd.DataFrame
    name: str


def styled(draw: Callable[Given, Result]) -> Callable[Given, Result]:
    """A decorator: the style holds while a figure is drawn, and nowhere else."""

    @wraps(draw)
    def with_style(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        import matplotlib as mpl

        with mpl.rc_context(STYLE):
            return draw(*args, **kwargs)

    return with_style


def canvas(height: float) -> "tuple[Figure, Any]":
    """An empty figure of the report's width. Height in inches."""
    from matplotlib import pyplot as plt

    from imis_plan.sections.figure_layout import FittedLayout

    size = (WIDE + 2 * PAGE_MARGIN, height + 2 * PAGE_MARGIN)
    return plt.subplots(figsize=size, squeeze=False, layout=FittedLayout(MARGIN))


def horizontal_bars(ax: "Axes", names: Any, values: Any, texts: Any, unit: str, colour: str = BLUE) -> None:
    """Horizontal bars, largest on top, each with its value beside it; the axis names their unit."""
    figure_bars.horizontal(ax, values, 0.68, facecolor=colour)
    ax.set_yticks(range(len(names)), names)
    ax.invert_yaxis()
    ax.set_xlim(0, max(values, default=1) * width_for_labels(names, texts) or 1)
    named_axis(ax, unit)
    for i, (value, text) in enumerate(zip(values, texts, strict=True)):
        ax.text(value, i, f"  {text}", va="center", ha="left", fontsize=9)


def named_axis(ax: "Axes", unit: str) -> None:
    """A horizontal axis without ticks, where each bar has its value beside it: it only says what they measure."""
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.set_xlabel(unit)


def width_for_labels(names: Any, texts: Any) -> float:
    """Width of an axis with bars over its longest bar, such that the texts beside the bars stand on the page. [1]

    Without it, they would stick out of the axis, whose layout would only nearly take them back onto the page.
    """
    longest = max((len(line) for name in names for line in name.splitlines()), default=0)
    wide = max(LINE_CHARACTERS - longest, 2 * SHORTEST_BAR)
    return wide / max(wide - max(map(len, texts), default=0), SHORTEST_BAR)


def row_height(labels: Iterable[str], lowest: float = LOWEST_ROW) -> float:
    """Height of each row beside which one of these labels stands, such that no label touches the next. [inch]"""
    return max(lowest, LINE_HEIGHT * max((label.count("\n") + 1 for label in labels), default=1) + ROW_GAP)


def stacked_columns(ax: "Axes", table: pd.DataFrame, names: Any) -> None:
    """Stacked columns: one per column of the table, parts by row, with a legend above in the order of the stack."""
    bottom = np.zeros(table.shape[1])
    for (colour, hatch), (key, row) in zip(cycle(SERIES), table.iterrows(), strict=False):
        style = {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.5, "label": names[key]}
        figure_bars.vertical(ax, row, 0.66, bottom, **style)
        bottom = bottom + row.to_numpy(dtype=float)
    label_columns(ax, [str(c) for c in table.columns])
    legend(ax)


def label_columns(ax: "Axes", names: list[str]) -> None:
    """Names below the columns, slanted where they would run into each other."""
    slanted = sum(map(len, names)) > LETTERS_BELOW
    ax.set_xticks(range(len(names)), names, rotation=35 if slanted else 0, ha="right" if slanted else "center")


def legend(ax: "Axes") -> None:
    """A legend above the figure, on as many lines as its labels need."""
    labels = ax.get_legend_handles_labels()[1]
    if not labels:
        return
    columns = max(1, min(len(labels), LEGEND_CHARACTERS // (max(map(len, labels)) + 8)))
    ax.figure.legend(loc="upper center", ncols=columns, handlelength=1.6, handleheight=1.1)


def money_axis(ax: "Axes", plan: Plan) -> None:
    """A value axis in the scenario's currency, with quiet grid lines."""
    ax.yaxis.set_major_formatter(lambda x, _position: formats.compact(x) if x else "0")
    ax.set_ylabel(formats.currency_name(plan.about.currency))
    ax.yaxis.grid(visible=True, color="#dddddd", linewidth=0.7)


def column_totals(ax: "Axes", table: pd.DataFrame, as_text: Callable[[float], str] = formats.compact) -> None:
    """The sum above each column."""
    for i, total in enumerate(table.sum()):
        ax.text(i, total, as_text(total), ha="center", va="bottom", fontsize=8.5)


def alternative_text(caption: str, values: dict[str, str]) -> str:
    """Alternative text: the finding, then the values."""
    return (
        caption
        + ". "
        + formats.join_with_semicolons(formats.label_and_value(name, value) for name, value in values.items())
        + "."
    )


def wrapped(text: str, width: int = 38) -> str:
    """A label on as many lines as it needs."""
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)
