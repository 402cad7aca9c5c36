"""On paper: the report and the briefing as PDF."""

import re
import shutil
import subprocess
import sys
from contextvars import copy_context
from functools import cache
from io import BytesIO

import nbformat
import pikepdf
import pytest

from imis_plan.analysis.options import alternatives
from imis_plan.cli.main import main
from imis_plan.i18n import translate
from imis_plan.model.simulation import planned_simulation
from imis_plan.page import pdf
from imis_plan.page.errors import PrintError
from imis_plan.page.render import brief_html
from imis_plan.page.selected_cells import BRIEF_TAG
from imis_plan.scenario import new_scenario
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.plan import load
from tests.report.places import BAD, BORSA, COMPUTED, FAULT, NAMES, ROOT, place

TWO, MOST_PAGES = 2, 15
FEW = 200  # draws: a briefing is as long with few as with many


@cache
def computed(name):
    """A plan with what takes long to reckon and is the same in every language."""
    plan = load(name, uncertainty__draws=FEW)
    return plan, planned_simulation(plan), alternatives(plan)


def unpacked(document):
    """All objects of a PDF, as plain text."""
    with pikepdf.open(BytesIO(document)) as read:
        return b"\n".join(each.unparse(resolved=True) for each in read.objects)


def cells_for_the_briefing():
    """The set-up of the report's notebook, and its cells tagged `brief`."""
    notebook = nbformat.read(ROOT / "notebooks" / "country_budget.ipynb", 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return code[1], [cell for cell in code if BRIEF_TAG in cell.metadata.get("tags", ())]


def run(cell, names, outputs):
    """Run a cell here rather than in a kernel, which would take a second to start."""
    del outputs[:]
    exec(cell.source, names)  # noqa: S102  # our own notebook
    return [nbformat.v4.new_output("display_data", data=data, metadata=about or {}) for data, about in outputs]


def briefing(case, language, monkeypatch):
    """The page of the briefing of a plan with its simulation and options in a language."""
    outputs: list = []
    monkeypatch.setattr("IPython.display.display", lambda data, metadata=None, **_raw: outputs.append((data, metadata)))
    plan, result, choices = case
    monkeypatch.setattr("imis_plan.load", lambda _name: plan)
    monkeypatch.setattr("imis_plan.model.simulation.planned_simulation", lambda _plan: result)
    monkeypatch.setattr("imis_plan.analysis.options.alternatives", lambda _plan: choices)
    setup, cells = cells_for_the_briefing()
    names = {"scenario": plan.name, "language": language}
    run(setup, names, outputs)
    for cell in cells:
        cell.outputs = run(cell, names, outputs)
    about = {
        "title": translate.localized(plan.about.title),
        "country": translate.localized(plan.about.country),
        "scheme": translate.localized(plan.about.scheme),
    }
    about |= {"years": "2027–2031", "currency": plan.about.currency, "version": "1", "date": "2026-11-23", "language": language}
    return brief_html(nbformat.v4.new_notebook(cells=cells, metadata={"imis_plan": about}))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("language", translate.languages())
def test_every_briefing_has_two_pages(language, chromium, monkeypatch):
    """Of every scenario, in every language; the second begins with the table of components."""
    pages = {name: copy_context().run(briefing, computed(name), language, monkeypatch) for name in scenarios()}
    assert printed_pages(chromium, pages) == dict.fromkeys(pages, TWO)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("language", translate.languages())
def test_the_briefing_of_a_draft_has_two_pages(language, chromium, monkeypatch, tmp_path):
    """Open questions, late packages, prices that double and funding that nobody has agreed to are all on its first page."""
    pages = {}
    for name in ("benin", "ghana"):
        new_scenario.write(name, tmp_path)
        plan = load(name, parameters=tmp_path, draft=True, uncertainty__draws=FEW)
        case = plan, planned_simulation(plan), alternatives(plan)
        pages[name] = copy_context().run(briefing, case, language, monkeypatch)
    assert printed_pages(chromium, pages) == dict.fromkeys(pages, TWO)


def printed_pages(chromium, pages):
    """How many sheets each of these pages takes on paper."""
    tab, found = chromium.new_page(), {}
    for name, page in pages.items():
        tab.set_content(page)
        found[name] = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True)))
    return found


@pytest.mark.browser
@pytest.mark.slow
def test_an_annex_is_printed_with_numbers_outline_and_tags(chromium, reports, tmp_path):
    """By the command's own printing: A4, a title at the head, page numbers, no path of this machine, links that work within."""
    file = tmp_path / "annex.pdf"
    file.write_bytes(pdf.print_pdf((reports / "zanzibar" / "annex.html").read_text(encoding="utf-8")))
    data = file.read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/ObjStm" in data  # tags are compressed
    objects = unpacked(data)
    assert b"/Outlines" in objects
    assert b"/MarkInfo" in objects
    assert b"file:/" not in objects
    facts = (
        subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout if shutil.which("pdfinfo") else ""
    )
    if facts:
        pages = int(re.findall(r"Pages:\s+(\d+)", facts)[0])
        text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout.split("\f")
        assert "(A4)" in facts
        assert f"{pages} / {pages}" in text[pages - 1]
        assert all("Zanzibar" in page for page in text[:pages])
        assert "roles.server_administrator.pay" in "".join("".join(text).split())  # a folded row


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_short_on_paper_and_its_first_section_is_one_page(name, chromium, reports, tmp_path):
    """What a budget committee reads: at most 15 pages, the decisions on the first."""
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf.print_pdf((reports / name / "report.html").read_text(encoding="utf-8")))
    *pages, _end = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout.split(
        "\f"
    )
    french = load(name).about.language == "fr"
    assert len(pages) <= MOST_PAGES
    assert ("Décisions demandées" if french else "Decisions asked for") in pages[0]
    assert ("Le budget" if french else "The budget") in pages[1]
    assert ("L’annexe est un document à part" if french else "The annex is a document of its own") in pages[-1]


@pytest.mark.browser
@pytest.mark.slow
def test_the_command_prints_what_it_is_asked_for(chromium, tmp_path, capsys):
    """`--formats html,pdf` without `--brief`: the report twice, no briefing, and the page names the file beside it."""
    folder = place(tmp_path, COMPUTED, first=BORSA)
    assert main(["report", "--formats", "html,pdf", "--parameters", str(folder), "--out", str(tmp_path / "reports")]) == 0
    capsys.readouterr()
    made = tmp_path / "reports" / "first"
    assert {file.name for file in made.iterdir()} >= {"report.html", "report.pdf"}
    assert not list(made.glob("brief.*"))
    assert (made / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert '<a href="report.pdf">' in (made / "report.html").read_text(encoding="utf-8")


def test_a_document_stays_as_it_is_where_nothing_can_pack_it(monkeypatch):
    """The extra is not installed: the file is larger, and no less a report."""
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    assert pdf.compress(b"%PDF-1.4 ...") == b"%PDF-1.4 ..."


def test_a_machine_without_a_browser_is_told_so_before_anything_is_rendered(tmp_path, monkeypatch, capsys):
    """Together with the problems of the scenarios; exit code 2."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    folder = place(tmp_path, COMPUTED, bad=BAD)
    code = main(["report", "bad", "--formats", "pdf", "--parameters", str(folder), "--out", str(tmp_path / "reports")])
    shown, localized = capsys.readouterr()
    assert (code, shown) == (2, "")
    names = "chromium, chromium-browser, google-chrome, chrome, msedge"
    missing = f"--formats: pdf is printed by Chromium, and there is none on PATH, install one of {names}, or leave pdf out"
    assert localized.splitlines() == [missing, FAULT]
    assert not (tmp_path / "reports").exists()


def test_a_format_that_nobody_makes_is_bad_input(capsys):
    """The message names those that there are."""
    with pytest.raises(SystemExit) as ended:
        main(["report", "--formats", "html,word"])
    assert ended.value.code == 2
    assert "'word' is not one of html, pdf" in capsys.readouterr().err


def test_a_notebook_without_cells_for_the_briefing_is_bad_input(tmp_path, capsys):
    """Before any kernel starts."""
    folder = place(tmp_path, COMPUTED, first=BORSA)
    code = main(["report", "--brief", "--parameters", str(folder), "--out", str(tmp_path / "reports")])
    assert code == 2
    assert "no cell tagged `brief`, tag the cells that make the briefing with it" in capsys.readouterr().err


def test_a_browser_that_fails_is_a_reason(monkeypatch):
    """What it said last is passed on."""
    monkeypatch.setattr(pdf, "find_browser", lambda: "false")
    with pytest.raises(PrintError, match=r"the browser did not print \(exit code 1\)"):
        pdf.print_pdf("<p>x</p>")


def test_links_to_files_are_no_links_on_paper():
    """Chromium would write the whole way to a folder of this machine into them."""
    page = '<a href="ledger.csv">x</a> <a href="#t-1">y</a> <a href="https://who.int">z</a>'
    assert pdf.prepare_for_print(page) == '<a>x</a> <a href="#t-1">y</a> <a href="https://who.int">z</a>'


def test_every_part_is_unfolded_on_paper():
    """Nobody can click there."""
    page = '<details><details class="x"><details open>'
    assert pdf.prepare_for_print(page) == '<details open><details open class="x"><details open>'
