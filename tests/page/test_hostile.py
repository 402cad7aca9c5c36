"""Words that somebody typed to become markup, in every place of a scenario that a report shows: they stay words."""

import json
import re

import pytest
import yaml

from imis_plan.batch.run import make_reports
from imis_plan.page.document import DOWNLOADS_SCRIPT
from imis_plan.page.html_check import violations
from imis_plan.page.index import TEMPLATES
from tests.report.places import REAL, ROOT, Page, place

pytestmark = pytest.mark.slow

WHERE = (
    "title",
    "country",
    "scheme",
    "target",
    "note",
    "source",
    "role",
    "task",
    "need",
    "work",
    "funder",
    "rule",
    "option",
    "change",
)
# What is typed: script, an image that fails, links with a script, the marks of Markdown, CSS, mathematics and templates.
EVIL = (
    '<script>alert(1)</script>"><img src=x onerror=alert(1)> [go](javascript:alert(1)) <javascript:alert(1)> '
    "**bold** `code` | a\\|b &lt;i&gt; $\\frac{$ {{ 7 * 7 }} {% raw %} </style> */ https://evil.example/<b>"
)


def typed(where):
    """Something hostile that says where it was typed."""
    return f"in {where} {EVIL}"


def scenario():
    """Zanzibar, with something hostile wherever text can stand."""
    data = yaml.safe_load((REAL / "zanzibar.yaml").read_text(encoding="utf-8"))
    data["about"] |= {key: typed(key) for key in ("title", "country", "scheme", "target")} | {"notes": [typed("note")]}
    data["population"]["total"] |= {"source": typed("source")}
    data.setdefault("roles", {}).setdefault("data_entry_clerk", {}).update(
        title=typed("role"), tasks=[typed("task")], needs=[typed("need")]
    )
    workload = data["roles"]["data_entry_clerk"].setdefault("workload", {})
    workload["evil"] = {
        "driver": "claims",
        "text": typed("work"),
        "minutes": {"value": 1, "source": "made up here", "confidence": "C"},
    }
    data["funding"] = [{"funder": typed("funder"), "components": "all", "share": 0.5, "years": [2027], "note": typed("rule")}]
    data["options"] = {"evil": {"title": typed("option"), "description": "x", "changes": {"time.horizon": 4}}}
    return yaml.safe_dump(data, allow_unicode=True)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """The folder of the report by the real notebook."""
    at = tmp_path_factory.mktemp("hostile")
    folder = place(at, evil=scenario())
    notebook = ROOT / "notebooks" / "country_budget.ipynb"
    changes = {"population.growth": {"value": 0.01, "source": typed("change"), "confidence": "C"}, "uncertainty.draws": 100}
    (result,) = make_reports(
        ["evil"], at / "reports", parameters=folder, option="evil", changes=changes, notebook=notebook, brief=True
    )
    assert result.error is None
    return at / "reports"


@pytest.mark.parametrize("where", WHERE)
def test_words_of_a_report_are_shown_as_they_were_typed(where, rendered):
    """Every sign of them."""
    page = Page((rendered / "evil" / "report.html").read_text(encoding="utf-8"))
    assert typed(where) in page.text()


@pytest.mark.parametrize("file", ["evil/report.html", "evil/brief.html", "index.html"])
def test_nothing_of_it_runs_or_loads(file, rendered):
    """No element and no attribute comes from a scenario; the only links are web addresses that were typed as such."""
    html = (rendered / file).read_text(encoding="utf-8")
    page = Page(html)
    scripts = [(TEMPLATES / "sort.js").read_text(encoding="utf-8") if file == "index.html" else DOWNLOADS_SCRIPT]
    assert violations(html, scripts) == []
    assert page.unbalanced == []
    assert page.all("script") == [{}]
    assert page.all("b") == [{}] * len(page.all("b"))  # <b>Figure 1.</b> is ours
    assert [bar for bar in page.all("i") if [*bar] != ["style"]] == []  # and so are the bars of the index
    assert all(image["src"].startswith("data:image/png;base64,") for image in page.all("img"))
    assert [name for _, attributes, _ in page.elements for name in attributes if name.startswith("on")] == []
    files = [link for link in page.all("a") if "download" in link]
    schemes = {link["href"].partition(":")[0] for link in page.all("a") if link not in files and ":" in link["href"]}
    assert schemes <= {"https", "http"}
    assert all(re.fullmatch(r"evil-evil-[a-z-]+\.(png|csv)", link["download"]) for link in files)
    assert "49" not in page.text("h1")


def test_the_index_shows_title_and_place_as_typed(rendered):
    """And what was changed."""
    page = Page((rendered / "index.html").read_text(encoding="utf-8"))
    assert typed("title") in page.text("a")
    assert typed("country") in page.text("small")


def test_the_manifest_is_data(rendered):
    """As typed, too."""
    about = json.loads((rendered / "evil" / "manifest.json").read_text(encoding="utf-8"))["about"]
    assert (about["title"], about["scheme"]) == (typed("title"), typed("scheme"))
