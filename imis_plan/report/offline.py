"""The last look at a finished page: it runs no script but our own, loads nothing, and describes every image.

A report runs none at all: what is mailed to a ministry opens in programs that block or distrust scripts. The index has one, which
sorts its table; it is allowed by its whole text, so that not one sign of another can run.
"""

import re
from collections.abc import Collection
from html.parser import HTMLParser

# An address in one of these is fetched when the page is opened; in <a href> it is only a link.
LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping")
LINKED = ("http:", "https:", "mailto:")  # what a link may lead to, besides a place beside or within the page
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
STYLED = ("@import", "url(", "image-set(")
FORBIDDEN = {"script", "iframe", "frame", "object", "embed", "applet", "base", "link", "form"}


# Nine tags of ten are cells of a table. Where a tag starts that can do no harm, the parser need not take it apart.
HARMLESS = re.compile(
    r"<(?:(?:t[dhr]|thead|tbody|caption|p|[uod]l|li|d[td]|b|span|div|strong|em|h[1-6]|details|summary|section)"
    r'(?: (?:class|id|scope|role|tabindex|aria-labelledby)="[\w .%~-]*")*|a href="#[\w.%~-]*")>'
)


class _Look(HTMLParser):
    def __init__(self, scripts: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.scripts = {script.strip() for script in scripts}
        self._in_style = False
        self._script: list[str] | None = None

    def parse_starttag(self, i: int) -> int:
        harmless = HARMLESS.match(self.rawdata, i)
        return harmless.end() if harmless else super().parse_starttag(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        self._script = [] if tag == "script" and not attrs and self.scripts else None
        if tag in FORBIDDEN and self._script is None:
            self.found.append(f"<{tag}>")
        if tag == "meta" and any(name == "http-equiv" for name, _ in attrs):
            self.found.append("<meta http-equiv>")
        if tag == "img" and not (dict(attrs).get("alt") or "").strip():
            self.found.append("an image without alternative text")
        given = [(name, value or "") for name, value in attrs]
        self.found += [f'{name}="{value[:60]}" in <{tag}>' for name, value in given if _bad(tag, name, value)]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    @property
    def unfinished(self) -> bool:
        """Whether the page ends within a script."""
        return self._script is not None

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser hands it over
        self._in_style = False
        if self._script is not None and "".join(self._script).strip() not in self.scripts:
            self.found.append("<script>")
        self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
        if self._in_style:
            self.found += [f"{word} in <style>" for word in STYLED if word in data.lower()]


def _bad(tag: str, name: str, value: str) -> bool:
    address = "".join(sign for sign in value.lower() if sign > " ")  # browsers do not see the others either
    if name.startswith("on") or "javascript:" in address[:20]:
        return True
    if name in LOADING:
        return not address.startswith("data:image/")
    if name in ("href", "xlink:href"):
        return not (_harmless(address) if tag == "a" else address.startswith("#"))
    return name == "style" and any(word in address for word in STYLED)


def _harmless(address: str) -> bool:
    scheme = SCHEME.match(address)
    return scheme is None or scheme.group() in LINKED


def faults(page: str, scripts: Collection[str] = ()) -> list[str]:
    """What in an HTML page would run, load something or stay unseen, in words; empty for a good page.

    scripts : whole texts of the scripts that the page may have in it.
    """
    look = _Look(scripts)
    look.feed(page)
    look.close()
    if look.unfinished:
        look.found.append("<script>")
    return look.found
