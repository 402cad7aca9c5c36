"""The fiscal year of a scenario: from the facts, in its file, and what is no day or no series of years."""

from dataclasses import replace

import pytest

from imis_plan.facts.country import find_country
from imis_plan.problems import BadInput
from imis_plan.scenario.from_facts import fiscal_year_start
from imis_plan.scenario.new_scenario import NewScenario
from imis_plan.scenario.structure import structure_of
from tests.model.plans import FOLDER, plan_of

START = "time.fiscal_year_start"

SHIPPED = {
    "nepal": "07-16", "tanzania": "07-01", "zanzibar": "07-01", "malawi": "04-01",
    **dict.fromkeys(("borsa", "cameroon", "chad", "congo_dr", "gambia", "mauritania", "niger", "zambia"), "01-01"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "start"), SHIPPED.items(), ids=SHIPPED)
def test_every_scenario_has_the_fiscal_year_of_its_country(name, start):
    """From the facts, with the source that gives it and the one that confirms it."""
    parameter = plan_of(name).parameters[START]

    assert (parameter.value, parameter.layer) == (start, "facts")
    assert f": {start}" in str(parameter.source)


def test_the_grade_is_that_of_the_better_source():
    """Tanzania's is in a regulation, Cameroon's in a law; a list alone is a copy."""
    assert fiscal_year_start("TZA").confidence == fiscal_year_start("CMR").confidence == "A"
    assert fiscal_year_start("KEN").confidence == "B"


def test_a_country_without_a_known_fiscal_year_has_the_calendar_year():
    """As an assumption, which the report shows."""
    found = fiscal_year_start("ATA")

    assert (found.value, found.confidence) == ("01-01", "assumed")
    assert found.source.startswith("assumption: ")


def test_a_new_scenario_states_it_with_its_source():
    """The ministry sees it, and may correct it."""
    facts = NewScenario("kenya", FOLDER, find_country("Kenya"), plans=()).facts

    assert facts[START] == {"value": "07-01", "source": "factbook_2024: 07-01", "confidence": "B"}


def test_it_is_not_copied_to_another_country():
    """It is no policy choice, even where a file states it."""
    plan = plan_of("zambia").replace({START: "04-01"})

    assert START not in structure_of(plan, plan.parameters).parameters


WRONG = {
    "no day": ({START: "7-1"}, "7-1 is not a month and a day such as 07-16"),
    "no such day": ({START: "02-30"}, "day"),
    "a day that some months lack": ({START: "03-31"}, "no fiscal year begins on day 31"),
    "fiscal years of a list, which is fiscal anyway": (
        {"money.pay_growth": {"value": 0.01, "years": "fiscal", "source": "assumption: a test", "confidence": "assumed", "low": 0, "high": 0.1}},
        "remove years",
    ),
    "fiscal years of acts on pay": (
        {"money.pay_rises": {"value": {2026: 0.1}, "years": "fiscal", "source": "assumption: a test", "confidence": "assumed"}},
        "remove years",
    ),
    "other years": (
        {"money.home_inflation": {"value": {2026: 0.1}, "years": "lunar", "source": "assumption: a test", "confidence": "assumed"}},
        "fiscal",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_what_would_be_right(changes, message):
    """Before anything is calculated."""
    with pytest.raises(BadInput) as caught:
        plan_of("nepal").replace(changes)

    assert message in str(caught.value)


def test_a_folder_without_the_parameter_has_calendar_years():
    """A ministry's own defaults may be older."""
    plan = plan_of("nepal")
    older = {path: each for path, each in plan.parameters.items() if path != START}

    assert replace(plan, parameters=older).fiscal.is_calendar_year
