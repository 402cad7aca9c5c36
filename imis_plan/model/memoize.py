"""Results that are kept as long as the plan or the simulation they belong to."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import finalize

import pandas as pd

K = TypeVar("K")
T = TypeVar("T")


def once(function: Callable[[K], T]) -> Callable[[K], T]:
    """The function, run once for each object; for plans and simulations, which are frozen, so that the result is for good.

    Nobody may change what it returns, nor may that hold the object, which would then never go.
    """
    kept: dict[int, Any] = {}

    @wraps(function)
    def known(of: K) -> T:
        if id(of) not in kept:
            kept[id(of)] = function(of)
            finalize(of, kept.pop, id(of), None)  # another object may get its number
        result: T = kept[id(of)]
        return result

    return known


def table_once(function: Callable[[K], pd.DataFrame]) -> Callable[[K], pd.DataFrame]:
    """As `once`, for tables: each caller gets one of its own to change."""
    known = once(function)

    @wraps(function)
    def own(of: K) -> pd.DataFrame:
        return known(of).copy()

    return own
