"""Results are computed once for each plan or simulation, and dropped with it."""

import gc
import weakref

import pandas as pd

from imis_plan.model.memoize import RecentResults, memoize, memoize_table


class Thing:
    """Something that results belong to."""

    def __init__(self, name: str) -> None:
        self.name = name


def table_of(thing: Thing) -> pd.DataFrame:
    """A table with the name in it."""
    return pd.DataFrame({thing.name: [1, 2]})


def test_each_object_has_its_own_result_computed_once():
    """Equal names do not make one of two objects."""
    asked: list[Thing] = []

    def number(thing: Thing) -> int:
        asked.append(thing)
        return len(asked)

    one, other, memoized = Thing("a"), Thing("a"), memoize(number)

    assert [memoized(one), memoized(other), memoized(one)] == [1, 2, 1]


def test_a_result_goes_with_its_object():
    """And so does the object, which nothing holds."""
    memoized = memoize_table(table_of)
    thing = Thing("a")
    memoized(thing)
    gone = weakref.ref(thing)
    del thing
    gc.collect()

    assert gone() is None


def test_what_one_caller_does_to_a_table_no_other_sees():
    """Cells, columns and names."""
    memoized = memoize_table(table_of)
    thing = Thing("a")
    table = memoized(thing)
    table.iloc[0, 0] = 9
    table["b"] = 3
    table.index.name = "row"

    assert memoized(thing).to_dict("list") == {"a": [1, 2]}
    assert memoized(thing).index.name is None


def test_recent_results_are_those_of_the_last_keys():
    """With room for two, the one that nobody asked for longest is computed again."""
    asked: list[str] = []
    recent: RecentResults[str] = RecentResults(2)

    def result(key: str) -> str:
        def compute() -> str:
            asked.append(key)
            return key.upper()

        return recent.get_or_compute(key, compute)

    results = [result(key) for key in ("a", "b", "a", "c", "a", "b")]

    assert results == ["A", "B", "A", "C", "A", "B"]
    assert asked == ["a", "b", "c", "b"]
    assert "c" not in recent


def test_a_result_that_is_known_already_can_be_put_in():
    """And is not computed."""
    recent: RecentResults[int] = RecentResults(2)
    recent.put("a", 1)

    assert recent.get_or_compute("a", lambda: 2) == 1
