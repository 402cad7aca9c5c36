"""The index of a folder of reports, from their manifests."""

import json

import pytest

from imis_plan.batch.run import write_index
from imis_plan.i18n.translate import using_language
from imis_plan.page import index
from imis_plan.page.html_check import violations
from tests.report.places import Page

HEADLINE = {
    "insured": 1658471.3,
    "total_usd": 2259945.13,
    "per_insured_year_usd": 0.37731532,
    "running_cost_usd": 310119.12,
    "posts": 2.5,
    "unfunded_share": 0.44,
    "assumed_share": 0.98787,
}
YEARLY: dict[str, list[float]] = {"years": [2027, 2028], "capital": [1e6, 0.0], "recurrent": [3e6, 2e6]}
ABOUT = {"title": "Zanzibar", "country": "Zanzibar", "years": "2027–2031", "currency": "TZS", "option": "", "changes": ""}


def write(out, name, **more):
    """The manifest of a report."""
    (out / name).mkdir(parents=True)
    data = {"scenario": name, "about": ABOUT, "headline": HEADLINE, "generated": "2026-11-23T04:37:18Z"} | more
    (out / name / "manifest.json").write_text(json.dumps(data), encoding="utf-8")


def test_a_row_has_the_headline_in_words_and_the_numbers_behind_it():
    """One unit and as many decimals for a whole column; the number itself is there for whoever sorts."""
    row = index.row({"folder": "zanzibar", "about": ABOUT, "headline": HEADLINE, "generated": "2026-11-23T04:37:18Z"})
    assert [cell["text"] for cell in row["cells"]] == ["1,658,471", "2.26", "0.38", "0.31", "2.5", "44%", "99%"]
    assert [cell["value"] for cell in row["cells"]] == list(HEADLINE.values())
    assert (row["link"], row["title"], row["place"], row["generated"], row["size"]) == (
        "zanzibar/report.html",
        "Zanzibar",
        "Zanzibar, 2027–2031",
        "November 23, 2026",
        "middle",
    )


def test_proposed_funding_is_not_decided_in_the_index_either():
    """As page one has it; it is sorted with what is missing, not by a number that is not shown."""
    row = index.row({"folder": "kenya", "about": ABOUT | {"funding_decided": False}, "headline": HEADLINE})
    assert row["cells"][5] == {"text": "not decided", "value": ""}
    decided = index.row({"folder": "kenya", "about": ABOUT | {"funding_decided": True}, "headline": HEADLINE})
    assert decided["cells"][5] == {"text": "44%", "value": 0.44}


def test_what_is_missing_is_a_dash():
    """A plan that insures nobody has no cost per person, and no place in the ranking."""
    row = index.row({"folder": "x", "headline": HEADLINE | {"per_insured_year_usd": None}})
    assert row["cells"][2] == {"text": "–", "value": ""}
    assert (row["title"], row["place"], row["variant"]) == ("x", "", "")
    assert index.ranking([row]) == []
    assert index.finding([row]) == "Nobody is insured in any of them."


@pytest.mark.parametrize(
    ("insured", "size"),
    [(0, "small"), (999_999, "small"), (1_000_000, "middle"), (4_999_999, "middle"), (5_000_000, "large")],
)
def test_schemes_are_small_middle_or_large(insured, size):
    """By their insured: below a million, below five, or more."""
    assert index.size(insured) == size


def test_the_ranking_goes_from_the_dearest_down():
    """Bars are as long as their cost is to the largest; the sentence names both ends."""
    costs = {"a": 0.5, "b": 2.0, "c": 1.0}
    rows = [index.row({"folder": name, "headline": HEADLINE | {"per_insured_year_usd": cost}}) for name, cost in costs.items()]
    ranked = index.ranking(rows)
    assert [(row["name"], row["width"], row["text"]) for row in ranked] == [
        ("b", 100, "2.00"),
        ("c", 50, "1.00"),
        ("a", 25, "0.50"),
    ]
    assert index.finding(rows) == "From USD 0.50 (“a”) to USD 2.00 (“b”) for each insured person and year"


def test_one_report_has_no_range():
    """Nor have several that cost the same to the cent."""
    row = index.row({"folder": "nepal", "headline": HEADLINE})
    assert index.finding([row]) == "USD 0.38 for each insured person and year"
    assert index.finding([row, row]) == "USD 0.38 for each insured person and year"
    with using_language("fr"):
        assert index.finding([row]) == "0,38 USD par assuré et par an"


def test_whole_posts_have_no_decimals():
    """292 and 2.5."""
    row = index.row({"folder": "nepal", "headline": HEADLINE | {"posts": 292.0}})
    assert row["cells"][4] == {"text": "292", "value": 292.0}


def test_the_french_index_says_of_the_running_cost_what_page_one_says(tmp_path):
    """It has a year's part of the equipment in it, so it is not the recurrent cost."""
    write(tmp_path, "chad", language="fr")
    (_name, text), *_rest = index.index_pages(tmp_path)
    assert "Pour faire fonctionner le système, millions d’USD par an" in text
    assert "Coûts récurrents" not in text


def test_a_chart_has_the_years_as_shares_of_the_largest():
    """Heights are parts of 50: of 4 million in the first year 1 is capital; the text has the sums."""
    chart = index.chart(YEARLY)
    assert chart["columns"] == [
        {"year": "2027", "recurrent": 37.5, "capital": 12.5},  # 3/4 and 1/4 of 50
        {"year": "2028", "recurrent": 25.0, "capital": 0.0},  # 2/4 of 50
    ]
    assert (chart["most"], chart["peak"], chart["text"]) == ("4.00", 0, "2027: 4.00; 2028: 2.00")
    assert index.chart({}) == {}


def test_the_filter_offers_what_there_is(tmp_path):
    """No choice between one size and itself; a style sheet for each that hides the others."""
    write(tmp_path, "one")
    assert Page(dict(index.index_pages(tmp_path))["index.html"]).all("input") == []
    write(tmp_path, "two", headline=HEADLINE | {"insured": 10.0}, yearly_usd=YEARLY)
    text = dict(index.index_pages(tmp_path))["index.html"]
    assert [choice["id"] for choice in Page(text).all("input")] == ["size-all", "size-small", "size-middle"]
    assert "body:has(#size-small:checked) .scheme:not(.small) { display: none; }" in text
    (drawing,) = [svg for svg in Page(text).all("svg") if svg.get("role") == "img"]
    assert drawing["aria-label"] == "Zanzibar, 2027: 4.00; 2028: 2.00"


def test_a_variant_says_what_was_changed():
    """An option, what-ifs, or both: nobody takes it for the plan itself."""
    row = index.row({"folder": "x", "about": ABOUT | {"option": "cloud", "changes": "a.b = 1; c.d = 2"}})
    assert row["variant"] == "cloud, a.b = 1; c.d = 2"


def test_a_title_in_another_language_says_so(tmp_path):
    """A French report in an English index is read aloud in French."""
    write(tmp_path, "chad", language="fr", about=ABOUT | {"title": "Tchad"}, yearly_usd=YEARLY)
    write(tmp_path, "nepal", language="en")
    page = Page(dict(index.index_pages(tmp_path))["index.html"])
    spoken = [(a["href"], a.get("lang")) for a in page.all("a") if a["href"].endswith(".html")]
    assert spoken == [*[("chad/report.html", "fr"), ("nepal/report.html", None)] * 2, ("chad/report.html", "fr")]


def test_only_complete_reports_are_in_the_index(tmp_path):
    """No folder being written, none without a manifest, nothing that is not a manifest."""
    for name in ("zambia", "chad", ".chad.1a2b3c4d"):
        write(tmp_path, name)
    for name, text in (("broken", "{"), ("list", "[1]")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(text)
    (tmp_path / "empty").mkdir()
    page = Page(dict(index.index_pages(tmp_path))["index.html"])
    assert sorted({a["href"] for a in page.all("a")}) == ["#report", "chad/report.html", "zambia/report.html"]
    assert "2 scenarios with a report" in page.text()


def test_an_index_of_nothing_says_so(tmp_path):
    """It is a page all the same."""
    assert "No scenario has a report yet." in dict(index.index_pages(tmp_path / "new"))["index.html"]


def test_folder_names_and_words_cannot_become_markup(tmp_path):
    """A manifest may have been written by anybody."""
    evil = '"><script>alert(1)</script>'
    write(tmp_path, "a' b", about=dict.fromkeys(ABOUT, evil) | {"changes": evil}, generated=evil)
    text = dict(index.index_pages(tmp_path))["index.html"]
    page = Page(text)
    assert len(page.all("script")) == 1  # our own, as the check of the page has seen to
    assert page.text().count(evil) >= 5
    assert {a["href"] for a in page.all("a")} == {"#report", "a%27%20b/report.html"}


def test_only_our_own_script_is_in_the_page(tmp_path):
    """It sorts the table; the page is refused with any other."""
    write(tmp_path, "one")
    text = dict(index.index_pages(tmp_path))["index.html"]
    script = (index.TEMPLATES / "sort.js").read_text(encoding="utf-8")
    assert violations(text, [script]) == []
    assert violations(text) == ["<meta http-equiv>", "<script>"]  # the policy that allows it, and itself


@pytest.mark.parametrize(
    ("session", "languages", "shown"),
    [
        ("fr", ("fr", "en"), "fr"),
        ("fr", ("en", "en"), "en"),
        ("fr", ("en", "sw"), "en"),
        ("en", ("fr", "fr"), "fr"),
        ("fr", (), "en"),
    ],
)
def test_reports_in_several_languages_have_an_index_in_that_of_the_session(tmp_path, monkeypatch, session, languages, shown):
    """If one of them is in it; reports that share a language keep theirs in every session."""
    monkeypatch.setattr(index, "interface_language", lambda: session)
    for number, language in enumerate(languages):
        write(tmp_path, f"scenario{number}", language=language, yearly_usd=YEARLY)
    assert f'<html lang="{shown}">' in dict(index.index_pages(tmp_path))["index.html"]


@pytest.mark.parametrize(("languages", "shown"), [(("fr", "fr"), "fr"), (("fr", "en"), "en"), (("xx", "xx"), "en"), ((), "en")])
def test_the_page_has_the_language_that_all_reports_share(tmp_path, languages, shown):
    """Reports in several languages, or in one without a catalogue, have an index in English in an English session."""
    for number, language in enumerate(languages):
        write(tmp_path, f"scenario{number}", language=language, yearly_usd=YEARLY)
    page = dict(index.index_pages(tmp_path))["index.html"]
    assert f'<html lang="{shown}">' in page
    assert ("Budgets de tous les scénarios" in page) == (shown == "fr")


def test_an_index_of_many_reports_has_pages(tmp_path, monkeypatch):
    """Five reports, two on a page: each is on one page, and every page leads to all three."""
    monkeypatch.setattr(index, "PAGE_ROWS", 2)
    for name in ("a", "b", "c", "d", "e"):
        write(tmp_path, name)
    pages = {name: Page(text) for name, text in index.index_pages(tmp_path)}
    links = {name: [a["href"] for a in page.all("a")] for name, page in pages.items()}

    assert list(pages) == ["index.html", "index-2.html", "index-3.html"]
    assert [sorted({at for at in found if "/" in at}) for found in links.values()] == [
        ["a/report.html", "b/report.html"],
        ["c/report.html", "d/report.html"],
        ["e/report.html"],
    ]
    assert all([at for at in found if at.startswith("index")] == list(pages) for found in links.values())
    assert [a["href"] for a in pages["index-2.html"].all("a") if a.get("aria-current") == "page"] == ["index-2.html"]
    assert "5 scenarios with a report" in pages["index-3.html"].text()
    assert "This page shows 2 of them, c to d." in pages["index-2.html"].text()


def test_a_short_index_is_one_page_without_links_to_others(tmp_path):
    """Nobody is offered a choice of one."""
    write(tmp_path, "a")
    ((name, text),) = index.index_pages(tmp_path)

    assert (name, [a["href"] for a in Page(text).all("a")]) == ("index.html", ["#report", *["a/report.html"] * 2])


def test_a_ledger_without_a_report_is_what_its_row_leads_to(tmp_path):
    """`--ledger-only` makes no report."""
    write(tmp_path, "district", files={"ledger.csv": "", "staffing.csv": ""})

    assert {a["href"] for a in Page(dict(index.index_pages(tmp_path))["index.html"]).all("a")} == {
        "#report",
        "district/ledger.csv",
    }


def test_pages_of_a_longer_index_are_removed(tmp_path, monkeypatch):
    """Three pages, then one; a file of the user's stays."""
    monkeypatch.setattr(index, "PAGE_ROWS", 2)
    for name in ("a", "b", "c", "d", "e"):
        write(tmp_path, name)
    (tmp_path / "index-old.html").write_text("mine")
    write_index(tmp_path)
    before = {file.name for file in tmp_path.glob("*.html")}
    for name in ("c", "d", "e"):
        (tmp_path / name / "manifest.json").unlink()
    write_index(tmp_path)

    assert before == {"index.html", "index-2.html", "index-3.html", "index-old.html"}
    assert {file.name for file in tmp_path.glob("*.html")} == {"index.html", "index-old.html"}
