"""Elements of HTML for the explorer. Every text is escaped."""

import base64
from collections.abc import Sequence
from html import escape

from imis_plan.i18n.sentences import problem_text
from imis_plan.i18n.translate import current_language
from imis_plan.problems import BadInput

# -10px: Voilà's page has a margin of 10 pixels, in which text that scrolls would be seen above the key figures.
STYLE = """\
<style>
.imis-x{font-size:14px;font-family:system-ui,sans-serif;line-height:1.4;color:#222}
.imis-x:has(table){overflow-x:auto}
.imis-x p{margin:.4em 0}
.imis-x-intro{display:none}
.imis-x-tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:8px;margin:0}
.imis-x-tiles>div{background:#f4f6f8;border-radius:4px;padding:8px 10px;min-height:62px}
.imis-x-tiles>div>div{font-size:12px;color:#444}
.imis-x-tiles b{display:block;font-size:18px;font-variant-numeric:tabular-nums}
.imis-x table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;margin:.3em 0}
.imis-x caption{text-align:left;font-weight:600;padding:.2em 0}
.imis-x th,.imis-x td{padding:3px 8px;border-bottom:1px solid #ddd;text-align:right;white-space:normal}
.imis-x tr>:first-child{text-align:left;font-weight:normal}
.imis-x thead th{font-weight:600!important}
.imis-explorer,.imis-explorer .widget-box,.imis-explorer .jupyter-widgets{overflow:visible}
.imis-x-row{align-items:center;flex-flow:row wrap}
.imis-lever{margin:0 0 4px 0}
.imis-lever .jupyter-widgets .widget-label{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.imis-x-slider{flex:1 1 80px;display:flex}
.imis-x-slider input{width:100%;min-height:24px;margin:0}
.imis-x-stale{opacity:.55}
.imis-x-sticky{position:sticky;top:-10px;z-index:2;background:#fff;padding:12px 0 2px}
@media(max-width:700px){
.imis-x-sticky .imis-x-tiles>div{padding:4px 8px;min-height:0}
.imis-x-sticky .imis-x-tiles b{font-size:16px}
.imis-x-sticky .imis-x-error{font-size:12px;line-height:1.3}
.imis-x-sticky .imis-x-error~.imis-x-error,.imis-x-sticky:has(.imis-x-error) .imis-x-draft{display:none}
.imis-x-slider{flex:1 1 100%}
.imis-x-sticky .imis-x-tiles>div:nth-child(n+3){display:none}
.imis-x-sticky .imis-x-tiles{grid-template-columns:1fr 1fr}
}
.imis-x-error{color:#a40000;font-size:13px}
.imis-x-drawn{display:flex;flex-wrap:wrap;align-items:center;gap:8px 16px;margin:8px 0}
.imis-x-drawn img{max-width:100%;height:auto;margin:0}
.imis-x-figure{flex:1 1 420px;min-width:0;max-width:min(100%,680px)!important}
.imis-x summary{cursor:pointer}
.imis-x details p{font-size:12px;color:#444;margin:.2em 0 .4em 1em}
.imis-x h2{font-size:16px;margin:.6em 0 .2em}
.imis-x a{color:#0b5cad!important;text-decoration:underline!important}
</style>"""


def section(html: str) -> str:
    """A part of the explorer, with its language for screen readers."""
    return f'<div class="imis-x" lang="{current_language()}">{html}</div>'


def heading(text: str) -> str:
    """A heading over a part."""
    return section(f"<h2>{escape(text)}</h2>")


def note(text: str) -> str:
    """A paragraph."""
    return section(f"<p>{escape(text)}</p>")


def error(problem: BadInput) -> str:
    """What is wrong with an entry, in the words of `imis-plan check`."""
    lines = "<br>".join(escape(problem_text(each)) for each in problem.problems)
    return section(f'<div class="imis-x-error" role="alert">{lines}</div>')


def link(text: str, name: str, kind: str, content: bytes) -> str:
    """A download link with the file embedded in the page, so that it needs no server."""
    data = base64.b64encode(content).decode("ascii")
    return section(f'<p><a download="{escape(name)}" href="data:{kind};base64,{data}">{escape(text)}</a></p>')


def picture(figure: str, key: str, finding: str) -> str:
    """A figure and its key, as SVG embedded in the page; the finding is the alternative text."""
    return section(f'<div class="imis-x-drawn">{image(figure, "imis-x-figure", finding)}{image(key, "imis-x-key", "")}</div>')


def image(svg: str, kind: str, words: str) -> str:
    """An SVG as an image, which can be copied and saved. Decoded synchronously, to avoid flicker."""
    data = base64.b64encode(svg.encode()).decode("ascii")
    return f'<img class="{kind}" decoding="sync" alt="{escape(words)}" src="data:image/svg+xml;base64,{data}">'


def table(caption: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table; the first cell of each row is its header."""
    top = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(text)}</td>" for text in rest)}</tr>'
        for first, *rest in rows
    )
    return section(f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>")
