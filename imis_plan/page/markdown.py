"""Markdown of a notebook as HTML, by mistune."""

from collections.abc import Callable
from typing import Any

from mistune import HTMLRenderer, create_markdown
from mistune.util import safe_entity

PLUGINS = ("table", "strikethrough", "url", "def_list", "footnotes")
HeadingRenderer = Callable[[str, int], str]


class PageRenderer(HTMLRenderer):
    """mistune's renderer, whose headings enter the table of contents and whose images are in the page.

    render_heading : HTML of a heading, from its HTML text and its level.
    """

    def __init__(self, render_heading: HeadingRenderer, *, escape: bool) -> None:
        super().__init__(escape=escape)
        self.render_heading = render_heading

    def text(self, text: str) -> str:
        """HTML of text. Where HTML is shown as typed, mistune would show `&lt;` as typed, too; a cell's output has it for `<`."""
        return safe_entity(text)

    def heading(self, text: str, level: int, **_attributes: Any) -> str:
        """HTML of a heading."""
        return self.render_heading(text, level)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """HTML of an image; any address but a data address would be fetched when the page is opened, so its text is shown."""
        return super().image(text, url, title) if url.startswith("data:image/") else safe_entity(text)


def markdown_parser(render_heading: HeadingRenderer, *, escape: bool) -> Callable[[str], Any]:
    """A function from Markdown to HTML. escape : show HTML inside it as text."""
    return create_markdown(renderer=PageRenderer(render_heading, escape=escape), plugins=list(PLUGINS))
