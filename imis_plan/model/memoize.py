"""Functions of a plan or a simulation that are computed once for each; the result is dropped when its plan or simulation is."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:  # a plan is evaluated without pandas, which takes longer to import than all the rest
    import pandas as pd

K = TypeVar("K")
T = TypeVar("T")


def memoize(function: Callable[[K], T]) -> Callable[[K], T]:
    """The function, computed once for each object. `functools.cache` would keep every plan in memory for good.

    For classes that are frozen and compared by identity (`eq=False`). The result is cached and read-only, and must not refer
    to the object, which would then never be dropped.
    """
    results: WeakKeyDictionary[K, T] = WeakKeyDictionary()

    @wraps(function)
    def memoized(key: K) -> T:
        if key not in results:
            results[key] = function(key)
        return results[key]

    return memoized


def memoize_table(function: Callable[[K], "pd.DataFrame"]) -> Callable[[K], "pd.DataFrame"]:
    """As `memoize`, for tables: each caller gets a copy, which it may change."""
    memoized = memoize(function)

    @wraps(function)
    def copied(key: K) -> "pd.DataFrame":
        return memoized(key).copy()

    return copied


class RecentResults(Generic[T]):
    """The results of the last `size` keys, for plans that are loaded again and again: they are equal, but not the same object."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._results: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._results

    def put(self, key: Hashable, result: T) -> T:
        """Keep a result, and drop the oldest one where there are too many. Returns the result."""
        with self._lock:
            self._results[key] = result
            self._results.move_to_end(key)
            while len(self._results) > self._size:
                self._results.popitem(last=False)
        return result

    def get_or_compute(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The result of a key, computed where it is not known."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
        return self.put(key, compute())
