"""The day of the counts, and the year of claims and renewals."""

from dataclasses import dataclass
from datetime import date, timedelta

from imis_plan.problems import BadInput, Problem
from imis_plan.sentence import sentence

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A day, and a year up to that day.

    A policy can be renewed from the day after it ends: policies that ended are counted one day earlier.
    """

    day: date
    year: int

    @property
    def first(self) -> date:
        """The first day of the year."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day of the year, or the day of the counts if the year has not ended."""
        return min(date(self.year, 12, 31), self.day)

    @property
    def days(self) -> int:
        """Number of days counted."""
        return (self.last - self.first).days + 1

    @property
    def days_of_year(self) -> int:
        """Number of days of the full year."""
        return (date(self.year + 1, 1, 1) - self.first).days

    def variables(self) -> dict[str, str]:
        """The dates in ISO 8601, by the name of the query variable."""
        dates = {"day": self.day, "from": self.first, "to": self.last, "before": self.first - DAY, "last": self.last - DAY}
        return {name: value.isoformat() for name, value in dates.items()}


def period(day: date, year: int | None) -> Period:
    """The period of a year; by default the last year that ended before the day.

    Raises BadInput for a year in the future.
    """
    year = day.year - 1 if year is None else year
    if year > day.year:
        raise BadInput(
            [
                Problem(
                    "--year",
                    None,
                    "",
                    sentence("{year} has not begun", year=year),
                    sentence("give {year} or an earlier year", year=day.year),
                )
            ]
        )
    return Period(day, year)
