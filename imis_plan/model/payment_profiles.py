"""Payment profiles: the share of a year's amount that is paid in each of its quarters.

Each profile is a function of the model's values and returns four series, one for each quarter, that add up to 1. They follow the
roll-out within the year, which is evaluated at the ends of its quarters.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from imis_plan.model.arrays import TOLERANCE, clip, maximum, minimum, previous, safe_divide, where
from imis_plan.model.budget_line import N_
from imis_plan.model.drivers import rollout

QUARTERS = 4
EVEN = 1 / QUARTERS


class AtAnotherTime:
    """The values of a model as they are some time later or earlier: only the year differs."""

    def __init__(self, v: Any, shift: Any) -> None:
        self._v, self._shift = v, shift

    def __getitem__(self, name: str) -> Any:
        return self._v["t"] + self._shift if name == "t" else self._v[name]


def rollout_at(v: Any, shift: Any) -> Any:
    """Share of the target reached some years after the end of each year, or before it. [1]"""
    return rollout(AtAnotherTime(v, shift))


def growth_reached(v: Any, ahead: Any) -> list[Any]:
    """Share of the year's growth that is reached some time after the end of each quarter, at most at the end of the year. [1]

    ahead : how long after. [year] Where a year has no growth, all of it counts as reached: what is bought then is a replacement.
    """
    before = rollout_at(v, -1)
    growth = rollout_at(v, 0) - before
    ends = [minimum((quarter + 1) / QUARTERS - 1 + ahead, 0) for quarter in range(QUARTERS)]
    shares = [clip(safe_divide(rollout_at(v, end) - before, growth), 0, 1) for end in ends]
    return [where(growth > TOLERANCE, share, 1.0) for share in shares]


def steps(reached: list[Any]) -> list[Any]:
    """What each quarter adds to a share that grows to 1 at the end of the year. [1]"""
    *first, _ = reached
    return [now - before for before, now in zip([0, *first], [*first, 1], strict=True)]


def monthly(v: Any) -> list[Any]:
    """The same in every month. [1]"""
    return [EVEN + 0 * v["t"] for _ in range(QUARTERS)]


def quarterly_advance(v: Any) -> list[Any]:
    """At the beginning of every quarter, for the quarter. [1]"""
    return monthly(v)


def yearly_advance(v: Any) -> list[Any]:
    """At the beginning of the year, for the year. [1]"""
    return [1 + 0 * v["t"], *[0 * v["t"]] * (QUARTERS - 1)]


def last_quarter(v: Any) -> list[Any]:
    """At the end of the year, on delivery. [1]"""
    return [*[0 * v["t"]] * (QUARTERS - 1), 1 + 0 * v["t"]]


def before_rollout(v: Any) -> list[Any]:
    """One lead time before the roll-out that it serves, not before the year begins. [1]"""
    return steps(growth_reached(v, v["cash.delivery_lead"]))


def at_start(v: Any) -> list[Any]:
    """At once, one lead time before the roll-out of the year begins. [1]"""
    reached = growth_reached(v, v["cash.delivery_lead"])
    return steps([where(share > TOLERANCE, 1.0, 0.0) for share in reached])


def with_enrolment(v: Any) -> list[Any]:
    """As people enrol: those of the roll-out when it happens, those who replace others throughout the year. [1]"""
    growth = maximum(v["insured"] - previous(v["insured"], v["coverage.insured_at_start"]), 0)
    others = maximum(v["new_insured"] - growth, 0)
    enrolled = [growth * share + others / QUARTERS for share in steps(growth_reached(v, 0))]
    return shares_of(enrolled, growth + others)


def with_insured(v: Any) -> list[Any]:
    """As the insured use it: by their number at the middle of each quarter. [1]"""
    levels = [rollout_at(v, quarter / QUARTERS - 1) for quarter in range(QUARTERS + 1)]
    middle = [before + now for before, now in pairwise(levels)]
    return shares_of(middle, sum(middle[1:], middle[0]))


def shares_of(parts: list[Any], whole: Any) -> list[Any]:
    """Parts as shares of their sum; the same in every quarter where there is nothing. [1]"""
    return [where(whole > TOLERANCE, safe_divide(part, whole), EVEN) for part in parts]


PROFILES: dict[str, Callable[[Any], list[Any]]] = {
    profile.__name__: profile
    for profile in (
        monthly, quarterly_advance, yearly_advance, before_rollout, at_start, with_enrolment, with_insured, last_quarter,
    )
}  # fmt: skip
LABELS = {
    "monthly": N_("monthly"),
    "quarterly_advance": N_("quarterly in advance"),
    "yearly_advance": N_("yearly in advance"),
    "before_rollout": N_("one lead time before the roll-out"),
    "at_start": N_("once, one lead time before the start"),
    "with_enrolment": N_("as people enrol"),
    "with_insured": N_("as the insured use it"),
    "last_quarter": N_("at the end of the year"),
    "base": N_("as the cost it is for"),
}
