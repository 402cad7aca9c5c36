"""Texts of figures: drawn fast where they are plain, and as matplotlib draws them where they are not."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from imis_plan.sections import figure_canvas
from imis_plan.sections.figure_canvas import Canvas, text_bitmap


def pixels(canvas_class, text, **style):
    """A figure with a text, drawn by a canvas: how dark each pixel is, by colour."""
    fig = Figure(figsize=(4, 1), dpi=144, facecolor="white")
    fig.text(**{"x": 0.5, "y": 0.4, "s": text, "fontsize": 9.5, "ha": "center", **style})
    canvas = canvas_class(fig)
    canvas.draw()
    return 255 - np.asarray(canvas.buffer_rgba())[..., :3].astype(float)


def middle(ink):
    """The centre of what is drawn. [pixel]"""
    rows, columns = np.indices(ink.shape[:2])
    weights = ink.sum(axis=2)
    return [(rows * weights).sum() / weights.sum(), (columns * weights).sum() / weights.sum()]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("NPR 930 million (33 %)", {}),
        ("Coût de l’année\nen deux lignes", {"va": "top"}),
        ("-jg_", {"color": "#D55E00", "fontweight": "bold"}),
        ("half", {"alpha": 0.5, "fontsize": 20}),
        ("at the edge, and beyond it", {"x": 0.9, "y": 0.9}),
    ],
)
def test_a_plain_text_looks_as_matplotlib_draws_it(text, style):
    """At the same place, within half a pixel, in the same colour and as dark."""
    ours, theirs = (pixels(each, text, **style) for each in (Canvas, FigureCanvasAgg))
    assert ours.sum(axis=(0, 1)) == pytest.approx(theirs.sum(axis=(0, 1)), rel=0.03)
    assert middle(ours) == pytest.approx(middle(theirs), abs=0.7)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("turned", {"rotation": 35}),
        ("$x^2$", {"parse_math": True}),
        ("another font", {"family": "STIXGeneral"}),
        ("وزارة", {}),  # letters that join
        ("no grey", {"antialiased": False}),
    ],
)
def test_any_other_text_is_drawn_by_matplotlib(text, style):
    """To the last pixel."""
    ours, theirs = (pixels(each, text, **style) for each in (Canvas, FigureCanvasAgg))
    assert theirs.any()
    assert np.array_equal(ours, theirs)


def test_a_text_is_set_once_to_measure_and_to_draw_it(monkeypatch):
    """And once only in all figures of a report."""
    text_bitmap.cache_clear()
    for _ in range(2):
        pixels(Canvas, "FY 2027/28")
    words = [text_bitmap.cache_info().misses]
    pixels(Canvas, "FY 2028/29")
    words.append(text_bitmap.cache_info().misses)
    assert words[1] == words[0] + 1
    monkeypatch.setattr(figure_canvas, "get_font", pytest.fail)
    pixels(Canvas, "FY 2028/29")
