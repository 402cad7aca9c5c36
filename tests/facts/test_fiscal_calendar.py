"""When a fiscal year begins, what it is called, and how it mixes two calendar years."""

from datetime import date

import pytest

from imis_plan.facts.fiscal_calendar import CALENDAR_YEAR, OwnCalendar, calendar_values, fiscal_means, parse_start

NEPAL = parse_start("07-16", OwnCalendar(57, "BS"))

LABELS = {
    "a calendar year is its number": ("01-01", 2027, "2027"),
    "July to June": ("07-01", 2027, "FY 2027/28"),
    "the last one of a century": ("04-01", 2099, "FY 2099/2100"),
    "the first one of a decade": ("07-01", 2030, "FY 2030/31"),
}


@pytest.mark.parametrize(("start", "year", "label"), LABELS.values(), ids=LABELS)
def test_a_fiscal_year_is_called_by_the_two_years_it_touches(start, year, label):
    """Or by one, where it touches only one."""
    assert parse_start(start).label(year) == label


def test_nepal_also_counts_in_its_own_calendar():
    """2027 + 57 = 2084."""
    assert NEPAL.own_label(2027) == "2084/85 BS"
    assert NEPAL.label(2027) == "FY 2027/28"
    assert parse_start("07-01").own_label(2027) == ""


SHARES = {
    "01-01": 0,
    "04-01": (31 + 28 + 31) / 365,  # January to March
    "07-01": (31 + 28 + 31 + 30 + 31 + 30) / 365,  # January to June
    "07-16": (181 + 15) / 365,  # and fifteen days of July
}


@pytest.mark.parametrize(("start", "share"), SHARES.items(), ids=SHARES)
def test_the_part_in_the_following_year_is_counted_in_days(start, share):
    """The days before the first day, of 365."""
    assert parse_start(start).following_share == share


def test_quarters_begin_three_months_apart_on_the_same_day():
    """Nepal's begin in the middle of months, the last two in the following year."""
    assert [NEPAL.first_day(2027, quarter) for quarter in range(4)] == [
        date(2027, 7, 16),
        date(2027, 10, 16),
        date(2028, 1, 16),
        date(2028, 4, 16),
    ]
    assert [CALENDAR_YEAR.first_day(2027, quarter).month for quarter in range(4)] == [1, 4, 7, 10]


@pytest.mark.parametrize("text", ["16 July", "7-16", "13-01", "02-30", "07-31", "2027-07-01", ""])
def test_what_is_no_month_and_day_is_refused(text):
    """31 July would have quarters that begin on other days."""
    with pytest.raises(ValueError, match=r"month|day"):
        parse_start(text)


def test_a_mean_of_two_years_is_weighted_by_days():
    """A quarter of the year in the following one: 100 x 3/4 + 200 x 1/4."""
    prices = {2027: 100.0, 2028: 200.0, 2029: 400.0}

    assert fiscal_means(prices.__getitem__, range(2027, 2029), 0.25) == [125.0, 250.0]
    assert fiscal_means(prices.__getitem__, range(2027, 2030), 0) == [100.0, 200.0, 400.0]  # no year after the last one


def test_fiscal_figures_become_calendar_figures():
    """A quarter of calendar year 2025 belongs to fiscal year 2024, the rest to 2025; the year before the first is not known."""
    assert calendar_values({2024: 0.04, 2025: 0.08, 2026: 0.08}, 0.25) == pytest.approx({2025: 0.07, 2026: 0.08})
    assert calendar_values({2024: 0.04}, 0) == {2024: 0.04}
