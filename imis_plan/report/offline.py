"""The last look at a finished page: it runs no script, loads nothing, and describes every image."""

from html.parser import HTMLParser

# An address in one of these is fetched when the page is opened; in <a href> it is only a link.
LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction")
FORBIDDEN = {"script", "iframe", "frame", "object", "embed", "applet", "base", "link", "form"}


class _Look(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN:
            self.found.append(f"<{tag}>")
        if tag == "meta" and any(name == "http-equiv" for name, _ in attrs):
            self.found.append("<meta http-equiv>")
        if tag == "img" and not (dict(attrs).get("alt") or "").strip():
            self.found.append("an image without alternative text")
        given = [(name, value or "") for name, value in attrs]
        self.found += [f'{name}="{value[:60]}" in <{tag}>' for name, value in given if _bad(tag, name, value)]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def _bad(tag: str, name: str, value: str) -> bool:
    address = "".join(value.split()).lower()
    if name.startswith("on") or "javascript:" in address[:20]:
        return True
    if name in LOADING:
        return not address.startswith("data:image/")
    if name in ("href", "xlink:href"):
        return tag != "a" and not address.startswith("#")
    return name == "style" and "url(" in address


def faults(page: str) -> list[str]:
    """What in an HTML page would run, load something or stay unseen, in words; empty for a good page."""
    look = _Look()
    look.feed(page)
    look.close()
    return look.found
