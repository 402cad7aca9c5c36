"""Loading scenarios: names, folders, what-ifs, time."""

import copy
import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from imis_plan.problems import BadInput
from imis_plan.scenario.folder import find_parameters, scenarios
from imis_plan.scenario.plan import load
from imis_plan.scenario.plan_checks import check
from tests.small import COUNTRY, KNOWN, folder

REAL = Path(__file__).parents[2] / "parameters"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The small folder, and no settings from outside."""
    monkeypatch.delenv("IMIS_PLAN_SET", raising=False)
    return folder(tmp_path)


def refused(name, **more):
    """The message with which a scenario is refused."""
    with pytest.raises(BadInput) as caught:
        load(name, known=KNOWN, **more)
    return str(caught.value)


def test_scenarios_are_the_files_that_are_not_reserved(place):
    """Shared files and hidden ones are no scenarios."""
    for name in ("benchmarks", "zanzibar", "_draft", ".hidden"):
        (place / f"{name}.yaml").write_text("")
    assert scenarios(place) == ["toy", "zanzibar"]


def test_a_scenario_is_loaded_by_name_or_by_file(place):
    """Both ways give the same plan."""
    by_name, by_file = load("toy", parameters=place, known=KNOWN), load(place / "toy.yaml", known=KNOWN)
    assert by_name.parameters == by_file.parameters
    assert (by_name.name, by_file.name) == ("toy", "toy")
    assert by_name.folder == place


def test_a_file_elsewhere_builds_on_the_folder_that_is_named(place, tmp_path):
    """A draft on the desktop uses the defaults of the project."""
    (tmp_path / "draft.yaml").write_text(COUNTRY)
    plan = load(tmp_path / "draft.yaml", parameters=place, known=KNOWN)
    assert (plan.name, plan.folder, plan["time.horizon"]) == ("draft", place, 3)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("toi", "parameters/toi.yaml: no such scenario, did you mean toy?"),
        ("xxxxxx", "parameters/xxxxxx.yaml: no such scenario, choose from toy"),
        ("defaults", "parameters/defaults.yaml: no such scenario, choose from toy"),
    ],
)
def test_an_unknown_name_comes_with_the_names_there_are(name, message, place):
    """A typo on the command line is answered like one in a file."""
    assert refused(name, parameters=place) == message


def test_an_unknown_option_comes_with_the_options_there_are(place):
    """So is a typo in an option."""
    message = "parameters/toy.yaml: options: no option own_rom, did you mean own_room?"
    assert refused("toy", parameters=place, option="own_rom") == message


def test_the_folder_is_found_from_below(place, monkeypatch):
    """A notebook in a folder next to `parameters` finds it."""
    below = place.parent / "notebooks" / "more"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert find_parameters() == place


def test_the_environment_names_the_folder(place, monkeypatch, tmp_path):
    """IMIS_PLAN_PARAMETERS comes before the folder that is near; an argument comes before both."""
    monkeypatch.setenv("IMIS_PLAN_PARAMETERS", str(place))
    assert find_parameters() == place
    other = tmp_path / "other"
    other.mkdir()
    assert find_parameters(folder(other)) == other / "parameters"


NO_PARAMETERS = "neither defaults.yaml nor schema.json in this folder, give a folder of parameter files, or begin one with `imis-plan init FOLDER`"


def test_a_folder_without_defaults_is_refused(tmp_path):
    """The wrong folder is named."""
    assert refused("toy", parameters=tmp_path) == f"{tmp_path}: {NO_PARAMETERS}"


def test_a_what_if_is_given_by_keyword_by_mapping_or_by_the_environment(place, monkeypatch):
    """The keyword comes before the mapping, and the mapping before the environment."""
    monkeypatch.setenv("IMIS_PLAN_SET", json.dumps({"coverage.target": 0.1, "sms.used": False, "time.horizon": 2}))
    plan = load("toy", parameters=place, known=KNOWN, changes={"coverage.target": 0.2, "time.horizon": 1}, coverage__target=0.3)
    assert (plan["coverage.target"], plan["time.horizon"], plan["sms.used"]) == (0.3, 1, False)
    parameter = plan.parameters["coverage.target"]
    assert (parameter.layer, parameter.file, parameter.line, parameter.confidence) == ("what-if", "what-if", None, "assumed")


def test_a_what_if_comes_after_the_option(place):
    """Later layers win."""
    plan = load("toy", option="own_room", parameters=place, known=KNOWN, coverage__target=0.7)
    assert (plan["coverage.target"], plan["server.hosting"], plan.option) == (0.7, "own", "own_room")


def test_a_bad_what_if_is_refused_like_a_bad_file(place):
    """All of its problems are reported, without a line because there is no file."""
    assert refused(
        "toy", parameters=place, changes={"coverage.target": 3, "covrage.target": 1, "time.horizon": 4}
    ).splitlines() == [
        "parameters/defaults.yaml:9: coverage.rollout = [0.2, 0.6, 1]: 3 numbers for 4 years, give 4 numbers, or one number with growth",
        "what-if: coverage.target = 3: above 1, give 0 to 1",
        "what-if: covrage.target: no such parameter, did you mean coverage.target?",
    ]


def test_a_what_if_of_the_environment_must_be_json(place, monkeypatch):
    """The batch hands a JSON object to the kernel; anything else is refused."""
    monkeypatch.setenv("IMIS_PLAN_SET", "[1]")
    assert refused("toy", parameters=place) == 'IMIS_PLAN_SET: "[1]": not a JSON object, give {"path": value}'


def test_replace_makes_a_new_plan_and_leaves_the_old_one(place):
    """A variant is a new plan."""
    plan = load("toy", parameters=place, known=KNOWN)
    other = plan.replace({"coverage.target": 0.25})
    assert (plan["coverage.target"], other["coverage.target"]) == (0.5, 0.25)


def test_an_unknown_path_gets_the_closest_match(place):
    """A typo in a notebook is a KeyError with advice."""
    plan = load("toy", parameters=place, known=KNOWN)
    with pytest.raises(KeyError, match=r"coverage\.targt: did you mean coverage\.target\?"):
        plan["coverage.targt"]


@pytest.mark.parametrize("through", [copy.deepcopy, lambda plan: pickle.loads(pickle.dumps(plan))])  # noqa: S301 - our own
def test_a_plan_can_be_copied_and_handed_to_another_process(through, place):
    """Read-only mappings inside are no obstacle."""
    plan = load("toy", parameters=place, known=KNOWN)
    assert through(plan).parameters == plan.parameters


def test_a_changed_file_is_read_anew(place):
    """A notebook that stays open sees the file as it is now, in the country's file and in the defaults."""
    assert load("toy", parameters=place, known=KNOWN)["population.total"] == 1000000
    for name, old, new in (("toy", "value: 1000000", "value: 2000"), ("defaults", "[2, 4, 8]", "[2, 4, 16]")):
        file = place / f"{name}.yaml"
        file.write_text(file.read_text().replace(old, new))
        os.utime(file, ns=(1, 1))
    plan = load("toy", parameters=place, known=KNOWN)
    assert (plan["population.total"], plan["server.sizes"]) == (2000, (2, 4, 16))


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """The small scenario, once for all examples of a property."""
    return load("toy", parameters=folder(tmp_path_factory.mktemp("small")), known=KNOWN)


@given(st.floats(0, 1))
def test_any_share_is_a_sound_what_if_for_a_share(plan, share):
    """What is within the bounds passes, and arrives unchanged."""
    assert plan.replace({"coverage.target": share})["coverage.target"] == share


@given(
    st.one_of(
        st.floats(max_value=0, exclude_max=True),
        st.floats(min_value=1, exclude_min=True),
        st.just(float("nan")),
        st.text(),
    )
)
def test_nothing_else_is(plan, value):
    """Whatever is out of bounds, not finite or not a number is refused."""
    with pytest.raises(BadInput):
        plan.replace({"coverage.target": value})


def test_loading_needs_neither_pandas_nor_matplotlib():
    """`imis-plan check` starts without the heavy libraries."""
    heavy = "{'pandas', 'matplotlib', 'papermill', 'IPython'} & set(sys.modules)"
    code = f"import sys, imis_plan.scenario.plan_checks as p; p.check(); print({heavy} or 'none')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REAL.parent)
    assert done.stdout.strip() == "none"


def test_every_scenario_loads():
    """All scenarios of the project load: 12 or more, each parameter with source, confidence, unit and description."""
    assert check(parameters=REAL) == []
    names = scenarios(REAL)
    assert len(names) >= 12
    for parameter in (parameter for name in names for parameter in load(name, parameters=REAL).parameters.values()):
        assert parameter.source, parameter.path
        assert parameter.confidence, parameter.path
        assert parameter.unit, parameter.path
        assert parameter.description, parameter.path


def test_a_plan_shows_what_it_is_about(tmp_path):
    """In a notebook a plan is a small table with title, years and grades; words of the file cannot become markup."""
    place = folder(tmp_path)
    for file in REAL.glob("*.yaml"):
        (place / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    text = (place / "malawi.yaml").read_text(encoding="utf-8")
    (place / "malawi.yaml").write_text(
        text.replace("  country: Malawi", '  country: "<script>Malawi</script>"'), encoding="utf-8"
    )
    plan = load("malawi", parameters=place)
    page = plan._repr_html_()

    assert f"<caption>{plan.about.title}" in page
    assert "FY 2027/28 to FY 2031/32, amounts in MWK" in page
    assert f"{len(plan.parameters)}: " in page
    assert "&lt;script&gt;Malawi" in page
    assert "<script>" not in page


def test_a_plan_in_text_is_short():
    """Error messages and logs show a few lines, not every parameter."""
    assert len(repr(load("malawi", parameters=REAL))) < 5000


def test_an_exchange_rate_turned_upside_down_is_refused(tmp_path):
    """Dollars for a kwacha in place of kwacha for a dollar contradict the known rates of the facts."""
    place = folder(tmp_path)
    for file in REAL.glob("*.yaml"):
        (place / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    text = (place / "malawi.yaml").read_text(encoding="utf-8")
    given = 'planning_rate: {value: 0.0006, low: 0.0005, high: 0.0007, source: "ecb: the wrong way round", confidence: B}'
    (place / "malawi.yaml").write_text(re.sub(r"planning_rate: \{.*\}", given, text))

    with pytest.raises(
        BadInput, match=r"money\.planning_rate = 0\.0006: contradicts money\.exchange_rates, the last known rate is"
    ):
        load("malawi", parameters=place)
