"""A budget line before it is priced."""

import numpy as np
import pytest

from imis_plan.model.budget_line import CAPITAL, Line


@pytest.mark.parametrize(
    ("applies", "bought"),
    [
        (True, [5, 0, 2]),  # switched on: the quantity
        (False, [0, 0, 0]),  # switched off: nothing in any year
        (np.array(True), [5, 0, 2]),  # a switch that came out of a comparison of draws
    ],
)
def test_a_switch_takes_the_quantity_away(applies, bought):
    """A line that does not apply stays in the ledger with nothing bought."""
    line = Line(
        "handsets",
        "Handsets",
        CAPITAL,
        tradable=True,
        driver="agents",
        unit="phone",
        price="phones.handset",
        quantity=np.array([5.0, 0.0, 2.0]),
        working="",
        applies=applies,
    )

    assert line.effective_quantity.tolist() == bought
