"""Array functions: rounding that forgives binary fractions, steps, and the year axis."""

import numpy as np
import pytest

from imis_plan.model import arrays


@pytest.mark.parametrize(
    ("quantity", "whole"),
    [
        (0, 0),  # nothing needed, nothing bought
        (0.1 * 30, 3),  # three, though the computer says 3.0000000000000004
        (3.0001, 4),  # a little more than three is four
        (-0.5, 0),  # half a piece too many is nothing to buy
    ],
)
def test_ceil_is_what_a_person_would_buy(quantity, whole):
    """Part of a piece is a whole piece; the noise of binary fractions is none."""
    assert arrays.ceil(quantity) == whole


def test_ceil_knows_no_minus_zero():
    """A table never shows -0."""
    assert str(arrays.ceil(np.array(-0.5))) == "0.0"


@pytest.mark.parametrize(
    ("x", "whole"),
    [
        (2.99, 2),  # not yet three
        (0.1 * 3 / 0.1, 3),  # three, whatever the binary fraction
        (3, 3),  # exactly three
    ],
)
def test_floor_is_the_whole_number_reached(x, whole):
    """Evaluations held by the end of a year are counted when they are complete."""
    assert arrays.floor(x) == whole


@pytest.mark.parametrize(
    ("x", "held"),
    [
        (-1, 0),  # below the lower bound
        (0.4, 0.4),  # inside
        (7, 1),  # above the upper bound
    ],
)
def test_clip_holds_a_value_between_two_bounds(x, held):
    """A share stays between 0 and 1."""
    assert arrays.clip(x, 0, 1) == held


@pytest.mark.parametrize(
    ("needed", "size"),
    [
        (0, 0),  # nothing needed, nothing rented
        (1, 2),  # the smallest on offer
        (2, 2),  # exactly the smallest
        (2.1, 4),  # a little more takes the next
        (8, 8),  # exactly the largest
        (8.1, 16),  # above the largest: two of it
        (17, 24),  # three of it
    ],
)
def test_step_up_takes_the_smallest_size_that_holds(needed, size):
    """Machines come in sizes of 2, 4 and 8 cores; above that in several of 8."""
    assert arrays.round_up_to(needed, (2, 4, 8)) == size


def test_previous_is_last_years_value():
    """The value before the first year is given apart."""
    assert list(arrays.previous(np.array([3.0, 5.0, 9.0]), 1.0)) == [1, 3, 5]


def test_previous_of_draws_keeps_the_draws():
    """One start value serves all draws, or each draw has its own."""
    series = np.array([[3.0, 30.0], [5.0, 50.0]])
    assert arrays.previous(series, 1.0).tolist() == [[1, 1], [3, 30]]
    assert arrays.previous(series, np.array([1.0, 10.0])).tolist() == [[1, 10], [3, 30]]


def test_by_year_fits_the_years_of_draws():
    """A price index without draws gets an axis of length one, so that it multiplies quantities with draws."""
    assert arrays.stack_years([1.0, 1.1], np.zeros((2, 1))).shape == (2, 1)
    assert arrays.stack_years([1.0, np.array([1.1, 1.2, 1.3])], np.zeros((2, 1))).tolist() == [[1, 1, 1], [1.1, 1.2, 1.3]]


def test_total_to_date_runs_over_the_years():
    """Records pile up from year to year, draw by draw."""
    assert arrays.cumulative_sum(np.array([1.0, 2.0, 3.0])).tolist() == [1, 3, 6]
    assert arrays.cumulative_sum(np.array([[1.0, 10.0], [2.0, 20.0]])).tolist() == [[1, 10], [3, 30]]


def test_small_functions_work_element_by_element():
    """What numpy offers under other names, so that formulas need nothing else."""
    a, b = np.array([1.0, 5.0]), np.array([2.0, 4.0])
    assert arrays.maximum(a, b).tolist() == [2, 5]
    assert arrays.minimum(a, b).tolist() == [1, 4]
    assert arrays.where(a > 2, a, b).tolist() == [2, 5]
    assert arrays.exp(0) == 1
    assert arrays.choose("cloud", {"cloud": lambda: 3, "managed": lambda: 1 / 0}) == 3
