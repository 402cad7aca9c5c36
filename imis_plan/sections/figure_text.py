"""Title and source of a figure as pictures: text on white, on as many lines as it needs."""

import textwrap
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFont

from imis_plan.sections.figure_style import MARGIN, POINTS_PER_INCH
from imis_plan.sections.fonts import COMMON, USUAL, choose_fonts

if TYPE_CHECKING:
    from matplotlib.text import Text

DPI = 144
LINE_SPACING, FIRST_BASELINE = 1.25, 0.9  # over the size of the font; from the top of the first line to its baseline
GREYS = 6  # from black to white, of title and source
SHORTEST_LINE = 10  # in letters: a narrower figure cuts a long word
TITLE = {"fontsize": 11, "fontweight": "bold", "color": "#111111"}
SOURCE = {"fontsize": 7.5, "color": "#555555"}


def text_image(text: str, width: int, **style: Any) -> Image.Image:
    """A text as a picture of this width in pixels, on as many lines as it needs; of no height without a text.

    style : fontsize [point], fontweight and color, as matplotlib takes them.
    """
    if not text.strip():
        return Image.new("RGB", (width, 0), "white")
    draw = common_letters if all(map(COMMON.match, text)) else any_letters
    return reduce_greys(draw(text, width, **style))


def common_letters(text: str, width: int, *, fontsize: float, fontweight: str = "normal", color: str = "black") -> Image.Image:
    """A text in letters of the usual font, in grey: Pillow needs a twentieth of the time of matplotlib, which makes a figure."""
    font, margin = usual_font(fontsize * DPI / POINTS_PER_INCH, fontweight), MARGIN * DPI
    lines = wrap_to_width(text, width - 2 * margin, lambda given: max(map(font.getlength, given.split("\n")))).split("\n")
    line_height = LINE_SPACING * font.size
    page = Image.new("L", (width, int(line_height * len(lines) + margin)), "white")
    pen, first = ImageDraw.Draw(page), margin / 2 + FIRST_BASELINE * font.size
    for i, line in enumerate(lines):
        pen.text((margin, int(first + i * line_height)), line, ImageColor.getcolor(color, "L"), font, anchor="ls")
    return page


@lru_cache(maxsize=8)
def usual_font(size: float, weight: str) -> ImageFont.FreeTypeFont:
    """The usual font, of a size in pixels; its letters have the same places whatever text libraries this machine has."""
    from matplotlib.font_manager import FontProperties, findfont

    file = findfont(FontProperties(family=USUAL, weight=weight))
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def any_letters(text: str, width: int, **style: Any) -> Image.Image:
    """A text in letters of any script, in grey, drawn by matplotlib with the fonts of this machine."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    fig = Figure(figsize=(width / DPI, 1), dpi=DPI, facecolor="white")
    artist = fig.text(MARGIN * DPI / width, 0, text, va="bottom", parse_math=False, linespacing=LINE_SPACING, **style)
    with mpl.rc_context({"text.hinting": "default"}):  # equal letters have equal pixels, which pack well
        choose_fonts(fig)
        canvas = FigureCanvasAgg(fig)
        renderer = canvas.get_renderer()
        artist.set_text(wrap_to_width(text, width - 2 * MARGIN * DPI, lambda given: width_of(artist, given, renderer)))
        height = artist.get_window_extent(renderer).height / DPI
        fig.set_figheight(height + MARGIN)
        artist.set_y(MARGIN / 2 / (height + MARGIN))
        canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("L")


def width_of(artist: "Text", text: str, renderer: Any) -> float:
    """How wide a text of a figure is with these words, which it gets. [pixel]"""
    artist.set_text(text)
    return float(artist.get_window_extent(renderer).width)


def wrap_to_width(text: str, width: float, measure: Callable[[str], float]) -> str:
    """A text in lines of at most this width in pixels; matplotlib's own wrapping takes dollar signs for mathematics."""
    lines, characters = text, len(text)
    while (wide := measure(lines)) > width and characters > SHORTEST_LINE:
        characters = min(characters - 1, int(characters * width / wide) + 1)
        lines = textwrap.fill(text, characters, break_long_words=False, break_on_hyphens=False)
    return lines


def reduce_greys(text: Image.Image) -> Image.Image:
    """Text in a few shades, which the eye does not tell from all of them, and which take half the space."""
    step = 255 / (GREYS - 1)
    return text.point([round(round(level / step) * step) for level in range(256)]).convert("RGB")
