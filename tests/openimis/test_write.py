"""A scenario from a baseline: without problems, with the source of each fact, and never 0 for what exists."""

import shutil
from pathlib import Path

import pytest

from imis_plan.model.ledger import budget
from imis_plan.openimis.starting_scenario import starting_scenario_text
from imis_plan.problems import BadInput
from imis_plan.scenario.plan import load
from tests.live.truth import PARAMETERS
from tests.openimis.facts import baseline

REAL = Path(__file__).parents[2] / "parameters"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of parameters of its own."""
    return Path(shutil.copytree(REAL, tmp_path_factory.mktemp("write") / "parameters"))


def written(folder, found, like=None, **settings):
    """The plan of the scenario that is written, and what was left out."""
    text, left_out = starting_scenario_text(
        "mine", found, folder, like, {path.replace("__", "."): value for path, value in settings.items()}
    )
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return load(folder / "mine.yaml"), left_out


def test_the_facts_stand_in_it_with_their_source(folder):
    """Grade A, host, day, account and release."""
    plan, left_out = written(folder, baseline())

    assert {path: plan[path] for path in PARAMETERS} == PARAMETERS
    assert left_out == []
    parameter = plan.parameters["facilities.at_start"]
    assert (parameter.confidence, parameter.layer) == ("A", "country")
    assert (
        parameter.source
        == "openIMIS at imis.example.org, 2026-11-24, account reader, core 1.9: health facilities in the register"
    )


def test_it_can_be_budgeted_at_once_and_keeps_what_is_there(folder):
    """Insured grow with the population only; nothing is set up once more; what is not known is assumed and says so."""
    plan, _ = written(folder, baseline())

    ledger = budget(plan)
    assert ledger["amount"].sum() > 0
    assert plan["coverage.target"] == pytest.approx(1397 / 112680, rel=1e-4)
    assert {
        plan.parameters[path].confidence for path in ("money.planning_rate", "population.growth", "schemes.offices_per_scheme")
    } == {"assumed"}
    assert plan.about.target.startswith(
        "Read from imis.example.org on 2026-11-24: 1,397 people insured, 355 policies in force, 30 facilities"
    )


def test_another_scenario_gives_what_no_system_knows(folder):
    """Its money, prices, targets, options and funding; the facts are those that were read."""
    plan, nepal = written(folder, baseline(), like="nepal")[0], load(folder / "nepal.yaml")

    same = ("coverage.target", "facilities.number", "schemes.offices_per_scheme", "money.planning_rate", "population.growth")
    assert all(plan[path] == nepal[path] for path in same)
    assert plan["coverage.insured_at_start"] == 1397
    assert (plan.about.currency, plan.options.keys(), plan.funding) == ("NPR", nepal.options.keys(), nepal.funding)
    assert "Targets, prices and money are those of nepal." in plan.about.notes[-1]


@pytest.mark.parametrize("gap", ["facilities", "officers", "policies"])
def test_what_could_not_be_read_does_not_count_as_nothing(gap, folder):
    """The defaults say 0 facilities, officers and insured: that would be a number nobody read."""
    hidden = (gap, "covered") if gap == "policies" else (gap,)
    with pytest.raises(BadInput) as caught:
        written(folder, baseline(*hidden))

    assert "not read" in str(caught.value)
    assert "give it with --set" in str(caught.value)
    assert "or a scenario with --like" in str(caught.value)


def test_what_could_not_be_read_can_be_given(folder):
    """With confidence C, since it was given on the command line."""
    plan, _ = written(folder, baseline("officers"), agents__at_start=20)

    assert (plan["agents.at_start"], plan.parameters["agents.at_start"].confidence) == (20, "C")
    assert plan.parameters["agents.at_start"].source == "given on the command line, 2026-11-24"


def test_insured_that_were_given_make_the_target_too(folder):
    """An account without the right to policies, and 1,400 insured known from elsewhere."""
    plan, _ = written(folder, baseline("policies", "covered"), coverage__insured_at_start=1400)

    assert plan["coverage.target"] == pytest.approx(1400 / 112680)


def test_a_target_that_was_given_stays(folder):
    """What is there is where the plan starts, not where it must stay."""
    assert written(folder, baseline(), coverage__target=0.5)[0]["coverage.target"] == 0.5


def test_what_it_is_about_can_be_given_too(folder):
    """Country and currency, which no openIMIS tells."""
    plan, _ = written(folder, baseline(), about__country="Toyland", about__iso3="TOY")

    assert (plan.about.country, plan.about.iso3) == ("Toyland", "TOY")


def test_a_register_without_population_stands_for_it_as_an_assumption(folder):
    """The demo data of openIMIS has no population at all."""
    plan, left_out = written(folder, baseline("population"))

    assert plan["population.total"] == 2700
    assert plan.parameters["population.total"].confidence == "assumed"
    assert [derived.path for derived in left_out] == ["population.total"]


def test_an_unknown_parameter_is_reported_before_anything_is_written(folder):
    """As in any file."""
    with pytest.raises(BadInput, match="unknown key"):
        written(folder, baseline(), coverage__targett=1)


def test_an_unknown_scenario_is_reported(folder):
    """With the one that was probably meant."""
    with pytest.raises(BadInput, match="did you mean nepal"):
        written(folder, baseline(), like="nepl")
