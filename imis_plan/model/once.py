"""Results that are kept as long as the plan they belong to."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import finalize

from imis_plan.scenario.plan import Plan

T = TypeVar("T")


def once_a_plan(function: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """The function, run once for each plan; plans are frozen, so the result is for good. Nobody may change what it returns."""
    kept: dict[int, Any] = {}

    @wraps(function)
    def known(plan: Plan) -> T:
        if id(plan) not in kept:
            kept[id(plan)] = function(plan)
            finalize(plan, kept.pop, id(plan), None)  # another plan may get its number
        result: T = kept[id(plan)]
        return result

    return known
