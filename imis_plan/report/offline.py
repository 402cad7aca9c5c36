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
# What a style sheet has no need of; one with `<` in it ends earlier inside a drawing than it does elsewhere.
STYLED = ("@import", "url(", "image-set(", "<")
FORBIDDEN = {"script", "iframe", "frame", "object", "embed", "applet", "base", "link", "form"}
# What is in these is text to some readers of a page and markup to others.
FORBIDDEN |= {"textarea", "noscript", "template", "xmp", "noembed", "noframes", "plaintext", "math"}
UNSEEN = dict.fromkeys(range(ord(" ") + 1))  # signs that browsers leave out of an address
COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)


class Look(HTMLParser):
    """A reader of pages that notes what is wrong with them.

    scripts : whole texts of the scripts that the page may have in it.
    """

    def __init__(self, scripts: Collection[str] = ()) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.scripts = {script.strip() for script in scripts}
        self._within = ""  # the last tag, until another one starts or ends
        self._script: list[str] | None = None

    def read(self, page: str) -> list[str]:
        """What is wrong with a whole page."""
        self.feed(page)
        self.close()
        return [*self.found, "<script>"] if self._script is not None else self.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag itself is or asks for."""
        if self._within == "title":  # there a browser sees no tags, this parser in some versions does
            self.found.append(f"<{tag}> in <title>")
        self._within = tag
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
        """The same for a tag that closes itself."""
        self.handle_starttag(tag, attrs)
        self._script = None
        if tag in ("script", "style", "title"):  # to a browser it has only begun
            self.found.append(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser hands it over
        """Note a script that is not one of ours."""
        self._within = ""
        if self._script is not None and "".join(self._script).strip() not in self.scripts:
            self.found.append("<script>")
        self._script = None

    def handle_data(self, data: str) -> None:
        """Keep the text of a script, note what a style sheet asks for."""
        if self._script is not None:
            self._script.append(data)
        if self._within == "style":
            self.found += [f"{word} in <style>" for word in STYLED if word in data.lower()]

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002 - HTMLParser hands it over
        """Note what only XML has."""
        self.found.append("<![")

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: ARG002, FBT001, FBT002 - as HTMLParser has it
        """Where a comment ends in browsers; older parsers look for another end."""
        comment = COMMENT.match(self.rawdata, i)
        return comment.end() if comment else -1


# Nearly all of a report is tables and text: tags that can do no harm, and what stands between them.
NAME = "(?:t[dhr]|table|thead|tbody|caption|p|[uod]l|li|d[tdl]|b|span|div|strong|em|h[1-6]|details|summary|section)"
HARMLESS = re.compile(
    rf'(?:<(?:/(?:{NAME}|a)|{NAME}(?: (?:class|id|scope|role|tabindex|lang|aria-labelledby)="[\w .%~-]*")*'
    r'|a href="#[\w.%~-]*")>[^<]*)+'
)


class QuickLook(Look):
    """The same, which goes over whole runs of harmless tags and text in one step, some thirty times as fast.

    A run is only looked for where the parser meets a tag outside script and style, so nothing can hide in what it takes for one.
    """

    def parse_starttag(self, i: int) -> int:
        """Where the tag that starts here ends, or the run."""
        return self._run(i) or super().parse_starttag(i)

    def parse_endtag(self, i: int) -> int:
        """The same for a tag that ends something."""
        return self._run(i) or super().parse_endtag(i)

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - HTMLParser hands it over
        """Lines are not counted: nobody asks for them."""
        return j

    def _run(self, i: int) -> int:
        """Where the harmless run that begins here ends, or 0."""
        run = None if self.cdata_elem or self._within == "title" else HARMLESS.match(self.rawdata, i)
        if run is None:
            return 0
        self._within, self._script = "", None
        return run.end()


def _bad(tag: str, name: str, value: str) -> bool:
    address = value.lower().translate(UNSEEN)
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


def problems(page: str, scripts: Collection[str] = ()) -> list[str]:
    """What in an HTML page would run, load something or stay unseen, in words; empty for a good page.

    scripts : whole texts of the scripts that the page may have in it.
    """
    return QuickLook(scripts).read(page)
