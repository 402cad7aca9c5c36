"""Whole numbers: 5.0 is 5, and counts of people, places and things have no fraction."""

import pytest
import yaml

from imis_plan.explore.levers import levers
from imis_plan.problems import BadInput
from imis_plan.scenario.plan import load
from imis_plan.scenario.plan_checks import check
from imis_plan.scenario.scenario_table import write
from imis_plan.scenario.units import units_from
from imis_plan.scenario.yaml_file import read
from tests.model.plans import FOLDER, plan_of
from tests.report.places import BORSA, place

GRADE = "source: a letter of the ministry, confidence: B"


def with_horizon(value):
    """The mutuelle with another horizon."""
    return BORSA + f"time: {{horizon: {{value: {value}, {GRADE}}}}}\n"


def test_five_point_zero_is_five_in_a_file(tmp_path):
    """As programs write a whole number: years, counts, the year of a price and of a history."""
    folder = place(tmp_path, "1 + 1", first=with_horizon("5.0").replace("price_year: 2025", "price_year: 2025.0"))
    assert check(["first"], folder) == []
    plan = load("first", parameters=folder, changes={"facilities.number": 20.0, "money.usd_per_eur": {2025.0: 1.1, 2026.0: 1.2}})
    assert (repr(plan["time.horizon"]), repr(plan["facilities.number"])) == ("5", "20")
    assert plan["money.usd_per_eur"] == {2025: 1.1, 2026: 1.2}


def test_half_a_year_is_still_refused(tmp_path):
    """A fraction is never rounded silently."""
    (problem,) = check(["first"], place(tmp_path, "1 + 1", first=with_horizon("5.5")))
    assert str(problem).endswith("time.horizon = 5.5: not a whole number, give a whole number [year]")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("population.total", 719.859, "not a whole number [person], give 719859 or 720"),  # a separator of thousands, or a mean
        ("population.total", 719.85, "not a whole number [person], give 719850 or 720"),  # a number loses the last zero
        ("facilities.number", 17.5, "not a whole number [facility], give 17500 or 18"),
        ("population.total", 123269.25, "not a whole number [person], give 123269"),  # no separator stands there
        ("agents.number", 16.0001, "not a whole number [agent], give 16"),
    ],
)
def test_a_count_with_a_fraction_is_refused_with_both_readings(path, value, message):
    """719.859 people are 719,859 or 720, and nobody can know which."""
    with pytest.raises(BadInput) as caught:
        load("borsa", parameters=FOLDER, changes={path: value})
    assert f"what-if: {path} = {value}: {message}" in str(caught.value)


def test_posts_may_be_fractions():
    """Half a post exists: two people share it, or one works half a week."""
    plan = load("borsa", parameters=FOLDER, changes={"roles.developer.existing": 0.5, "schemes.users_per_office": 2.5})
    assert plan["roles.developer.existing"] == 0.5


def test_a_table_reads_five_point_zero_as_five(tmp_path):
    """As a spreadsheet writes a column of numbers."""
    table = tmp_path / "districts.csv"
    table.write_text(
        "name,base,population.total,share_of_base,time.horizon\nnorth,borsa,200000.0,population,4.0\n", encoding="utf-8"
    )
    write(table, FOLDER, tmp_path)
    data = yaml.safe_load((tmp_path / "north.yaml").read_text(encoding="utf-8"))
    assert (repr(data["population"]["total"]["value"]), repr(data["time"]["horizon"]["value"])) == ("200000", "4")


def test_people_places_and_things_are_counts_and_posts_are_not():
    """The list of units says which are."""
    units, _ = units_from(read(FOLDER / "units.yaml"))
    assert all(units.is_whole(unit) for unit in ("person", "facility", "office", "agent", "phone", "workstation"))
    assert not any(units.is_whole(unit) for unit in ("post", "year", "1", "person-day", "USD/phone"))


def test_levers_of_the_explorer_move_by_whole_counts():
    """Else a slider would give 17.3 facilities, which are refused."""
    plan = plan_of("borsa")
    for lever in levers(plan, ["facilities.number", "population.total", "agents.number"]):
        if plan.rules.units.is_whole(lever.parameter.unit):
            assert all(float(position).is_integer() for position in lever.positions), lever.path


def test_a_reading_of_a_running_system_may_be_a_mean():
    """Values that are measured are neither rounded nor refused."""
    assert plan_of("borsa").replace({"agents.number": 16.5}, measured=True)["agents.number"] == 16.5
