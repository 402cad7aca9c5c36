"""Procurement rules: each fault in a file is named with its line and with what would be right."""

import shutil

import pytest

from imis_plan.problems import BadInput
from imis_plan.scenario.folder import PACKAGE_PARAMETERS as REAL
from imis_plan.scenario.inputs import input_files
from imis_plan.scenario.plan import load
from imis_plan.scenario.plan_checks import check
from imis_plan.scenario.procurement_rules import Method, Step

RULES = (REAL / "procurement" / "zambia.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A folder of parameter files with Zambia and its rules."""
    copy = tmp_path / "parameters"
    (copy / "procurement").mkdir(parents=True)
    for name in ("defaults.yaml", "units.yaml", "sources.yaml", "benchmarks.yaml", "zambia.yaml"):
        shutil.copyfile(REAL / name, copy / name)
    return copy


def write_rules(folder, text, name="zambia"):
    """A file of rules."""
    (folder / "procurement" / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("currency: ZMW", "currency: USD", 'procurement/zambia.yaml:3: currency = "USD": not the currency of the scenario, give the ceilings in ZMW'),
        ("up_to: 1000000", "up_to: -5", "procurement/zambia.yaml:6: methods[0].up_to = -5: below 0, give 0 or more"),
        ("zppa_methods: up to", "zppa_method: up to", 'procurement/zambia.yaml:7: methods[0].source = "zppa_method: up to ZMW 1 million, no advertisement": zppa_method is not in sources.yaml, did you mean zppa_methods?'),
        ("low: 1, high: 4", "low: 9, high: 4", "procurement/zambia.yaml:10: methods[0].steps[0].low = 9.0: above high, keep low <= high"),
        ("market: domestic", "market: home", 'procurement/zambia.yaml:12: methods[1].market = "home": not an allowed value, give domestic, world or any'),
        ("methods:", "method:", "procurement/zambia.yaml:4: method: unknown key, did you mean methods?"),
        ("{name: Replies and comparison, low: 1", "{name: Replies and comparison, lowest: 1", "methods[0].steps[0].lowest: unknown key, did you mean low?"),
        ("    steps:\n      - {name: Replies", "    step:\n      - {name: Replies", "methods[0].steps: missing, give steps: steps with their weeks"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line_and_remedy(folder, right, wrong, problem):
    """As in a scenario."""
    assert right in RULES
    write_rules(folder, RULES.replace(right, wrong, 1))

    with pytest.raises(BadInput) as error:
        load("zambia", parameters=folder)
    assert problem in str(error.value)


def test_rules_that_do_not_exist_are_named_with_those_that_do(folder):
    """At their line in the scenario."""
    text = (folder / "zambia.yaml").read_text(encoding="utf-8").replace("procurement: zambia", "procurement: zambai")
    (folder / "zambia.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match=r"about.procurement = .zambai.: no such procurement rules, did you mean zambia"):
        load("zambia", parameters=folder)


def test_check_reads_rules_that_no_scenario_names(folder):
    """A ministry enters its rules before a scenario names them."""
    write_rules(folder, RULES)
    write_rules(folder, RULES.replace("low: 1, high: 4", "low: 9, high: 4"), name="kenya")

    assert [str(problem) for problem in check(parameters=folder)] == [
        "procurement/kenya.yaml:10: methods[0].steps[0].low = 9.0: above high, keep low <= high"
    ]


def test_rules_beside_the_scenario_count_and_make_its_report_stale(folder):
    """Before the shipped ones."""
    shipped = load("zambia", parameters=folder).procurement.methods[0].up_to
    write_rules(folder, RULES.replace("up_to: 1000000", "up_to: 500000"))

    assert shipped == 1e6
    assert load("zambia", parameters=folder).procurement.methods[0].up_to == 5e5
    assert input_files("zambia", folder)["procurement rules"].parent.parent == folder


def test_a_method_fits_its_categories_and_its_market():
    """And its weeks are those of its steps."""
    step = Step(name="Notice", low=2, high=3, source="The law", confidence="A")
    method = Method(title="Tender", categories=("goods",), market="world", steps=(step, step), source="The law", confidence="A")

    assert [method.fits(*each) for each in (("goods", "world"), ("goods", "domestic"), ("works", "world"))] == [
        True,
        False,
        False,
    ]
    assert method.weeks == (4, 6)
