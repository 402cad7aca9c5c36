"""Scenarios that are based on another one."""

import json

import pytest

from imis_plan.batch import manifest
from imis_plan.problems import BadInput
from imis_plan.scenario.inputs import input_files
from imis_plan.scenario.plan import load
from imis_plan.scenario.plan_checks import check
from imis_plan.scenario.save import save
from tests import small

SOURCED = 'source: "assumption: tried", confidence: assumed'
OVER = f"""\
based_on: toy
about: {{title: What if}}
population:
  total: {{value: 2000000, low: 1000000, high: 2000000, {SOURCED}}}
"""


def loaded(place, name="other", option=None):
    """A scenario of the small folder."""
    return load(name, option=option, parameters=place, known=small.KNOWN)


def problems(place, name="other"):
    """What is wrong with it, in words."""
    return [str(problem) for problem in check([name], place, small.KNOWN)]


def role(name="clerk", **parts):
    """Text of a file that changes or adds a role."""
    return OVER + f"roles: {json.dumps({name: parts})}\n"


def test_everything_else_comes_from_the_base(tmp_path):
    """One parameter and the title differ; value, source, file and line of all else are those of the other file."""
    place = small.folder(tmp_path, other=OVER)
    base, plan = loaded(place, "toy"), loaded(place)
    assert {path for path in plan.parameters if plan.parameters[path] != base.parameters[path]} == {"population.total"}
    assert plan["population.total"] == 2_000_000
    assert plan.parameters["population.total"].file == "parameters/other.yaml"
    assert plan.parameters["printing.card_pvc"].file == "parameters/toy.yaml"
    assert (plan.name, plan.about.title, plan.about.country) == ("other", "What if", "Toyland")
    assert (plan.roles, plan.options, plan.funding) == (base.roles, base.options, base.funding)
    assert [file.name for file in plan.files] == ["toy.yaml", "other.yaml"]


def test_a_new_value_needs_its_own_price_year(tmp_path):
    """The price of a card has the price year 2024 in the base; a new price needs its own year."""
    change = f"printing: {{card_pvc: {{value: 150, low: 100, high: 200, {SOURCED}}}}}\n"
    place = small.folder(tmp_path, other=OVER + change)
    assert problems(place) == [
        "parameters/other.yaml:5: printing.card_pvc: no price year, give the year of the price level, as in price_year: 2025"
    ]


def test_a_scenario_may_build_on_one_that_builds_on_another(tmp_path):
    """The value of the last file counts."""
    third = f"based_on: other\ncoverage: {{target: {{value: 0.7, low: 0.5, high: 0.8, {SOURCED}}}}}\n"
    plan = loaded(small.folder(tmp_path, other=OVER, third=third), "third")
    assert (plan["population.total"], plan["coverage.target"], plan["printing.card_pvc"]) == (2_000_000, 0.7, 120)
    assert plan.about.title == "What if"


def test_options_of_the_base_apply_to_it_too(tmp_path):
    """A value of an option replaces the value of the file."""
    change = f"coverage: {{target: {{value: 0.7, low: 0.5, high: 0.8, {SOURCED}}}}}\n"
    plan = loaded(small.folder(tmp_path, other=OVER + change), option="own_room")
    assert (plan["server.hosting"], plan["coverage.target"]) == ("own", 0.4)
    assert plan["population.total"] == 2_000_000


def test_an_option_and_funding_of_its_own_take_the_place_of_those_of_the_base(tmp_path):
    """Options by name; funding rules as a whole, since their order counts."""
    own = OVER + "options: {own_room: {title: Own, description: other, changes: {coverage.target: 0.3}}}\nfunding: []\n"
    plan = loaded(small.folder(tmp_path, other=own), option="own_room")
    assert (plan["server.hosting"], plan["coverage.target"], plan.funding) == ("cloud", 0.3, ())


def test_a_role_of_the_base_can_be_changed(tmp_path):
    """The parameters and texts of a role in the base only can be changed."""
    numbers = {name: {"value": 0.5, "source": "x y", "confidence": "C"} for name in ("on_costs", "existing", "first_year", "turnover", "rounding", "cas", "individual_hours")}  # fmt: skip
    pay = {"value": 100, "unit": "USD/person/month", "price_year": 2025, "source": "x y", "confidence": "C"}
    words = {"title": "Driver", "tasks": ["drives"], "needs": ["licence"], "level": "office"}
    sourcing = {"value": "in_house", "source": "x y", "confidence": "C"}
    cover = {
        "driver": "schemes",
        **{name: {"value": 1, "source": "x y", "confidence": "C"} for name in ("posts", "availability")},
    }
    base = f"roles: {json.dumps({'driver': {**words, **numbers, 'pay': pay, 'sourcing': sourcing, 'cover': cover}})}\n"
    change = role("driver", title="Chauffeur", existing={"value": 3, "source": "x y", "confidence": "C"})
    plan = loaded(small.folder(tmp_path, country=small.COUNTRY + base, other=change))
    (driver,) = (each for each in plan.roles if each.key == "driver")
    assert (driver.title, driver.tasks, driver.cover.driver) == ("Chauffeur", ("drives",), "schemes")
    assert (plan["roles.driver.existing"], plan["roles.driver.pay"]) == (3, 100)


def test_a_report_is_made_from_the_files_of_the_bases_too(tmp_path):
    """All of them decide whether a report is up to date."""
    third = f"based_on: other\ncoverage: {{target: {{value: 0.7, low: 0.5, high: 0.8, {SOURCED}}}}}\n"
    place = small.folder(tmp_path, other=OVER, third=third)
    found = manifest.inputs("third", place, place / "units.yaml")
    assert {role: each["file"] for role, each in found.items() if role.startswith("base ")} == {
        "base toy": "parameters/toy.yaml",
        "base other": "parameters/other.yaml",
    }
    assert not any(role.startswith("base ") for role in manifest.inputs("toy", place, place / "units.yaml"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("based_on: tox\n", 'parameters/other.yaml:1: based_on = "tox": no such scenario, did you mean toy?'),
        ("based_on: [toy]\n", 'parameters/other.yaml:1: based_on = ["toy"]: no such scenario, did you mean toy?'),
        ("based_on: defaults\n", 'parameters/other.yaml:1: based_on = "defaults": no such scenario, choose from toy'),
        (
            "based_on: other\n",
            'parameters/other.yaml:1: based_on = "other": circular reference, use a scenario that is not based on this one',
        ),
        (
            "based_on: toy\nabout: {currency: EUR}\n",
            'parameters/other.yaml:2: about.currency = "EUR": not the currency of the base scenario, keep NPR: the amounts of the base scenario are in it',
        ),
        ("based_on: toy\nabout: {iso3: Toy}\n", 'parameters/other.yaml:2: about.iso3 = "Toy": not a country code, give three capital letters such as KEN (ISO 3166)'),
        ("based_on: toy\ncovrage: {}\n", "parameters/other.yaml:2: covrage: unknown key, did you mean coverage?"),
        (
            f"based_on: toy\ncoverage: {{target: {{value: 7, low: 5, high: 8, {SOURCED}}}}}\n",
            "parameters/other.yaml:2: coverage.target = 7: above 1, give 0 to 1",
        ),
    ],
)  # fmt: skip
def test_a_problem_is_reported_at_its_line(text, problem, tmp_path):
    """A base that does not exist and a circular reference are problems, too."""
    found = problems(small.folder(tmp_path, other=text))
    assert found == [problem]


def test_a_circle_through_others_ends_in_a_problem(tmp_path):
    """Each of two scenarios that are based on each other has the problem."""
    place = small.folder(tmp_path, one="based_on: two\n", two="based_on: one\n")
    assert any('parameters/two.yaml:1: based_on = "one": circular reference' in each for each in problems(place, "one"))  # fmt: skip


def test_problems_of_the_base_are_problems_of_scenarios_based_on_it(tmp_path):
    """With the file and line of the base, each once; so are values missing from the base."""
    place = small.folder(tmp_path, country=small.COUNTRY.replace("value: 120", "value: -1"), other=OVER)
    assert problems(place) == ["parameters/toy.yaml:14: printing.card_pvc = -1: below 0, give a price of 0 or more"]
    place = small.folder(tmp_path, country=small.COUNTRY.replace("  total: {", "  growth: {"), other="based_on: toy\n")
    assert any(each.startswith("parameters/toy.yaml:11: population.total: missing") for each in problems(place))


def test_an_empty_base_is_a_problem(tmp_path):
    """Not a scenario in which everything is missing."""
    place = small.folder(tmp_path, country="", other=OVER)
    assert problems(place) == ["parameters/toy.yaml:1: empty file, give `about`, and the values that differ from defaults.yaml"]  # fmt: skip


def saved(place, name="other", note="a second census is due", option=None, **changes):
    """The text of a what-if that has been saved."""
    changed = loaded(place, "toy", option).replace({path.replace("__", "."): value for path, value in changes.items()})
    return save(name, loaded(place, "toy"), changed, note).read_text(encoding="utf-8")


def test_a_what_if_is_saved_as_what_differs_and_loads_again(tmp_path):
    """The new file names its base and two parameters; each is marked as an assumption, with the note; all numbers come back."""
    place = small.folder(tmp_path)
    text = saved(place, coverage__target=0.9, printing__card_pvc=140)
    plan = loaded(place)
    assert (plan["coverage.target"], plan["printing.card_pvc"], plan["population.total"]) == (0.9, 140, 1_000_000)
    target, card = plan.parameters["coverage.target"], plan.parameters["printing.card_pvc"]
    assert (target.source, target.confidence, target.note) == (
        "assumption: what-if of the analyst, instead of 0.5", "assumed", "a second census is due",
    )  # fmt: skip
    # The range is that of the base, wide enough for the new value; a price keeps its currency and its year.
    assert (target.low, target.high) == (0.2, 0.9)
    assert (card.low, card.high, card.unit, card.price_year) == (120, 140, "NPR/card", 2024)
    assert problems(place) == []
    assert text.count("value:") == 2
    assert text.splitlines()[0] == "# yaml-language-server: $schema=schema.json"


def test_what_an_option_changes_is_saved_with_it(tmp_path):
    """The saved scenario is what was on the screen."""
    place = small.folder(tmp_path)
    saved(place, option="own_room", population__total=5)
    plan = loaded(place)
    assert (plan["server.hosting"], plan["coverage.target"], plan["population.total"]) == ("own", 0.4, 5)


@pytest.mark.parametrize(
    "changes",
    [
        {"sms__used": False},
        {"server__sizes": [1, 2]},
        {"money__inflation": {2024: 0.01, 2025: 1e-7}},
        {"coverage__rollout": [0.1, 0.2, 0.3]},
        {"coverage__wages": {"value": 2, "growth": 0.3, "source": "x y", "confidence": "C"}},
        {"time__horizon": 2},
        {"time__base_year": 2026},
        {"roles__clerk__pay": 1.5},
    ],
)
def test_every_kind_of_parameter_can_be_saved(changes, tmp_path):
    """Switches, lists, histories, paths, years, pay: read back, they are what was saved."""
    place = small.folder(tmp_path)
    saved(place, **changes)
    expected = loaded(place, "toy").replace({path.replace("__", "."): value for path, value in changes.items()})
    assert {path: parameter.value for path, parameter in loaded(place).parameters.items()} == {path: parameter.value for path, parameter in expected.parameters.items()}  # fmt: skip
    assert loaded(place).parameters["coverage.wages"].growth == expected.parameters["coverage.wages"].growth


@pytest.mark.parametrize("note", ['a "quote": {x} # no', "two\nlines\ttab", "é – ‘’ 中文 \x07\x7f\x85", "0o17", ""])
def test_any_note_can_be_typed(note, tmp_path):
    """The file has it on one line, without control characters."""
    place = small.folder(tmp_path)
    saved(place, note=note, sms__used=False)
    expected = " ".join("".join(letter if letter.isprintable() else " " for letter in note).split())
    assert loaded(place).parameters["sms.used"].note == (expected or "no reason given")


@pytest.mark.parametrize(
    ("name", "changes", "problem"),
    [
        ("toy", {"sms__used": False}, "parameters/toy.yaml: already exists, take another name, or remove the file first"),
        ("../x", {"sms__used": False}, "../x: not a name of a scenario, give letters from a to z, digits, - and _, as in x; the title takes any text; reserved: benchmarks, defaults, sources, units"),
        ("other", {}, "other: the same as toy, change something before saving it"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_refused_and_nothing_is_written(name, changes, problem, tmp_path):
    """A name that is taken or cannot be one, or a what-if that is none."""
    place = small.folder(tmp_path)
    before = {path.name: path.read_text() for path in place.iterdir()}
    with pytest.raises(BadInput) as caught:
        saved(place, name, **changes)
    assert str(caught.value) == problem
    assert {path.name: path.read_text() for path in place.iterdir()} == before


def test_a_long_chain_is_refused_before_it_is_read(tmp_path):
    """Twenty bases are read; of 1,500 scenarios, each based on the next, the twenty-first is named."""
    chain = {f"s{i}": OVER.replace("toy", f"s{i + 1}") for i in range(1500)}
    place = small.folder(tmp_path, **chain, s1500=OVER)
    (found,) = [each for each in problems(place, "s0") if "based_on" in each]
    right = "more than 20 scenarios, each based on the next, base the scenario on one of the last of them"
    assert found == f'parameters/s20.yaml:1: based_on = "s21": {right}'
    assert loaded(place, "s1481")["population.total"] == 2_000_000
    assert len(input_files("s0", place)) < 30
