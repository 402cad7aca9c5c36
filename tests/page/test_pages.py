"""The reports of two real scenarios, as files and as pages: for everybody, on no network, the same every time."""

import hashlib
import json
import re
import tempfile
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from imis_plan.batch.run import make_reports
from imis_plan.i18n import translate
from imis_plan.page.document import DOWNLOADS_SCRIPT
from imis_plan.page.html_check import violations
from imis_plan.page.index import TEMPLATES
from tests.report.conftest import EPOCH
from tests.report.places import NAMES, REAL, ROOT, Page, content

pytestmark = pytest.mark.slow

PAGES = [f"{name}/report.html" for name in NAMES]
BRIEFS = [f"{name}/brief.html" for name in NAMES]
SORT = (TEMPLATES / "sort.js").read_text(encoding="utf-8")
LARGEST = 1_200_000
VOID = frozenset({"img", "meta", "br", "hr", "link", "input", "wbr", "col"})
NUMBERED = re.compile(r"\w+ (\d+)\b")


@pytest.fixture(scope="module")
def pages(reports):
    """Every page, taken apart once: name -> (text of the file, page)."""
    texts = {name: (reports / name).read_text(encoding="utf-8") for name in [*PAGES, *BRIEFS, "index.html"]}
    return {name: (text, Page(text)) for name, text in texts.items()}


@pytest.fixture(params=[*PAGES, *BRIEFS, "index.html"])
def page(request, pages):
    """Each page in turn."""
    return pages[request.param][1]


@pytest.fixture(params=PAGES)
def report(request, pages):
    """Each report in turn, without the index."""
    return pages[request.param][1]


def test_a_folder_of_reports_is_complete(reports):
    """Seven files for each, the index, the record of the batch, nothing else."""
    files = (
        "annex.html",
        "brief.html",
        "budget.xlsx",
        "cash_plan.csv",
        "ledger.csv",
        "manifest.json",
        "report.html",
        "report.ipynb",
        "staffing.csv",
    )
    assert sorted(content(reports)) == sorted(
        [*(f"{name}/{file}" for name in NAMES for file in files), "batch.json", "index.html"]
    )


@pytest.mark.parametrize("name", [*PAGES, *BRIEFS, "index.html"])
def test_a_page_is_small_and_needs_no_network(name, pages):
    """It runs no script but ours, loads nothing, and can be sent by mail."""
    text, page = pages[name]
    assert violations(text, [SORT if name == "index.html" else DOWNLOADS_SCRIPT]) == []
    assert page.all("script") == [{}]
    assert page.all("link", "iframe", "object", "embed", "form") == []
    assert len(text.encode()) < LARGEST
    loaded = [
        value for _, attributes, _ in page.elements for key, value in attributes.items() if key in ("src", "srcset", "poster")
    ]
    assert [address for address in loaded if not address.startswith("data:image/png;base64,")] == []


def test_a_page_is_well_formed(page):
    """Every element is closed where it was opened, and has a name of its own if it has any."""
    assert page.unbalanced == []
    ids = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert sorted(ids) == sorted(set(ids))


def test_a_page_says_its_language_and_its_title(page):
    """One main heading, the title of the window."""
    (html,) = page.all("html")
    assert html["lang"] in translate.languages()
    assert len(page.all("h1")) == 1
    assert page.text("h1") in page.text("title") != ""


def test_headings_go_down_one_level_at_a_time(report):
    """Readers who hear the page find their way by them."""
    levels = [int(tag[1]) for tag, _, _ in report.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert len(levels) > 20


def test_every_table_has_a_name_and_headers_with_a_direction(page):
    """A caption, or the summary that folds it; each header says whether it is a column's or a row's."""
    names = {attributes.get("id") for attributes in page.all("caption", "summary")}
    followed = pairwise(page.elements)
    tables = [(table.get("aria-labelledby") in names, first) for (tag, table, _), (first, _, _) in followed if tag == "table"]
    assert tables
    assert [table for table in tables if table not in {(True, "caption"), (True, "thead"), (False, "caption")}] == []
    assert {header.get("scope") for header in page.all("th")} == {"col", "row"}


def test_no_header_is_empty(page):
    """An empty cell is no header."""
    texts = iter(page.texts)
    headers = sum(tag == "th" for tag, _, _ in page.elements)
    assert headers
    assert sum(1 for text, around in texts if around and "th" in around and text.strip()) >= headers


def test_every_picture_is_told_in_words(report):
    """Alternative text that carries the figures, a caption below, a size that keeps the page from jumping."""
    images = report.all("img")
    assert len(images) >= 5
    assert [image["alt"] for image in images if len(image["alt"]) < 40] == []
    assert all(image["width"].isdecimal() and image["height"].isdecimal() for image in images)
    assert len(report.all("figcaption")) == len(images)


def test_figures_and_tables_are_numbered_in_order(report):
    """From 1, without a gap; figures in the text below them, tables in their caption or what unfolds them."""
    titles = {"figcaption": len(report.all("figure")), "caption": len(report.all("table"))}
    for tag, count in titles.items():
        inside = (tag,) if tag == "figcaption" else ("caption", "summary")
        texts = [text for text, around in report.texts if any(name in around for name in inside) and "nav" not in around]
        numbers = [int(found[1]) for found in map(NUMBERED.match, texts) if found]
        assert numbers == list(range(1, count + 1))


def test_amounts_lead_to_their_lines_and_prices_to_their_sources(report):
    """Cards to tables, components to lines, lines to working, prices to parameters, parameters to sources."""
    targets = [a["href"] for a in report.all("a") if a.get("href", "").startswith("#")]
    rows = {row["id"] for row in report.all("tr") if "id" in row}
    kinds = ("#t-lines.", "#line-", "#p-", "#source-", "#role-")
    assert [kind for kind in kinds if not any(target.startswith(kind) for target in targets)] == []
    assert {target[1:] for target in targets if target.startswith(("#line-", "#p-", "#source-", "#role-"))} <= rows
    cards = [a["href"] for tag, a, around in report.elements if tag == "a" and "dl" in around]
    assert len(cards) == 6


def links_between_places(text):
    """Place (id) -> the places that links within it lead to, and the links of page one: of its figures, and of each decision."""
    edges: dict = {}
    figures: list = []
    decisions: list = []
    inside: list = []

    class Links(HTMLParser):
        """Follows which elements with an id, and which decisions, a link stands in."""

        def handle_starttag(self, tag, attributes):
            """Note a link with all that it stands in."""
            found = dict(attributes)
            if tag == "li" and any(kind == "ol" for kind, *_ in inside) and not any(kind == "nav" for kind, *_ in inside):
                decisions.append([])
            if tag == "a" and found.get("href", "").startswith("#"):
                target = found["href"][1:]
                for _kind, ident, classes in inside:
                    edges.setdefault(ident, set()).add(target)
                    figures.extend([target] if classes == "cards" else [])
                if any(kind == "ol" for kind, *_ in inside) and decisions:
                    decisions[-1].append(target)
            if tag not in VOID:
                inside.append((tag, found.get("id", ""), found.get("class", "")))

        def handle_endtag(self, tag):
            """Leave an element."""
            if tag not in VOID:
                inside.pop()

    Links().feed(text)
    return edges, figures, decisions


def reachable(edges, start):
    """All places to which links lead from a place."""
    seen, ahead = set(), [start]
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead += edges.get(here, ())
    return seen


@pytest.mark.parametrize("name", PAGES)
def test_each_figure_and_decision_of_page_one_leads_to_a_price(name, pages):
    """Click by click: the calculation of a line, then the parameter with its price, whose row states the source.

    What concerns uncertainty leads to the parameters directly: no single line causes it.
    """
    edges, figures, decisions = links_between_places(pages[name][0])

    assert len(figures) == 6
    assert len(decisions) >= 4
    for targets in [*([target] for target in figures), *decisions]:
        places = set().union(*(reachable(edges, target) for target in targets))
        wanted = {"p-"} if places & {"t-percentiles", "t-sensitivity"} else {"line-", "p-"}
        assert {kind for kind in wanted if any(place.startswith(kind) for place in places)} == wanted, targets


def test_every_link_within_a_page_and_to_a_file_beside_it_arrives(reports, page, request):
    """The contents, the skip link, the tables behind an amount, the files at the end, the reports of the index."""
    ids = {attributes["id"] for _, attributes, _ in page.elements if "id" in attributes}
    folder = reports if "index" in request.node.name else reports / "nepal"
    addresses = [a["href"] for a in page.all("a") if "download" not in a]
    assert [address for address in addresses if address.startswith("#") and address[1:] not in ids] == []
    beside = [address for address in addresses if not address.startswith(("#", "http://", "https://"))]
    assert beside or "brief" in request.node.name
    assert [address for address in beside if not (folder / address).is_file()] == []


def test_the_contents_list_every_section(report):
    """Headings of the second and third level, in order, how the report was made last."""
    headings = [attributes["id"] for tag, attributes, _ in report.elements if tag in ("h2", "h3")]
    listed = [a["href"][1:] for tag, a, around in report.elements if tag == "a" and "nav" in around]
    assert listed == headings


def test_no_code_and_no_marks_of_markdown_are_left(report):
    """A memo for a ministry."""
    assert re.findall(r"\bfrom \w+ import |show\.|\*\*|\\|&lt;|&amp;|Traceback|\bnan\b|\bNone\b", report.text()) == []


@pytest.mark.parametrize(
    "file", ["brief.html", "report.html", "report.ipynb", "manifest.json", "ledger.csv", "cash_plan.csv", "staffing.csv"]
)
def test_no_path_of_this_machine_is_in_a_report(file, reports):
    """It can be published: neither home nor working folder nor temporary files, and no name of the user's."""
    places = {str(place) for place in (reports, ROOT, REAL, Path.cwd(), Path(tempfile.gettempdir()) / "imis-")}
    home = str(Path.home())
    for name in (*NAMES,):
        text = (reports / name / file).read_text(encoding="utf-8")
        assert [place for place in places if place in text] == []
        assert not re.search(rf"(?<![\w.]){re.escape(home)}(?![\w-])", text)
        assert "ipykernel_" not in text


def test_the_manifest_names_every_file_with_its_hash(reports):
    """Inputs by role, outputs by name; both can be checked with `sha256sum`."""
    manifest = json.loads((reports / "nepal" / "manifest.json").read_text(encoding="utf-8"))
    sources = {name: REAL / f"{name}.yaml" for name in ("defaults", "units", "sources", "benchmarks")}
    sources |= {"scenario": REAL / "nepal.yaml", "notebook": ROOT / "notebooks" / "country_budget.ipynb"}
    sources |= {"chart of accounts": REAL / "chart_of_accounts" / "nepal.csv"}
    assert manifest["inputs"] == {
        role: {"file": f"{path.parent.name}/{path.name}", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for role, path in sources.items()
    }
    others = (
        "annex.html", "brief.html", "budget.xlsx", "cash_plan.csv", "ledger.csv", "report.html", "report.ipynb", "staffing.csv",
    )  # fmt: skip
    assert manifest["files"] == {name: hashlib.sha256((reports / "nepal" / name).read_bytes()).hexdigest() for name in others}
    assert manifest["generated"] == "2026-01-01T00:00:00Z"
    assert manifest["package"]["version"] == "0.1.0"


def test_the_same_input_gives_the_same_bytes(reports, tmp_path, monkeypatch):
    """All seven files, whichever other reports are made beside it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    (result,) = make_reports(["zanzibar"], tmp_path, parameters=REAL, brief=True, annex=True)
    assert result.error is None
    again, before = content(tmp_path / "zanzibar"), content(reports / "zanzibar")
    assert [file for file in before if again.get(file) != before[file]] == []
    assert again.keys() == before.keys()
