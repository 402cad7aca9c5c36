"""Sums of the ledger by one or more of its columns, as a group-by or a pivot table of pandas gives them: compensated sums.

A ledger has some hundred rows. For so few, pandas takes most of its time to prepare a group-by, and Python's own lists and
dictionaries take a tenth of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.group_sums import group_sums

# A ledger, or some of its columns as arrays.
Rows = Mapping[str, Any]


def lists_of(rows: Rows, names: Iterable[str]) -> list[list[Any]]:
    """Some columns as lists, whose values Python reads far faster than those of a column of pandas."""
    return [rows[name].tolist() for name in names]


def rows_of_component(ledger: Rows, component: str, names: Iterable[str]) -> dict[str, np.ndarray]:
    """Some columns of the rows of one component, as arrays: a frame of them would first copy all columns."""
    own = np.asarray(ledger["component"], dtype=object) == component
    return {name: np.asarray(ledger[name])[own] for name in names}


def sums_by(rows: Rows, column: str, value: str = "amount") -> dict[Any, float]:
    """The sum of a column of numbers by another column, in the order of the rows. [unit of the value]"""
    return group_sums(*lists_of(rows, (column, value)))


def sums_by_columns(rows: Rows, columns: Sequence[str], value: str = "amount") -> dict[tuple[Any, ...], float]:
    """The sum of a column of numbers by some other columns, in the order of the rows. [unit of the value]"""
    *keys, amounts = lists_of(rows, (*columns, value))
    return group_sums(zip(*keys, strict=True), amounts)


def columns_of_sums(rows: Rows, index: str, values: Sequence[str]) -> pd.DataFrame:
    """The sums of some columns of numbers by another column, in the order of the rows. [units of the values]"""
    keys, *columns = lists_of(rows, (index, *values))
    sums = {name: list(group_sums(keys, amounts).values()) for name, amounts in zip(values, columns, strict=True)}
    return pd.DataFrame(sums, pd.Index(dict.fromkeys(keys), name=index), dtype=float)


def in_order_of_parts(keys: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Keys of several parts by where each part first occurs: those of which the first part is the same stand together."""
    known = list(keys)
    places = [{part: i for i, part in enumerate(dict.fromkeys(parts))} for parts in zip(*known, strict=True)]
    return sorted(known, key=lambda key: [place[part] for place, part in zip(places, key, strict=True)])


def table_of_sums(
    rows: Rows, index: str | list[str], columns: str = "year", value: str = "amount", *, sort: bool = False, fill: float = np.nan
) -> pd.DataFrame:
    """The sum of a column of numbers by one or more columns (its rows) and by another (its columns). [unit of the value]

    sort : whether rows and columns are sorted; else they are in the order in which they first occur (`in_order_of_parts`).
    fill : what stands where there is nothing to sum.
    """
    names = [index] if isinstance(index, str) else index
    *heads, across, amounts = lists_of(rows, (*names, columns, value))
    down = heads[0] if isinstance(index, str) else list(zip(*heads, strict=True))
    sums = group_sums(zip(down, across, strict=True), amounts)
    row_keys, column_keys = (sorted(set(keys)) if sort else list(dict.fromkeys(keys)) for keys in (down, across))
    if not isinstance(index, str) and not sort:
        row_keys = in_order_of_parts(row_keys)
    # Column by column, as pandas holds a table: its sums of columns then add up in the order of their rows.
    grid = np.array([sums.get((row, column), fill) for column in column_keys for row in row_keys], dtype=float)
    return pd.DataFrame(
        grid.reshape(len(column_keys), len(row_keys)).T,
        pd.Index(row_keys, name=index) if isinstance(index, str) else pd.MultiIndex.from_tuples(row_keys, names=names),
        pd.Index(column_keys, name=columns),
    )
