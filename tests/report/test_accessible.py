"""Barriers that axe-core finds in a page: none, in any page and any language."""

from contextvars import copy_context
from pathlib import Path

import pytest

from imis_plan.report import batch, portfolio
from imis_plan.views import i18n
from tests.report.places import NAMES, REAL

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCREEN = {"width": 1280, "height": 900}
# Contrast is a matter of the style sheet, and takes axe longest: it looks at five rows of each table, all else at every row.
FEWER = """for (const body of document.querySelectorAll('tbody')) [...body.rows].slice(5).forEach(row => row.remove())"""
UNFOLDED = "for (const part of document.querySelectorAll('details')) part.open = true"
EVERYTHING = "axe.run({rules: {'color-contrast': {enabled: false}}, resultTypes: ['violations']})"
CONTRAST = "axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})"


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
    for script in (UNFOLDED, axe):
        tab.evaluate(script)
    found = tab.evaluate(EVERYTHING)["violations"]
    tab.evaluate(FEWER)
    found += tab.evaluate(CONTRAST)["violations"]
    context.close()
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("file", [*(f"{name}/{page}" for name in NAMES for page in ("brief.html", "report.html")), "index.html"])
def test_a_page_has_no_barrier(file, chromium, axe, reports):
    """Headings in order, names, contrast, tables, landmarks, keyboard."""
    assert violations(chromium, axe, reports / file) == []


@pytest.mark.parametrize("language", i18n.languages())
def test_no_language_has_a_barrier(language, chromium, axe, reports, tmp_path):
    """A small report, its briefing and the index over all reports, in each language that there is."""
    (result,) = batch.report(["borsa"], tmp_path, parameters=REAL, language=language, brief=True)
    assert result.reason is None
    context = copy_context()
    context.run(i18n.use, language)
    index = tmp_path / "index.html"
    index.write_text(context.run(portfolio.html, list(portfolio.manifests(reports))), encoding="utf-8")
    for page in (index, tmp_path / "borsa" / "report.html", tmp_path / "borsa" / "brief.html"):
        assert f'<html lang="{language}">' in page.read_text(encoding="utf-8")
        assert violations(chromium, axe, page) == []
