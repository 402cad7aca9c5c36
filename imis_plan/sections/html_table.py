"""A frame as an accessible HTML table (caption, header cells with scope, escaped text, aligned numbers), and as plain text."""

import math
import numbers
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from imis_plan.i18n.formats import ForeignText
from imis_plan.i18n.translate import localize_digits

if TYPE_CHECKING:
    import pandas as pd

# The path of a parameter: one long word, which may be broken after its dots and nowhere else.
PATH = re.compile(r"[a-z]\w*(?:\.\w+)+")
ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)\]]")
MISSING = "–"
YEARS = range(1900, 2200)
LARGE, MIDDLE = 1000, 10
Pattern = str | Callable[[Any], Any]
Formatter = Callable[[Any], str]


class Rendered(NamedTuple):
    """A table as HTML, and its cells as plain text: a line for each row, tabs between cells."""

    html: str
    text: str


def render(frame: "pd.DataFrame", caption: str, ident: str, notes: str | Sequence[str] | None = None, **style: Any) -> str:
    """HTML of one table; style as in `html_and_text`."""
    return html_and_text(frame, caption, ident, notes, **style).html


def html_and_text(
    frame: "pd.DataFrame",
    caption: str,
    ident: str,
    notes: str | Sequence[str] | None = None,
    *,
    fold: bool = False,
    formats: Mapping[Any, Pattern] | None = None,
    emphasis: Collection[str] = ("Total",),
    links: Mapping[Any, Sequence[str]] | None = None,
    anchors: Sequence[str] = (),
    screen_only: Collection[int] = (),
) -> Rendered:
    """One table as HTML and as plain text.

    frame : data frame; its index becomes the row headers unless it is a plain 0, 1, 2 ...
    caption : plain text; says what the table shows.
    ident : HTML id of the table, unique in the report.
    notes : plain text or a list of them, printed below.
    fold : True puts the table in a part that the reader opens.
    formats : column -> format string such as "{:,.1f}", or a function of the value.
    emphasis : rows whose first header or cell is one of these texts are set in bold.
    links : column (or name of the index) -> for each row the id in the page that its cell leads to, or "".
    anchors : an id for each row, or ""; links lead there.
    screen_only : rows, by position, that are left out in print.
    """
    named, headers = _with_row_headers(frame), _header_count(frame)
    columns = [(name, values.tolist()) for name, values in named.items()]
    patterns, targets = formats or {}, links or {}
    head = "".join(_column_header(name, values) for name, values in columns)
    texts = [_texts(values, _formatter(name, values, patterns.get(name))) for name, values in columns]
    cells = [
        _cells(values, shown, targets.get(name, ()), header=i < headers)
        for i, ((name, values), shown) in enumerate(zip(columns, texts, strict=True))
    ]
    first = columns[0][1] if columns else []
    body = "".join(
        _row(first[i], row, emphasis, _row_attributes(anchors, screen_only, i)) for i, row in enumerate(zip(*cells, strict=True))
    )
    table = _table("" if fold else _caption(caption, ident), head, body, ident)
    parts = _scroll(table, ident) + _notes(notes)
    html = _folded(parts, caption, ident, len(frame)) if fold else f'<div class="imis-table">{parts}</div>'
    lines = [[_heading(name) for name, _values in columns], *zip(*texts, strict=True)]
    return Rendered(html, "\n".join("\t".join(_on_one_line(cell) for cell in line) for line in lines))


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


def _plain_index(frame: "pd.DataFrame") -> bool:
    return frame.index.nlevels == 1 and frame.index.name is None and list(frame.index) == list(range(len(frame)))


def _header_count(frame: "pd.DataFrame") -> int:
    return 0 if _plain_index(frame) else frame.index.nlevels


def _with_row_headers(frame: "pd.DataFrame") -> "pd.DataFrame":
    if _plain_index(frame):
        return frame
    names = [name if name is not None else "" for name in frame.index.names]
    return frame.reset_index(names=names, allow_duplicates=True)


def _table(caption: str, head: str, body: str, ident: str) -> str:
    return (
        f'<table class="imis" id="{ident}" aria-labelledby="{ident}-title">{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _column_header(name: Any, values: Sequence[Any]) -> str:
    text = _heading(name)
    if not text:  # an empty header cell says nothing to a screen reader
        return "<td></td>"
    numeric = ' class="n"' if any(map(_is_number, values)) else ""
    return f'<th scope="col"{numeric}>{escape(text)}</th>'


def _heading(name: Any) -> str:
    return " ".join(str(part) for part in name if part != "") if isinstance(name, tuple) else str(name)


def _row_attributes(anchors: Sequence[str], screen_only: Collection[int], i: int) -> tuple[str, str]:
    """Attribute and class of a row: where links arrive, and whether print leaves it out."""
    return f' id="{escape(anchors[i])}"' if anchors and anchors[i] else "", "aside" if i in screen_only else ""


def _row(first: Any, cells: Sequence[str], emphasis: Collection[str], marks: tuple[str, str]) -> str:
    ident, kind = marks
    classes = " ".join(filter(None, ["total" if str(first) in emphasis else "", kind]))
    return f"<tr{ident}{_class(classes)}>{''.join(cells)}</tr>"


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""


def _texts(values: Sequence[Any], format_: Formatter) -> list[str]:
    return [MISSING if _is_missing(value) else format_(value) for value in values]


def _cells(values: Sequence[Any], texts: Sequence[str], targets: Sequence[str], *, header: bool) -> Iterator[str]:
    """The cells of a column, row by row. Tables have thousands, so what a column has in common is found once."""
    start, end = ('<th scope="row">', "</th>") if header else ("<td>", "</td>")
    number = start if header else '<td class="n">'
    for value, text, target in zip(values, texts, targets or [""] * len(values), strict=True):
        yield f"{number if _is_number(value) else start}{_content(value, text, target)}{end}"


def _content(value: Any, text: str, target: str) -> str:
    shown = f'<a href="#{escape(target)}">{_breakable(text)}</a>' if target and text.strip() else _linked(text)
    if isinstance(value, ForeignText):
        words, language = value.foreign
        shown = shown.replace(escape(words), f'<span lang="{escape(language)}">{escape(words)}</span>', 1)
    return shown


def _linked(text: str) -> str:
    """Escaped text in which web addresses are links; an address is the only thing that becomes markup."""
    if "://" not in text:
        return _breakable(text)
    parts, end = [], 0
    for match in ADDRESS.finditer(text):
        address = escape(match.group())
        parts += [escape(text[end : match.start()]), f'<a href="{address}">{address}</a>']
        end = match.end()
    return "".join(parts) + escape(text[end:])


def _breakable(text: str) -> str:
    """Escaped text; a path of a parameter may be broken after its dots."""
    return escape(text).replace(".", ".<wbr>") if PATH.fullmatch(text) else escape(text)


def _is_number(value: Any) -> bool:
    # The types of nearly all values come first: an abstract class takes ten times as long to compare with.
    return not isinstance(value, (str, bool)) and isinstance(value, (float, int, numbers.Number))


def _is_missing(value: Any) -> bool:
    return value is None or bool(value != value)  # noqa: PLR0124 - NaN and NaT differ from themselves


def _formatter(name: Any, values: Sequence[Any], given: Pattern | None) -> Formatter:
    if callable(given):
        return lambda value: str(given(value))
    pattern = given or _default(name, values)  # once for the column: it looks at every value
    return lambda value: _format(value, pattern)


def _format(value: Any, pattern: str) -> str:
    return localize_digits(pattern.format(value).replace("-", "−")) if _is_number(value) else str(value)


def _default(name: Any, values: Sequence[Any]) -> str:
    """Format string for a column of numbers: whole numbers whole, small ones with decimals, years without a comma."""
    known = [float(v) for v in values if _is_number(v) and not _is_missing(v) and math.isfinite(v)]
    whole = all(v.is_integer() for v in known)
    if whole and str(name).lower().endswith("year") and all(v in YEARS for v in known):
        return "{:.0f}"
    largest = max(map(abs, known), default=0)
    return "{:,.0f}" if whole or largest >= LARGE else "{:,.1f}" if largest >= MIDDLE else "{:,.2f}"


def _caption(text: str, ident: str) -> str:
    # The inner span stays in view when a wide table is scrolled sideways on a phone.
    return f'<caption id="{ident}-title"><span>{escape(text)}</span></caption>'


def _scroll(table: str, ident: str) -> str:
    return f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{ident}-title">{table}</div>'


def _notes(notes: str | Sequence[str] | None) -> str:
    lines = [notes] if isinstance(notes, str) else notes or []
    return "".join(f'<p class="note">{_linked(line)}</p>' for line in lines)


def _folded(parts: str, caption: str, ident: str, rows: int) -> str:
    return (
        f'<details class="imis-table"><summary id="{ident}-title">{escape(caption)} '
        f'<span class="rows">({localize_digits(f"{rows:,}")})</span></summary>{parts}</details>'
    )
