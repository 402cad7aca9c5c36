"""What equipment is still worth when the plan ends: straight line, from the purchases of the ledger."""

import numpy as np
import pytest

from imis_plan.analysis.residual_value import by_line, residual_values
from imis_plan.model.residual_value import residual_value
from imis_plan.sections.economic_codes import tables, text
from tests.model.plans import NAMES, ledger_of, plan_of


@pytest.mark.parametrize(("price", "life", "used", "left"), [
    (1000, 4, 1, 1000 * 3 / 4),  # bought in the last year
    (1000, 4, 4, 0),  # used up when the plan ends
    (1000, 4, 5, 0),  # used up before
    (900, 3, 2, 900 * 1 / 3),
    (1000, 2.5, 1, 1000 * 1.5 / 2.5),
    (0, 4, 1, 0),
])  # fmt: skip
def test_the_part_of_the_price_is_that_of_the_remaining_life(price, life, used, left):
    """Straight line, never below nothing."""
    assert residual_value(np.array([price]), life, used)[0] == pytest.approx(left)


def test_a_workstation_of_nepal():
    """Bought in 2027 with a life that ends within the plan, and in later years: each purchase by itself."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    rows = residual_values(plan, ledger).set_index(["line", "year"])
    bought = ledger[(ledger["component"] == "office_it") & (ledger["line"] == "workstations")].set_index("year")["amount"]
    life = 4  # years of a workstation
    for year, amount in bought[bought != 0].items():
        left = max(life - (2032 - year), 0) / life  # 2032 is the first year after the plan
        assert rows.loc[("workstations", year), "residual"] == pytest.approx(amount * left, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_worth_more_than_it_cost(name):
    """Lines with a useful life only; what a longer plan has used up is worth nothing; sums add up."""
    plan, ledger = plan_of(name), ledger_of(name)
    rows, table = residual_values(plan, ledger), by_line(plan, ledger)

    assert (rows["residual"] >= 0).all()
    assert (rows["residual"] < rows["amount"]).all()
    assert table.iloc[-1][["bought", "residual"]].tolist() == pytest.approx([rows["amount"].sum(), rows["residual"].sum()])
    assert set(rows["component"]).isdisjoint({"contingency", "software", "staff", "capacity"})


def test_it_is_in_no_sum():
    """The ledger has no row for it; the report says memo."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    before = ledger.copy()
    residual_values(plan, ledger)

    assert ledger.equals(before)
    assert "memo item: it is deducted from no amount" in text.residual_value(plan, ledger)
    frame = tables.residual_value(plan, ledger)["frame"]
    assert frame.iloc[-1]["Component"] == "Total"
    assert frame["Residual value"].iloc[:-1].sum() == pytest.approx(frame["Residual value"].iloc[-1])


def test_a_plan_that_buys_nothing():
    """A sentence and an empty table."""
    plan = plan_of("nepal")
    nothing = ledger_of("nepal").assign(amount=0.0)

    assert text.residual_value(plan, nothing).startswith("No equipment is bought")
    assert len(tables.residual_value(plan, nothing)["frame"]) == 1
