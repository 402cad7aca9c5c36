"""The table of observations: what is wrong in a row is named with its line, and the shipped rows are sound and complete."""

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml

from imis_plan.facts.items import read_items
from imis_plan.facts.observations import COLUMNS, merge, read_observations
from imis_plan.facts.row_checks import Reference
from tests.facts.small import COUNTRIES, CURRENCIES, PARAMETERS, observation

ITEMS, ITEM_PROBLEMS = read_items(PARAMETERS / "observation_items.csv")
SOURCES = yaml.safe_load((PARAMETERS / "sources.yaml").read_text(encoding="utf-8"))
REFERENCE = Reference(ITEMS, SOURCES, CURRENCIES, COUNTRIES, 2026)
DEFAULTS = yaml.safe_load((PARAMETERS / "defaults.yaml").read_text(encoding="utf-8"))
SHIPPED = read_observations(PARAMETERS / "observations.csv", REFERENCE)
LEFT_OUT = Path(__file__).parents[2] / "docs" / "observations_left_out.csv"
# Figures that were collected up to November 2026.
COLLECTED = 349

GOOD = {
    "item": "sms_local", "country": "NPL", "value": "1.5", "unit": "message part", "currency": "NPR", "price_year": "2025",
    "dated": "stated", "source": "agentcis_sms", "kind": "observed", "grade": "C", "tax": "included",
}  # fmt: skip
USD = {"USD": 1.0, "NPR": 140.0}


def written(folder, *rows):
    """A table of rows, each the good row but for what is given; the first one is on line 2."""
    path = folder / "parameters" / "observations.csv"
    path.parent.mkdir()
    with path.open("w", encoding="utf-8", newline="") as text:
        table = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(GOOD | row for row in rows)
    return path


def test_a_good_row_is_read(tmp_path):
    """Text becomes numbers, and the source is the series where no other is named."""
    read = read_observations(written(tmp_path, {}), REFERENCE)
    assert read.problems == ()
    (row,) = read.rows
    assert (row.value, row.price_year, row.series, row.line) == (1.5, 2025, "agentcis_sms", 2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"item": "sms_locale"}, 'item = "sms_locale": not in observation_items.csv, did you mean sms_local?'),
        (
            {"country": "Nepal"},
            'country = "Nepal": no country, give its three letters of ISO 3166-1, or ALL for a price that is the same everywhere',
        ),
        (
            {"value": "1.10 to 1.40"},
            'value = "1.10 to 1.40": no number above zero, give one number, and a row for each further one',
        ),
        ({"value": "nan"}, 'value = "nan": no number above zero, give one number, and a row for each further one'),
        ({"unit": "message"}, 'unit = "message": not the unit of sms_local, write message part, and convert the value'),
        ({"currency": "Rs"}, 'currency = "Rs": no currency, give its three letters of ISO 4217, such as USD'),
        (
            {"price_year": "2062"},
            'price_year = "2062": no year of an observation, give the year whose money the price is in, 1980 to 2026',
        ),
        ({"source": "agentcis"}, 'source = "agentcis": not in sources.yaml, did you mean agentcis_sms?'),
        ({"source": "quote"}, 'source = "quote": not in sources.yaml, add it there with title, publisher, address and date'),
        ({"grade": "D"}, 'grade = "D": not a word of this column, choose from A, B, C'),
        (
            {"dated": "source", "grade": "A"},
            'grade = "A": the source does not date the price, give C, the best grade of an undated price',
        ),
        ({"dated": "undated"}, "note: an undated price, say for which year it is taken, and why"),
        ({"kind": "range"}, "tier: an end of a range without its name, give low or high, and a row for the other end"),
        ({"tax": "yes"}, 'tax = "yes": not a word of this column, choose from excluded, included, unknown'),
        ({"item": "household_interview", "unit": "minute"}, 'currency = "NPR": household_interview is no price, leave it empty'),
    ],
)
def test_a_wrong_row_is_refused_by_line(tmp_path, wrong, message):
    """The other row stays; the wrong one is named with file, line, cell and remedy."""
    read = read_observations(written(tmp_path, {}, wrong | {"tier": wrong.get("tier", "")}), REFERENCE)
    assert f"parameters/observations.csv:3: {message}" in list(map(str, read.problems))
    assert [row.line for row in read.rows] == [2]


def test_all_problems_come_at_once(tmp_path):
    """Two cells of one row and one of another."""
    read = read_observations(written(tmp_path, {"grade": "D", "tax": "x"}, {"value": "-1"}), REFERENCE)
    assert [(problem.line, problem.path) for problem in read.problems] == [(2, "grade"), (2, "tax"), (3, "value")]
    assert read.rows == ()


def test_a_repeated_row_names_the_first_one(tmp_path):
    """The same item, country, source, year, tier and kind."""
    read = read_observations(written(tmp_path, {}, {"value": "1.6"}, {"tier": "large"}), REFERENCE)
    assert list(map(str, read.problems)) == [
        'parameters/observations.csv:3: item = "sms_local": repeats line 2, remove it, or name the tier that it is'
    ]


def test_a_value_far_off_is_named_but_not_refused(tmp_path):
    """1,500 rupees are 1,000 times the 1.5 of the others: 1500 / 140 = 10.71 USD."""
    rows = [{"tier": str(number)} for number in range(4)] + [{"value": "1500", "tier": "slip"}]
    reference = Reference(ITEMS, SOURCES, CURRENCIES, COUNTRIES, 2026, lambda value, currency, _: value / USD[currency])
    read = read_observations(written(tmp_path, *rows), reference)
    assert [(problem.line, problem.warning) for problem in read.problems] == [(6, True)]
    assert "10.71 USD, while the median of sms_local is 0.01071 USD" in str(read.problems[0])
    assert len(read.rows) == 5


def test_a_first_line_without_its_columns_is_refused(tmp_path):
    """A spreadsheet that separates by semicolons gives one column."""
    path = tmp_path / "observations.csv"
    path.write_text(";".join(COLUMNS) + "\n", encoding="utf-8")
    first, second = read_observations(path, REFERENCE).problems
    assert (first.line, first.message) == (1, "no such column")
    assert second.remedy == "name all columns, separated by commas"


def test_a_row_with_a_cell_too_many_is_refused(tmp_path):
    """An unquoted comma in a note."""
    path = written(tmp_path, {})
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + ", and more\n", encoding="utf-8")
    (problem,) = read_observations(path, REFERENCE).problems
    assert str(problem).endswith('18 cells instead of 17, put a text with a comma between "quotes"')


def test_an_own_row_replaces_the_shipped_one_with_its_key_and_adds_others():
    """A ministry corrects one price and adds another."""
    shipped = [observation(value=1), observation(value=2, source="b")]
    own = [observation(value=9), observation(value=3, source="c")]
    assert [(row.source, row.value) for row in merge(shipped, own)] == [("a", 9), ("b", 2), ("c", 3)]


def test_the_shipped_rows_have_no_problem():
    """Neither the items nor the observations."""
    assert (ITEM_PROBLEMS, SHIPPED.problems) == ([], ())


def test_every_collected_figure_is_taken_or_left_out_with_a_reason():
    """The two tables together account for all figures, none twice."""
    with LEFT_OUT.open(encoding="utf-8", newline="") as text:
        left = list(csv.DictReader(text))
    with (PARAMETERS / "observations.csv").open(encoding="utf-8", newline="") as text:
        taken = {int(row["collected"]) for row in csv.DictReader(text) if row["collected"]}
    numbers = Counter(int(row["collected"]) for row in left)
    assert sorted([*taken, *numbers]) == list(range(1, COLLECTED + 1))
    assert set(numbers.values()) == {1}
    assert all(row["reason"] for row in left)


@pytest.mark.parametrize("path", sorted({path for item in ITEMS.values() for path in item.feeds}))
def test_an_item_feeds_a_parameter_that_exists(path):
    """The list of items is in step with the defaults."""
    node = DEFAULTS
    for part in path.split("."):
        node = node[part]
    assert "unit" in node


def test_every_item_has_an_observation_or_a_relation():
    """An item that nobody observed and nothing predicts is no use."""
    observed = {row.item for row in SHIPPED.rows}
    assert {name for name, item in ITEMS.items() if name not in observed and not item.relation} == set()
