"""Actuals by economic code and quarter: as execution reports come, with every problem at its line."""

import pytest

from imis_plan.problems import BadInput
from imis_plan.scenario.actuals import read_actuals
from imis_plan.scenario.code_actuals import CodeActual
from tests.model.plans import plan_of

LINES = {"staff": ("pay",)}
CODES = {"gfs_code": {"211", "212", "22", "311221", "3113231"}, "account_code": {"21111", "22112", "31122"}}


def read(place, text, name="nepal.csv"):
    """A file of actuals, read for Nepal."""
    file = place / "actuals" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return read_actuals(file, plan_of("nepal"), LINES, codes=CODES)


def refused(place, text, name="nepal.csv"):
    """The lines with which a file is refused."""
    with pytest.raises(BadInput) as caught:
        read(place, text, name)
    return str(caught.value).splitlines()


def test_rows_have_a_code_a_year_and_a_quarter(tmp_path):
    """Codes stay text; an empty quarter is the whole year."""
    found = read(tmp_path, "gfs_code,year,quarter,amount,currency,note\n211,2027,1,1000,,\n31,2027,,12.5,USD,one bill\n")

    assert found.rows == ()
    assert found.codes == (
        CodeActual(gfs_code="211", year=2027, quarter=1, amount=1000.0),
        CodeActual(gfs_code="31", year=2027, amount=12.5, currency="USD", note="one bill"),
    )


def test_yaml_says_the_same(tmp_path):
    """With a note for readers."""
    text = 'note: An example\nactuals:\n  - {account_code: "21111", year: 2028, quarter: 4, amount: 5}\n'
    found = read(tmp_path, text, "nepal.yaml")

    assert found.note == "An example"
    assert found.codes == (CodeActual(account_code="21111", year=2028, quarter=4, amount=5.0),)


def test_all_faults_are_told_together(tmp_path):
    """File, line, what is wrong, what would be right."""
    text = """\
gfs_code,account_code,component,year,quarter,amount
299,,,2027,1,5
22,,,2027,5,5
22,,,2029,1,5
,1.7E+16,,2028,,5
212,,staff,2027,2,5
,,staff,2027,,5
22,,,2026,,-1
"""
    found = refused(tmp_path, text)
    assert [line.partition(": actuals")[0] for line in found] == [
        f"actuals/nepal.csv:{number}" for number in (2, 3, 4, 5, 6, 7, 8, 8)
    ]
    for part in (
        'actuals[0].gfs_code = "299": no cost of this plan has this code, ',
        "actuals[1].quarter = 5: not a quarter, give 1, 2, 3 or 4",
        "actuals[2].quarter = 1: a quarter of a year without a cash plan, give the whole year, or a quarter of 2027 to 2028",
        'actuals[3].account_code = "1.7E+16": a code that a spreadsheet took for a number, format it as text and type it again',
        "actuals[4]: gfs_code and component in one row, give one of them: money is booked under one code",
        "actuals[5]: no code, and other rows have one, give gfs_code or account_code, or components in a file of their own",
        "actuals[6].amount = -1: more is corrected than was spent: 22 of 2026 in NPR comes to -1, give what it corrects, too",
        "actuals[6].year = 2026: not a year of the plan, give 2027 to 2031",
    ):
        assert any(part in line for line in found), (part, found)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("22,,2027,1,5\n22,,2027,1,6\n", "22 of quarter 1 of 2027 is given more than once, give one row with the sum"),
        ("22,,2027,1,5\n22,,2027,,6\n", "22 of 2027 is given as a whole and by quarter, keep one of the two"),
        ("22,,2027,,5\n,21111,2027,,6\n", "2027 is given by economic class and by account, keep one of the two"),
        ("2,,2027,,5\n211,,2027,,6\n", "211 of 2027 is in 2, too, keep one of the two"),
    ],
)
def test_nothing_counts_twice(rows, problem, tmp_path):
    """Each with the line of the row."""
    found = refused(tmp_path, f"gfs_code,account_code,year,quarter,amount\n{rows}")
    assert any(line.endswith(problem) for line in found), found
    assert all(line.startswith("actuals/nepal.csv:") for line in found)


def test_a_quarter_may_be_corrected_below_zero_and_a_year_may_not(tmp_path):
    """A bill of the first quarter is paid back in the second: -40 there, 60 in the year; 101 back would be more than was spent."""
    text = "gfs_code,year,quarter,amount\n22,2027,1,100\n22,2027,2,5\n22,2027,2,(45)\n"
    found = read(tmp_path, text)

    assert [(row.quarter, row.amount) for row in found.codes] == [(1, 100), (2, 5 - 45)]
    (problem,) = refused(tmp_path, text.replace("(45)", "(106)"))
    assert problem.endswith(
        "actuals[2].amount = -106: more is corrected than was spent: 22 of 2027 in NPR comes to -1, give what it corrects, too"
    )


def test_a_code_without_quotes_in_yaml_is_refused(tmp_path):
    """YAML reads it as a number, which loses zeros at its head."""
    found = refused(tmp_path, "actuals:\n  - {gfs_code: 22, year: 2027, amount: 5}\n", "nepal.yaml")
    assert found == ["actuals/nepal.yaml:2: actuals[0].gfs_code = 22: not text, put quotes around it"]


def test_accounts_need_a_chart(tmp_path):
    """A scenario without a chart of its own has classes only."""
    file = tmp_path / "chad.csv"
    file.write_text("account_code,year,amount\n610,2027,5\n", encoding="utf-8")
    with pytest.raises(BadInput, match="give gfs_code: the scenario names no chart of accounts"):
        read_actuals(file, plan_of("chad"), LINES, codes=CODES | {"account_code": set()})
