"""The status of a plan: who has endorsed it, and what becomes of that when it is changed."""

import dataclasses

import pytest

from imis_plan.batch.manifest import title_block
from imis_plan.i18n.plan_status import status_in_words
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.new_scenario import scenario_text
from imis_plan.scenario.plan import load
from imis_plan.scenario.plan_checks import check
from imis_plan.scenario.status import plan_status
from imis_plan.sections.first_page.status import own_assumptions, plan_status as sentence
from tests import small
from tests.model.plans import FOLDER, plan_of

OVER = "based_on: toy\nabout: {title: What if}\n"


def endorsed(plan, status="endorsed by the Ministry of Health"):
    """The plan with another status."""
    return dataclasses.replace(plan, about=plan.about.model_copy(update={"status": status}))


@pytest.mark.parametrize("name", scenarios())
def test_shipped_scenarios_are_planning_figures_of_this_project(name):
    """No authority has endorsed them."""
    assert plan_of(name).about.status == "planning figures of this project"


def toy_with(status):
    """The toy scenario with a line on its status."""
    return small.COUNTRY.replace("about:\n", f"about:\n  status: {status}\n", 1)


def test_a_scenario_without_a_status_is_a_draft(tmp_path):
    """Nothing is endorsed by silence."""
    assert load("toy", parameters=small.folder(tmp_path), known=small.KNOWN).about.status == "draft"


def test_a_scenario_that_is_based_on_an_endorsed_one_is_a_draft(tmp_path):
    """The ministry has endorsed the base only."""
    place = small.folder(tmp_path, toy_with("endorsed by the Ministry"), other=OVER)
    statuses = [load(name, parameters=place, known=small.KNOWN).about.status for name in ("toy", "other")]

    assert statuses == ["endorsed by the Ministry", "draft"]


@pytest.mark.parametrize("status", ["final", "endorsed by", "Draft"])
def test_another_status_is_a_problem_with_its_remedy(tmp_path, status):
    """File, line, what is wrong and what would be right."""
    place = small.folder(tmp_path, toy_with(status))
    (problem,) = (str(found) for found in check(["toy"], place, small.KNOWN))

    assert "about.status" in problem
    assert (
        "not a status, give draft, planning figures of this project, or endorsed by ... with the name of the authority" in problem
    )


def test_a_changed_plan_is_a_draft():
    """Who endorsed the plan has endorsed neither its options nor anybody's what-ifs."""
    plan = endorsed(plan_of("nepal"))

    assert plan_status(plan) == "endorsed by the Ministry of Health"
    assert plan_status(plan.replace({"coverage.target": 0.3})) == "draft"
    assert plan_status(endorsed(load("nepal", option="cloud"))) == "draft"


def test_a_copy_of_a_scenario_is_a_draft():
    """Its author has another project."""
    assert "status:" not in scenario_text("mine", FOLDER, "Kenya", "nepal").split("population:")[0]


def test_the_status_in_words_and_in_the_title_block():
    """Each of the three, in the language of the report."""
    plan = plan_of("nepal")
    years = {"first_year": 2027, "last_year": 2031}

    assert status_in_words(endorsed(plan, "draft")) == "draft"
    assert status_in_words(plan) == "planning figures of this project, not endorsed"
    assert title_block(endorsed(plan), "en", years)["status"] == "endorsed by the Ministry of Health"
    assert title_block(endorsed(plan), "fr", years)["status"] == "approuvé par : the Ministry of Health".replace(" :", "\u00a0:")


def test_page_one_names_what_its_authors_assume():
    """Target, pace and funding in Nepal; Chad publishes a target and names no funder. An agreed funder is no assumption."""
    nepal = plan_of("nepal")
    agreed = dataclasses.replace(nepal, funding=tuple(rule.model_copy(update={"agreed": True}) for rule in nepal.funding))

    assert own_assumptions(nepal) == ["the target", "the years until it is reached", "who pays"]
    assert own_assumptions(agreed) == ["the target", "the years until it is reached"]
    assert own_assumptions(plan_of("chad")) == ["the years until it is reached"]
    assert sentence(nepal) == (
        "**Status: planning figures of this project, not endorsed.** Assumed for this plan, without an official"
        " decision: the target, the years until it is reached, and who pays."
    )
