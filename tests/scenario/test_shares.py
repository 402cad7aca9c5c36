"""Parts of a country in a table: in proportion to their people, or with counts of their own."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from imis_plan import budget, load
from imis_plan.problems import BadInput
from imis_plan.scenario import new_scenario, scenario_table

REAL = Path(__file__).parents[2] / "parameters"
NEPAL = 29_651_054
# Lines that follow people or claims, none of which is bought in whole pieces.
PEOPLE = ["claim_forms", "enrolment_forms", "renewal_forms", "enrolment_messages", "renewal_reminders", "id_cards_preprinted_qr"]


@pytest.fixture(scope="module")
def whole():
    """The quantities of Nepal, by line and year."""
    return quantities(budget(load("nepal")))


@pytest.fixture
def parts(tmp_path):
    """Write the rows of a table and load their plans."""

    def plans(table):
        into = tmp_path / "into"
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(REAL, into, ignore=shutil.ignore_patterns("*.json", "actuals", "baselines"))
        (tmp_path / "districts.csv").write_text(table, encoding="utf-8")
        return [load(name, parameters=into) for name in scenario_table.write(tmp_path / "districts.csv", REAL, into, "nepal")]

    return plans


def quantities(table):
    """Quantity of the lines that follow people, by line and year."""
    return table[table["line"].isin(PEOPLE)].groupby(["line", "year"])["quantity"].sum()


@given(st.lists(st.integers(min_value=100_000, max_value=9_000_000), min_size=1, max_size=3))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_that_sum_to_the_whole_need_what_the_whole_needs(parts, whole, sizes):
    """Cards, forms and messages are those of the nation, whatever its parts are."""
    people = [*sizes, NEPAL - sum(sizes)]
    rows = "".join(f"part-{i},{size},population\n" for i, size in enumerate(people))
    found = parts(f"name,population.total,share_of_base\n{rows}")
    assert sum(quantities(budget(plan)) for plan in found).to_numpy() == pytest.approx(whole.to_numpy(), rel=1e-4)
    for path in ("facilities.number", "coverage.insured_at_start", "roles.data_entry_clerk.existing", "office_it.ups.at_start"):
        # Counts are whole: each part is rounded by half a piece at most.
        assert sum(plan[path] for plan in found) == pytest.approx(load("nepal")[path], abs=len(found) / 2)
    caps = [rule.cap for plan in found for rule in plan.funding if rule.cap]
    assert sum(caps) == pytest.approx(600_000)


def test_what_is_in_proportion_is_named(parts):
    """In the notes of the report, and in the source of each count; the target of the whole is not that of a part."""
    (plan,) = parts("name,title,population.total,share_of_base\neast,East,10000000,population\n")
    assert plan.about.target == {
        "en": "Part of the plan “Health Insurance Board, Nepal”: 33.7% of its people.",
        "fr": "Partie du plan «\N{NO-BREAK SPACE}Health Insurance Board, Nepal\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}: 33,7\N{NO-BREAK SPACE}% de sa population.",
    }
    (note,) = plan.about.notes
    assert note["en"].startswith("In proportion to the people, 33.7% of the whole: coverage.insured_at_start, ")
    parameter = plan.parameters["facilities.number"]
    assert parameter.value == 202  # 600 * 10,000,000 / 29,651,054 = 202.4
    assert parameter.source == "share of nepal by population: 33.7256% of its 600"
    assert plan.parameters["facilities.at_start"].confidence == "C"  # a count of the whole, graded A, is a weak source for a part


def test_a_count_of_its_own_is_not_scaled(parts):
    """What is known is better."""
    (plan,) = parts("name,population.total,share_of_base,facilities.number\neast,10000000,population,440\n")
    assert plan["facilities.number"] == 440


def test_people_of_another_year_are_taken_to_the_year_of_the_base(parts):
    """A census of 2014 with 1 % growth a year: 10 million are 1.01 ** 10 times as many in 2024."""
    (plan,) = parts("name,population.total,population.year,population.growth,share_of_base\neast,10000000,2014,0.01,population\n")
    assert plan["facilities.number"] == round(600 * 10_000_000 * 1.01**10 / NEPAL) == 224


def test_a_row_is_refused_by_name_of_what_it_lacks(parts):
    """All rows at once; a row that changes no count of people is a variant, and needs none."""
    table = "name,population.total,share_of_base,coverage.target\na,10000000,,\nb,,population,\nc,9,area,\nd,,,0.25\n"
    with pytest.raises(BadInput) as caught:
        parts(table)
    lines = [str(problem).partition("districts.csv:")[2] for problem in caught.value.problems]
    assert lines[0].startswith(
        "2: population.total = 10000000: a population of its own, but counts of nepal, give coverage.insured_at_start,"
    )
    assert "facilities.number, facilities.at_start, agents.number" in lines[0]
    assert lines[0].endswith("or write population in a column share_of_base")
    assert lines[1:] == [
        "3: population.total: missing, give the people of this part, which share_of_base needs",
        '4: share_of_base = "area": no share of the base, write population, or leave the cell empty',
    ]


def test_a_row_with_counts_of_its_own_is_taken_as_it_is(parts):
    """Every count that the base gives; what is zero in the base is zero."""
    base = load("nepal")
    given_counts = {
        path: each.value for path, each in base.parameters.items() if each.scales_with and each.value and each.layer != "defaults"
    }
    heads, cells = ",".join(given_counts), ",".join(str(round(value / 10)) for value in given_counts.values())
    (plan,) = parts(f"name,population.total,{heads}\neast,3000000,{cells}\n")
    assert plan["facilities.number"] == 60
    assert plan.about.target["en"] == "Part or variant of the plan “Health Insurance Board, Nepal”: districts.csv, line 2."


def test_the_example_of_the_readme_serves_the_people_of_the_nation(parts):
    """Two parts with all of its people have all of its insured at the start."""
    readme = (REAL.parent / "README.md").read_text(encoding="utf-8")
    (table,) = (block for block in readme.split("```") if block.startswith("\nname,title,"))
    assert sum(plan["coverage.insured_at_start"] for plan in parts(table.strip() + "\n")) == pytest.approx(6_845_000)


def test_what_is_open_in_the_whole_is_open_in_its_parts(tmp_path):
    """A part of a draft is a draft, with typical values in proportion."""
    into = tmp_path / "into"
    shutil.copytree(REAL, into, ignore=shutil.ignore_patterns("*.json", "actuals", "baselines"))
    new_scenario.write("kenya", into)
    table = tmp_path / "districts.csv"
    table.write_text("name,population.total,share_of_base\ncoast,5643294,population\n", encoding="utf-8")
    with pytest.raises(BadInput, match="21 open questions"):
        scenario_table.write(table, into, into, "kenya")
    scenario_table.write(table, into, into, "kenya", draft=True)
    base, part = (load(name, parameters=into, draft=True) for name in ("kenya", "coast"))
    assert part.parameters["phones.at_start"].open
    assert part["phones.at_start"] == round(base["phones.at_start"] / 10)  # 5,643,294 of 56,432,944 people
    asked = {each.path for each in base.open_questions} - {each.path for each in part.open_questions}
    assert asked == {"about.target"}  # the text of the part says what it is
