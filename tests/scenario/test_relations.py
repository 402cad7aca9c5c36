"""Limits that other parameters determine: nothing above them in any layer, with both values and where each comes from."""

import re

import pytest

from imis_plan.model.draws import clipped, inputs_at_draws
from imis_plan.model.evaluate import inputs
from imis_plan.problems import BadInput
from imis_plan.scenario.declarations import declarations
from imis_plan.scenario.json_schema import schema_texts
from imis_plan.scenario.plan import load
from imis_plan.scenario.plan_checks import check
from imis_plan.scenario.relation import Formula
from imis_plan.scenario.scenario_table import write
from tests.model.plans import FOLDER, NAMES, plan_of
from tests.small import COUNTRY, DEFAULTS, KNOWN, folder

CLERKS = 'served: {value: 0, unit: person, at_most: LIMIT, source: "assumption: none", confidence: assumed, low: 0, high: 0, description: Served}'
OPEN = '{value: false, unit: yes/no, source: "assumption: stays", confidence: assumed, description: May shrink}'
SERVED = "\ncoverage:\n  served: {value: 2000000, source: census2021, confidence: A}\n"


def refused(changes, name="borsa"):
    """The message that refuses a what-if."""
    with pytest.raises(BadInput) as caught:
        load(name, parameters=FOLDER, changes=changes)
    return str(caught.value)


def defaults(limit):
    """The small declarations with a number of people served and its limit."""
    return DEFAULTS.replace("coverage:\n", f"coverage:\n  {CLERKS.replace('LIMIT', limit)}\n  shrinks: {OPEN}\n")


def problems(tmp_path, limit, country=COUNTRY + SERVED):
    """All problems of the small folder with this limit."""
    return [str(problem) for problem in check(parameters=folder(tmp_path, country, defaults(limit)), known=KNOWN)]


@pytest.mark.parametrize(
    ("path", "value", "limit"),
    [
        ("coverage.insured_at_start", 10**12, "above 123269, the people in the area before the first year: population.total = 123269"),
        ("facilities.at_start", 1700, "above facilities.number = 17 (parameters/borsa.yaml:"),
        ("facilities.number", 10**6, "above population.total = 123269 (parameters/borsa.yaml:"),
        ("schemes.at_start", 2, "above schemes.number = 1 (parameters/borsa.yaml:"),
        ("schemes.offices_at_start", 10_000, "above 1, the offices of all schemes: schemes.number = 1 (parameters/borsa.yaml:"),
        ("agents.at_start", 4000, "above agents.number = 16 (parameters/borsa.yaml:"),
        ("office_it.workstations.at_start", 10**6, "above population.total = 123269 (parameters/borsa.yaml:"),
        ("phones.at_start", 10**6, "above population.total = 123269 (parameters/borsa.yaml:"),
        ("roles.data_entry_clerk.existing", 10**6, "above population.total = 123269 (parameters/borsa.yaml:"),
    ],
)  # fmt: skip
def test_a_start_above_the_end_or_above_everybody_is_refused(path, value, limit):
    """The message has both values, and file and line of the one that is not the what-if."""
    assert refused({path: value}).startswith(f"what-if: {path} = {value}: {limit}")


def test_the_limit_grows_with_the_people():
    """1.87 million of 1.89 million counted five years before are possible: 1,889,773 x 1.037^4 = 2,185,368 live there then."""
    plan = plan_of("zanzibar")
    assert plan["coverage.insured_at_start"] == 1_870_000
    people = round(1_889_773 * 1.037**4)  # population.total, population.growth, four years from 2022 to 2026
    load("zanzibar", parameters=FOLDER, changes={"coverage.insured_at_start": people - 1, "coverage.shrinks": True})
    message = refused({"coverage.insured_at_start": people + 1}, "zanzibar")
    assert "above 2185368, the people in the area before the first year: population.total = 1889773" in message


def test_a_target_below_what_exists_says_how_many_leave():
    """5 % of 123,269 x 1.036 people are 6,385: 9,616 - 6,385 = 3,231 of today's insured would have to leave."""
    message = refused({"coverage.target": 0.05})
    assert message.startswith("what-if: coverage.target = 0.05: coverage.insured_at_start = 9616 (parameters/borsa.yaml:")
    assert "is above 6385, the target among the people of the first year" in message
    assert message.endswith("or coverage.shrinks: true if these 3,231 [person] are meant to leave")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"coverage.target": -1}, "what-if: coverage.target = -1: below 0.0001, give 0.0001 to 1"),
        ({"coverage.insured_at_start": 10**6 + 0.5}, "what-if: coverage.insured_at_start = 1000000.5: not a whole number [person], give 1000001"),
    ],
)  # fmt: skip
def test_a_value_that_is_refused_alone_is_measured_against_no_limit(changes, message):
    """At most -6,385,000 insured people would be no advice."""
    assert refused(changes) == message


def test_a_refused_value_hides_no_other_limit():
    """Facilities are above their limit whatever the target is."""
    found = refused({"coverage.target": -1, "facilities.at_start": 1700}).splitlines()
    assert [line.partition(": ")[2].partition(" = ")[0] for line in found] == ["coverage.target", "facilities.at_start"]


def test_a_refused_value_in_a_file_is_measured_against_no_limit(tmp_path):
    """Only that it is below 0 is reported, not that others are above it."""
    wrong = COUNTRY.replace("value: 1000000", "value: -5") + SERVED
    assert wrong != COUNTRY + SERVED
    found = problems(tmp_path, "population.total", wrong)
    assert len(found) == 1
    assert "population.total = -5: below 0" in found[0]


def test_a_plan_may_say_that_the_scheme_shrinks():
    """Then a lower target, fewer facilities and fewer offices are taken; more insured than people never are."""
    plan = load("borsa", parameters=FOLDER, changes={"coverage.target": 0.05, "facilities.number": 10, "coverage.shrinks": True})
    assert plan["coverage.target"] == 0.05
    assert "above 123269" in refused({"coverage.insured_at_start": 200_000, "coverage.shrinks": True})


def test_a_roll_out_that_begins_below_what_exists_is_refused():
    """The list counts only with the shape `given`: its first point of 10 % is 12 % x 10 % of the people, 1,532."""
    assert "above 1532, the lowest point of the given roll-out" in refused({"coverage.shape": "given"})


def test_the_number_of_agents_is_a_limit_only_where_it_counts():
    """With a ratio of households, `agents.number` is not read."""
    changes = {"agents.basis": "ratio", "agents.number": 1}
    assert load("borsa", parameters=FOLDER, changes=changes)["agents.number"] == 1


@pytest.mark.parametrize("name", NAMES)
def test_no_shipped_scenario_or_option_is_above_a_limit(name):
    """All of them load, with each of their options."""
    for option in (None, *plan_of(name).options):
        load(name, option=option, parameters=FOLDER)


def test_a_file_is_refused_with_both_places(tmp_path):
    """The value in line 23 of the scenario, its limit in line 12."""
    assert problems(tmp_path, "population.total") == [
        "parameters/toy.yaml:24: coverage.served = 2000000: above population.total = 1000000 (parameters/toy.yaml:12), give 1000000 or less"
    ]


def test_an_option_is_refused_at_its_own_line(tmp_path):
    """The scenario is possible, and its option is not."""
    option = COUNTRY.replace("coverage.target: 0.4", "population.total: 5000")
    country = option + SERVED.replace("2000000", "6000")
    (message,) = problems(tmp_path, "population.total", country)
    assert message.startswith(
        "parameters/toy.yaml:19: population.total = 5000: coverage.served = 6000 (parameters/toy.yaml:24) is above"
    )


def test_a_row_of_a_table_is_refused_at_its_line(tmp_path):
    """A target of a thousandth is below the 9,616 insured of the scenario that the row is based on."""
    table = tmp_path / "districts.csv"
    table.write_text("name,base,coverage.target\nnorth,borsa,0.2\nsouth,borsa,0.001\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        write(table, FOLDER, tmp_path)
    (problem,) = caught.value.problems
    assert (problem.line, problem.path, problem.value) == (3, "coverage.target", 0.001)
    assert problem.message.startswith("coverage.insured_at_start = 9616 (parameters/borsa.yaml:")
    assert not (tmp_path / "north.yaml").exists()


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("population.totl", 'coverage.served.at_most = "population.totl": no such parameter, did you mean population.total?'),
        ("population.total +", 'coverage.served.at_most = "population.total +": not a limit, give a path, or a formula'),
        ("open('x')", 'coverage.served.at_most = "open(\'x\')": not a limit, give a path, or a formula'),
        ("{limit: population.total, until: coverage.shrinks}", "coverage.served.at_most: not a limit, give a path, or a formula"),
    ],
)  # fmt: skip
def test_a_declared_limit_must_be_a_formula_of_parameters(tmp_path, limit, message):
    """A limit that cannot be read is a problem of the declaration."""
    assert any(f"parameters/defaults.yaml:8: {message}" in found for found in problems(tmp_path, limit, COUNTRY))


@pytest.mark.parametrize(
    ("text", "result"),
    [("a.b", 3), ("a.b * (1 + c) ** 2", 3 * 1.5**2), ("ceil(a.b / 2)", 2), ("lowest(d) - 1", 1), ("ceil(26 * 8.0384)", 209)],
)
def test_a_formula_is_arithmetic_with_paths(text, result):
    """Paths, numbers, brackets, and the two functions."""
    assert Formula(text).value({"a.b": 3, "c": 0.5, "d": (4, 2, 8)}) == result


def test_editors_show_limits():
    """The description of a parameter in the schema says what it may not exceed."""
    schema = schema_texts(declarations(FOLDER))["schema.json"]
    assert "At most facilities.number, unless coverage.shrinks is true." in schema
    assert '"at_most"' in schema_texts(declarations(FOLDER))["defaults.schema.json"]


def test_draws_above_a_limit_are_clipped_to_it():
    """A drawn population below the insured lowers the insured; draws that are possible stay the same object."""
    np = pytest.importorskip("numpy")
    plan = plan_of("borsa")
    total = np.array([200_000.0, 5_000.0])
    values = inputs_at_draws(plan, inputs(plan), {"population.total": total})
    assert values["coverage.insured_at_start"].tolist() == [9616, 5000]  # growth counts from 2026, the year before the first
    same = {"coverage.insured_at_start": np.array([9000.0, 100.0])}
    drawn = inputs_at_draws(plan, inputs(plan), same)
    assert clipped(plan, drawn)["coverage.insured_at_start"] is drawn["coverage.insured_at_start"]


def test_limits_name_only_declared_parameters():
    """Every path of every limit is declared, and every switch is one."""
    parameters = declarations(FOLDER).parameters
    for parameter in parameters.values():
        for relation in parameter.at_most:
            assert set(relation.paths) <= set(parameters), parameter.path
            assert relation.unless is None or parameters[relation.unless].kind == "flag"
            assert not re.search(r"[2-9]", relation.limit), "a number belongs in a parameter"
