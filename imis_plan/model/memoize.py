"""Functions of a plan or a simulation that are computed once for each; the result is dropped when its plan or simulation is."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

import pandas as pd

K = TypeVar("K")
T = TypeVar("T")


def memoize(function: Callable[[K], T]) -> Callable[[K], T]:
    """The function, computed once for each object. `functools.cache` would keep every plan in memory for good.

    For classes that are frozen and compared by identity (`eq=False`). Nobody may change the result, and the result must not refer
    to the object, which would then never be dropped.
    """
    results: WeakKeyDictionary[K, T] = WeakKeyDictionary()

    @wraps(function)
    def memoized(key: K) -> T:
        if key not in results:
            results[key] = function(key)
        return results[key]

    return memoized


def memoize_table(function: Callable[[K], pd.DataFrame]) -> Callable[[K], pd.DataFrame]:
    """As `memoize`, for tables: each caller gets a copy, which it may change."""
    memoized = memoize(function)

    @wraps(function)
    def copied(key: K) -> pd.DataFrame:
        return memoized(key).copy()

    return copied
