"""Bars of one series as one artist: matplotlib draws each by itself, with its hatching, and takes its sides for curves."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import PathPatch

CORNERS = 5  # of a bar, the first one twice


def vertical(ax: "Axes", heights: Any, width: float, bottom: Any = 0.0, **style: Any) -> None:
    """Columns at 0, 1, 2 ... of an axis, each from its bottom, as `Axes.bar` draws them.

    style : facecolor, hatch, edgecolor, linewidth and label of them all.
    """
    bars = _add_bars(ax, corners(heights, width, bottom), **style)
    bars.sticky_edges.y.extend(np.ravel(bottom))


def horizontal(ax: "Axes", lengths: Any, height: float, left: Any = 0.0, **style: Any) -> None:
    """Bars at 0, 1, 2 ... of a vertical axis, each from its left end, as `Axes.barh` draws them; style as in `vertical`."""
    bars = _add_bars(ax, corners(lengths, height, left)[..., ::-1], **style)
    bars.sticky_edges.x.extend(np.ravel(left))


def corners(lengths: Any, thickness: float, start: Any) -> np.ndarray:
    """The corners of upright bars at 0, 1, 2 ..., by bar, corner and coordinate."""
    lengths = np.asarray(lengths, dtype=float)
    side = np.array([-0.5, -0.5, 0.5, 0.5, -0.5]) * thickness
    along = np.array([0.0, 1.0, 1.0, 0.0, 0.0])
    found = np.empty((len(lengths), CORNERS, 2))
    found[..., 0] = np.arange(len(lengths))[:, None] + side
    found[..., 1] = np.broadcast_to(np.asarray(start, dtype=float), lengths.shape)[:, None] + lengths[:, None] * along
    return found


def _add_bars(ax: "Axes", found: np.ndarray, **style: Any) -> "PathPatch":
    """Bars on axes, whose limits then include them."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    codes = np.tile([Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY], len(found))
    points = found.reshape(-1, 2)
    bars = PathPatch(Path(points, codes), **{"edgecolor": "none", **style})
    ax.add_artist(bars)  # not add_patch, which takes the sides for curves
    ax.update_datalim(points)
    ax.autoscale(None)  # type: ignore[arg-type] # later, where no limits are set: documented, but not in matplotlib's types
    return bars
