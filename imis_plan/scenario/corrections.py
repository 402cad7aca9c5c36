"""Corrections in actuals: reversals and credit notes, which exports of an accounting system list with a minus.

A correction is added to the row with the same component and line, or code, in the same year, quarter and currency.
A sum of a year below 0 is a problem: what is corrected is missing, or is booked elsewhere.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from imis_plan.problems import format_value
from imis_plan.scenario.location import Location
from imis_plan.sentence import Digits, sentence

Row = TypeVar("Row", bound=Any)
# Sums of cents in floating point.
TOLERANCE = 0.005
# A negative amount as accounting systems print it: (1,234.50) or 1,234.50-
MINUS_ELSEWHERE = re.compile(r"\(\s*(?P<number>[^()+-]+?)\s*\)|(?P<before>[^()+-]+?)\s*-")


def with_leading_minus(text: str) -> str:
    """An amount with its minus in front, where an accounting system writes brackets, or the minus behind."""
    found = MINUS_ELSEWHERE.fullmatch(text.strip())
    return f"-{found['number'] or found['before']}" if found else text


def is_spent(row: Any) -> bool:
    """Whether a row is no correction."""
    return bool(row.amount >= 0)


def merged(built: Iterable[tuple[Row, Location]], key: Callable[[Row], Hashable]) -> list[tuple[Row, Location]]:
    """The rows with their corrections added, in the order of the first row of each key.

    key : what a row and its corrections have in common.
    """
    sums: dict[Hashable, tuple[Row, Location]] = {}
    for row, location in built:
        if key(row) in sums:
            first, place = sums[key(row)]
            both = first if is_spent(first) else row
            sums[key(row)] = (both.model_copy(update={"amount": first.amount + row.amount}), place)
        else:
            sums[key(row)] = (row, location)
    return list(sums.values())


def spent_in_year(what: str, year: int, currency: str) -> str:
    """A line or a code with its year and currency, for the message."""
    return sentence("{what} of {year} in {currency}", what=what, year=year, currency=currency)


def report_excess(built: Iterable[tuple[Row, Location]], key: Callable[[Row], Hashable], name: Callable[[Row], str]) -> None:
    """Report sums of a year below 0, at the last correction of each.

    key : what the rows of a sum have in common. name : of a row's sum, for the message.
    """
    groups: dict[Hashable, list[tuple[Row, Location]]] = {}
    for row, location in built:
        groups.setdefault(key(row), []).append((row, location))
    for rows in groups.values():
        total = sum(row.amount for row, _ in rows)
        if total < -TOLERANCE:
            row, location = [each for each in rows if not is_spent(each[0])][-1]
            amount = Digits(format_value(round(total, 2)))
            message = sentence("more is corrected than was spent: {row} comes to {amount}", row=name(row), amount=amount)
            location.below("amount").report(message, "give what it corrects, too", row.amount)
