"""A new scenario for every country of the facts: no fault besides open questions, and a draft budget."""

import shutil
from pathlib import Path

import pytest

from imis_plan import budget
from imis_plan.analysis.risk import tornado
from imis_plan.facts.country import find_country
from imis_plan.facts.tables import countries
from imis_plan.model.draws import uncertain_parameters
from imis_plan.model.simulated_cost import simulate_together
from imis_plan.model.simulation import simulate
from imis_plan.scenario.new_scenario import NewScenario
from imis_plan.scenario.open_questions import ABOUT_QUESTIONS, as_in_yaml
from imis_plan.scenario.plan import load, scenario_of
from imis_plan.scenario.questionnaire import text
from imis_plan.scenario.questions import answer, answer_problems, questions, read_answer
from imis_plan.scenario.save import save
from imis_plan.scenario.typical import central, comparable, typical_value, usable_scenarios, whole
from imis_plan.scenario.yaml_file import parse
from imis_plan.sections import risk
from imis_plan.sections.amounts import local_money

REAL = Path(__file__).parents[2] / "parameters"
EXAMPLES = REAL.parent / "docs" / "examples"
# Plans that are simulated at a time: few, since each takes a hundred megabytes meanwhile.
TOGETHER = 4


@pytest.fixture(scope="module")
def shipped():
    """The scenarios of the project."""
    return tuple(usable_scenarios(REAL))


@pytest.fixture(scope="module")
def draft(shipped):
    """The draft of a country, as a plan."""

    def plan(name):
        country = find_country(name)
        content = text(NewScenario(country.iso3.lower(), REAL, country, None, shipped).contents())
        return scenario_of(parse(content, REAL / f"{country.iso3.lower()}.yaml"), REAL)[0]

    return plan


@pytest.mark.parametrize("first", sorted({iso3[0] for iso3 in countries()}))
def test_every_country_reaches_a_draft_budget(first, draft):
    """`scenario_of` raises where a file has a fault; a few seconds for all countries with one letter."""
    named = [iso3 for iso3 in countries() if iso3.startswith(first)]
    for plans in ([draft(iso3) for iso3 in named[start : start + TOGETHER]] for start in range(0, len(named), TOGETHER)):
        simulate_together(plans)  # random numbers are drawn once for all of them, which halves the time of their budgets
        for plan in plans:
            assert {f"about.{key}" for key in ABOUT_QUESTIONS} <= {each.path for each in plan.open_questions}
            assert all(parameter.value is not None for parameter in plan.parameters.values()), plan.name
            assert budget(plan)["amount"].sum() > 0, plan.name


def test_inflation_of_more_than_a_hundred_per_cent_is_possible(draft):
    """Sudan, 2021: 359 %; what is expected follows from the last five years."""
    plan = draft("Sudan")
    assert plan["money.home_inflation"][2021] == 3.59093
    assert plan.parameters["money.home_inflation_forward"].high == 3.59093


def test_a_country_without_exchange_rates_plans_in_dollars(draft):
    """North Korea publishes none; Antarctica has no money of its own."""
    assert draft("PRK").about.currency == draft("ATA").about.currency == "USD"


def test_inflation_that_is_not_published_is_a_question(draft):
    """Its typical value is that of the countries with the same money."""
    parameter = draft("Gibraltar").parameters["money.home_inflation"]
    assert parameter.open
    assert parameter.source.startswith("open question: median of ")


def test_french_speaking_countries_get_a_french_report(draft):
    """English goes first where both are official."""
    assert draft("Burkina Faso").about.language == "fr"
    assert draft("Canada").about.language == "en"


def test_comparable_are_scenarios_of_the_same_region_and_income_group(shipped):
    """Kenya is compared with African countries of lower-middle income, Bolivia, without such a scenario, with all."""
    names = {plan.name for plan in comparable(shipped, "KEN")}
    assert {"cameroon", "tanzania", "zambia"} <= names
    assert "nepal" not in names
    assert {plan.name for plan in shipped} - {plan.name for plan in comparable(shipped, "BOL")} == {"borsa", "zanzibar"}


def test_a_country_is_compared_once(shipped, tmp_path):
    """Neither a scenario based on Malawi's nor a copy of it, nor Chad's district beside Chad, moves a typical value of Togo."""
    folder = tmp_path / "parameters"
    shutil.copytree(REAL, folder)
    shutil.copy(EXAMPLES / "facility_types.yaml", folder / "facility_types.yaml")
    shutil.copy(REAL / "malawi.yaml", folder / "malawi_copied.yaml")
    with_more = usable_scenarios(folder)
    assert {plan.name for plan in with_more} == {plan.name for plan in shipped} | {"facility_types", "malawi_copied"}
    names = [plan.name for plan in comparable(shipped, "TGO")]
    assert [plan.name for plan in comparable(with_more, "TGO")] == names
    assert "malawi" in names
    assert not {"borsa", "facility_types", "malawi_copied"} & set(names)
    target = shipped[0].parameters["coverage.target"]
    found = [typical_value(target, comparable(plans, "TGO"), None) for plans in (shipped, with_more)]
    assert found[0] == found[1]
    assert found[0] is not None
    assert found[0].value == 0.01


def test_the_typical_share_is_between_the_middle_two(draft):
    """Of 0.0232, 0.05, 0.2 and 0.33: (0.05 + 0.2) / 2 = 0.125, with two digits; quarters are 0.0433 and 0.2325."""
    target = draft("Kenya").parameters["coverage.target"]
    assert (target.value, target.low, target.high) == (0.13, 0.043, 0.23)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([0.3, 0.121, 0.127], 0.127),  # some country has it
        ([152.5, 19.5, 90.25], 90.25),
        ([0.996, 0.999, 0.997], 0.997),
        ([0.1, 0.121, 0.121, 0.3], 0.121),  # the middle two are the same
        ([0.121, 0.128], 0.12),  # their mean is 0.1245
        ([0.994, 0.9999], pytest.approx(0.99695)),  # two digits would make it all
    ],
)
def test_only_the_mean_of_two_shares_is_rounded(shares, expected):
    """A value that some country has stays as it is, and a share below 1 stays below it."""
    assert central(shares) == expected


def test_the_typical_count_is_one_that_a_country_has(draft):
    """Of 1, 1, 1 and 26 schemes, and of 7, 19, 26 and 160 offices, the lower of the middle two."""
    plan = draft("Kenya")
    assert (plan["schemes.number"], plan["schemes.offices_per_scheme"]) == (1, 19)


@pytest.mark.parametrize("country", ["Kenya", "Togo", "Uganda", "Peru", "Bangladesh"])
def test_no_contingency_stands_for_answers(country, draft):
    """A draft is simulated with its typical values: none of its open questions is drawn, and at most a fifth is added."""
    plan = draft(country)
    assert not [each.path for each in uncertain_parameters(plan) if each.open]
    table = budget(plan)
    reserve = table["component"] == "contingency"
    assert table.loc[reserve, "amount"].sum() < table.loc[~reserve, "amount"].sum() / 5


def test_an_answer_may_have_a_range_that_is_drawn(draft):
    """An assumption of the planners is uncertain."""
    plan = draft("Kenya").replace({"coverage.target": {"value": 0.1, "low": 0.05, "high": 0.2, "source": "assumption: a test"}})
    assert "coverage.target" in {each.path for each in uncertain_parameters(plan)}


def test_the_chapter_on_confidence_says_what_answers_may_change(draft):
    """The cost at both ends of the range of the open question with the largest effect."""
    plan = draft("Kenya")
    swings = tornado(plan)
    path = str(swings[swings["open"]].index[0])
    assert path == "coverage.target"
    money = local_money(plan)
    low, high = money(swings.loc[path, "low"]), money(swings.loc[path, "high"])
    sentence = (
        "Among open questions, “Share of the population with an active policy at full roll\\-out” has the largest effect:"
        f" {low} at 0.043, {high} at 0.23. An answer settles an open question, so the simulated cases and the contingency do not"
        " include its range."
    )
    assert sentence in risk.text.sensitivity(plan, simulate(plan, 1000))
    kinds = risk.tables.sensitivity(plan)["frame"].set_index("Parameter")["Kind"]
    assert kinds[plan.parameters[path].description] == "open question"
    assert "uncertain" in set(kinds)


def test_a_typical_count_is_in_proportion_to_the_people(shipped):
    """The median of 510 facilities of 29,651,054 people, for half as many people, with two digits."""
    nepal = [plan for plan in shipped if plan.name == "nepal"]
    found = typical_value(nepal[0].parameters["facilities.at_start"], nepal, 29_651_054 / 2)
    assert found
    assert found.value == 260  # 510 / 2 = 255, two digits
    assert found.source == "open question: median of comparable scenarios in proportion to the population, Nepal 260"
    share = typical_value(nepal[0].parameters["coverage.target"], nepal, 29_651_054 / 2)
    assert share
    assert share.value == 0.28  # a share is not in proportion


@pytest.mark.parametrize(("number", "expected"), [(0, 0), (0.0004, 1), (55.3, 55), (1234, 1200), (1.2, 2)])
def test_a_count_is_whole_and_what_is_more_than_nothing_is_one(number, expected):
    """Two significant digits, rounded up to a whole."""
    assert whole(number) == expected


def test_questions_are_data_for_a_form(draft):
    """What is asked, in which unit, between which bounds, and what is typical; what is to be confirmed comes last."""
    asked = questions(draft("Kenya"))
    target = next(each for each in asked if each.path == "coverage.target")
    assert (target.kind, target.unit, target.least, target.most) == ("number", "1", 0.0001, 1)
    assert target.why.startswith("it moves every line that follows people")
    assert target.low <= target.typical <= target.high
    assert target.comparable.startswith("median of comparable scenarios, Cameroon 0.2")
    assert asked[-1].path == "funding"
    assert asked[-1].kind == "confirm"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.13, "0.13"),
        (True, "true"),
        ("own_room", "own_room"),
        ("first: second", '"first: second"'),
        ("1", '"1"'),
        ("a # b", '"a # b"'),
    ],
)
def test_a_typical_value_is_shown_as_it_is_typed(value, text):
    """In quotes where YAML would read something else."""
    assert as_in_yaml(value) == text


@pytest.mark.parametrize(
    ("typed", "value"),
    [("0,25", 0.25), ("6 800 000", 6800000), ("6,800,000", 6800000), ("30 %", 0.3), ("about 30", "about 30"), ("[1, 2]", [1, 2])],
)
def test_answers_are_read_as_people_type_them(typed, value):
    """Decimal commas, groups and percent; anything else is left to the checks."""
    assert read_answer(typed) == value


def test_an_answer_is_checked_before_it_is_written(draft):
    """As in a file, with the remedy."""
    plan = draft("Kenya")
    wrong = answer_problems(plan, "coverage.target", answer(plan, "coverage.target", 1.5))
    assert [problem.message for problem in wrong] == ["above 1"]
    assert answer_problems(plan, "coverage.target", answer(plan, "coverage.target", 0.5)) == []
    graded = answer(plan, "coverage.target", 0.3, "worldbank_population: 2024")
    assert graded["confidence"] == "A"
    assert answer(plan, "coverage.target", 0.3, "The decree of May")["confidence"] == "C"


def test_a_what_if_of_a_draft_can_be_saved(draft, tmp_path, monkeypatch):
    """The saved scenario has the questions of its base, without the one that was answered."""
    for file in REAL.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    content = text(NewScenario("kenya", tmp_path, find_country("Kenya")).contents())
    (tmp_path / "kenya.yaml").write_text(content, encoding="utf-8")
    base = load("kenya", parameters=tmp_path, draft=True)
    save("kenya_half", base, base.replace({"coverage.target": 0.5}), "half of the people")
    saved = load("kenya_half", parameters=tmp_path, draft=True)
    assert saved["coverage.target"] == 0.5
    asked = {each.path for each in base.open_questions} - {each.path for each in saved.open_questions}
    assert asked == {"coverage.target"}
