"""Room for what stands around the axes of a figure of this package: its marks, labels, texts and legend."""

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.layout_engine import LayoutEngine
from matplotlib.transforms import Bbox

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEGEND_GAP = 0.06  # between the legend and what stands below it. [inch]
SMALLEST_AXES = 0.1  # as a share of the room
SMALLEST_SHARE = 1e-9  # of the length of axes: what stands at their start does not move
MOST_MEASUREMENTS = 3
# Which point of a text stands where it belongs, from its left or lower end. [1]
ANCHORS = {"left": 0, "bottom": 0, "baseline": 0, "center": 0.5, "center_baseline": 0.5, "right": 1, "top": 1}


class FittedLayout(LayoutEngine):
    """The axes of a figure, as large as its page allows, with all that belongs to them, and a margin around it.

    Matplotlib's constrained layout measures each artist of a figure twice, and a third time so that the page can be cropped.
    In a figure of this package, only marks, labels and texts stand out of its axes, and a legend above them: these are measured,
    and once more only where the axes get other marks in their new size.

    margin : around all. [inch]
    """

    _adjust_compatible = True  # the base class asks for both
    _colorbar_gridspec = False

    def __init__(self, margin: float) -> None:
        super().__init__()
        self.margin = margin
        self.fits = False  # whether all stands on the page

    def execute(self, fig: "Figure") -> None:
        """Give the axes their place; labels that leave no room for them leave them where they are."""
        (ax,), margin = fig.axes, self.margin * fig.dpi
        legends = sum(legend.get_window_extent().height + LEGEND_GAP * fig.dpi for legend in fig.legends)
        room = Bbox.from_extents(margin, margin, fig.bbox.width - margin, fig.bbox.height - margin - legends)
        for _ in range(MOST_MEASUREMENTS):
            before, place = marks(ax), fitted(ax, room)
            self.fits = bool((place.size >= SMALLEST_AXES * np.array(room.size)).all())
            if self.fits:
                left, bottom, right, top = (np.array(place) / fig.bbox.size).ravel()
                fig.subplots_adjust(left, bottom, right, top)
            if marks(ax) == before:
                break
        self.fits &= place_label(ax, room)


def marks(ax: "Axes") -> list[list[float]]:
    """Where axes have marks, in the values that they show."""
    return [list(ticks) for ticks in (ax.get_xticks(), ax.get_yticks())]


def fitted(ax: "Axes", room: Bbox) -> Bbox:
    """The largest place in a room for axes such that nothing that belongs to them stands out of it. [pixel]

    What stands at the left and below needs the same space at any size. All else keeps its size and moves with the point of the
    axes at which it is anchored.
    """
    now = ax.get_window_extent()
    xbox, ybox = (axis.get_tightbbox(for_layout_only=True) or now for axis in (ax.xaxis, ax.yaxis))
    last_x, last_y = last_marks(ax)
    pieces = [(now.max, now.max), ((last_x, now.y1), xbox.max), ((now.x1, last_y), ybox.max), *map(anchored, ax.texts)]
    anchors, corners = np.array(pieces).transpose(1, 0, 2)
    start = room.min + now.min - np.minimum(now.min, np.minimum(xbox.min, ybox.min))
    shares = np.maximum((anchors - now.min) / now.size, SMALLEST_SHARE)
    return Bbox([start, start + ((room.max - start - corners + anchors) / shares).min(axis=0)])


def anchored(text: Any) -> tuple[Any, Any]:
    """The point at which a text is anchored, and its upper right corner. [pixel]"""
    box = text.get_window_extent()
    return box.min + box.size * (ANCHORS[text.get_horizontalalignment()], ANCHORS[text.get_verticalalignment()]), box.max


def last_marks(ax: "Axes") -> tuple[float, float]:
    """Where the last mark at the right and the highest one stand; the end of the axes without marks. [pixel]"""
    (left, *_), (bottom, *_) = ax.get_xlim(), ax.get_ylim()
    across = ax.transData.transform([(x, bottom) for x in ax.get_xticks()] or np.empty((0, 2)))[:, 0]
    up = ax.transData.transform([(left, y) for y in ax.get_yticks()] or np.empty((0, 2)))[:, 1]
    ends = ((across, ax.bbox.x1), (up, ax.bbox.y1))
    return tuple(max(places[places <= end + 1], default=end) for places, end in ends)


def place_label(ax: "Axes", room: Bbox) -> bool:
    """Move the label below axes to where it stands in a room; whether it can. [pixel]"""
    label = ax.xaxis.label
    box = label.get_window_extent()
    beyond = max(box.x1 - room.x1, 0) or min(box.x0 - room.x0, 0)
    if label.get_text() and beyond:
        label.set_x(label.get_position()[0] - beyond / ax.bbox.width)
    return bool(box.width <= room.width)
