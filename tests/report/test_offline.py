"""The last look at a page: everything that would run, load something or stay unseen is found."""

import pytest

from imis_plan.report.offline import faults

GOOD = [
    "<p>text</p>",
    '<a href="https://example.org/x">a link is only followed by who clicks it</a>',
    '<a href="#part">within the page</a>',
    '<a href="ledger.csv">beside the page</a>',
    '<a href="mailto:someone@example.org">mail</a>',
    "<style>p { color: red }</style><p>url(x)</p>",
    '<img src="data:image/png;base64,AAAA" alt="what it shows">',
    '<svg><use xlink:href="#mark"/></svg>',
    '<p style="color: red">styled</p>',
    '<td data-value="1">1</td>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<p title="<script>">in quotes</p>',
    "<!-- <script> -->",
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
    ('<a href="\x01javascript:f()">x</a>', 'href="\x01javascript:f()" in <a>'),
    ('<a href="vbscript:f()">x</a>', 'href="vbscript:f()" in <a>'),
    ('<a ping="//x" href="#a">x</a>', 'ping="//x" in <a>'),
    ('<img src="data:image/png;base64,A" alt="x" srcset="">', 'srcset="" in <img>'),
]


@pytest.mark.parametrize("page", GOOD)
def test_a_good_page_has_no_faults(page):
    """Links, pictures within the page, and text that only looks like markup."""
    assert faults(page) == []


@pytest.mark.parametrize(("page", "fault"), FORBIDDEN, ids=[page for page, _ in FORBIDDEN])
def test_what_must_not_be_in_a_page_is_found(page, fault):
    """Each forbidden thing, by its name."""
    assert fault in faults(page)


def test_every_fault_is_found():
    """Not only the first."""
    assert faults("<script></script>" * 3 + "<base>") == ["<script>"] * 3 + ["<base>"]


def test_a_long_address_is_cut():
    """A message stays readable."""
    assert faults(f'<img alt="x" src="{"x" * 500}">') == [f'src="{"x" * 60}" in <img>']


OURS = "let a = 1 < 2;\nb()"


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (f"<script>{OURS}</script>", []),
        (f"<script>\n{OURS}\n</script>", []),
        (f"<script>{OURS};</script>", ["<script>"]),  # one sign more
        (f"<script async>{OURS}</script>", ["<script>"]),  # with an attribute
        (f"<script>{OURS}</script><script>c()</script>", ["<script>"]),  # another one
        (f"<script>{OURS}", ["<script>"]),  # without an end
        ("<script></script>", ["<script>"]),
    ],
)
def test_a_script_is_allowed_by_its_whole_text(script, found):
    """That of the index and no other; a page that names none has none."""
    assert faults(f"<p>x</p>{script}", [OURS]) == found
    assert faults(f"<p>x</p>{script}") != []


@pytest.mark.parametrize(
    "page",
    [
        '<a title="<td class="onclick=f()">x</a>',
        '<a title="<td class="x"> <img src=x onerror=f()> ">x</a>',
        "<td><img src=x onerror=f()></td>",
        '<td class="x" onclick="f()">x</td>',
        '<span class="a"onclick=f()>x</span>',
    ],
)
def test_nothing_hides_behind_a_harmless_tag(page):
    """Cells of tables are passed over quickly, but only where a tag really starts."""
    assert faults(page) != []
