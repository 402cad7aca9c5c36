"""Cells and their outputs as parts of a page."""

import base64
import re

import nbformat
import pytest
from hypothesis import given, settings, strategies as st

from imis_plan.page.document import css_string
from imis_plan.page.errors import RenderError
from imis_plan.page.html_check import violations
from imis_plan.page.render import TEMPLATES, brief_html, report_html
from imis_plan.sections import html_table
from tests.report.places import Page

PNG = "iVBORw0KGgo="


def page_of(*cells, **about):
    """The page of a notebook with these cells."""
    notebook = nbformat.v4.new_notebook(cells=list(cells), metadata={"imis_plan": about})
    return Page(report_html(notebook))


def markdown(source):
    """A cell of text."""
    return nbformat.v4.new_markdown_cell(source)


def shown(data, kind="display_data", **metadata):
    """A code cell that has shown something."""
    more = {"execution_count": 1} if kind == "execute_result" else {}
    output = nbformat.v4.new_output(kind, data=data, metadata=metadata, **more)
    return nbformat.v4.new_code_cell("secret = 1", execution_count=1, outputs=[output])


def streamed(name, text):
    """A code cell that has printed something."""
    return nbformat.v4.new_code_cell(
        "secret = 1", execution_count=1, outputs=[nbformat.v4.new_output("stream", name=name, text=text)]
    )


def test_no_code_is_shown_and_no_warning():
    """A memo has neither."""
    page = page_of(streamed("stderr", "a warning"), streamed("stdout", "printed <b>"))
    assert "secret" not in page.text()
    assert "a warning" not in page.text()
    assert page.text("pre") == "printed <b>"


@pytest.mark.parametrize("kind", ["display_data", "execute_result"])
@pytest.mark.parametrize(
    ("data", "tag", "text"),
    [
        ({"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "no"}, "td", "1"),
        ({"text/markdown": "**bold**", "text/plain": "no"}, "strong", "bold"),
        ({"text/plain": "a < b"}, "pre", "a < b"),
        ({"application/javascript": "alert(1)", "text/plain": "instead"}, "pre", "instead"),
        ({"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": "instead"}, "pre", "instead"),
    ],
)
def test_the_best_form_that_needs_no_script_is_shown(kind, data, tag, text):
    """Whether it was displayed or was the last line of a cell."""
    assert page_of(shown(data, kind)).text(tag) == text


def test_a_picture_has_its_caption_its_size_and_its_text():
    """From the metadata that `show.figure` leaves."""
    about = {"label": "Figure 1", "caption": 'a "quoted" < b', "id": "figure-1"}
    page = page_of(shown({"image/png": PNG}, **{"image/png": {"alt": '2027: "1" < 2', "width": 10, "height": 5}, "imis": about}))
    (image,) = page.all("img")
    assert image == {"src": f"data:image/png;base64,{PNG}", "alt": '2027: "1" < 2', "width": "10", "height": "5"}
    assert page.all("figure") == [{"id": "figure-1"}]
    assert page.text("figcaption") == 'Figure 1. a "quoted" < b'


def test_the_title_of_a_picture_is_text_and_left_out_of_what_is_shown():
    """A picture of 10 by 5 pixels, of which 2 are the title: the page shows the lower 3, a copy has all 5."""
    about = {"label": "Figure 1", "caption": "Costs rise", "id": "figure-1", "title_height": 2}
    page = page_of(shown({"image/png": PNG}, **{"image/png": {"alt": "text", "width": 10, "height": 5}, "imis": about}))
    (image,) = page.all("img")
    assert (image["class"], image["style"]) == ("untitled", "aspect-ratio: 10 / 3")
    assert (image["width"], image["height"]) == ("10", "3")
    assert image["src"] == f"data:image/png;base64,{PNG}"


def test_a_drawing_is_a_picture_too():
    """SVG goes in as an image, in which no script runs."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    page = page_of(shown({"image/svg+xml": svg}, **{"image/svg+xml": {"alt": "drawing"}}))
    (image,) = page.all("img")
    kind, _, data = image["src"].partition(";base64,")
    assert (kind, base64.b64decode(data).decode().strip()) == ("data:image/svg+xml", svg)


def test_a_picture_without_text_is_no_report():
    """Nobody is left out."""
    with pytest.raises(RenderError, match="the page is not self-contained: an image without alternative text"):
        page_of(shown({"image/png": PNG}))


def test_a_caption_that_is_repeated_for_the_editor_is_left_out():
    """It stands below the picture already."""
    page = page_of(shown({"text/markdown": "again"}, imis={"repeated": True}), shown({"text/markdown": "once"}))
    assert "again" not in page.text()
    assert "once" in page.text()


def test_headings_make_the_contents():
    """The first heading of all is the title's; others below level 2 count, down to level 3, each with a name of its own."""
    page = page_of(
        markdown("# Memo\n\n## One & two\n\n### Deep\n\n#### Deeper"), markdown("## One & two\n\n# Late"), title="Chad"
    )
    ids = [attributes["id"] for tag, attributes, _ in page.elements if tag in ("h2", "h3", "h4")]
    assert ids == ["s-one-two", "s-deep", "s-deeper", "s-one-two-2", "s-late"]
    listed = [attributes["href"] for tag, attributes, around in page.elements if tag == "a" and "nav" in around]
    assert listed == ["#s-one-two", "#s-deep", "#s-one-two-2", "#s-late"]
    assert (page.text("h1"), page.text("title")) == ("Chad", "openIMIS budget: Chad")
    assert "Memo" in page.text("p")


def test_a_cell_that_begins_with_a_heading_opens_a_section():
    """By the section's name the contents mark what is being read. A later heading of level 1 heads a part."""
    page = page_of(markdown("# Memo"), markdown("## One"), markdown("text"), markdown("# Part"), markdown("## Two\n\n## Three"))
    sections = [attributes.get("style") for tag, attributes, _ in page.elements if tag == "section"]
    assert sections == [None, "view-timeline-name: --s1", "view-timeline-name: --s2", "view-timeline-name: --s3"]
    entries = {a["href"]: a.get("style") for tag, a, around in page.elements if tag == "a" and "nav" in around}
    assert entries == {"#s-one": "animation-timeline: --s1", "#s-part": "animation-timeline: --s2", "#s-two": "animation-timeline: --s3", "#s-three": None}  # fmt: skip
    assert [h.get("class") for h in page.all("h2")] == [None, "part", None, None]
    assert page.unbalanced == []


def test_a_report_says_how_it_was_made():
    """Versions, seed and inputs with their hashes, in the page itself; without a record there is no such part."""
    inputs = {"scenario": {"file": "parameters/chad.yaml", "sha256": "ab12"}}
    made = {"generated": "2026-01-01T00:00:00Z", "package": {"version": "0.1.0", "sha256": "cd34"}, "versions": {"python": "3.11.7"}, "seed": 7, "inputs": inputs}  # fmt: skip
    page = page_of(markdown("text"), made=made, files=["ledger.csv"])
    for text in (
        "How this report was made",
        "January 1, 2026",
        "0.1.0, SHA-256 cd34",
        "python 3.11.7",
        "parameters/chad.yaml",
        "SHA-256 ab12",
    ):
        assert text in page.text()
    assert "ledger.csv" in [a["href"] for a in page.all("a")]
    assert "How this report was made" not in page_of(markdown("text")).text()


def test_a_briefing_is_made_of_the_cells_tagged_for_it():
    """Links to what is not in it are text; without such a cell there is no briefing."""
    chosen = shown({"text/html": '<p id="here"><a href="#here">in</a> <a href="#there">out</a></p>'})
    chosen.metadata["tags"] = ["brief"]
    notebook = nbformat.v4.new_notebook(cells=[markdown("## Left out"), chosen], metadata={"imis_plan": {"title": "Chad"}})
    page = Page(brief_html(notebook))
    assert "Left out" not in page.text()
    assert [a["href"] for a in page.all("a")] == ["#report", "#here"]
    assert "in out" in page.text()
    with pytest.raises(RenderError, match="no cell of the notebook is tagged `brief`"):
        brief_html(nbformat.v4.new_notebook(cells=[markdown("x")]))


def test_the_documented_way_of_nbconvert_gives_the_same_page():
    """`jupyter nbconvert --to html --template imis`: its own exporter with our template."""
    from nbconvert.exporters import HTMLExporter

    notebook = nbformat.v4.new_notebook(cells=[markdown("# Memo\n\n## One"), shown({"text/plain": "a < b"})])
    theirs, _ = HTMLExporter(template_name="imis", extra_template_basedirs=[str(TEMPLATES)]).from_notebook_node(notebook)
    assert Page(theirs).text() == Page(report_html(notebook)).text()


def test_a_notebook_without_a_scenario_has_the_title_of_its_first_heading():
    """As under `jupyter nbconvert --template imis`."""
    page = page_of(markdown("# Memo\n\ntext"))
    assert (page.text("h1"), page.text("title")) == ("Memo", "openIMIS budget: Memo")
    assert page_of(markdown("text")).text("h1") == "Report"


@pytest.mark.parametrize("source", ["![a picture](http://example.org/x.png)", "![a picture](x.png)"])
def test_a_picture_that_would_be_fetched_is_its_text(source):
    """In Markdown; one that is in the page is shown."""
    page = page_of(markdown(source))
    assert page.all("img") == []
    assert "a picture" in page.text()
    (image,) = page_of(markdown(f"![inside](data:image/png;base64,{PNG})")).all("img")
    assert image["alt"] == "inside"


def test_markdown_that_a_cell_prints_makes_no_markup():
    """A link with a script is none, HTML is text, an address is a link."""
    evil = '[x](javascript:alert(1)) <b onclick="f()">b</b> [y]( JaVaScRiPt:alert(1)) https://example.org'
    page = page_of(shown({"text/markdown": evil}))
    targets = [a["href"] for a in page.all("a") if not a["href"].startswith("#report")]
    assert [target for target in targets if "javascript" in target.lower()] == []
    assert "https://example.org" in targets
    assert '<b onclick="f()">b</b>' in page.text()
    assert page.all("b") == []


def test_the_title_cannot_leave_the_style_sheet_of_the_printed_page():
    """It stands in a CSS string at the foot of each page."""
    title = 'a"; } </style><script>alert(1)</script> \\ é\nb'
    page = page_of(markdown("text"), title=title)
    assert page.all("script") == [{}]  # ours
    assert page.text("title") == "openIMIS budget: " + " ".join(title.split())
    (style,) = ["".join(text for text, around in page.texts if "style" in around)]
    assert "alert\\000028" in style


def test_a_space_after_an_accent_stays():
    """CSS takes one space after the number of a sign as the number's end."""
    written = css_string("santé universelle · Tchad")
    assert re.sub(r"\\([0-9a-f]{6}) ", lambda sign: chr(int(sign[1], 16)), written) == "santé universelle · Tchad"


def test_the_style_sheet_asks_for_nothing():
    """No font, no picture, nothing imported."""
    for file in TEMPLATES.rglob("*.css"):
        assert violations(f"<style>{file.read_text(encoding='utf-8')}</style>") == []


TAGS = {"div", "table", "caption", "span", "thead", "tbody", "tr", "th", "td", "p", "a", "details", "summary"}
words = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=f()>', "https://a.b/<i>'\""]
)


@settings(max_examples=60, deadline=None)
@given(words, words, words, words, st.booleans())
def test_no_words_in_a_table_become_markup(cell, head, caption, note, fold):
    """Whatever stands in cells, headers, caption and notes; addresses alone become links, to themselves."""
    import pandas as pd

    html = html_table.render(pd.DataFrame({head or "x": [cell]}), caption, "t", note, fold=fold)
    page = Page(html)
    assert {tag for tag, _, _ in page.elements} <= TAGS
    assert page.unbalanced == []
    assert violations(html) == []
    assert all(a["href"].startswith(("http://", "https://")) for a in page.all("a"))
    if head and not any(sign in head for sign in "\r\0"):
        assert page.text("thead") == " ".join(head.split())


def test_the_title_says_that_it_is_an_openimis_budget_and_what_its_status_is():
    """In the tab of the browser, above the title, and in the title block."""
    page = page_of(markdown("# Budget"), title="Nepal", status="draft")

    assert page.text("title") == "openIMIS budget: Nepal (draft)"
    assert page.text("header") == "openIMIS budget · Budget Nepal Statusdraft"


@pytest.mark.parametrize(
    ("title", "status", "shown"),
    [
        ("Kenya", "draft", "Kenya (draft)"),
        ("Draft: Kenya", "draft", "Draft: Kenya"),
        ("Kenya", "", "Kenya"),
    ],
)
def test_the_title_of_a_page_says_once_that_it_is_a_draft(title, status, shown):
    """For tabs, bookmarks and search."""
    page = report_html(nbformat.v4.new_notebook(metadata={"imis_plan": {"title": title, "status": status}}))
    assert re.findall("<title>[^<]*?: ((?:Draft: )?Kenya[^<]*)</title>", page) == [shown]
