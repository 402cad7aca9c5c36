"""Bars of a series: what matplotlib's own functions draw, by one artist."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from imis_plan.sections import figure_bars

TWO_SERIES = (([3, 0, 2.5], 0, "#0072B2", "//"), ([1, 2, 0], [3, 0, 2.5], "#E69F00", "..."))


def pixels(draw):
    """Axes with a legend, and the picture of what a function draws on them."""
    fig = Figure(figsize=(4, 3), dpi=100)
    ax = fig.subplots()
    draw(ax)
    ax.legend()
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    return ax, np.asarray(canvas.buffer_rgba())


def bar_style(colour, hatch):
    """Of a series, with its name in the legend."""
    return {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.5, "label": colour}


@pytest.mark.parametrize("series", [TWO_SERIES, TWO_SERIES[:1], [([-1, 2], 0, "red", "")], [([5, 4], 7, "red", "")]])
def test_bars_are_those_of_matplotlib(series):
    """To the last pixel, upright and lying: limits of the axes, hatching, edges and legend; bars of no length, and below zero."""

    def ours(add):
        return lambda ax: [add(ax, lengths, 0.6, start, **bar_style(*style)) for lengths, start, *style in series]

    def upright(ax):
        for lengths, start, *style in series:
            ax.bar(range(len(lengths)), lengths, 0.6, start, **bar_style(*style))

    def lying(ax):
        for lengths, start, *style in series:
            ax.barh(range(len(lengths)), lengths, 0.6, start, **bar_style(*style))

    for add, theirs in ((figure_bars.vertical, upright), (figure_bars.horizontal, lying)):
        (one, mine), (two, known) = pixels(ours(add)), pixels(theirs)
        assert (*one.get_xlim(), *one.get_ylim()) == pytest.approx((*two.get_xlim(), *two.get_ylim()))
        assert np.array_equal(mine, known)


def test_bars_of_nothing_are_none():
    """A plan without lines."""
    fig = Figure()
    ax = fig.subplots()
    figure_bars.horizontal(ax, [], 0.6, facecolor="red")
    FigureCanvasAgg(fig).draw()
    assert np.asarray(ax.patches[0].get_path().vertices).shape == (0, 2)
