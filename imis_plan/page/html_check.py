"""The check of a finished page: it runs no script but our own, loads nothing, and describes every image.

A report has one script, which gives the links to its pictures their address; the index has one, which sorts its table. Where a
program blocks scripts, as many do with a mailed report, the pages lack nothing else. Each script is allowed by its whole text, so
that no character of another can run. Browsers enforce the same by the page's content security policy; the check finds it before
anybody opens the page, and covers programs that know no such policy.
"""

import re
from collections.abc import Collection, Mapping
from html.parser import HTMLParser

from imis_plan.page.csp import content_security_policy
from imis_plan.page.errors import RenderError

Attributes = list[tuple[str, str | None]]

# An address in one of these is fetched when the page is opened; in <a href> it is only a link.
LOADING_ATTRIBUTES = ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping")
LINK_SCHEMES = ("http:", "https:", "mailto:")  # what a link may lead to, besides a file in the folder or a place in the page
DOWNLOAD = "data:text/csv;"  # what a link with `download` may contain
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
# What a style sheet has no need of; one with `<` in it ends earlier inside a drawing than it does elsewhere.
FORBIDDEN_CSS = ("@import", "url(", "image-set(", "<")
FORBIDDEN_ELEMENTS = {"script", "iframe", "frame", "object", "embed", "applet", "base", "link", "form"}
# What is in these is text to some readers of a page and markup to others.
FORBIDDEN_ELEMENTS |= {"textarea", "noscript", "template", "xmp", "noembed", "noframes", "plaintext", "math"}
IGNORED_CHARACTERS = dict.fromkeys(range(ord(" ") + 1))  # browsers leave them out of an address
COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
MAX_SHOWN = 60  # characters of an attribute in a message
MAX_NAMED = 5


class SelfContainedChecker(HTMLParser):
    """A parser of pages that collects what is wrong with them.

    scripts : whole texts of the scripts that the page may contain.
    """

    def __init__(self, scripts: Collection[str] = ()) -> None:
        super().__init__(convert_charrefs=True)
        self.violations: list[str] = []
        self.scripts = frozenset(scripts)
        self.policy = [("http-equiv", "Content-Security-Policy"), ("content", content_security_policy(scripts))]
        self._current = ""  # the last tag, until another one starts or ends
        self._script: list[str] | None = None  # the text so far of a script that may be ours

    def check(self, page: str) -> list[str]:
        """What is wrong with a whole page."""
        self.feed(page)
        self.close()
        return [*self.violations, "<script>"] if self._script is not None else self.violations

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Note what the tag itself is or asks for."""
        if self._current == "title":  # there a browser sees no tags, this parser in some versions does
            self.violations.append(f"<{tag}> in <title>")
        self._current = tag
        self._script = [] if tag == "script" and not attrs and self.scripts else None
        if tag in FORBIDDEN_ELEMENTS and self._script is None:
            self.violations.append(f"<{tag}>")
        if tag == "meta" and attrs != self.policy and any(name == "http-equiv" for name, _ in attrs):
            self.violations.append("<meta http-equiv>")
        if tag == "img" and not (dict(attrs).get("alt") or "").strip():
            self.violations.append("an image without alternative text")
        given = [(name, value or "") for name, value in attrs]
        self.violations += [
            f'{name}="{value[:MAX_SHOWN]}" in <{tag}>'
            for name, value in given
            if _is_forbidden(tag, name, value) and not _is_download(tag, name, value, dict(attrs))
        ]

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """The same for a tag that closes itself."""
        self.handle_starttag(tag, attrs)
        self._script = None
        if tag in ("script", "style", "title"):  # to a browser it has only begun
            self.violations.append(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser hands it over
        """Note a script that is not one of ours."""
        self._current = ""
        if self._script is not None and "".join(self._script) not in self.scripts:
            self.violations.append("<script>")
        self._script = None

    def handle_data(self, data: str) -> None:
        """Keep the text of a script, note what a style sheet asks for."""
        if self._script is not None:
            self._script.append(data)
        if self._current == "style":
            self.violations += [f"{word} in <style>" for word in FORBIDDEN_CSS if word in data.lower()]

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002 - HTMLParser hands it over
        """Note what only XML has."""
        self.violations.append("<![")

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: ARG002, FBT001, FBT002 - as HTMLParser has it
        """Where a comment ends in browsers; older parsers look for another end."""
        comment = COMMENT.match(self.rawdata, i)
        return comment.end() if comment else -1


def _is_forbidden(tag: str, name: str, value: str) -> bool:
    """Whether an attribute runs or loads something."""
    address = value.lower().translate(IGNORED_CHARACTERS)
    if name.startswith("on") or "javascript:" in address[:20]:
        return True
    if name in LOADING_ATTRIBUTES:
        return not address.startswith("data:image/")
    if name in ("href", "xlink:href"):
        return not (_is_plain_link(address) if tag == "a" else address.startswith("#"))
    return name == "style" and any(word in address for word in FORBIDDEN_CSS)


def _is_download(tag: str, name: str, value: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether a browser saves what is in the address of a link, a table, and does not open it."""
    return tag == "a" and name == "href" and "download" in attributes and value.startswith(DOWNLOAD)


def _is_plain_link(address: str) -> bool:
    scheme = SCHEME.match(address)
    return scheme is None or scheme.group() in LINK_SCHEMES


def violations(page: str, scripts: Collection[str] = ()) -> list[str]:
    """What in an HTML page would run, load something or stay unseen, as text; empty for a good page.

    scripts : whole texts of the scripts that the page may contain.
    """
    return SelfContainedChecker(scripts).check(page)


def require_self_contained(page: str, scripts: Collection[str] = (), name: str = "page") -> str:
    """The page itself, if nothing is wrong with it.

    Raises RenderError with its first violations. name : what the message calls it.
    """
    if found := violations(page, scripts):
        raise RenderError(f"the {name} is not self-contained: {'; '.join(found[:MAX_NAMED])}")
    return page
