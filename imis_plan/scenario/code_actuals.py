"""What was spent by economic code: rows with a class of GFSM 2014 or an account of the country's own chart, by year or quarter.

Execution reports come so. A code stands for all codes that begin with it: 22 for 2211 and 2212, 31 for all nonfinancial assets.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from imis_plan.problems import suggestion
from imis_plan.scenario.chart_of_accounts import SCIENTIFIC
from imis_plan.scenario.corrections import is_spent
from imis_plan.scenario.fields import OptionalPlainText, OptionalTranslatableText, field, number, quarter, year
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import StrictModel
from imis_plan.scenario.plan import Plan
from imis_plan.sentence import sentence

CLASS, ACCOUNT = "gfs_code", "account_code"
CODES = (CLASS, ACCOUNT)
ITEM = ("component", "line")
# Number of years of the cash plan, with which quarters are compared.
YEARS_WITH_QUARTERS = 2
Year = Annotated[int, *field(year)]
Quarter = Annotated[int | None, *field(quarter)]
Amount = Annotated[float, *field(number)]


class CodeActual(StrictModel):
    """Money spent on an economic class or an account, in a year or in a quarter of it."""

    gfs_code: OptionalPlainText = Field(None, description="Economic class of GFSM 2014, such as 22; it stands for all below it.")
    account_code: OptionalPlainText = Field(None, description="Account of the country's own chart, or the beginning of some.")
    year: Year = Field(description="give the year in which it was spent")
    quarter: Quarter = Field(None, description="Quarter of the year of the plan, 1 to 4.")
    amount: Amount = Field(description="give the amount that was spent, or a correction of it with a minus")
    currency: OptionalPlainText = Field(None, description="ISO 4217 code; local currency if not given.")
    note: OptionalTranslatableText = None

    @property
    def scheme(self) -> str:
        """CLASS or ACCOUNT."""
        return CLASS if self.gfs_code else ACCOUNT

    @property
    def code(self) -> str:
        """The code, of either kind."""
        return self.gfs_code or self.account_code or ""


def has_code(row: Any) -> bool:
    """Whether a row of a file is by code."""
    return isinstance(row, dict) and any(name in row for name in CODES)


def check_code(row: Mapping[str, Any], location: Location, codes: Mapping[str, Collection[str]]) -> None:
    """Report a row with two keys, and a code that no cost of the plan has. codes : CLASS and ACCOUNT -> codes of base cost."""
    given = [name for name in (*CODES, *ITEM) if name in row]
    if len(given) > 1:
        location.report(
            sentence("{names} in one row", names=" and ".join(given)), "give one of them: money is booked under one code"
        )
        return
    name = given[0]
    code, known = row[name], codes.get(name, ())
    if not isinstance(code, str):
        return  # the model has reported it
    if any(mark in code.lower() for mark in SCIENTIFIC):
        location.below(name).report("a code that a spreadsheet took for a number", "format it as text and type it again", code)
    elif not any(each.startswith(code) for each in known):
        right = suggestion(code, sorted(known)) if known else sentence("give gfs_code: the scenario names no chart of accounts")
        location.below(name).report("no cost of this plan has this code", right, code)


def check_quarter(row: Mapping[str, Any], location: Location, plan: Plan) -> None:
    """Report a quarter of a year for which there is no cash plan."""
    first, spent_in = plan["time.base_year"], row.get("year")
    years = range(first, first + min(YEARS_WITH_QUARTERS, plan["time.horizon"]))
    if row.get("quarter") is not None and isinstance(spent_in, int) and spent_in >= first and spent_in not in years:
        right = sentence("give the whole year, or a quarter of {years} to {last}", years=years[0], last=years[-1])
        location.below("quarter").report("a quarter of a year without a cash plan", right, row["quarter"])


def code_clashes(built: list[tuple[CodeActual, Location]]) -> None:
    """Report what would count twice: a row given again, a quarter beside its year, a code beside one that contains it.

    Corrections are added to a row.
    """
    spent = Counter((row.code, row.year, row.quarter) for row, _ in built if is_spent(row))
    whole_years = {(row.code, row.year) for row, _ in built if row.quarter is None}
    by_year: dict[int, list[CodeActual]] = {}
    for row, _ in built:
        by_year.setdefault(row.year, []).append(row)
    for row, location in built:
        others = by_year[row.year]
        if is_spent(row) and spent[row.code, row.year, row.quarter] > 1:
            location.report(
                sentence("{code} of {period} is given more than once", code=row.code, period=period(row)),
                "give one row with the sum",
            )
        elif row.quarter and (row.code, row.year) in whole_years:
            location.report(
                sentence("{code} of {year} is given as a whole and by quarter", code=row.code, year=row.year),
                "keep one of the two",
            )
        elif any(other.scheme != row.scheme for other in others):
            location.report(sentence("{year} is given by economic class and by account", year=row.year), "keep one of the two")
        elif whole := next(containing(row, others), None):
            location.report(
                sentence("{code} of {year} is in {whole}, too", code=row.code, year=row.year, whole=whole.code),
                "keep one of the two",
            )


def containing(row: CodeActual, others: list[CodeActual]) -> Iterator[CodeActual]:
    """Rows of the same year whose code contains that of a row."""
    return (other for other in others if row.code != other.code and row.code.startswith(other.code))


def period(row: CodeActual) -> str:
    """Year, and quarter if there is one."""
    return f"quarter {row.quarter} of {row.year}" if row.quarter else str(row.year)
