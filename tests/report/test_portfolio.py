"""The index of a folder of reports, from their manifests."""

import json

from imis_plan.report import portfolio
from tests.report.places import Page

HEADLINE = {
    "population": 2073089.2,
    "insured": 1658471.3,
    "total": 6144336211.74,
    "total_usd": 2259945.13,
    "per_insured_year_usd": 0.37731532,
    "recurrent_after_usd": 310119.12,
    "posts": 2.5,
    "assumed_share": 0.98787,
}
ABOUT = {"title": "Zanzibar", "country": "Zanzibar", "years": "2027–2031", "currency": "TZS", "option": "", "changes": ""}


def write(out, name, **more):
    """The manifest of a report."""
    (out / name).mkdir(parents=True)
    data = {"scenario": name, "about": ABOUT, "headline": HEADLINE, "generated": "2026-11-23T04:37:18Z"} | more
    (out / name / "manifest.json").write_text(json.dumps(data), encoding="utf-8")


def test_a_row_has_the_headline_in_words_and_the_numbers_behind_it():
    """People read the text; the number is there for whoever sorts."""
    row = portfolio.row({"folder": "zanzibar", "about": ABOUT, "headline": HEADLINE, "generated": "2026-11-23T04:37:18Z"})
    assert [cell["text"] for cell in row["cells"]] == [
        "2.07 million",
        "1.66 million",
        "TZS 6.14 billion",
        "2.26 million",
        "0.38",
        "310 thousand",
        "2.5",
        "99%",
    ]
    assert [cell["value"] for cell in row["cells"]] == list(HEADLINE.values())
    assert (row["link"], row["title"], row["place"], row["generated"]) == (
        "zanzibar/report.html",
        "Zanzibar",
        "Zanzibar, 2027–2031",
        "November 23, 2026",
    )


def test_what_is_missing_is_a_dash():
    """A plan that insures nobody has no cost per person."""
    row = portfolio.row({"folder": "x", "headline": HEADLINE | {"per_insured_year_usd": None}})
    assert row["cells"][4] == {"text": "–", "value": ""}
    assert (row["title"], row["place"], row["variant"]) == ("x", "", "")


def test_a_variant_says_what_was_changed():
    """An option, what-ifs, or both: nobody takes it for the plan itself."""
    row = portfolio.row({"folder": "x", "about": ABOUT | {"option": "cloud", "changes": "a.b = 1; c.d = 2"}})
    assert row["variant"] == "cloud, a.b = 1; c.d = 2"


def test_only_complete_reports_are_in_the_index(tmp_path):
    """No folder being written, none without a manifest, nothing that is not a manifest."""
    for name in ("zambia", "chad", ".chad.1a2b3c4d"):
        write(tmp_path, name)
    for name, text in (("broken", "{"), ("list", "[1]")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(text)
    (tmp_path / "empty").mkdir()
    page = Page(portfolio.write(tmp_path).read_text(encoding="utf-8"))
    assert [a["href"] for a in page.all("a")] == ["chad/report.html", "zambia/report.html"]
    assert "2 scenarios with a report." in page.text("caption")


def test_an_index_of_nothing_says_so(tmp_path):
    """It is a page all the same."""
    assert "No scenario has a report yet." in portfolio.write(tmp_path / "new").read_text(encoding="utf-8")


def test_folder_names_and_words_cannot_become_markup(tmp_path):
    """A manifest may have been written by anybody."""
    evil = '"><script>alert(1)</script>'
    write(tmp_path, "a' b", about=dict.fromkeys(ABOUT, evil) | {"changes": evil}, generated=evil)
    page = Page(portfolio.write(tmp_path).read_text(encoding="utf-8"))
    assert page.all("script") == []
    assert page.text().count(evil) >= 5
    assert [a["href"] for a in page.all("a")] == ["a%27%20b/report.html"]
