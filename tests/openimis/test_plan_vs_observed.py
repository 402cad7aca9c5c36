"""Plan compared with a running system: each difference, and its effect on the budget."""

import dataclasses

import numpy as np
import pytest

from imis_plan.openimis import tables as openimis_tables, text as openimis_text
from imis_plan.openimis.plan_vs_observed import ALL_ITEMS, baseline_of, differences
from tests.model.plans import plan_of, total
from tests.openimis.facts import baseline

ITEMS = {
    "Insured people": ("coverage.insured_at_start", 1397),
    "Health facilities": ("facilities.at_start", 30),
    "Enrolment officers": ("agents.at_start", 22),
    "People in an insured household": ("population.household_size", 1397 / 325),
    "Share of the insured who renew": ("enrolment.renewal_rate", 0.5),
}


def rows(plan, found):
    """The rows by item."""
    return differences(plan, found).set_index("item")


@pytest.mark.parametrize("item", ITEMS)
def test_before_the_first_year_starting_values_are_compared(item):
    """Borsa begins in 2027, the register was read in 2026. The effect is the plan with that one value less the plan."""
    plan, (path, observed) = plan_of("borsa"), ITEMS[item]

    row = rows(plan, baseline()).loc[item]

    assert (row["planned"], row["observed"]) == (plan[path], pytest.approx(observed))
    assert row["difference"] == pytest.approx(observed - plan[path])
    assert row["effect"] == pytest.approx(total(plan.replace({path: observed}, measured=True)) - total(plan), abs=0.01)


def test_in_a_year_of_the_plan_its_drivers_are_compared():
    """In 2028 half as many facilities as planned: the target is taken to be missed by the same share."""
    plan = plan_of("borsa")
    found = baseline(day="2028-06-30", year=2027, facilities=34)  # 17 planned

    row = rows(plan, found).loc["Health facilities"]

    assert (row["planned"], row["share"]) == (17, pytest.approx(1))
    assert row["effect"] == pytest.approx(total(plan.replace({"facilities.number": 34}, measured=True)) - total(plan), abs=0.01)


def test_all_of_them_together_have_an_effect_of_their_own():
    """Effects overlap: a claim that fewer people make is not saved twice."""
    table = differences(plan_of("borsa"), baseline())

    last = table.iloc[-1]
    assert last["item"] == ALL_ITEMS
    assert np.isnan(last["planned"])
    assert last["effect"] != pytest.approx(table["effect"][:-1].sum())


def test_a_plan_that_is_kept_costs_what_it_costs():
    """What was found is what was planned: no difference, no effect."""
    plan = plan_of("borsa")
    found = baseline(*(name for name in baseline().facts if name != "facilities"), facilities=plan["facilities.at_start"])

    table = differences(plan, found)

    assert list(table["item"]) == ["Health facilities", ALL_ITEMS]
    assert list(table["effect"]) == [0, 0]
    assert "With the observed values the budget would be the same" in openimis_text.observed_differences(plan, found)


def test_a_plan_begun_from_it_agrees_with_it(tmp_path):
    """Every rate was rounded so little that no post, phone or form comes of it."""
    import shutil

    from imis_plan.openimis.starting_scenario import starting_scenario_text
    from imis_plan.scenario.plan import load

    folder = shutil.copytree(plan_of("borsa").folder, tmp_path / "parameters")
    (folder / "mine.yaml").write_text(starting_scenario_text("mine", baseline(), folder, None, {})[0])

    table = differences(load(folder / "mine.yaml"), baseline())

    assert len(table) == 8
    assert not table["effect"].any()
    assert not table["difference"].fillna(0).any()


def test_a_gap_is_no_difference():
    """What could not be read is not compared with the plan, and the section says that it is missing."""
    found = baseline("facilities", "facility_users")

    assert "Health facilities" not in rows(plan_of("borsa"), found).index
    assert "2 figures could not be read" in openimis_text.observed_differences(plan_of("borsa"), found)
    shown = openimis_tables.facts(found)["frame"].set_index("Fact")["Value, or reason for the gap"]
    assert shown["Health facilities"] == "not read: no right; grant it"
    assert shown["People registered"] == "2,700"


def test_the_section_says_what_was_read_and_what_it_means():
    """System, day and account; the item furthest from the plan; the effect on the budget."""
    text = openimis_text.observed_differences(plan_of("borsa"), baseline())

    assert text.startswith(
        "## Plan compared with the running system\n\nRead on November 24, 2026 from the openIMIS at imis\\.example\\.org"
    )
    assert "The largest difference is “Users with a login”" in text
    assert "the total budget would be XAF" in text


def test_a_report_finds_the_facts_beside_the_parameters(tmp_path):
    """`parameters/baselines/<scenario>.yaml`; without one there is no section."""
    import yaml

    plan = dataclasses.replace(plan_of("borsa"), folder=tmp_path)
    assert baseline_of(plan) is None

    (tmp_path / "baselines").mkdir()
    (tmp_path / "baselines" / "borsa.yaml").write_text(yaml.safe_dump(baseline("claims").as_dict()))

    found = baseline_of(plan)
    assert found is not None
    assert (found.system, found.facts) == (baseline().system, baseline("claims").facts)
