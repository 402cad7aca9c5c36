"""The check of a page: everything that would run, load something or stay unseen is found."""

import pytest

from imis_plan.page.csp import content_security_policy
from imis_plan.page.errors import RenderError
from imis_plan.page.html_check import require_self_contained, violations

GOOD = [
    "<p>text</p>",
    '<a href="https://example.org/x">a link is only followed by who clicks it</a>',
    '<a href="#part">within the page</a>',
    '<a href="ledger.csv">beside the page</a>',
    '<a href="mailto:someone@example.org">mail</a>',
    '<a download="costs.csv" href="data:text/csv;base64,QQ==">a table to save</a>',
    '<a download="costs.png" hidden>without an address</a>',
    "<style>p { color: red }</style><p>url(x)</p>",
    '<img src="data:image/png;base64,AAAA" alt="what it shows">',
    '<svg><use xlink:href="#mark"/></svg>',
    '<p style="color: red">styled</p>',
    '<td data-value="1">1</td>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<p title="<script>">in quotes</p>',
    "<!-- <script> -->",
    "<title>1 &lt; 2</title>",
]
FORBIDDEN = [
    ("<script>alert(1)</script>", "<script>"),
    ("<SCRIPT SRC=//x>", "<script>"),
    ("<script/>", "<script>"),
    ('<iframe srcdoc="x"></iframe>', "<iframe>"),
    ("<frame>", "<frame>"),
    ("<object></object>", "<object>"),
    ("<embed>", "<embed>"),
    ("<applet></applet>", "<applet>"),
    ('<base href="#">', "<base>"),
    ('<link rel="stylesheet">', "<link>"),
    ("<form></form>", "<form>"),
    ('<meta http-equiv="refresh" content="0; url=//x">', "<meta http-equiv>"),
    ('<img src="data:image/png;base64,A">', "an image without alternative text"),
    ('<img src="data:image/png;base64,A" alt=" ">', "an image without alternative text"),
    ('<img src="data:image/png;base64,A" alt="x" onerror="f()">', 'onerror="f()" in <img>'),
    ('<p ONCLICK="f()">x</p>', 'onclick="f()" in <p>'),
    ('<img src="https://x/y.png" alt="x">', 'src="https://x/y.png" in <img>'),
    ('<img src="//x/y.png" alt="x">', 'src="//x/y.png" in <img>'),
    ('<img src="y.png" alt="x">', 'src="y.png" in <img>'),
    ('<img srcset="y.png 2x" alt="x">', 'srcset="y.png 2x" in <img>'),
    ('<video poster="y.png"></video>', 'poster="y.png" in <video>'),
    ('<video src="y.mp4"></video>', 'src="y.mp4" in <video>'),
    ('<td background="y.png"></td>', 'background="y.png" in <td>'),
    ('<button formaction="/x">b</button>', 'formaction="/x" in <button>'),
    ('<svg><use xlink:href="y.svg#a"/></svg>', 'xlink:href="y.svg#a" in <use>'),
    ('<svg><image href="y.png"/></svg>', 'href="y.png" in <image>'),
    ('<a href="javascript:f()">x</a>', 'href="javascript:f()" in <a>'),
    ('<a href=" JAVA\tSCRIPT:f()">x</a>', 'href=" JAVA\tSCRIPT:f()" in <a>'),
    ('<a href="&#106;avascript:f()">x</a>', 'href="javascript:f()" in <a>'),
    ('<p style="background: url(//x)">x</p>', 'style="background: url(//x)" in <p>'),
    ('<p style="background: URL( //x)">x</p>', 'style="background: URL( //x)" in <p>'),
    ("<style>p { background: url(//x/y.png) }</style>", "url( in <style>"),
    ('<style>@import "//x/y.css";</style>', "@import in <style>"),
    ("<style>@font-face { src: URL(//x) }</style>", "url( in <style>"),
    ('<a href="data:text/html,<b>x</b>">x</a>', 'href="data:text/html,<b>x</b>" in <a>'),
    ('<a href="data:text/csv;base64,QQ==">x</a>', 'href="data:text/csv;base64,QQ==" in <a>'),  # opened, not saved
    ('<a download="x.html" href="data:text/html;base64,QQ==">x</a>', 'href="data:text/html;base64,QQ==" in <a>'),
    ('<area download="x.csv" href="data:text/csv;base64,QQ==">', 'href="data:text/csv;base64,QQ==" in <area>'),
    ('<a href="\x01javascript:f()">x</a>', 'href="\x01javascript:f()" in <a>'),
    ('<a href="vbscript:f()">x</a>', 'href="vbscript:f()" in <a>'),
    ('<a ping="//x" href="#a">x</a>', 'ping="//x" in <a>'),
    ('<img src="data:image/png;base64,A" alt="x" srcset="">', 'srcset="" in <img>'),
    # What readers of HTML disagree about: one sees text where another sees a tag.
    ("<svg><style><img src=x onerror=f()></style></svg>", "< in <style>"),
    ("<style/>@import '//x'", "<style/>"),
    ("<script/>", "<script/>"),
    ("<!--><img src=x onerror=f()>-->", 'onerror="f()" in <img>'),
    ("<!-- --!><img src=x onerror=f()>-->", 'onerror="f()" in <img>'),
    ('<!-- -- ><a title="--><img src=x onerror=f()>">', 'onerror="f()" in <img>'),
    ("<noscript></noscript>", "<noscript>"),
    ("<textarea></textarea>", "<textarea>"),
]


@pytest.mark.parametrize("page", GOOD)
def test_a_good_page_has_no_violations(page):
    """Links, pictures within the page, and text that only looks like markup."""
    assert violations(page) == []


@pytest.mark.parametrize(("page", "problem"), FORBIDDEN, ids=[page for page, _ in FORBIDDEN])
def test_what_must_not_be_in_a_page_is_found(page, problem):
    """Each forbidden thing, by its name."""
    assert problem in violations(page)


def test_every_fault_is_found():
    """Not only the first."""
    assert violations("<script></script>" * 3 + "<base>") == ["<script>"] * 3 + ["<base>"]


def test_a_page_with_violations_is_refused():
    """The message names the first five; a good page is handed on."""
    with pytest.raises(RenderError, match=r"^the index is not self-contained: <base>; <base>; <base>; <base>; <base>$"):
        require_self_contained("<base>" * 6, name="index")
    assert require_self_contained("<p>text</p>") == "<p>text</p>"


def test_a_long_address_is_cut():
    """A message stays readable."""
    assert violations(f'<img alt="x" src="{"x" * 500}">') == [f'src="{"x" * 60}" in <img>']


@pytest.mark.parametrize(
    "page", ['<title><a title="</title><img src=x onerror=f()>"></title>', "<![CDATA[><img src=x onerror=f()>]]>"]
)
def test_what_parsers_read_differently_is_refused(page):
    """A browser runs the second half; whatever the version of Python takes it for, the page is not good."""
    assert violations(page) != []


OURS = "let a = 1 < 2;\nb()"


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (f"<script>{OURS}</script>", []),
        (f"<script>{OURS};</script>", ["<script>"]),  # one character more
        (f"<script>{OURS}\n</script>", ["<script>"]),  # even a line end: its hash would be another
        (f"<script async>{OURS}</script>", ["<script>"]),  # with an attribute
        (f"<script>{OURS}</script><script>c()</script>", ["<script>"]),  # another one
        (f"<script>{OURS}", ["<script>"]),  # without an end
        ("<script></script>", ["<script>"]),
    ],
)
def test_a_script_is_allowed_by_its_whole_text(script, found):
    """That of the index and no other; a page that names none has none."""
    assert violations(f"<p>x</p>{script}", [OURS]) == found
    assert violations(f"<p>x</p>{script}") != []


POLICY = '<meta http-equiv="Content-Security-Policy" content="{}">'


@pytest.mark.parametrize(
    ("policy", "scripts", "found"),
    [
        (content_security_policy(), [], []),
        (content_security_policy([OURS]), [OURS], []),
        (content_security_policy([OURS]), [], ["<meta http-equiv>"]),  # allows more than the page may have
        ("default-src *", [], ["<meta http-equiv>"]),
    ],
)
def test_a_page_has_our_security_policy_or_none(policy, scripts, found):
    """To its last character; nothing else in a page is an instruction to the browser."""
    assert violations(POLICY.format(policy), scripts) == found
