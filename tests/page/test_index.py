"""The index of a folder of reports, from their manifests."""

import json

import pytest

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


def test_a_chart_has_the_years_as_shares_of_the_largest():
    """Heights are parts of 50: of 4 million in the first year 1 is capital; the text has the sums."""
    chart = index.chart(YEARLY)
    assert chart["columns"] == [
        {"year": 2027, "recurrent": 37.5, "capital": 12.5},  # 3/4 and 1/4 of 50
        {"year": 2028, "recurrent": 25.0, "capital": 0.0},  # 2/4 of 50
    ]
    assert (chart["most"], chart["peak"], chart["text"]) == ("4.00", 0, "2027: 4.00; 2028: 2.00")
    assert index.chart({}) == {}


def test_the_filter_offers_what_there_is(tmp_path):
    """No choice between one size and itself; a style sheet for each that hides the others."""
    write(tmp_path, "one")
    assert Page(index.index_page(tmp_path)).all("input") == []
    write(tmp_path, "two", headline=HEADLINE | {"insured": 10.0}, yearly_usd=YEARLY)
    text = index.index_page(tmp_path)
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
    page = Page(index.index_page(tmp_path))
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
    page = Page(index.index_page(tmp_path))
    assert sorted({a["href"] for a in page.all("a")}) == ["#report", "chad/report.html", "zambia/report.html"]
    assert "2 scenarios with a report" in page.text()


def test_an_index_of_nothing_says_so(tmp_path):
    """It is a page all the same."""
    assert "No scenario has a report yet." in index.index_page(tmp_path / "new")


def test_folder_names_and_words_cannot_become_markup(tmp_path):
    """A manifest may have been written by anybody."""
    evil = '"><script>alert(1)</script>'
    write(tmp_path, "a' b", about=dict.fromkeys(ABOUT, evil) | {"changes": evil}, generated=evil)
    text = index.index_page(tmp_path)
    page = Page(text)
    assert len(page.all("script")) == 1  # our own, as the check of the page has seen to
    assert page.text().count(evil) >= 5
    assert {a["href"] for a in page.all("a")} == {"#report", "a%27%20b/report.html"}


def test_only_our_own_script_is_in_the_page(tmp_path):
    """It sorts the table; the page is refused with any other."""
    write(tmp_path, "one")
    text = index.index_page(tmp_path)
    script = (index.TEMPLATES / "sort.js").read_text(encoding="utf-8")
    assert violations(text, [script]) == []
    assert violations(text) == ["<meta http-equiv>", "<script>"]  # the policy that allows it, and itself


@pytest.mark.parametrize(("languages", "shown"), [(("fr", "fr"), "fr"), (("fr", "en"), "en"), (("xx", "xx"), "en"), ((), "en")])
def test_the_page_has_the_language_that_all_reports_share(tmp_path, languages, shown):
    """Reports in several languages, or in one without a catalogue, have an index in English."""
    for number, language in enumerate(languages):
        write(tmp_path, f"scenario{number}", language=language, yearly_usd=YEARLY)
    page = index.index_page(tmp_path)
    assert f'<html lang="{shown}">' in page
    assert ("Budgets de tous les scénarios" in page) == (shown == "fr")
