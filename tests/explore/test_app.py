"""The explorer as an app, in a real browser: no code, no network beyond this machine, several users who do not see each other."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.explore import browser_time
from imis_plan import budget, load
from imis_plan.cli.main import main
from imis_plan.explore import page_scripts
from imis_plan.i18n.translate import localized, using_language
from imis_plan.scenario.folder import scenarios
from tests.explore.conftest import Shown, served, visitor, working_folder

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TARGET = "Share of the population with an active policy"


def localized_in(language, text):
    """A text in the language of a scenario."""
    with using_language(language):
        return localized(text)


@pytest.fixture(scope="module")
def app(tmp_path_factory, chromium):
    """Address of the app, beginning with Zambia, and the folder it works in."""
    place = working_folder(tmp_path_factory.mktemp("app"), "nepal", "zambia")
    with served(place, "zambia") as address:
        yield address, place


@pytest.fixture(scope="module")
def all_scenarios(tmp_path_factory, chromium):
    """A page of the app with every shipped scenario."""
    with (
        served(working_folder(tmp_path_factory.mktemp("all"), *scenarios()), "borsa") as address,
        visitor(chromium) as page,
    ):
        page.goto(address)
        Shown(page)
        yield page


@pytest.fixture(scope="module")
def page(app, chromium):
    """The page of one user, opened once: a kernel takes its time to start."""
    with visitor(chromium) as page:
        page.goto(app[0])
        Shown(page)
        yield page


@pytest.fixture
def shown(page):
    """The explorer on that page, as it was opened."""
    page.get_by_label("Scenario").select_option("nepal")
    page.wait_for_function("document.querySelector('[data-figure=total]').innerText.startsWith('NPR')")
    page.get_by_label("Scenario").select_option("zambia")
    page.wait_for_function("document.querySelector('[data-figure=total]').innerText.startsWith('ZMW')")
    return Shown(page)


def test_two_users_move_levers_and_do_not_see_each_other(app, page, chromium, tmp_path):
    """One moves a lever: numbers, sentence, figure and lines change on that page alone. Neither asks for anything beyond this machine."""
    one, first = page, Shown(page)
    with visitor(chromium) as two:
        two.goto(app[0])
        second = Shown(two)
        assert (first.figure("total"), first.change("total")) == (second.figure("total"), "as in the base")
        assert one.locator("pre, .cm-editor, .jp-InputArea-editor").count() == 0  # no code

        for _ in range(5):  # one step may be less than a digit of the total
            first.press(TARGET)
        first.changed()
        assert first.figure("total") != second.figure("total")
        first.see("It costs ZMW")
        first.see("Lines that changed most")
        assert second.change("total") == "as in the base"
        one.screenshot(path=tmp_path / "app.png")
        assert (one.asked, two.asked) == ([], [])
        assert one.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_script_of_voila_is_asked_for_by_itself(page):
    """All that the page needs come as one file, before Voilà asks for them one by one; those of MathJax it does not need."""
    asked = page.evaluate("performance.getEntriesByType('resource').map(each => each.name.split('/').pop())")
    assert {"scripts.js", page_scripts.MAIN} <= set(asked)
    assert page.locator(f"script[src$='/{page_scripts.MAIN}']").count() == 1
    assert [name for name in asked if name.endswith(f".{page_scripts.MAIN}")] == []


def test_the_benchmark_finds_its_lever_numbers_and_figure(shown):
    """It looks for them by their names on the page; numbers come before the figure, or with it."""
    number, figure = browser_time(shown.page, presses=1)
    assert 0 < number <= figure


def test_a_what_if_is_typed_refused_compared_and_taken_back(shown):
    """A wrong entry is refused beside its field in the words of `imis-plan check`; what-ifs stand side by side; each lever goes back."""
    shown.enter(TARGET, "1,5")
    assert shown.lever(TARGET).get_by_role("alert").inner_text() == (
        'what-if: coverage.target = "1,5": not a number, give a number without quotes, separators or %'
    )
    assert shown.change("total") == "as in the base"
    shown.enter(TARGET, "0.36")
    shown.changed()
    assert shown.lever(TARGET).get_by_role("alert").count() == 0
    more = shown.figure("total")
    shown.click("Keep as A")
    shown.see("Side by side")
    shown.lever(TARGET).get_by_role("button").click()
    shown.unchanged()
    row = shown.page.locator("tr", has=shown.page.get_by_text("Total over the plan", exact=True))
    expect(row.locator("td")).to_have_text([shown.figure("total"), shown.figure("total"), more])
    shown.click("Restore A")
    shown.changed()
    assert shown.figure("total") == more
    shown.click("Reset all levers")
    shown.unchanged()


def test_another_scenario_and_an_option_are_chosen(shown):
    """The levers are then those of the other scenario, and an option moves the cost by itself."""
    page = shown.page
    page.get_by_label("Scenario").select_option("nepal")
    page.wait_for_function("document.querySelector('[data-figure=total]').innerText.startsWith('NPR')")
    title = load("nepal").options["cloud"].title
    page.get_by_label("Option").select_option(title)
    shown.changed()
    shown.see("It costs NPR")


def test_what_is_taken_along_is_what_is_shown(app, shown):
    """The ledger adds up to the total of the plan with the lever; the saved scenario passes the check and says what differs."""
    page, place = shown.page, app[1]
    shown.enter(TARGET, "0.37")
    shown.changed()
    shown.click("Export the ledger")
    with page.expect_download() as download:
        page.get_by_role("link", name="zambia-what-if.csv").click()
    rows = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8")))
    expected = budget(load("zambia", coverage__target=0.37))["amount"].sum()
    assert sum(float(row["amount"]) for row in rows) == pytest.approx(expected, abs=0.5)

    page.get_by_label("Name", exact=True).fill("zambia")
    page.get_by_label("Reason", exact=True).fill("a campaign is paid for")
    shown.click("Save as scenario")
    shown.see("parameters/zambia.yaml: already exists, take another name, or remove the file first")
    page.get_by_label("Name", exact=True).fill("zambia_more")
    shown.click("Save as scenario")
    shown.see("Saved as parameters/zambia_more.yaml")
    parameter = load("zambia_more", parameters=place).parameters["coverage.target"]
    assert (parameter.value, parameter.confidence, parameter.note) == (0.37, "assumed", "a campaign is paid for")
    assert main(["check", "zambia_more", "--parameters", str(place)]) == 0


def test_without_the_token_nobody_comes_in(app, chromium):
    """An address without it leads to a form that asks for it."""
    with visitor(chromium) as page:
        page.goto(app[0].partition("?")[0])
        assert "/login" in page.url
        assert page.locator("[data-figure]").count() == 0


@pytest.mark.parametrize("name", scenarios())
def test_a_scenario_opens_at_its_base(name, all_scenarios):
    """No browser moves a slider by itself: nothing differs from the base, and there is nothing to reset, with an option neither."""
    page, plan = all_scenarios, load(name)
    page.get_by_role("combobox", name="Scenario").or_(page.get_by_role("combobox", name="Scénario")).select_option(name)
    changed = "as in the base" if plan.about.language == "en" else "comme dans la base"
    page.wait_for_function("name => document.querySelector('.imis-explorer select').value === name", arg=name)
    expect(page.locator("[data-change]")).to_have_text([changed] * 5)
    for option in plan.options.values():
        page.get_by_role("combobox", name="Option").select_option(localized_in(plan.about.language, option.title))
        expect(page.locator(".imis-lever button:not([disabled])")).to_have_count(0)
        expect(page.get_by_role("slider").first).to_be_visible()
        expect(page.locator(".imis-lever button:not([disabled])")).to_have_count(0)


def test_the_app_has_no_barrier(page, axe):
    """Sliders, fields, lists and buttons have names; axe finds nothing."""
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []


def test_on_a_phone_the_total_stays_in_view_and_sliders_are_wide(app, chromium):
    """A lever far down is moved with the total still on the screen, without scrolling sideways."""
    with visitor(chromium) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(app[0])
        Shown(page)
        slider = page.get_by_role("slider").last
        slider.scroll_into_view_if_needed()
        assert slider.bounding_box()["width"] > 250
        expect(page.locator("[data-figure=total]")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
