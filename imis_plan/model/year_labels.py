"""What readers call a year of the budget: 2027 where it is the calendar year, else FY 2027/28, in the current language."""

from numbers import Integral
from typing import TYPE_CHECKING, Any

from imis_plan.model.budget_line import N_
from imis_plan.model.translator import current_translator

# Imported for types alone: a command that only looks at files names years, too.
if TYPE_CHECKING:
    import pandas as pd

    from imis_plan.scenario.plan import Plan

FISCAL_YEAR = N_("FY {years}")
FISCAL_YEAR_COLUMN = "fiscal_year"
QUARTER = N_("{year}, quarter {quarter}")


def year_label(plan: "Plan", year: Any) -> str:
    """The name of the fiscal year that begins in a calendar year."""
    return plan.fiscal.label(int(year), current_translator().translate(FISCAL_YEAR))


def full_year_label(plan: "Plan", year: Any) -> str:
    """The same, with the year of the country's own calendar: FY 2027/28 (2084/85 BS)."""
    own = plan.fiscal.own_label(int(year))
    return f"{year_label(plan, year)} ({own})" if own else year_label(plan, year)


def quarter_label(plan: "Plan", year: Any, quarter: int) -> str:
    """The name of a quarter, counted from 1 at the beginning of the fiscal year."""
    return current_translator().translate(QUARTER).format(year=year_label(plan, year), quarter=quarter)


def year_or_name(plan: "Plan", key: Any) -> str:
    """The heading of a column or row: a whole number is a year, anything else is a name."""
    return year_label(plan, key) if isinstance(key, Integral) else str(key)


def with_fiscal_year(plan: "Plan", rows: "pd.DataFrame") -> "pd.DataFrame":
    """Rows with a year, with the name of their fiscal year as the last column, `fiscal_year`."""
    return rows.assign(**{FISCAL_YEAR_COLUMN: fiscal_years(plan, rows["year"])})


def fiscal_years(plan: "Plan", years: Any) -> list[str]:
    """The name of each of some fiscal years. years : a column, shape (rows,)."""
    starts = years.tolist()
    names = {year: year_label(plan, year) for year in set(starts)}
    return [names[year] for year in starts]


def with_year_labels(plan: "Plan", table: "pd.DataFrame") -> "pd.DataFrame":
    """A table whose columns are years, or names, with their headings."""
    return table.rename(columns=lambda key: year_or_name(plan, key))
