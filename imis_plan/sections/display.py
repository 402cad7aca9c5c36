"""What a report notebook shows: numbered figures and tables, text, parts that fold. The same calls work in JupyterLab.

Text given to these functions is plain text or Markdown, never HTML: a scenario's words cannot become markup.
"""

import base64
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from IPython import display as ipython

from imis_plan.i18n.formats import escape_markdown, join_with_and
from imis_plan.i18n.translate import _
from imis_plan.sections import anchors, html_cards, html_table
from imis_plan.sections.figure_data import csv_of_figure, file_stem
from imis_plan.sections.figure_png import picture
from imis_plan.sections.html_cards import Card
from imis_plan.sections.own_figures import describe_own_figures
from imis_plan.sections.provenance import source_line
from imis_plan.sections.public_names import only

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from imis_plan.scenario.plan import Plan

__all__ = ["cards", "details", "figure", "reset_numbering", "set_source", "table", "text"]
__dir__ = only(__all__)

LABELS = {"figure": lambda: _("Figure {number}"), "table": lambda: _("Table {number}")}
_counts = dict.fromkeys(LABELS, 0)
_source: "list[Plan]" = []


def reset_numbering() -> None:
    """Number figures and tables from 1 again, and describe figures of `plt.show()`; the first cell of a notebook calls it."""
    describe_own_figures()
    _counts.update(dict.fromkeys(_counts, 0))
    _source.clear()


def set_source(*plans: "Plan") -> None:
    """From now on, figures name these plans below the drawing as their source; without a plan, they name no source."""
    _source[:] = plans


def figure(
    fig: "Figure",
    caption: str | None = None,
    alt: str | None = None,
    data: "pd.DataFrame | None" = None,
    name: str = "",
    *,
    key: str = "",
) -> None:
    """Show a matplotlib figure as PNG with a numbered caption, and close it.

    The PNG stands alone: the caption is its title, and the last line names its source (`set_source`). In a report, the caption is
    text beside the drawing, and the page leaves out the title.

    caption : plain text that states the finding; by default the title of the figure.
    alt : what a reader who cannot see the figure should know, as plain text; by default the caption with the names of the axes.
    data : what is drawn, which a report offers as CSV beside the picture; without it, there is only the picture.
    name : of the files to download, after that of the scenario; by default `key` or the number.
    key : what links call the figure (`anchors.figure(key)`); without it the number serves.

    Raises ValueError when caption or alt is empty, or when there is neither a caption nor a title.
    """
    caption = take_title(fig) if caption is None else caption
    alt = described(fig, caption) if alt is None else alt
    if not caption.strip() or not alt.strip():
        raise ValueError("a figure needs a caption (what it shows) and alt (the same for a reader who cannot see it)")
    label, ident = _number("figure")
    drawn = picture(fig, caption, source_line(*_source))
    about = {
        "label": label,
        "caption": caption,
        "id": anchors.figure(key) if key else ident,
        "title_height": drawn.title_height,
        "file": file_stem(_source, name or key or ident),
        **({} if data is None else {"csv": csv_of_figure(data)}),
    }
    size = {"width": drawn.width, "height": drawn.height}
    _display_png(drawn.png, label, caption, {"image/png": {"alt": alt, **size}, "imis": about})


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
    frame: "pd.DataFrame", caption: str = "", notes: str | Sequence[str] | None = None, *, key: str = "", **style: Any
) -> None:
    """Show a data frame as a numbered, accessible table; nothing where it has no rows.

    Numbers get separators and as many digits as their size asks for.

    caption : plain text that says what the table shows; by default the names of its columns.
    key : what links call the table (`anchors.table(key)`); without it the number serves.
    style : fold, formats, emphasis, links, anchors and screen_only as in html_table.html_and_text.
    """
    if frame.empty:
        return
    label, ident = _number("table")
    title = f"{label}. {caption or named_columns(frame)}"
    made = html_table.html_and_text(frame, title, anchors.table(key) if key else ident, notes, **style)
    _display({"text/html": made.html, "text/plain": f"{title}\n{made.text}"})


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


def _display_png(png: bytes, label: str, caption: str, metadata: Mapping[str, Any]) -> None:
    bundle = {"image/png": base64.b64encode(png).decode("ascii"), "text/plain": f"{label}. {caption}"}
    _display(bundle, metadata)
    # JupyterLab shows no caption of an image, so it gets its number below; the title is in the picture. A report skips this.
    number = {"text/markdown": f"*{escape_markdown(label)}*".replace("<", "&lt;"), "text/plain": label}
    _display(number, {"imis": {"repeated": True}})
