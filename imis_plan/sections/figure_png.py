"""A figure as PNG that stands alone: the finding as a title above the drawing, the source below it, few colours."""

import io
import struct
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PIL import Image

from imis_plan.sections.figure_style import MARGIN
from imis_plan.sections.figure_text import DPI, SOURCE, TITLE, text_image
from imis_plan.sections.fonts import choose_fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CSS_DPI = 96
COLOURS = 96
COMPRESSION = 6  # the highest level, 9, takes six times as long and makes pictures a twelfth smaller
ALMOST_WHITE = 254  # the page, for the palette: the mean of all white pixels and of some that are nearly so


class Picture(NamedTuple):
    """A PNG, its size and the height of its title. [CSS pixels]"""

    png: bytes
    width: int
    height: int
    title_height: int


def picture(fig: "Figure", title: str, source: str) -> Picture:
    """A figure with its title above and its source below, on as many lines as they need; the figure is closed.

    A page may show the title as text, and leave out as much of the picture as it is high.
    """
    drawing = _pixels(fig)
    _close(fig)
    above, below = text_image(title, drawing.width, **TITLE), text_image(source, drawing.width, **SOURCE)
    png = _packed(stacked(above, drawing, below))
    width, height = struct.unpack(">II", png[16:24])  # from its header
    return Picture(png, *(round(pixels * CSS_DPI / DPI) for pixels in (width, height, above.height)))


def stacked(*parts: Image.Image) -> Image.Image:
    """Pictures below each other, on white."""
    page = Image.new("RGB", (max(part.width for part in parts), sum(part.height for part in parts)), "white")
    top = 0
    for part in parts:
        page.paste(part, (0, top))
        top += part.height
    return page


def _packed(pixels: Image.Image) -> bytes:
    """A PNG. Nothing is saved but the pixels, so the same figure gives the same bytes."""
    packed = io.BytesIO()
    _few_colours(pixels).save(packed, format="PNG", compress_level=COMPRESSION)
    return packed.getvalue()


def _few_colours(pixels: Image.Image) -> Image.Image:
    """The picture with a palette, which makes it a third as large; an octree's, as a median cut takes five times as long."""
    few = pixels.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette([255 if value == ALMOST_WHITE else value for value in few.getpalette() or ()])
    return few


def _pixels(fig: "Figure") -> Image.Image:
    """The figure with a narrow margin. Drawn once and cropped: `bbox_inches="tight"` would lay it out and draw it twice."""
    import matplotlib as mpl

    with mpl.rc_context({"text.hinting": "none"}):  # a page is read at all sizes, so no grid of pixels is to fit letters to
        return _render(fig)


def _render(fig: "Figure") -> Image.Image:
    """The figure, drawn with what holds now."""
    from imis_plan.sections.figure_canvas import Canvas
    from imis_plan.sections.figure_layout import FittedLayout

    fig.set_dpi(DPI)
    fig.set_facecolor("white")
    choose_fonts(fig)
    canvas = Canvas(fig)
    canvas.draw()
    layout = fig.get_layout_engine()
    whole = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    if isinstance(layout, FittedLayout) and layout.fits:
        return whole
    fig.set_layout_engine("none")  # the layout is final
    tight = fig.get_tightbbox(canvas.get_renderer()).padded(MARGIN)
    first = np.floor((tight.x0 * DPI, whole.height - tight.y1 * DPI)).astype(int)
    last = np.ceil((tight.x1 * DPI, whole.height - tight.y0 * DPI)).astype(int)
    beyond = max(*-first, *(last - whole.size))  # by how much the margin, or more than it, is outside of the page
    return _enlarged(fig, tight) if beyond > MARGIN * DPI + 1 else _cropped(whole, *first.tolist(), *last.tolist())


def _cropped(whole: Image.Image, left: int, top: int, right: int, bottom: int) -> Image.Image:
    """Part of a picture; what lies outside of it is white."""
    page = Image.new("RGB", (right - left, bottom - top), "white")
    page.paste(whole, (-left, -top))
    return page


def _enlarged(fig: "Figure", box: Any) -> Image.Image:
    """A figure of which something is outside of its page. Box in inches."""
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=DPI, bbox_inches=box, facecolor="white")
    return Image.open(buffer).convert("RGB")


def _close(fig: "Figure") -> None:
    """Keep the notebook from showing the figure a second time at the end of the cell."""
    from matplotlib import pyplot as plt

    plt.close(fig)
