"""What a report notebook shows: numbered figures and tables, text, parts that fold. The same calls work in JupyterLab.

Text given to these functions is plain text or Markdown, never HTML: a scenario's words cannot become markup.
"""

import base64
import io
import struct
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from IPython import display as ipython
from PIL import Image

from imis_plan.i18n.formats import escape_markdown, join_with_and
from imis_plan.i18n.translate import _
from imis_plan.sections import anchors, html_cards, html_table
from imis_plan.sections.fonts import choose_fonts
from imis_plan.sections.html_cards import Card
from imis_plan.sections.own_figures import describe_own_figures
from imis_plan.sections.public_names import only

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["cards", "details", "figure", "reset_numbering", "table", "text"]
__dir__ = only(__all__)

DPI = 144
CSS_DPI = 96
COLOURS = 96
ALMOST_WHITE = 254  # the page, for the palette: the mean of all white pixels and of some that are nearly so
MARGIN = 0.1  # around a figure. [inch]
LABELS = {"figure": lambda: _("Figure {number}"), "table": lambda: _("Table {number}")}
_counts = dict.fromkeys(LABELS, 0)


def reset_numbering() -> None:
    """Number figures and tables from 1 again, and describe figures of `plt.show()`; the first cell of a notebook calls it."""
    describe_own_figures()
    _counts.update(dict.fromkeys(_counts, 0))


def figure(fig: "Figure", caption: str | None = None, alt: str | None = None, *, key: str = "") -> None:
    """Show a matplotlib figure as PNG with a numbered caption, and close it.

    caption : plain text that states the finding; by default the title of the figure, which then leaves the picture.
    alt : what a reader who cannot see the figure should know, as plain text; by default the caption with the names of the axes.
    key : what links call the figure (`anchors.figure(key)`); without it the number serves.

    Raises ValueError when caption or alt is empty, or when there is neither a caption nor a title.
    """
    caption = take_title(fig) if caption is None else caption
    alt = described(fig, caption) if alt is None else alt
    if not caption.strip() or not alt.strip():
        raise ValueError("a figure needs a caption (what it shows) and alt (the same for a reader who cannot see it)")
    label, ident = _number("figure")
    png = _png(fig)
    about = {"label": label, "caption": caption, "id": anchors.figure(key) if key else ident}
    _display_png(png, f"{label}. {caption}", {"image/png": {"alt": alt, **_size(png)}, "imis": about})


def take_title(fig: "Figure") -> str:
    """The title of a figure or of its first axes that has one, removed from the picture; nothing without a title."""
    if text := fig.get_suptitle().strip():
        fig.suptitle("")
        return text
    for ax in fig.axes:
        if text := ax.get_title().strip():
            ax.set_title("")
            return text
    return ""


def described(fig: "Figure", caption: str) -> str:
    """The caption, and what the axes of a figure show."""
    named = [name for ax in fig.axes for name in (ax.get_xlabel(), ax.get_ylabel()) if name.strip()]
    return _("{caption} Axes: {names}.").format(caption=caption, names=", ".join(named)) if caption and named else caption


def cards(given: Sequence[Card]) -> None:
    """Show figures in large type, each leading to its table."""
    as_text = "\n".join(f"{card.label}: {card.value} ({card.note})" for card in given)
    _display({"text/html": html_cards.render(given), "text/plain": as_text})


def table(
    frame: "pd.DataFrame", caption: str = "", notes: str | Sequence[str] | None = None, *, key: str = "", **look: Any
) -> None:
    """Show a data frame as a numbered, accessible table; nothing where it has no rows.

    Numbers get separators and as many digits as their size asks for.

    caption : plain text that says what the table shows; by default the names of its columns.
    key : what links call the table (`anchors.table(key)`); without it the number serves.
    look : fold, formats, emphasis, links, anchors and screen_only as in html_table.render.
    """
    if frame.empty:
        return
    label, ident = _number("table")
    title = f"{label}. {caption or named_columns(frame)}"
    page = html_table.render(frame, title, anchors.table(key) if key else ident, notes, **look)
    _display({"text/html": page, "text/plain": f"{title}\n{frame.to_string()}"})


def named_columns(frame: "pd.DataFrame") -> str:
    """The names of the columns of a table, as its caption."""
    return join_with_and([str(name) for name in frame.columns])


def text(markdown: str) -> None:
    """Show Markdown. HTML in it is shown as typed; wrap a scenario's own words in `plain`."""
    safe = markdown.replace("<", "&lt;")
    _display({"text/markdown": safe, "text/plain": markdown})


def details(summary: str, html: str) -> None:
    """Show HTML in a part that the reader opens.

    summary : plain text.
    html : markup made by this package, for example by html_table.render; it is not escaped.
    """
    page = f"<details><summary>{escape(summary)}</summary>{html}</details>"
    _display({"text/html": page, "text/plain": summary})


def _display(bundle: Mapping[str, str], metadata: Mapping[str, Any] | None = None) -> None:
    ipython.display(dict(bundle), raw=True, metadata=metadata)


def _number(kind: str) -> tuple[str, str]:
    _counts[kind] += 1
    return LABELS[kind]().format(number=_counts[kind]), f"{kind}-{_counts[kind]}"


def _display_png(png: bytes, label: str, metadata: Mapping[str, Any]) -> None:
    bundle = {"image/png": base64.b64encode(png).decode("ascii"), "text/plain": label}
    _display(bundle, metadata)
    # JupyterLab shows no caption of an image, so it gets one below; the report's template skips what is repeated.
    caption = {"text/markdown": f"*{escape_markdown(label)}*".replace("<", "&lt;"), "text/plain": label}
    _display(caption, {"imis": {"repeated": True}})


def _png(fig: "Figure") -> bytes:
    packed = io.BytesIO()
    pixels = _pixels(fig)
    _close(fig)
    # Nothing is saved but the pixels, so the same figure gives the same bytes.
    _few_colours(pixels).save(packed, format="PNG")
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
        return _drawn(fig)


def _drawn(fig: "Figure") -> Image.Image:
    """The figure, drawn with what holds now."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    fig.set_dpi(DPI)
    fig.set_facecolor("white")
    choose_fonts(fig)
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    fig.set_layout_engine("none")  # it has done its work
    tight = fig.get_tightbbox(canvas.get_renderer()).padded(MARGIN)
    whole = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    first = np.floor((tight.x0 * DPI, whole.height - tight.y1 * DPI)).astype(int)
    last = np.ceil((tight.x1 * DPI, whole.height - tight.y0 * DPI)).astype(int)
    beyond = max(*-first, *(last - whole.size))  # by how much the margin, or more than it, stands outside of the page
    return _enlarged(fig, tight) if beyond > MARGIN * DPI + 1 else _cropped(whole, *first.tolist(), *last.tolist())


def _cropped(whole: Image.Image, left: int, top: int, right: int, bottom: int) -> Image.Image:
    """Part of a picture; what lies outside of it is white."""
    page = Image.new("RGB", (right - left, bottom - top), "white")
    page.paste(whole, (-left, -top))
    return page


def _enlarged(fig: "Figure", box: Any) -> Image.Image:
    """A figure of which something stands outside of its page. Box in inches."""
    drawn = io.BytesIO()
    fig.savefig(drawn, format="png", dpi=DPI, bbox_inches=box, facecolor="white")
    return Image.open(drawn).convert("RGB")


def _close(fig: "Figure") -> None:
    """Keep the notebook from showing the figure a second time at the end of the cell."""
    from matplotlib import pyplot as plt

    plt.close(fig)


def _size(png: bytes) -> dict[str, int]:
    """Width and height in CSS pixels, from the header of the PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return {"width": round(width * CSS_DPI / DPI), "height": round(height * CSS_DPI / DPI)}
