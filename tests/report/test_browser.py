"""The report in a real browser: on a phone, without a network, folded and printed."""

import os
import re
import shutil
import subprocess

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1280, "height": 900}
FEWEST_PAGES = 4


@pytest.fixture(scope="module")
def chromium():
    """A browser of the system; where the tests are the project's own, it has to be there."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        reason = f"no browser on PATH: {', '.join(NAMES)}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, reports):
    """Open a page at a size, without a network; gives the page and every address it asked for beyond its own."""
    contexts = []

    def open_(file="nepal/report.html", size=SCREEN):
        address = (reports / file).as_uri()
        context = chromium.new_context(viewport=size, offline=True)
        contexts.append(context)
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: asked.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: asked.append(f"error: {error}"))
        page.goto(address, wait_until="networkidle")
        return page, [url for url in asked if url != address and not url.startswith("data:image/")]

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("file", ["nepal/report.html", "zanzibar/report.html", "index.html"])
@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["phone", "screen"])
def test_a_page_fits_and_asks_for_nothing(file, size, opened):
    """No sideways scrolling of the page, on a phone either; every picture there; not one request."""
    page, asked = opened(file, size)
    assert asked == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.evaluate("[...document.images].filter(image => !image.naturalWidth).length") == 0
    outside = "[...document.querySelectorAll('h1, h2, h3, p, li, img, summary, caption > span')].filter(e => e.getBoundingClientRect().width > innerWidth).length"
    assert page.evaluate(outside) == 0


def test_wide_tables_scroll_within_themselves(opened):
    """By touch and by keyboard."""
    page, _ = opened(size=PHONE)
    wide = page.locator(".scroll").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth && e.tabIndex === 0).length"
    )
    assert wide > 0


def test_folded_parts_open(opened):
    """At a click on what they are called; before, their rows take no room."""
    page, _ = opened()
    assert page.locator("details").count() > 0
    part = page.locator("details").first
    rows = part.locator("tbody tr").first
    assert not rows.is_visible()
    part.locator("summary").click()
    assert part.evaluate("e => e.open")
    assert rows.is_visible()


def test_contents_lead_to_their_sections(opened):
    """Each link of the contents brings its heading into view."""
    page, _ = opened()
    links = page.locator("nav.contents a")
    assert links.count() > 10
    page.emulate_media(reduced_motion="reduce")  # the page then jumps in place of gliding
    for i in (1, links.count() // 2):
        target = links.nth(i).get_attribute("href")
        links.nth(i).click()
        assert page.evaluate("location.hash") == target
        top = page.locator(f'[id="{target[1:]}"]').evaluate("e => e.getBoundingClientRect().top")
        assert -1 <= top < SCREEN["height"] / 2


def test_links_can_be_told_from_text_and_the_first_one_skips(opened):
    """Who goes by keyboard first meets the way to the report itself."""
    page, _ = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#report"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0


def test_a_report_prints(opened, tmp_path):
    """To A4, folded parts open, with the number of pages at the foot."""
    page, asked = opened()
    data = page.pdf(prefer_css_page_size=True)
    assert asked == []
    assert data.startswith(b"%PDF-")
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    assert pages >= FEWEST_PAGES
    file = tmp_path / "report.pdf"
    file.write_bytes(data)
    if shutil.which("pdfinfo"):
        facts = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
        assert re.findall(r"Pages:\s+(\d+)", facts) == [str(pages)]
        assert "(A4)" in facts
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
        last = page.locator("details tbody tr").last.locator("th, td").first.text_content()
        assert last.split()[0] in text
        assert f"{pages} / {pages}" in text
