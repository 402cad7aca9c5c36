"""The form as an app in a real browser: a first-time user gets from nothing to a report, in both languages."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from imis_plan import load
from imis_plan.cli.main import main
from imis_plan.scenario.own_folder import begin_parameters
from tests.explore.conftest import served, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TARGET = "Share of the population with an active policy at full roll-out [share, 0 to 1]"
CIBLE = "Part de la population ayant une police active une fois le déploiement achevé [part, de 0 à 1]"
PHONE = {"width": 360, "height": 740}
# More elements than the form has can be reached by Tab in no case.
MOST_TABS = 120


@pytest.fixture(scope="module")
def app(tmp_path_factory, chromium):
    """Address of the app, and the folder in which plans are saved, without any plan."""
    place = begin_parameters(tmp_path_factory.mktemp("start") / "parameters")
    with served(place, show="start") as address:
        yield address, place


def total(page):
    """The total of the first budget; the levers below have their own."""
    return page.locator("[data-figure=total]").first


def moved(page, before):
    """Wait until the total is another one, and return it."""
    expect(total(page)).not_to_have_text(before)
    return total(page).inner_text()


def downloaded(page, link):
    """What a link gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    return Path(download.value.path()).read_bytes()


def tab_back(page, field):
    """Go back by Shift+Tab to a field."""
    page.keyboard.press("Shift+Tab")
    expect(field).to_be_focused()


def test_a_first_time_user_gets_from_nothing_to_a_report(app, chromium, axe):
    """Country, facts, a draft at once, answers with checks, levers, and four documents; a second visit opens the plan again."""
    address, place = app
    with visitor(chromium) as page:
        page.goto(address)
        expect(page.get_by_label("Plans of your own")).to_be_hidden()
        page.get_by_label("Country: a name, a part of it, or a code").press_sequentially("kenia")
        expect(page.get_by_label("Countries found").locator("option")).to_have_text(["Kenya (KEN)"])
        page.get_by_label("Countries found").select_option(label="Kenya (KEN)")  # a name that is only like it chooses nothing
        page.get_by_role("button", name="Begin the plan").click()
        before = total(page).inner_text()
        assert before.startswith("KES ")
        page.get_by_text("Draft: 21 questions are open").first.wait_for()
        expect(page.locator(".imis-x-facts")).to_contain_text("World Bank: Population, total")

        field = page.get_by_label(TARGET)
        field.fill("1.5")
        field.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("“1.5” is not accepted. Give a number from 0.0001 to 1.")
        page.get_by_text("Not included, because the entry is not valid").wait_for()
        field.fill("0.1")
        field.press("Enter")
        now = moved(page, before)
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.get_by_role("status").first).to_contain_text(f"Total over the plan: {now}")  # said to screen readers
        assert load("kenya", parameters=place, draft=True)["coverage.target"] == 0.1

        page.get_by_role("button", name="Make report, briefing and workbook").click()
        page.get_by_text("s so far").wait_for()
        page.get_by_role("button", name="A new scheme: nothing exists yet").click()  # while the documents are being made
        page.get_by_text("Questions answered with 0: 15.").wait_for()
        report = downloaded(page, "kenya_report.html").decode()
        assert report.startswith("<!DOCTYPE html>")
        assert "Draft: Kenya: openIMIS for health insurance" in report
        assert b"Kenya" in downloaded(page, "kenya_briefing.html")
        assert downloaded(page, "kenya_budget.xlsx").startswith(b"PK")
        page.get_by_text("The plan has changed since these were made").wait_for()
        assert downloaded(page, "kenya.yaml") == (place / "kenya.yaml").read_bytes()
        assert main(["check", "kenya", "--draft", "--parameters", str(place)]) == 0

        page.get_by_role("button", name="Show the levers").click()
        page.get_by_role("slider").first.wait_for()
        page.evaluate(axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []

        page.reload()
        page.get_by_label("Plans of your own").select_option("kenya")
        page.get_by_role("button", name="Open it again").click()
        expect(page.get_by_label(TARGET)).to_have_value("0.1")
        assert page.asked == []


def tab_to(page, element):
    """Press Tab until an element has the focus."""
    for _ in range(MOST_TABS):
        if element.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {element}")


def test_the_same_in_french_on_a_phone_by_keyboard_alone(app, chromium):
    """The language is that of the country; nothing is wider than the screen, and the total stays in view."""
    with visitor(chromium) as page:
        page.set_viewport_size(PHONE)
        page.goto(app[0])
        tab_to(page, page.get_by_label("Country: a name, a part of it, or a code"))
        page.keyboard.type("tchad")
        expect(page.get_by_label("Countries found").locator("option")).to_have_text(["Chad (TCD)"])
        tab_to(page, page.get_by_role("button", name="Begin the plan"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="3. Le premier budget")).to_be_focused()
        expect(total(page)).to_be_in_viewport()
        expect(page.locator(".imis-x-facts")).to_contain_text("Premier jour de l’exercice1er janvier")
        before = total(page).inner_text()
        tab_to(page, page.get_by_label(CIBLE))
        page.keyboard.type("abc")
        page.keyboard.press("Tab")
        page.locator(".imis-x-sticky .imis-x-error").first.wait_for()
        assert page.locator(".imis-x-sticky").first.bounding_box()["height"] < PHONE["height"] / 4
        tab_back(page, page.get_by_label(CIBLE))
        page.keyboard.press("Control+A")
        page.keyboard.type("0,04")
        page.keyboard.press("Tab")
        moved(page, before)
        page.get_by_text("Version provisoire : 20 questions").first.wait_for()
        tab_to(page, page.get_by_label("Téléphones utilisables avant la première année [téléphone]"))
        expect(total(page)).to_be_in_viewport()
        tab_to(page, page.get_by_role("button", name="Établir le rapport, la note et le classeur"))
        page.keyboard.press("Enter")
        link = page.get_by_role("link", name="chad_own_report.html")
        link.wait_for()
        tab_to(page, link)
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        report = Path(download.value.path()).read_text(encoding="utf-8")
        assert '<html lang="fr">' in report
        assert "Version provisoire" in report
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator(".imis-start").get_attribute("lang") == "fr"
