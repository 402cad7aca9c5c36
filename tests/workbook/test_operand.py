"""Operands: what code does to them is written down as a formula, and worked out too."""

import numpy as np
import pytest

from imis_plan.model import arrays
from imis_plan.workbook.grid import Grid, Workings
from imis_plan.workbook.layout import FIRST, SINGLE, TOP
from imis_plan.workbook.operand import LONGEST, Operand
from imis_plan.workbook.term import reference


def one(text, value):
    """A cell."""
    return Operand([reference(text, np.float64(value) if isinstance(value, float) else value)], extract, series=False)


def series(*values):
    """A row of cells, one a year: B1, C1 ..."""
    cells = [reference(f"{'BCDEF'[t]}1", np.float64(value), t) for t, value in enumerate(values)]
    return Operand(cells, extract, series=True)


def extract(term):
    """Nothing is long here."""
    return term


def read(operand):
    """Formula and value."""
    return operand.terms[0].text, operand.value


A, B = one("A1", 7.0), one("A2", 2.0)


@pytest.mark.parametrize(
    ("operand", "text", "value"),
    [
        (A + B * 3, "A1+A2*3", 13),
        ((A + B) * 3, "(A1+A2)*3", 27),
        (A - (B - 1), "A1-(A2-1)", 6),
        (A / (B * 2), "A1/(A2*2)", 1.75),
        (A * (B / 2), "A1*A2/2", 7),
        (-A, "0-A1", -7),
        ((0 - A) ** 2, "(0-A1)^2", 49),  # a spreadsheet takes -7^2 for 49, and 2^3^2 for 64
        (A ** (B**2), "A1^(A2^2)", 2401),
        ((A**B) ** 2, "(A1^A2)^2", 2401),
        (A + 0, "A1", 7),
        (1 * A, "A1", 7),
        (A * 0, "0", 0),
        (A**0, "1", 1),
        (2 - A, "2-A1", -5),
        (A * (B == 2), "A1*(A2=2)", 7),
        ((A > 1) | (B > 3), "OR(A1>1,A2>3)", True),
        (arrays.ceil(A / B), "CEILING(A1/A2-1E-09,1)", 4),
        (arrays.floor(A / B), "INT(A1/A2+1E-09)", 3),
        (arrays.minimum(A, B), "MIN(A1,A2)", 2),
        (arrays.clip(A, 0, 1), "MIN(MAX(A1,0),1)", 1),
        (arrays.where(A > B, A, 0.0), "IF(A1>A2,A1,0)", 7),
        (arrays.exp(A - 7), "EXP(A1-7)", 1),
        (arrays.round_to_cents(A / 3), "ROUND(A1/3,2)", 2.33),
        (arrays.safe_divide(A, B - 2), "IF(A2-2<>0,A1/(A2-2),0)", 0),
    ],
)
def test_an_operation_becomes_the_formula_a_person_would_write(operand, text, value):
    """With brackets where they are needed and nowhere else; its value is what the formula comes to."""
    with np.errstate(all="ignore"):
        assert read(operand) == (text, pytest.approx(value))


def test_text_in_a_formula_keeps_its_quotes():
    """A word with quotes cannot end the text around it."""
    assert read(one("A3", "cloud") == 'a"b') == ('A3="a""b"', False)


def test_a_choice_keeps_every_branch_open():
    """The cell decides, not the value that it has now; a name picks its branch at once."""
    branches = {"cloud": lambda: A, "room": lambda: B, "managed": lambda: 0.0}

    assert read(arrays.choose(one("A3", "room"), branches)) == ('IF(A3="cloud",A1,IF(A3="room",A2,0))', 2)
    assert arrays.choose("cloud", branches) is A


def test_series_are_worked_out_year_by_year():
    """Last year's value, running sums, and a value for all years beside one for each."""
    people = series(10.0, 20.0, 40.0)

    assert [term.text for term in arrays.previous(people, A).terms] == ["A1", "B1", "C1"]
    assert [term.text for term in arrays.cumulative_sum(people).terms] == ["B1", "B1+C1", "B1+C1+D1"]
    assert (people * A).value.tolist() == [70, 140, 280]
    assert [term.text for term in arrays.round_up_to(A, [B, one("A4", 8.0)]).terms] == [
        "IF(A1>1E-09,IF(A1<=A2+1E-09,A2,CEILING(A1/A4-1E-09,1)*A4),0)"
    ]


def test_python_cannot_decide_by_a_value_that_a_cell_may_change():
    """A branch in the model that the workbook would freeze is an error, not a wrong number."""
    with pytest.raises(TypeError, match="A1>A2: Python cannot decide by a value that may change in a cell"):
        bool(A > B)
    with pytest.raises(TypeError, match="not part of the workbook's structure"):
        int(A)
    with pytest.raises(TypeError):
        np.sin(A)


def test_a_long_formula_is_put_together_from_cells_of_its_own():
    """Parts of one formula stand in rows of their owner, by year; the same part is written once."""
    workings = Workings(Grid("Workings", TOP, SINGLE, FIRST))
    price = Operand([reference("a_price_with_a_long_name", np.float64(2.0))], workings.extract, series=False)
    long = (price + 1) * (price + 2) * (price + 3) * (price + 4) * (price + 5) * (price + 6)
    again = (price + 1) * (price + 2) * (price + 3) * (price + 4) * (price + 5) * (price + 6)

    assert long.value == 3 * 4 * 5 * 6 * 7 * 8
    assert len(long.terms[0].text) <= 120
    assert again.terms[0].text == long.terms[0].text
    assert [len(row.cells) for row in workings.grid.rows] == [1]


def test_a_quotient_by_zero_gets_no_cell_of_its_own():
    """An IF keeps it out of the result; a cell of its own would show an error."""
    workings = Workings(Grid("Workings", TOP, SINGLE, FIRST))
    growth = Operand([reference("growth", np.float64(0.0))], workings.extract, series=False)
    whole = (growth * 1000001 + growth * 2000002) * (growth + 3000003) * (growth + 4000004)
    share = arrays.safe_divide((growth + 100001) * (growth + 200002) * (growth + 300003), whole)

    assert share.value == 0
    assert len(share.terms[0].text) > LONGEST
    assert workings.grid.rows
    assert all(np.isfinite(cell.value) for row in workings.grid.rows for cell in row.cells.values())


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        (2490320.845, 2490320.85),  # a half, of which binary fractions keep a hair less
        (0.125, 0.13),  # away from nothing, as in a spreadsheet; NumPy goes to the even digit
        (-0.125, -0.13),
        (2.675, 2.68),
        (0.0, 0.0),
        (1234567.894999, 1234567.89),
    ],
)
def test_money_is_rounded_as_a_spreadsheet_rounds_it(amount, cents):
    """Half a cent is rounded up, whatever the binary digits say."""
    assert arrays.round_to_cents(amount) == cents
