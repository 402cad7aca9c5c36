"""Sums of a ledger by its columns, in the order of its rows, as pandas gives them."""

import numpy as np
import pandas as pd
import pytest

from imis_plan.analysis import sums
from imis_plan.model.group_sums import group_sums, sums_of_rows

# Two lines of staff for two roles each, and one of SMS, over two years; pay and on-costs alternate, as in a ledger.
ROWS = pd.DataFrame(
    [
        ("staff", "pay", "clerk", 2027, 50.0, 5.0),
        ("staff", "pay", "clerk", 2028, 60.0, 6.0),
        ("staff", "on_costs", "clerk", 2027, 10.0, 1.0),
        ("staff", "pay", "nurse", 2028, 30.0, 3.0),
        ("sms", "messages", "", 2027, 7.0, 0.7),
    ],
    columns=["component", "line", "role_or_level", "year", "amount", "amount_usd"],
)


def test_sums_are_in_the_order_of_the_rows():
    """Staff comes first in the ledger, and so among the sums."""
    assert list(sums.sums_by(ROWS, "component").items()) == [("staff", 50 + 60 + 10 + 30), ("sms", 7)]
    assert sums.sums_by_columns(ROWS, ("component", "year"), "amount_usd") == {
        ("staff", 2027): 5 + 1,
        ("staff", 2028): 6 + 3,
        ("sms", 2027): 0.7,
    }


def test_sums_of_several_columns_stand_side_by_side():
    """One row for each component, one column for each kind of amount."""
    table = sums.columns_of_sums(ROWS, "component", ("amount", "amount_usd"))
    assert table.loc["staff"].tolist() == [50 + 60 + 10 + 30, 5 + 6 + 1 + 3]


def test_rows_of_a_line_stand_together():
    """Pay of the clerk and of the nurse, then on-costs, although the ledger has on-costs of the clerk between them."""
    table = sums.table_of_sums(ROWS, ["line", "role_or_level"])
    assert list(table.index) == [("pay", "clerk"), ("pay", "nurse"), ("on_costs", "clerk"), ("messages", "")]
    assert table.loc[("pay", "clerk")].tolist() == [50, 60]
    assert np.isnan(table.loc[("pay", "nurse"), 2027])  # nothing to sum


@pytest.mark.parametrize("sort", [False, True])
@pytest.mark.parametrize("index", ["component", ["line", "role_or_level"]])
def test_a_table_of_sums_is_the_pivot_table_of_pandas(index, sort):
    """The same rows, columns, names and amounts."""
    expected = ROWS.pivot_table(index=index, columns="year", values="amount", aggfunc="sum", sort=sort, fill_value=0.0)
    pd.testing.assert_frame_equal(sums.table_of_sums(ROWS, index, sort=sort, fill=0.0), expected)


def test_arrays_serve_as_well_as_a_frame():
    """Part of a ledger is quicker to take as arrays."""
    some = {name: ROWS[name].to_numpy()[:2] for name in ("component", "year", "amount")}
    assert sums.sums_by(some, "year") == {2027: 50, 2028: 60}


def test_small_amounts_beside_a_large_one_are_not_lost():
    """A compensated sum: ten cents a thousand times beside ten billion are a hundred."""
    assert group_sums(["a"] * 1001, [1e10, *[0.1] * 1000]) == {"a": 1e10 + 1000 * 0.1}


def test_rows_are_summed_by_group_in_the_order_of_the_groups():
    """Two columns: 1 + 3 and 10 + 30 of the first group, and the one row of the second. Without rows there is no group."""
    found = sums_of_rows(["b", "a", "b"], np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]))

    assert [(group, row.tolist()) for group, row in found.items()] == [("b", [4, 40]), ("a", [2, 20])]
    assert sums_of_rows([], np.zeros((0, 2))) == {}
