"""A canvas of matplotlib that draws plain texts fast: most of a figure's time goes into its letters."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.colors import to_rgba
from matplotlib.font_manager import findfont, get_font

from imis_plan.sections.fonts import COMMON, USUAL

REMEMBERED = 512  # texts: the names of years and amounts stand in several figures of a report
SUBPIXELS = 64  # of a pixel, in which FreeType measures
OPAQUE = 255


class TextBitmap(NamedTuple):
    """A text as pixels: how dark each of them is, from 0 to 255, and its measures as matplotlib asks for them. [pixel]"""

    alpha: np.ndarray
    width: float
    height: float
    descent: float
    left: float


class Canvas(FigureCanvasAgg):
    """The canvas of a figure, with a renderer for plain texts."""

    _size: tuple[float, float, float] | None = None

    def get_renderer(self) -> RendererAgg:
        """The renderer for the size that the figure has now."""
        size = (*self.get_width_height(physical=True), self.figure.dpi)
        if size != self._size:
            self.renderer, self._size = Renderer(*size), size
        return self.renderer


class Renderer(RendererAgg):
    """Draws a level text in common letters as one image, measured and drawn at once.

    Matplotlib draws it letter by letter, in Python, and sets it once to measure and once to draw it. Formulas, turned texts,
    other fonts and other scripts are left to it.
    """

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        """Width, height and descent of a text. [pixel]"""
        bitmap = None if ismath else text_bitmap(s, findfont(prop), prop.get_size_in_points(), self.dpi, get_hinting_flag())
        if bitmap is None:
            return super().get_text_width_height_descent(s, prop, ismath)
        return bitmap.width, bitmap.height, bitmap.descent

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = None, mtext: Any = None
    ) -> None:
        """Draw a text whose baseline begins at a point, from the left and from the top. [pixel]"""
        bitmap = None
        if not (angle or ismath or has_settings(mtext)) and gc.get_antialiased():
            bitmap = text_bitmap(s, findfont(prop), prop.get_size_in_points(), self.dpi, get_hinting_flag())
        if bitmap is None:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        image = np.empty((*bitmap.alpha.shape, 4), dtype=np.uint8)
        *colour, opacity = to_rgba(gc.get_rgb())
        image[..., :3] = np.round(np.multiply(colour, OPAQUE))
        image[..., 3] = np.round(bitmap.alpha[::-1] * opacity)  # upwards, as images are drawn
        self.draw_image(gc, round(x + bitmap.left), self.height - round(y + bitmap.descent) - 1, image)


def has_settings(text: Any) -> bool:
    """Whether a text asks for features of a font or for a language, where this version of matplotlib knows them."""
    return any(getattr(text, name, lambda: None)() for name in ("get_fontfeatures", "get_language"))


@lru_cache(maxsize=REMEMBERED)
def text_bitmap(text: str, file: str, points: float, dpi: float, flags: Any) -> TextBitmap | None:
    """A text in common letters of the usual font; nothing for other fonts and scripts, in which letters may join."""
    font = get_font(file)
    if font.family_name != USUAL or not all(map(COMMON.match, text)):
        return None
    font.clear()
    font.set_size(points, dpi)
    font.set_text(text, 0.0, flags=flags)
    font.draw_glyphs_to_bitmap(antialiased=True)
    width, height = font.get_width_height()
    measures = (width, height, font.get_descent(), font.get_bitmap_offset()[0])
    return TextBitmap(np.array(font.get_image()), *(each / SUBPIXELS for each in measures))
