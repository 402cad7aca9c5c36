"""Results are computed once for each plan or simulation, and dropped with it."""

import gc
import weakref

import pandas as pd

from imis_plan.model.memoize import memoize, memoize_table


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
