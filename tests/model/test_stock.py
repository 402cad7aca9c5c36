"""Equipment by cohort: bought, lost, worn out, bought again."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from imis_plan.model.stock import growth, purchases, survivors


@pytest.mark.parametrize(
    ("age", "left"),
    [
        (0, 100),  # new
        (1, 100 * 0.9),  # one in ten lost
        (2, 100 * 0.9**2),  # and one in ten of the rest
        (3, 0),  # three years are its life
    ],
)
def test_a_cohort_shrinks_and_ends(age, left):
    """A hundred phones of which a tenth is lost each year, used for three years."""
    assert survivors(100, age, life=3, loss=0.1) == pytest.approx(left)


# Need by year, pieces at the start, their age, life, loss, and what is bought.
STOCKS = {
    "steady need, no loss: bought once, again when the life is over": ([10, 10, 10, 10], 0, 0, 3, 0, [10, 0, 0, 10]),
    "growth is bought when it comes": ([10, 15, 15, 20], 0, 0, 5, 0, [10, 5, 0, 5]),
    "a falling need buys nothing": ([10, 4, 4, 4], 0, 0, 5, 0, [10, 0, 0, 0]),
    # 100 -> 90 left: 10 bought; then 81 + 9 left: 10 bought
    "losses are made good": ([100, 100, 100], 0, 0, 5, 0.1, [100, 10, 10]),
    # 10 x 0.95 = 9.5 left: half a piece missing is a piece; then 9.025 + 0.95 = 9.975 left: again one
    "part of a piece is a piece": ([10, 10, 10], 0, 0, 5, 0.05, [10, 1, 1]),
    "what exists serves for the rest of its life: 4 - 2 = 2 years": ([10, 10, 10], 10, 2, 4, 0, [0, 0, 10]),
    "what is as old as its life is replaced at once": ([10, 10], 10, 4, 4, 0, [10, 0]),
    # 20 x 0.9 = 18 are enough in the second year; 20 x 0.81 = 16.2 in the third: 1.8 missing
    "existing pieces are lost too, from the first year on": ([18, 18, 18], 20, 0, 9, 0.1, [0, 0, 2]),
    "a life of one year: everything again each year": ([10, 10, 10], 0, 0, 1, 0, [10, 10, 10]),
    "no need, no purchase": ([0, 0], 0, 0, 3, 0.1, [0, 0]),
}


@pytest.mark.parametrize(("need", "existing", "age", "life", "loss", "bought"), STOCKS.values(), ids=STOCKS)
def test_purchases_hold_the_stock_that_is_needed(need, existing, age, life, loss, bought):
    """Need less survivors of all cohorts, in whole pieces."""
    assert purchases(np.array(need, dtype=float), existing, age, life, loss).tolist() == bought


@pytest.mark.parametrize(
    ("need", "existing", "new"),
    [
        ([10, 15, 20], 0, [10, 5, 5]),  # every piece above the year before
        ([10, 15, 20], 12, [0, 3, 5]),  # twelve are there already
        ([10, 4, 10, 11], 0, [10, 0, 0, 1]),  # coming back to ten is no growth
        ([0.5, 1.0], 0, [1, 1]),  # half a piece is a piece
    ],
)
def test_growth_is_what_was_never_needed_before(need, existing, new):
    """The rest of the purchases replaces what was lost or worn out."""
    assert growth(np.array(need, dtype=float), existing).tolist() == new


def stock_held(bought, existing, age, life, loss):
    """Pieces in use in each year, counted cohort by cohort with nothing but additions."""
    cohorts = [(-age, float(existing), 0)]  # year of purchase, pieces, year from which losses count
    held = []
    for year, pieces in enumerate(bought):
        cohorts.append((year, float(pieces), year))
        held.append(sum(n * (1 - loss) ** (year - since) for born, n, since in cohorts if year - born < life))
    return held


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    st.lists(st.floats(0, 5000), min_size=1, max_size=15),
    st.integers(0, 3000),
    st.integers(0, 6),
    st.integers(1, 8),
    st.floats(0, 0.6),
)
def test_the_stock_covers_the_need_and_no_piece_is_bought_in_vain(need, existing, age, life, loss):
    """In every year what is in use is enough, and one piece less would not be."""
    bought = purchases(np.array(need), existing, age, life, loss)
    for wanted, pieces, held in zip(need, bought, stock_held(bought, existing, age, life, loss), strict=True):
        assert held >= wanted - 1e-6
        assert pieces == 0 or held - 1 < wanted + 1e-6
