"""Series by year: percent in place of shares is a warning, zeros lost in a redenomination are asked for."""

import pytest

from imis_plan.cli.main import main
from imis_plan.problems import BadInput
from imis_plan.scenario.plan import load
from tests.model.plans import FOLDER, NAMES, plan_of
from tests.report.places import BORSA, place

GRADE = "source: a bank, confidence: B"
BASED = "based_on: first\nmoney:\n  {path}: {{value: {value}, " + GRADE + "}}\n"


def loaded(tmp_path, path, value):
    """A scenario with another series, and its warnings about it."""
    folder = place(tmp_path, "1 + 1", first=BORSA, second=BASED.format(path=path, value=value))
    plan = load("second", parameters=folder)
    return plan, [str(warning) for warning in plan.warnings if path in warning.path]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("home_inflation", "{2023: 7.7, 2024: 7.1}", "2 of 2 values are above 1, which is 100 %: percent?, write 7.7 % as 0.077"),
        ("home_inflation", "{2022: 0.5, 2023: 7.7, 2024: 7.1}", "2 of 3 values are above 1"),
        ("home_inflation_forward", "7.7", "1 of 1 values are above 1"),
        ("home_inflation_forward", "[7.7, 7.1, 6, 5, 5]", "5 of 5 values are above 1"),
    ],
)  # fmt: skip
def test_most_rates_above_one_are_a_question_and_no_fault(tmp_path, path, value, message):
    """The layout of the World Bank's own table; the plan is computed with it."""
    plan, (warning,) = loaded(tmp_path, path, value)
    assert warning.startswith(f"parameters/second.yaml:3: money.{path}: {message}")
    assert plan[f"money.{path}"]


def test_a_country_whose_prices_tripled_in_one_year_is_not_asked(tmp_path):
    """Sudan, 359 % in 2021: real, and neither refused nor questioned, since other years are lower."""
    plan, warnings = loaded(tmp_path, "home_inflation", "{2019: 0.51, 2020: 1.63, 2021: 3.59, 2022: 0.8, 2023: 0.9}")
    assert warnings == []
    assert plan["money.home_inflation"][2021] == 3.59


def test_prices_may_double_each_year_of_a_plan(tmp_path):
    """An expected inflation of 150 % is a question, and taken."""
    assert loaded(tmp_path, "home_inflation_forward", "1.5")[0]["money.home_inflation_forward"] == 1.5


def test_prices_cannot_fall_to_nothing():
    """A price level of zero or less has no meaning."""
    with pytest.raises(BadInput, match=r"below -0\.9"):
        load("borsa", parameters=FOLDER, changes={"money.home_inflation": {2024: -1}})


def test_check_shows_the_question_and_ends_with_zero(tmp_path, capsys):
    """A warning goes to stderr."""
    loaded(tmp_path, "home_inflation", "{2021: 6, 2022: 6.5, 2023: 7.7, 2024: 7.1}")
    code = main(["check", "second", "--parameters", str(tmp_path / "parameters")])
    assert code == 0
    assert "warning: parameters/second.yaml:3: money.home_inflation: 4 of 4 values are above 1" in capsys.readouterr().err


# Ouguiya 2018 (ten to one), kwacha 2013 (a thousand to one), leone 2022 (a thousand to one).
BREAKS = [
    ({2017: 357.5, 2018: 35.7, 2026: 130}, "from 357.5 in 2017 to 35.7 in 2018: was the currency redenominated?", "those up to 2017 by 10)"),
    ({2012: 5147, 2013: 5.4, 2026: 130}, "from 5147 in 2012 to 5.4 in 2013: was the currency redenominated?", "those up to 2012 by 1,000)"),
    ({2021: 10440, 2022: 14.0, 2026: 130}, "from 10440 in 2021 to 14 in 2022: was the currency redenominated?", "those up to 2021 by 1,000)"),
]  # fmt: skip


@pytest.mark.parametrize(("series", "message", "remedy"), BREAKS)
def test_rates_that_lose_zeros_ask_for_the_break(series, message, remedy):
    """Such a series made 11.3 billion of 79 million; which money each year is in must be known."""
    with pytest.raises(BadInput) as caught:
        load("borsa", parameters=FOLDER, changes={"money.exchange_rates": series})
    assert f"what-if: money.exchange_rates: {message}" in str(caught.value)
    assert remedy in str(caught.value)


def test_a_devaluation_is_no_break(tmp_path):
    """Seven times in one year, as the Sudanese pound in 2021, or three times in two years: real."""
    for rates in ("{2020: 18.4, 2021: 130, 2026: 131}", "{2022: 37.8, 2023: 56.6, 2024: 130, 2026: 131}"):
        assert loaded(tmp_path / rates[1:5], "exchange_rates", rates)[1] == []


def test_a_rise_by_ten_is_a_question(tmp_path):
    """It may be a devaluation, or a series in two moneys."""
    _, (warning,) = loaded(tmp_path, "exchange_rates", "{2024: 13.4, 2025: 135, 2026: 136}")
    assert "from 13.4 in 2024 to 135 in 2025: was the currency redenominated?" in warning
    assert "unless it was devalued that much" in warning


@pytest.mark.parametrize("name", NAMES)
def test_no_shipped_series_is_asked_about(name):
    """What ships has been read at its source."""
    assert [
        warning for warning in plan_of(name).warnings if "percent?" in warning.message or "redenominated" in warning.message
    ] == []
