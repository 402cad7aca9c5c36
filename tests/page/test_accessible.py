"""Barriers in a page: axe-core finds none, in any kind of page and in any language."""

from contextvars import copy_context
from pathlib import Path

import pytest

from imis_plan.batch.run import make_reports
from imis_plan.i18n import translate
from imis_plan.page.index import index_html, manifests
from tests.report.places import NAMES, REAL

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCREEN = {"width": 1280, "height": 900}
UNFOLDED = "for (const part of document.querySelectorAll('details')) part.open = true"
# Rows that are made alike have the same barriers, and axe takes half a minute for all of them: it looks at two of each kind in a table.
# What may differ from row to row, a link or a header without a word, is looked for in all of them before.
WORDLESS = """[...document.querySelectorAll('a, th, summary, button')]
    .filter(e => !(e.ariaLabel || e.textContent).trim()).map(e => e.outerHTML.slice(0, 80))"""
FEWER = """for (const body of document.querySelectorAll('tbody')) {
    const seen = {}
    for (const row of [...body.rows]) {
        const kind = [row.className, ...[...row.cells].map(e => e.tagName + e.className + [...e.children].map(x => x.tagName + x.lang))].join()
        if ((seen[kind] = (seen[kind] || 0) + 1) > 2) row.remove()
    }
}"""
AXE = "axe.run({resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def axe():
    """The text of axe-core, as its package brings it."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(browser, axe, page):
    """What axe finds, as rule and element; folded parts are looked at unfolded."""
    context = browser.new_context(viewport=SCREEN, offline=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.evaluate(UNFOLDED)
    wordless = [("without a word", element) for element in tab.evaluate(WORDLESS)]
    tab.evaluate(FEWER)
    tab.evaluate(axe)
    found = tab.evaluate(AXE)["violations"]
    context.close()
    return wordless + [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(
    "file", [*(f"{name}/{page}" for name in NAMES for page in ("brief.html", "report.html")), "nepal/annex.html", "index.html"]
)
def test_a_page_has_no_barrier(file, chromium, axe, reports):
    """Headings in order, names, contrast, tables, landmarks, keyboard."""
    assert violations(chromium, axe, reports / file) == []


@pytest.mark.parametrize("language", translate.languages())
def test_no_language_has_a_barrier(language, chromium, axe, reports, tmp_path):
    """The index in each language that there is, and a small report with its briefing where no other report speaks it."""
    context = copy_context()
    context.run(translate.set_language, language)
    entries = list(manifests(reports))
    index = tmp_path / "index.html"
    index.write_text(context.run(index_html, entries), encoding="utf-8")
    pages = [index]
    if language not in {entry["language"] for entry in entries}:
        (result,) = make_reports(["borsa"], tmp_path, parameters=REAL, language=language, brief=True)
        assert result.error is None
        pages += [tmp_path / "borsa" / "report.html", tmp_path / "borsa" / "brief.html"]
    for page in pages:
        assert f'<html lang="{language}">' in page.read_text(encoding="utf-8")
        assert violations(chromium, axe, page) == []


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ('<p style="color: #ccc">pale</p>', "color-contrast"),
        ('<a href="#report"></a>', "without a word"),
        ("<h5>too deep</h5>", "heading-order"),
        ("<details><summary>folded</summary><input></details>", "label"),
    ],
)
def test_a_barrier_is_found(broken, rule, chromium, axe, reports, tmp_path):
    """In a good page with one mistake."""
    page = (reports / "zanzibar" / "brief.html").read_text(encoding="utf-8")
    (tmp_path / "page.html").write_text(page.replace("</main>", f"{broken}</main>"), encoding="utf-8")
    assert rule in {name for name, _element in violations(chromium, axe, tmp_path / "page.html")}
