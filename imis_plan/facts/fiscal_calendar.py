"""The fiscal year: when it begins, its name, its quarters, and how values of calendar years become values of fiscal years.

A fiscal year is called by the calendar year in which it begins. It is a day-weighted mix of that year and of the next one, on the
days of a common year; for a fiscal year from 1 January the next year has no weight, and every value is that of the calendar year.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from imis_plan.sentence import sentence

MONTHS, QUARTERS, DAYS, CENTURY = 12, 4, 365, 100
MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
# A common year: a fiscal year does not begin on 29 February.
COMMON_YEAR = 2001
# Every month has these days, so that each quarter can begin on the same day.
LAST_DAY = 28
JANUARY_FIRST = "01-01"
FISCAL_YEAR = "FY {years}"


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """A country's own count of years. offset : its year less that in which the fiscal year begins. suffix : its era."""

    offset: int
    suffix: str


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """The first day of every fiscal year, and the country's own calendar, if it has one."""

    month: int = 1
    day: int = 1
    own: OwnCalendar | None = None

    @property
    def following_share(self) -> float:
        """Share of its days that are in the year after the one in which it begins: (days before its first day) / 365. [1]"""
        return (date(COMMON_YEAR, self.month, self.day) - date(COMMON_YEAR, 1, 1)).days / DAYS

    def first_day(self, year: int, quarter: int = 0) -> date:
        """The first day of the fiscal year that begins in a calendar year, or of its quarter 0, 1, 2 or 3."""
        months = self.month - 1 + quarter * MONTHS // QUARTERS
        return date(year + months // MONTHS, months % MONTHS + 1, self.day)

    def label(self, year: int, pattern: str = FISCAL_YEAR) -> str:
        """The name of a fiscal year: 2027 where it is the calendar year, else FY 2027/28. pattern : in a language."""
        return str(year) if self.is_calendar_year else pattern.format(years=two_years(year))

    def name(self, year: int) -> str:
        """The same for a message, which is shown in the language of the person who reads it."""
        return self.label(year) if self.is_calendar_year else sentence("FY {years}", years=two_years(year))

    def own_label(self, year: int) -> str:
        """The name of a fiscal year in the country's own calendar, 2084/85 BS; empty if it has none."""
        if self.own is None:
            return ""
        own = year + self.own.offset
        return f"{own if self.is_calendar_year else two_years(own)} {self.own.suffix}"

    @property
    def is_calendar_year(self) -> bool:
        """Whether it begins on 1 January."""
        return (self.month, self.day) == (1, 1)


CALENDAR_YEAR = FiscalCalendar()


def two_years(year: int) -> str:
    """A year that begins in one calendar year and ends in the next: 2027/28, 1999/2000."""
    following = year + 1
    return f"{year}/{following % CENTURY:02}" if following % CENTURY else f"{year}/{following}"


@lru_cache
def parse_start(text: str, own: OwnCalendar | None = None) -> FiscalCalendar:
    """The fiscal year that begins on a month and day such as 07-16. Raises ValueError for what is no such day."""
    found = MONTH_DAY.fullmatch(text)
    if not found:
        raise ValueError(f"{text} is not a month and a day such as 07-16")
    month, day = map(int, found.groups())
    first = date(COMMON_YEAR, month, day)
    if first.day > LAST_DAY:
        raise ValueError(f"no fiscal year begins on day {day}: its quarters would begin on other days")
    return FiscalCalendar(month, day, own)


def weighted(share: float, year: Any, following: Any) -> Any:
    """The mean of two years. share : weight of the second one. [same unit]"""
    return year * (1 - share) + following * share


def fiscal_means(value: Callable[[int], Any], years: range, share: float) -> list[Any]:
    """Values of fiscal years from those of calendar years: the day-weighted mean of the two years of each. [same unit]

    value : of a calendar year. share : `FiscalCalendar.following_share`; with 0 the following year is not needed.
    """
    return [weighted(share, value(year), value(year + 1)) if share else value(year) for year in years]


def calendar_values(series: Mapping[int, Any], share: float) -> dict[int, Any]:
    """Values of calendar years from those of fiscal years: day-weighted means of the one that ends in it and the one that begins.

    The first calendar year is left out, since the fiscal year that ends in it is not known. [same unit]
    """
    if not share:
        return dict(series)
    return {year: weighted(1 - share, series[year - 1], series[year]) for year in series if year - 1 in series}
