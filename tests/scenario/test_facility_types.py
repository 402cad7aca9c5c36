"""Types of facilities in a scenario: read as they are written, and each fault named with its line and with what would be right."""

import json

import jsonschema
import pytest

from imis_plan.problems import BadInput
from imis_plan.scenario.declarations import declarations
from imis_plan.scenario.json_schema import schema_texts
from imis_plan.scenario.plan import Plan, load, scenario_of
from imis_plan.scenario.save import save
from imis_plan.scenario.structure import structure_of
from imis_plan.scenario.yaml_file import parse
from tests.model.plans import FOLDER, plan_of

EXAMPLE = (FOLDER.parent / "docs" / "examples" / "facility_types.yaml").read_text(encoding="utf-8")
# Hospitals, health centres and clinics of the example.
ALL = 82 + 457 + 22
WHERE = "(parameters/malawi.yaml:50)"
ADD_UP = f"give numbers that add up to {ALL}, or facilities.number: {82 + 450 + 22}"
ACTIVITIES = "checks, claims, enrolments, feedback, renewals, transfers"
MEANING = "(Facilities of the type at full roll-out [facility])"


def plan_with(text: str = EXAMPLE) -> Plan:
    """A scenario with this file."""
    return scenario_of(parse(text, FOLDER / "own.yaml"), FOLDER)[0]


def problems(text):
    """What is wrong with a file."""
    with pytest.raises(BadInput) as error:
        plan_with(text)
    return [str(problem).partition(":")[2].partition(" ")[2] for problem in error.value.problems]


def write_example(folder):
    """The example as the scenario `types` in a folder of its own, based on the shipped ones."""
    (folder / "schema.json").write_text("{}", encoding="utf-8")
    (folder / "types.yaml").write_text(EXAMPLE, encoding="utf-8")


def test_a_type_has_a_title_its_numbers_and_the_staff_in_each_of_its_facilities():
    """Its parameters have paths below the type; a role knows what it does in facilities of every type."""
    plan = plan_with()
    clerk, administrator = plan.roles[:2]

    assert list(plan.facility_types) == ["hospital", "health_centre", "clinic"]
    assert plan.facility_types["hospital"].title == {"en": "Hospitals", "fr": "Hôpitaux"}
    assert plan["facilities.types.hospital.number"] == 82
    assert plan.parameters["facilities.types.hospital.number"].unit == "facility"
    assert plan.parameters["facilities.types.hospital.workload_share"].high == 0.8
    assert dict(clerk.stations) == {"hospital": ("claims", "feedback"), "health_centre": (), "clinic": ()}
    assert dict(administrator.stations) == {}


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("  types:", "  type:", "facilities.type: unknown key, did you mean types?"),
        ("      workload_share: {value: 0.02", "      workload_shar: {value: 0.02", "facilities.types.clinic.workload_shar: unknown key, did you mean workload_share?"),
    ],
)  # fmt: skip
def test_a_misspelt_key_is_answered_with_the_right_one(right, wrong, problem):
    """That of the group of all types, and a parameter of one of them."""
    assert problem in problems(EXAMPLE.replace(right, wrong))


def test_a_scenario_without_types_has_none():
    """Its roles work in offices, as before."""
    plan = plan_of("malawi")

    assert plan.facility_types == {}
    assert all(not role.stations for role in plan.roles)
    assert not [path for path in plan.parameters if "types" in path]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        (
            "value: 457,",
            "value: 450,",
            f"facilities.types: the types have 554 facilities together, facilities.number is {ALL} {WHERE}, {ADD_UP}",
        ),
        ("value: 0.38,", "value: 0.3,", "facilities.types: the shares of the workload add up to 0.92, give shares that add up to 1"),
        (
            "[claims, feedback]",
            "[claims, renewal]",
            'facilities.types.hospital.staff.data_entry_clerk[1] = "renewal": no activity of data_entry_clerk, did you mean renewals?',
        ),
        (
            "[claims, feedback]",
            "[claims, claims]",
            'facilities.types.hospital.staff.data_entry_clerk[1] = "claims": the same activity again, remove it',
        ),
        (
            "[claims, feedback]",
            "[]",
            f"facilities.types.hospital.staff.data_entry_clerk: no activity, choose from {ACTIVITIES}",
        ),
        (
            "data_entry_clerk: [",
            "data_clerk: [",
            "facilities.types.hospital.staff.data_clerk: no such role, did you mean data_entry_clerk?",
        ),
        (
            "      staff:\n        data_entry_clerk: [claims, feedback]\n",
            "",
            "facilities.types: no type has staff, give one of them staff: role -> activities, or remove the types",
        ),
        (
            '      number: {value: 22, source: "maina2019: 22 clinics", confidence: A}\n',
            "",
            f"facilities.types.clinic.number: missing, give value, source and confidence {MEANING}",
        ),
        (
            "    clinic:",
            "    Clinic 2:",
            "facilities.types.Clinic 2: not a name of a type, use lower-case letters, digits and _, as in health_centre",
        ),
        ("title: {en: Clinics, fr: Cliniques}", "name: Clinics", "facilities.types.clinic.name: unknown key, choose from staff, title"),
        ("value: 22, source", "value: 0, source", "facilities.types.clinic.number = 0: below 1, give 1 or more"),
        ("value: 0.02,", "value: -0.02,", "facilities.types.clinic.workload_share = -0.02: below 0, give 0 to 1"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_what_would_be_right(right, wrong, expected):
    """Counts, shares, roles, activities, names and missing numbers."""
    assert right in EXAMPLE
    assert expected in problems(EXAMPLE.replace(right, wrong))


@pytest.mark.parametrize("types", ["[hospital]", "{hospital: 3}", "5"])
def test_types_that_are_no_mapping_are_refused(types):
    """A list, a number of facilities, a number."""
    (found,) = problems(f"based_on: malawi\nfacilities:\n  types: {types}\n")

    assert found.endswith("title, number, workload_share and staff")


def test_types_of_a_what_if_add_up_too():
    """One more hospital is one more facility; a share of one type is less for the others."""
    plan = plan_with()
    with pytest.raises(BadInput, match=f"the types have {ALL + 1} facilities together, facilities.number is {ALL} "):
        plan.replace({"facilities.types.hospital.number": 83})
    with pytest.raises(BadInput, match=r"what-if: facilities\.types\.hospital\.workload_share: .* add up to 1\.1, give shares"):
        plan.replace({"facilities.types.hospital.workload_share": 0.7})

    assert plan.replace({"facilities.types.hospital.number": 83, "facilities.number": ALL + 1})["facilities.number"] == ALL + 1


def test_types_of_an_option_add_up_too():
    """The fault is at the line of the option."""
    option = "options:\n  more: {title: More, description: More hospitals, changes: {facilities.types.hospital.number: 90}}\n"
    line = len(EXAMPLE.splitlines()) + 2
    expected = rf"own.yaml:{line}: facilities\.types\.hospital\.number: the types have {ALL + 8} facilities together"
    with pytest.raises(BadInput, match=expected):
        plan_with(EXAMPLE + option)


def test_more_facilities_alone_keep_the_types_in_proportion(tmp_path):
    """A what-if, and a file that is based on the scenario."""
    write_example(tmp_path)
    number = f'facilities: {{number: {{value: {2 * ALL}, low: 100, high: 2000, source: "assumption: twice as many", confidence: assumed}}}}'
    (tmp_path / "twice.yaml").write_text(f"based_on: types\n{number}\n", encoding="utf-8")

    assert plan_with().replace({"facilities.number": 2 * ALL})["facilities.types.hospital.number"] == 82
    assert load("twice", parameters=tmp_path)["facilities.number"] == 2 * ALL


def test_a_what_if_of_types_can_be_saved_and_read_again(tmp_path):
    """The new file gives what differs."""
    write_example(tmp_path)
    base = load("types", parameters=tmp_path)
    save("other", base, base.replace({"facilities.types.hospital.number": 83, "facilities.types.clinic.number": 21}))
    again = load("other", parameters=tmp_path)

    assert [again[f"facilities.types.{key}.number"] for key in again.facility_types] == [83, 457, 21]
    assert again.roles == base.roles


def test_editors_know_the_types():
    """The example fits the JSON Schema; a wrong key does not."""
    schema = json.loads(schema_texts(declarations(FOLDER))["schema.json"])
    data = parse(EXAMPLE, FOLDER / "own.yaml").data
    jsonschema.validate(data, schema)
    data["facilities"]["types"]["clinic"]["numbers"] = 3
    with pytest.raises(jsonschema.ValidationError, match="numbers"):
        jsonschema.validate(data, schema)


def test_a_role_cannot_say_where_it_works():
    """`stations` follows from the types and is no key of a role."""
    text = "based_on: malawi\nroles: {data_entry_clerk: {stations: {hospital: [claims]}}}\n"

    assert any(each.startswith("roles.data_entry_clerk.stations: unknown key") for each in problems(text))


def test_types_are_facts_of_their_country():
    """A scenario of another country that takes the structure of this one has neither the types nor an option that changes them."""
    changes = "{facilities.types.hospital.number: 83, facilities.types.clinic.number: 21}"
    option = f"options:\n  larger: {{title: Larger, description: A clinic becomes a hospital, changes: {changes}}}\n"
    plan = plan_with(EXAMPLE + option)
    taken = structure_of(plan, declarations(FOLDER).parameters)

    assert taken.left_out[-1] == "larger"
    assert not [path for path in taken.parameters if path.startswith("facilities.types")]
