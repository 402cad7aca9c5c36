"""`imis-plan new`: a starting scenario to fill in."""

import pytest
import yaml

from imis_plan import budget, load
from tests.cli.conftest import REAL
from tests.small import COUNTRY, DEFAULTS, folder

SCHEMA = "# yaml-language-server: $schema=schema.json"
# Everything that a country must answer, made up, in the units of the form.
ANSWERS = {
    "population.total": 1_000_000,
    "population.year": 2024,
    "population.growth": 0.02,
    "coverage.target": 0.5,
    "facilities.number": 100,
    "schemes.number": 1,
    "schemes.offices_per_scheme": 5,
    "money.planning_rate": 140,
    "money.planning_rate_year": 2025,
    "money.exchange_rates": {2024: 134, 2025: 140},
    "money.home_inflation": {2024: 0.1, 2025: 0.09},
    "money.home_inflation_forward": 0.08,
}
ABOUT = {
    "country": "Ghana",
    "iso3": "GHA",
    "scheme": "A scheme",
    "title": "A plan",
    "currency": "NPR",
    "language": "en",
    "target": "half of the people, made up for a test",
    "date": "2026-11-30",
    "version": "1.0",
}


@pytest.fixture
def place(tmp_path):
    """A folder with what all real scenarios share, and nothing else."""
    shared = {
        name: (REAL / f"{name}.yaml").read_text(encoding="utf-8") for name in ("defaults", "units", "sources", "benchmarks")
    }
    made = folder(tmp_path, country=None)
    for name, text in shared.items():
        (made / f"{name}.yaml").write_text(text, encoding="utf-8")
    return made


def empty_parameters(node, keys=()):
    """Paths of the leaves of a form."""
    if isinstance(node, dict) and "value" in node:
        yield ".".join(keys)
    elif isinstance(node, dict):
        for key, below in node.items():
            yield from empty_parameters(below, (*keys, key))


def test_new_writes_a_form_and_says_what_comes_next(imis_plan, small):
    """The path is data; the advice is not."""
    done = imis_plan("new", "ghana", parameters=small)
    assert done == (0, f"{small / 'ghana.yaml'}\n", "fill it in, then: imis-plan check ghana\n")
    text = (small / "ghana.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[0] == SCHEMA
    assert (
        "# confidence: A = primary source, B = transcription of one, C = weak source or single case, assumed = also give low and high.\n"
        in text
    )
    assert "  # People [person]\n  total:\n    value:\n" in text


def test_every_value_that_is_missing_is_a_fault_of_the_form(imis_plan, place):
    """Nothing has to be found out by reading: what the country must answer is named, with its line."""
    assert imis_plan("new", "ghana", parameters=place).code == 0
    lines = (place / "ghana.yaml").read_text(encoding="utf-8").splitlines()
    done = imis_plan("check", "ghana", parameters=place)
    assert (done.code, done.out) == (2, "")
    named = {tuple(problem.split(": ")[:2]) for problem in done.err.splitlines()}
    parameters = {
        (f"parameters/ghana.yaml:{number}", path) for path in ANSWERS for number in [line_of(lines, path)]
    }  # the line of `value:`, one below the key
    about = {(f"parameters/ghana.yaml:{line_of(lines, f'about.{key}')}", f'about.{key} = ""') for key in ABOUT}
    assert named == parameters | about


def line_of(lines, path):
    """Line of a key in a form, from 1; of the `value` below it where it has one."""
    number = 0
    for depth, key in enumerate(path.split(".")):
        number = next(i for i in range(number, len(lines)) if lines[i].startswith(f"{'  ' * depth}{key}:"))
    return number + (2 if lines[number + 1].strip().startswith("value:") else 1)


def test_a_form_asks_for_every_answer_once(imis_plan, place):
    """What is asked is what defaults.yaml leaves to the country."""
    imis_plan("new", "ghana", parameters=place)
    assert [*empty_parameters(yaml.safe_load((place / "ghana.yaml").read_text(encoding="utf-8")))] == [*ANSWERS]


def test_a_form_that_is_filled_in_passes_and_gives_a_budget(imis_plan, place):
    """Nothing else is needed for a first figure."""
    imis_plan("new", "ghana", parameters=place)
    data = yaml.safe_load((place / "ghana.yaml").read_text(encoding="utf-8"))
    data["about"] |= ABOUT
    for path, value in ANSWERS.items():
        *groups, key = path.split(".")
        parameter = data
        for group in groups:
            parameter = parameter[group]
        parameter[key] |= {"value": value, "source": "made up for a test", "confidence": "C"}
    (place / "ghana.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")

    done = imis_plan("check", "ghana", parameters=place)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("ghana: good, ")
    assert budget(load("ghana", parameters=place))["amount"].sum() > 0
    assert imis_plan("budget", "ghana", parameters=place).out.startswith("ghana: nominal NPR\n")


def test_like_copies_a_scenario_under_the_line_of_the_schema(imis_plan, small):
    """Editors find the schema, readers what it is a copy of; the rest is the other file."""
    (small / "toy.yaml").write_text(f"{SCHEMA}\n# Toyland.\n\n{COUNTRY}", encoding="utf-8")
    assert imis_plan("new", "ghana", "--like", "toy", parameters=small).code == 0
    first, second, *rest = (small / "ghana.yaml").read_text(encoding="utf-8").split("\n")
    assert first == SCHEMA
    assert second == "# Scenario ghana, copied from toy: change `about`, then every value that applies to toy only."
    assert "\n".join(rest) == f"# Toyland.\n\n{COUNTRY}"
    assert imis_plan("check", "ghana", parameters=small).out.startswith("ghana: good")


def test_like_adds_the_line_of_the_schema_where_it_was_not(imis_plan, small):
    """A scenario without it gets it."""
    imis_plan("new", "ghana", "--like", "toy", parameters=small)
    text = (small / "ghana.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[0] == SCHEMA
    assert text.endswith(COUNTRY)


def test_prices_in_local_money_ask_for_their_year(imis_plan, tmp_path):
    """A price does; a rate of exchange, which is money per money, does not."""
    asked = "  form: {required: true, unit: LCU/form, description: Form}\n  rate: {required: true, unit: LCU/USD, description: Rate}\n"
    start, end = DEFAULTS.index("  form: "), DEFAULTS.index("sms:")
    place = folder(tmp_path, defaults=DEFAULTS[:start] + asked + DEFAULTS[end:])
    imis_plan("new", "ghana", parameters=place)
    text = (place / "ghana.yaml").read_text(encoding="utf-8")
    form, rate = text.partition("printing:")[2].split("  # Rate")
    assert "price_year" in form
    assert "price_year" not in rate


@pytest.mark.parametrize("like", [[], ["--like", "toy"]])
def test_a_file_that_is_there_is_never_overwritten(like, imis_plan, small):
    """Neither a scenario nor a draft, however it was to be made."""
    (small / "ghana.yaml").write_text("mine")
    done = imis_plan("new", "ghana", *like, parameters=small)
    assert done == (2, "", "parameters/ghana.yaml: already exists, take another name, or remove the file first\n")
    assert (small / "ghana.yaml").read_text() == "mine"


@pytest.mark.parametrize("name", ["../ghana", "a/b", ".hidden", "N'Djamena", "गाउँ", "defaults", "units", "sources", "benchmarks", "ghana.yaml"])  # fmt: skip
def test_a_name_that_cannot_be_one_is_refused(name, imis_plan, small):
    """It becomes the name of a file and of a folder."""
    before = sorted(path for path in small.parent.rglob("*"))
    done = imis_plan("new", name, parameters=small)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{name}: not a name of a scenario, give letters from a to z, digits, - and _")
    assert done.err.endswith("; reserved: benchmarks, defaults, sources, units\n")
    assert sorted(path for path in small.parent.rglob("*")) == before


def test_like_nobody_is_refused(imis_plan, small):
    """With the scenarios there are."""
    done = imis_plan("new", "ghana", "--like", "tox", parameters=small)
    assert done == (2, "", "tox: no such scenario, choose from toy\n")
    assert not (small / "ghana.yaml").exists()
