"""Space for what surrounds the axes of a figure of this package: its ticks, labels, texts and legend."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.layout_engine import LayoutEngine
from matplotlib.transforms import Bbox

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEGEND_GAP = 0.06  # between the legend and what is below it. [inch]
SMALLEST_AXES = 0.1  # as a share of the available space
SMALLEST_SHARE = 1e-9  # of the length of axes: what is at their start does not move
MAX_MEASUREMENTS = 3
TOLERANCE = 1.0  # positions are rounded to whole pixels. [pixel]
# Which point of a text is where it belongs, from its left or lower end. [1]
ANCHORS = {"left": 0, "bottom": 0, "baseline": 0, "center": 0.5, "center_baseline": 0.5, "right": 1, "top": 1}


class FittedLayout(LayoutEngine):
    """The axes of a figure, as large as its page allows, with all that belongs to them, and a margin around it.

    Matplotlib's constrained layout measures each artist of a figure twice, and a third time so that the page can be cropped.
    In a figure of this package, only ticks, labels and texts extend beyond its axes, and a legend above them: these are measured,
    and ticks once more only where the axes get other ticks in their new size.

    margin : around all. [inch]
    """

    _adjust_compatible = True  # the base class asks for both
    _colorbar_gridspec = False

    def __init__(self, margin: float) -> None:
        super().__init__()
        self.margin = margin
        self.fits = False  # whether all of the drawn figure is on the page

    def execute(self, fig: "Figure") -> None:
        """Set the position of the axes; they keep it where labels leave no space for them."""
        (ax,), margin = fig.axes, self.margin * fig.dpi
        legends = [legend.get_window_extent() for legend in fig.legends]
        page = fig.bbox.padded(-margin)
        above = sum(legend.height + LEGEND_GAP * fig.dpi for legend in legends)
        available = Bbox.from_extents(page.x0, page.y0, page.x1, page.y1 - above)
        self.fits = set_axes_position(ax, available)
        move_label(ax, available)
        self.fits &= contains(page, legends) and contains(available, movable_boxes(ax))


def set_axes_position(ax: "Axes", available: Bbox) -> bool:
    """Fit axes into the available space, in pixels; False where there is none for them, or where their ticks change each time."""
    for _ in range(MAX_MEASUREMENTS):
        before, axes_box = ticks(ax), fitted(ax, available)
        if (axes_box.size < SMALLEST_AXES * np.array(available.size)).any():
            return False
        left, bottom, right, top = (np.array(axes_box) / ax.figure.bbox.size).ravel()
        ax.figure.subplots_adjust(left, bottom, right, top)
        if ticks(ax) == before:
            return True
    return False


def ticks(ax: "Axes") -> list[list[float]]:
    """Where axes have ticks, in the values that they show."""
    return [list(values) for values in (ax.get_xticks(), ax.get_yticks())]


def fitted(ax: "Axes", available: Bbox) -> Bbox:
    """The largest box for axes such that nothing that belongs to them extends beyond the available space. [pixel]

    What is at the left and below needs the same space at any size. All else keeps its size and moves with the point of the
    axes at which it is anchored.
    """
    now = ax.get_window_extent()
    xbox, ybox = (axis.get_tightbbox(for_layout_only=True) or now for axis in (ax.xaxis, ax.yaxis))
    last_x, last_y = last_ticks(ax)
    pieces = [(now.max, now.max), ((last_x, now.y1), xbox.max), ((now.x1, last_y), ybox.max), *map(anchored, ax.texts)]
    anchors, corners = np.array(pieces).transpose(1, 0, 2)
    start = available.min + now.min - np.minimum(now.min, np.minimum(xbox.min, ybox.min))
    shares = np.maximum((anchors - now.min) / now.size, SMALLEST_SHARE)
    return Bbox([start, start + ((available.max - start - corners + anchors) / shares).min(axis=0)])


def anchored(text: Any) -> tuple[Any, Any]:
    """The point at which a text is anchored, and its upper right corner. [pixel]"""
    box = text.get_window_extent()
    return box.min + box.size * (ANCHORS[text.get_horizontalalignment()], ANCHORS[text.get_verticalalignment()]), box.max


def last_ticks(ax: "Axes") -> tuple[float, float]:
    """Position of the last tick at the right and of the highest one; the end of the axes without ticks. [pixel]"""
    (left, *_), (bottom, *_) = ax.get_xlim(), ax.get_ylim()
    across = ax.transData.transform([(x, bottom) for x in ax.get_xticks()] or np.empty((0, 2)))[:, 0]
    up = ax.transData.transform([(left, y) for y in ax.get_yticks()] or np.empty((0, 2)))[:, 1]
    ends = ((across, ax.bbox.x1), (up, ax.bbox.y1))
    return tuple(max(positions[positions <= end + 1], default=end) for positions, end in ends)


def move_label(ax: "Axes", available: Bbox) -> None:
    """Move the label below axes into the available space, which a label may be too long for. [pixel]"""
    label = ax.xaxis.label
    box = label.get_window_extent()
    beyond = max(box.x1 - available.x1, 0) or min(box.x0 - available.x0, 0)
    if label.get_text() and beyond:
        label.set_x(label.get_position()[0] - beyond / ax.bbox.width)


def movable_boxes(ax: "Axes") -> list[Bbox]:
    """Where texts and axis labels now are; of a label, only along its axis, across which its space is measured. [pixel]"""
    inside = ax.get_window_extent()
    below, beside = (axis.label.get_window_extent() for axis in (ax.xaxis, ax.yaxis))
    return [
        Bbox.from_extents(below.x0, inside.y0, below.x1, inside.y1),
        Bbox.from_extents(inside.x0, beside.y0, inside.x1, beside.y1),
        *(text.get_window_extent() for text in ax.texts if text.get_visible()),
    ]


def contains(outer: Bbox, boxes: Iterable[Bbox]) -> bool:
    """Whether none of these boxes extends beyond the outer one. [pixel]"""
    limits = outer.padded(TOLERANCE)
    return all(limits.x0 <= box.x0 and limits.y0 <= box.y0 and box.x1 <= limits.x1 and box.y1 <= limits.y1 for box in boxes)
