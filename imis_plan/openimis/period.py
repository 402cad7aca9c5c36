"""The day of the counts and the days of the year whose claims and renewals are counted."""

from dataclasses import dataclass
from datetime import date, timedelta

from imis_plan.problems import BadInput, Problem

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A day, and a year as far as it had gone by then.

    A policy that ends on the eve of a day can be renewed on that day: those that ended are counted one day earlier.
    """

    day: date
    year: int

    @property
    def first(self) -> date:
        """The first day of the year."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day of the year, or the day of the counts where the year is not over."""
        return min(date(self.year, 12, 31), self.day)

    @property
    def days(self) -> int:
        """Days counted."""
        return (self.last - self.first).days + 1

    @property
    def days_of_year(self) -> int:
        """Days of the whole year."""
        return (date(self.year + 1, 1, 1) - self.first).days

    def variables(self) -> dict[str, str]:
        """The dates by the names that the queries give them, ISO 8601."""
        dates = {"day": self.day, "from": self.first, "to": self.last, "before": self.first - DAY, "last": self.last - DAY}
        return {name: value.isoformat() for name, value in dates.items()}


def period(day: date, year: int | None) -> Period:
    """The period of a year; without one, the last that was over on the day.

    Raises BadInput for a year that has not begun.
    """
    year = day.year - 1 if year is None else year
    if year > day.year:
        raise BadInput([Problem("--year", None, "", f"{year} has not begun", f"give {day.year} or an earlier year")])
    return Period(day, year)
