"""The report in a real browser: on a phone, without a network, folded and printed."""

import re
import shutil
import subprocess

import pytest

from tests.report.places import NAMES, UNTIL

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1280, "height": 900}
FEWEST_PAGES, MOST_PAGES = 4, 15
# What sticks out to the right, other than within a region that scrolls.
OUTSIDE = """[...document.querySelectorAll('main *, header *')].filter(e => !e.closest('.scroll, svg')
    && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""


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
        page.goto(address)  # until everything in it is loaded
        return page, [url for url in asked if url != address and not url.startswith("data:image/")]

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    "file", [*(f"{name}/{page}" for name in NAMES for page in ("report.html", "brief.html")), "nepal/annex.html", "index.html"]
)
@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["phone", "screen"])
def test_a_page_fits_and_asks_for_nothing(file, size, opened):
    """No sideways scrolling of the page, on a phone either; every picture there; not one request."""
    page, asked = opened(file, size)
    assert asked == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.evaluate("[...document.images].filter(image => !image.naturalWidth).length") == 0
    assert page.evaluate(OUTSIDE) == []


def test_a_link_to_a_row_in_a_folded_part_shows_it(opened):
    """From an amount on the first page to the source of its price, one link at a time, with scripts off."""
    page, _ = opened()
    page.emulate_media(reduced_motion="reduce")
    steps = [
        ".card a[href='#t-components']",
        "#t-components a[href='#t-lines.printing']",
        "[id='t-lines.printing'] a[href^='#line-printing.id_cards']",
        "[id='t-working.printing'] a[href='#p-printing.card_preprinted_qr']",
    ]
    for step in steps:
        link = page.locator(step).first
        target = link.get_attribute("href")
        link.click()
        assert page.evaluate("location.hash") == target
        arrived = page.locator(f"[id='{target[1:]}']")
        assert arrived.is_visible()
        top = arrived.evaluate("e => e.getBoundingClientRect().top")
        assert -1 <= top < SCREEN["height"]
    published = page.locator("#t-parameters a[href^='#source-']").first
    target = published.get_attribute("href")
    published.click()
    assert page.locator(f"[id='{target[1:]}'] a[href^='https://']").first.is_visible()


def test_contents_mark_the_section_that_is_read(opened):
    """By the style sheet alone: one entry stands out, and it is that of the section under the eyes."""
    page, _ = opened()
    page.emulate_media(reduced_motion="reduce")
    for entry in (2, 5):
        link = page.locator("nav.contents a[style]").nth(entry)
        link.click()
        page.wait_for_timeout(200)
        marked = (
            "all => all.filter(e => getComputedStyle(e).borderLeftColor !== 'rgba(0, 0, 0, 0)').map(e => e.getAttribute('href'))"
        )
        assert page.locator("nav.contents a").evaluate_all(marked) == [link.get_attribute("href")]


def test_a_page_without_scripts_is_the_same_page(chromium, reports):
    """Reports have none; the index only cannot be sorted. Its filter works by the style sheet."""
    context = chromium.new_context(viewport=SCREEN, offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((reports / "index.html").as_uri())
    rows = page.locator("#scenarios tbody tr")
    assert rows.count() == len(NAMES)
    assert page.locator("#scenarios button").count() == 0
    page.locator("#size-large").check()
    shown = [rows.nth(i).locator("a").first.get_attribute("href") for i in range(rows.count()) if rows.nth(i).is_visible()]
    assert shown == ["cameroon/report.html", "nepal/report.html"]
    assert page.locator(".bars li:visible").count() == page.locator(".multiples figure:visible").count() == len(shown)
    context.close()


def test_the_index_is_sorted_at_a_click_and_back(opened):
    """By the number, not by its text; the head says in which direction."""
    page, _ = opened("index.html")
    head = page.locator("#scenarios thead th").nth(1)
    values = "all => all.map(row => Number(row.cells[1].dataset.value))"
    for direction, backward in (("ascending", False), ("descending", True)):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == direction
        found = page.locator("#scenarios tbody tr").evaluate_all(values)
        assert found == sorted(found, reverse=backward)


def test_the_contents_take_one_line_of_a_phone(opened):
    """Until they are asked for."""
    page, _ = opened(size=PHONE)
    links = page.locator("nav.contents a:visible")
    assert links.count() == 0
    page.locator("nav.contents summary").click()
    assert links.count() > 10


def test_wide_tables_scroll_within_themselves(opened):
    """By touch and by keyboard."""
    page, _ = opened(size=PHONE)
    wide = page.locator(".scroll").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth && e.tabIndex === 0).length"
    )
    assert wide > 0


def test_on_a_phone_a_shadow_says_that_a_figure_goes_on(opened):
    """At its right edge, until its end is reached; on a screen, where all of it is seen, there is none."""
    shadow = "getComputedStyle(document.querySelector('figure .scroll'), '::after')"
    page, _ = opened(size=PHONE)
    assert page.evaluate(f"{shadow}.position") == "sticky"
    assert page.evaluate(f"{shadow}.opacity") == "1"
    page.evaluate("document.querySelector('figure .scroll').scrollLeft = 9999")
    page.evaluate(UNTIL.format(condition=f"{shadow}.opacity === '0'"))
    page, _ = opened()
    assert page.evaluate(f"{shadow}.content") == "none"


def test_folded_parts_open(opened):
    """At a click on what they are called; before, their rows take no room."""
    page, _ = opened()
    assert page.locator("main details").count() > 0
    part = page.locator("main details").first
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
    links = page.locator("nav.contents a:visible")
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
    """To A4, with the number of pages at the foot, on few sheets: the annex, which is not among them, is a document of its own."""
    page, asked = opened()
    data = page.pdf(prefer_css_page_size=True)  # what the browser's own command to print gives
    page.emulate_media(media="print")
    assert not page.locator("#t-parameters").is_visible()
    assert asked == []
    assert data.startswith(b"%PDF-")
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    assert FEWEST_PAGES <= pages <= MOST_PAGES
    file = tmp_path / "report.pdf"
    file.write_bytes(data)
    if shutil.which("pdfinfo"):
        facts = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
        assert re.findall(r"Pages:\s+(\d+)", facts) == [str(pages)]
        assert "(A4)" in facts
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
        assert "The annex is a document of its own" in text
        assert f"{pages} / {pages}" in text


def test_an_annex_prints(opened):
    """Folded parts open, to the last parameter, with how the report was made."""
    page, asked = opened("nepal/annex.html")
    page.emulate_media(media="print")
    assert page.locator("#t-parameters tbody tr").last.is_visible()
    assert page.locator("section.made").is_visible()
    assert asked == []
