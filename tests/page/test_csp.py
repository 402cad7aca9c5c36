"""The content security policy: what it says, and that a browser enforces it."""

import base64
import hashlib
import re

import pytest

from imis_plan.page.csp import content_security_policy, script_hash
from imis_plan.page.document import DOWNLOADS_SCRIPT
from imis_plan.page.index import TEMPLATES
from tests.report.places import NAMES, UNTIL, Page

PAGES = [*(f"{name}/{page}" for name in NAMES for page in ("report.html", "brief.html")), "nepal/annex.html", "index.html"]
REMOTE = "http://remote.example/"
NOTHING_BUT_STYLES_AND_IMAGES = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)
# A page that reports each violation to the console and to a list, as soon as its parser meets one.
COLLECT = "addEventListener('securitypolicyviolation', e => (window.blocked ??= []).push(e.effectiveDirective))"
META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
HASH = re.compile(r"'sha256-([^']*)'")


def policy_of(page):
    """The policy in a page, which stands before everything that it is about."""
    metas = page.all("meta")
    assert metas[0] == {"charset": "utf-8"}
    assert metas[1]["http-equiv"] == "Content-Security-Policy"
    assert [tag for tag, _, _ in page.elements][:4] == ["html", "head", "meta", "meta"]
    return metas[1]["content"]


def test_a_page_without_scripts_allows_none():
    """Nothing is loaded; styles and images are in the page."""
    assert content_security_policy() == NOTHING_BUT_STYLES_AND_IMAGES


def test_a_script_is_allowed_by_its_hash():
    """As `printf 'a()' | openssl dgst -sha256 -binary | base64` gives it."""
    assert script_hash("a()") == "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"
    assert content_security_policy(["a()", "b()"]) == (
        f"{NOTHING_BUT_STYLES_AND_IMAGES}; script-src {script_hash('a()')} {script_hash('b()')}"
    )


@pytest.mark.slow
@pytest.mark.parametrize("file", PAGES)
def test_every_page_has_the_policy(file, reports):
    """With the hash of the one script that is in it: that of the downloads, and in the index that which sorts."""
    text = (reports / file).read_text(encoding="utf-8")
    policy = policy_of(Page(text))
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert scripts == [(TEMPLATES / "sort.js").read_text(encoding="utf-8") if file == "index.html" else DOWNLOADS_SCRIPT]
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert HASH.findall(policy) == hashes
    assert policy.startswith(NOTHING_BUT_STYLES_AND_IMAGES)


@pytest.fixture
def injected(chromium, reports, tmp_path):
    """Open a page with something injected at its end; gives the tab and the addresses that left the browser."""
    contexts = []

    def open_(file, markup, *, policy=True):
        text = (reports / file).read_text(encoding="utf-8")
        text = text if policy else META.sub("", text)
        copy = tmp_path / "page.html"
        copy.write_text(text.replace("</main>", f"{markup}</main>"), encoding="utf-8")
        (tmp_path / "beside.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        context, sent = chromium.new_context(), []
        contexts.append(context)
        context.on("response", lambda response: sent.append(response.url) if response.url.startswith(REMOTE) else None)
        context.route(f"{REMOTE}**", lambda route: route.fulfill(body="ran = 1"))
        context.add_init_script(COLLECT)
        tab = context.new_page()
        tab.goto(copy.as_uri())
        return tab, sent

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("file", ["nepal/report.html", "nepal/brief.html", "index.html"])
@pytest.mark.parametrize(
    ("markup", "directive"),
    [
        ("<script>ran = 1</script>", "script-src-elem"),
        (f'<script src="{REMOTE}x.js"></script>', "script-src-elem"),
        ('<img src="data:image/png;base64,AAAA" onerror="ran = 1">', "script-src-attr"),
        (f'<img src="{REMOTE}x.png">', "img-src"),
        ('<img src="beside.svg">', "img-src"),
        (f'<p style="background: url({REMOTE}x.png)">x</p>', "img-src"),
        (f'<link rel="stylesheet" href="{REMOTE}x.css">', "style-src-elem"),
        (f"<style>@font-face {{ font-family: x; src: url({REMOTE}x.woff) }}</style><p style='font-family: x'>x</p>", "font-src"),
        (f'<iframe src="{REMOTE}x.html"></iframe>', "frame-src"),
        (f'<object data="{REMOTE}x.pdf"></object>', "object-src"),
        (f'<video src="{REMOTE}x.mp4"></video>', "media-src"),
        (f'<base href="{REMOTE}">', "base-uri"),
    ],
)
def test_a_browser_blocks_what_is_injected(file, markup, directive, injected):
    """Were the check of the page to miss it: nothing runs, and nothing is fetched, from a server or from the folder."""
    tab, sent = injected(file, markup)
    tab.evaluate(UNTIL.format(condition="window.blocked?.length"))
    assert tab.evaluate("window.blocked") == [directive]
    assert tab.evaluate("window.ran") is None
    assert sent == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("file", ["nepal/report.html", "index.html"])
def test_without_the_policy_it_would_run(file, injected):
    """The test above would see it: the same page without its policy runs the script and fetches it."""
    tab, sent = injected(file, f'<script src="{REMOTE}x.js"></script>', policy=False)
    assert tab.evaluate("window.ran") == 1
    assert sent == [f"{REMOTE}x.js"]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("file", ["nepal/report.html", "index.html"])
def test_a_file_within_the_page_can_be_downloaded(file, injected):
    """A link with `download` to a data address is no load of the page."""
    tab, _sent = injected(file, '<a id="file" download="a.csv" href="data:text/csv,1%2C2">a.csv</a>')
    with tab.expect_download() as started:
        tab.locator("#file").click()
    assert started.value.suggested_filename == "a.csv"
    assert started.value.path().read_text(encoding="utf-8") == "1,2"
    assert tab.evaluate("window.blocked") is None
