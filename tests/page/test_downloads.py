"""Downloads: each figure of a report as a picture and its numbers as a table, without a second copy of the picture."""

import base64
import io
import re

import pandas as pd
import pytest

from imis_plan import scenarios
from imis_plan.batch.run import make_reports
from imis_plan.page.document import DOWNLOADS_SCRIPT, Document
from imis_plan.sections.figure_data import csv_of_figure, file_stem, series_table
from tests.model.plans import ledger_of, plan_of
from tests.report.places import NAMES, REAL, Page

LINKS = re.compile(r'<span class="downloads">.*?</span>', re.DOTALL)
MOST_GROWTH = 0.1
SCRIPT_BYTES = 300
OTHERS = sorted({*scenarios()} - {*NAMES})


def growth(page):
    """By which share a page is larger for its downloads and their script."""
    bare = LINKS.sub("", page).replace(f"<script>{DOWNLOADS_SCRIPT}</script>", "")
    return len(page.encode()) / len(bare.encode()) - 1


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", ["report.html", "brief.html", "annex.html"])
def test_a_page_grows_by_a_tenth_at_most(name, file, reports):
    """Each page of the reports that other tests look at, too."""
    assert 0 < growth((reports / name / file).read_text(encoding="utf-8")) <= MOST_GROWTH


@pytest.fixture(scope="module")
def other_reports(tmp_path_factory):
    """The folder with the reports of all other scenarios."""
    out = tmp_path_factory.mktemp("others")
    results = make_reports(OTHERS, out, parameters=REAL, workbook=False)
    assert [(result.name, result.error) for result in results] == [(name, None) for name in OTHERS]
    return out


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
def test_every_other_report_grows_by_a_tenth_at_most(name, other_reports):
    """All twelve."""
    assert 0 < growth((other_reports / name / "report.html").read_text(encoding="utf-8")) <= MOST_GROWTH


def test_the_script_is_small():
    """A reader of the page's source sees at once what it does."""
    assert len(DOWNLOADS_SCRIPT) < SCRIPT_BYTES


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_figure_has_two_links_and_its_picture_once(name, reports):
    """Named by scenario and figure; no picture stands in the page twice."""
    text = (reports / name / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    pictures = [image["src"] for image in page.all("img")]
    links = [link["download"] for link in page.all("a") if "download" in link]

    assert all(text.count(picture) == 1 for picture in pictures)
    assert len(links) == len({*links}) == 2 * len(pictures)
    assert all(re.fullmatch(rf"{name}-[a-z-]+\.(png|csv)", link) for link in links)
    assert f"{name}-cost-by-component.png" in links


@pytest.fixture
def report(chromium, reports):
    """The report of Nepal in a browser that may save files, with scripts or without."""
    contexts = []

    def open_(*, scripts=True):
        context = chromium.new_context(offline=True, java_script_enabled=scripts, accept_downloads=True)
        contexts.append(context)
        tab = context.new_page()
        tab.goto((reports / "nepal" / "report.html").as_uri())
        return tab

    yield open_
    for context in contexts:
        context.close()


def saved(tab, link):
    """The bytes that a browser saves at a click on a link."""
    with tab.expect_download() as download:
        link.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


@pytest.mark.browser
@pytest.mark.slow
def test_a_browser_saves_the_picture_and_the_numbers(report, tmp_path):
    """The picture is the one in the page; the table has the sums of the ledger."""
    tab = report()
    figure = tab.locator("#f-components")
    name, picture = saved(tab, figure.locator("a.png"))
    shown = figure.locator("img").get_attribute("src").partition(",")[2]
    assert name == "nepal-cost-by-component.png"
    assert picture == base64.b64decode(shown)

    name, table = saved(tab, figure.locator(".downloads a:not(.png)"))
    sums = ledger_of("nepal").groupby("component")["amount"].sum()
    assert name == "nepal-cost-by-component.csv"
    assert pd.read_csv(io.BytesIO(table))["NPR"].tolist() == pytest.approx(sorted(sums[sums > 0], reverse=True), abs=0.01)


@pytest.mark.browser
@pytest.mark.slow
def test_without_scripts_only_the_links_to_pictures_are_missing(report):
    """They are hidden, since they lead nowhere; the table can be saved all the same."""
    tab = report(scripts=False)
    figure = tab.locator("#f-components")
    assert not figure.locator("a.png").is_visible()
    assert figure.locator("img").is_visible()
    name, table = saved(tab, figure.locator(".downloads a:not(.png)"))
    assert (name, table[:3]) == ("nepal-cost-by-component.csv", b"\xef\xbb\xbf")


@pytest.mark.browser
@pytest.mark.slow
def test_there_are_no_downloads_on_paper(report):
    """Nobody clicks on paper."""
    tab = report()
    assert tab.locator("#f-components .downloads").is_visible()
    tab.emulate_media(media="print")
    assert not tab.locator("#f-components .downloads").is_visible()


def test_a_table_as_an_address_has_the_mark_that_spreadsheets_look_for():
    """UTF-8 with its mark, so that accents stay accents."""
    head, _, data = Document.csv_address("é\n").partition(",")
    assert head == "data:text/csv;charset=utf-8;base64"
    assert base64.b64decode(data).decode("utf-8-sig") == "é\n"
    assert base64.b64decode(data).startswith(b"\xef\xbb\xbf")


def test_amounts_have_cents_and_shares_six_decimals():
    """A column is rounded by its largest number; text stays."""
    data = pd.DataFrame({"Component": ["a, b", "c"], "NPR": [1234567.891, 2.0], "Share": [0.123456789, 0.5]})
    assert csv_of_figure(data) == '"Component","NPR","Share"\n"a, b",1234567.89,0.123457\n"c",2.0,0.5\n'


def test_a_series_is_a_row_whose_head_states_the_unit():
    """Years are columns, as in the figure."""
    table = pd.DataFrame([[1.0, 2.0]], index=["staff"], columns=[2027, 2028])
    assert csv_of_figure(series_table(table, {"staff": "IT staff"}, "Component", "NPR")) == (
        '"Component [NPR]","2027","2028"\n"IT staff",1.0,2.0\n'
    )


@pytest.mark.parametrize(
    ("names", "stem"),
    [
        (["nepal"], "nepal-options"),
        (["congo_dr"], "congo-dr-options"),
        (["nepal", "chad"], "2-scenarios-options"),
        ([], "options"),  # a notebook that named no plan
    ],
)
def test_files_are_named_by_scenario_and_figure(names, stem):
    """Letters, digits and hyphens: a name for every system."""
    assert file_stem([plan_of(name) for name in names], "options") == stem
