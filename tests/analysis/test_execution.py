"""Budget execution by code and quarter: plan of the ledger and of the cash plan, shares executed, and its tables."""

from pathlib import Path

import pytest

from imis_plan.analysis.assessment.criteria import assessment
from imis_plan.analysis.cash_plan import YEARS, cash_plan
from imis_plan.analysis.execution import by_period, execution
from imis_plan.analysis.variance import actuals_of, base_cost
from imis_plan.cli.main import main
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.code_actuals import YEARS_WITH_QUARTERS, CodeActual
from imis_plan.sections.variance import tables, text
from tests.model.plans import FOLDER, NAMES, ledger_of, plan_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "actuals_nepal_by_code.csv"


def example(plan, ledger) -> Actuals:
    """The actuals of the documentation."""
    actuals = actuals_of(plan, ledger, EXAMPLE)
    assert actuals is not None
    return actuals


def spent(*rows, scheme="gfs_code"):
    """Actuals of (code, year, quarter, amount)."""
    return Actuals(
        "actuals/nepal.csv",
        codes=tuple(CodeActual(**{scheme: code, "year": y, "quarter": q, "amount": x}) for code, y, q, x in rows),
    )


def planned(name, code, year, column="gfs_code"):
    """What a plan has for a code and all below it in a year, contingency left out."""
    rows = base_cost(ledger_of(name))
    return rows.loc[(rows["year"] == year) & rows[column].str.startswith(code), "amount"].sum()


@pytest.mark.parametrize("name", NAMES)
def test_quarters_add_up_to_the_year(name):
    """What is planned for the quarters of all codes is the base cost of the year."""
    plan, ledger = plan_of(name), ledger_of(name)
    first = plan["time.base_year"]
    rows = [(code, first, quarter, 1.0) for code in ("2", "31") for quarter in (1, 2, 3, 4)]
    table = execution(plan, ledger, spent(*rows))
    base = base_cost(ledger)

    assert table["plan"].sum() == pytest.approx(base.loc[base["year"] == first, "amount"].sum(), abs=0.1)
    assert table.drop_duplicates("code")["year_plan"].sum() == pytest.approx(table["plan"].sum(), abs=0.1)


def test_quarters_are_taken_for_the_years_of_the_cash_plan():
    """The reader of files says so before there is a ledger."""
    assert YEARS_WITH_QUARTERS == YEARS


def test_a_quarter_is_compared_with_the_cash_plan():
    """Nine tenths of what the cash plan has for wages in the second quarter."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    cash = cash_plan(plan, ledger)
    wages = cash.loc[(cash["gfs_code"] == "211") & (cash["year"] == 2027), "q2"].sum()
    (row,) = execution(plan, ledger, spent(("211", 2027, 2, 0.9 * wages))).to_dict("records")

    assert row["plan"] == pytest.approx(wages, abs=0.01)
    assert row["executed"] == pytest.approx(0.9)
    assert row["difference"] == pytest.approx(-0.1 * wages, abs=0.02)
    assert row["to_date"] == pytest.approx(0.9 * wages / planned("nepal", "211", 2027))


def test_what_is_spent_so_far_grows_by_quarter():
    """A tenth of the year in each quarter, whatever the order of the rows."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    year = planned("nepal", "22", 2027)
    table = execution(plan, ledger, spent(("22", 2027, 2, 0.1 * year), ("22", 2027, 1, 0.1 * year)))

    assert table["quarter"].tolist() == [1, 2]
    assert table["to_date"].tolist() == pytest.approx([0.1, 0.2])


def test_a_code_stands_for_all_below_it_and_an_account_for_its_lines():
    """31 is machinery and software; an account of Nepal's chart has the lines of the chart."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    classes = execution(plan, ledger, spent(("31", 2028, None, 1.0)))
    accounts = execution(plan, ledger, spent(("21111", 2028, None, 1.0), scheme="account_code"))

    assert classes["plan"].tolist() == pytest.approx([planned("nepal", "31", 2028)])
    assert accounts["plan"].tolist() == pytest.approx([planned("nepal", "21111", 2028, "account_code")])
    assert accounts["plan"].iloc[0] > 0


def test_periods_add_up_their_codes():
    """Plan and actual of each quarter, and the share executed."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    table = execution(plan, ledger, example(plan, ledger))
    sums = by_period(table)

    assert sums.loc[(2027, 1), "actual"] == 26_500_000 + 70_100_000 + 21_000_000
    assert sums.loc[(2027, 1), "executed"] == pytest.approx(
        sums.loc[(2027, 1), "actual"] / table.loc[table["quarter"] == 1, "plan"].sum()
    )


def test_nothing_planned_has_no_share():
    """A code of the plan in a year in which it costs nothing."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    (row,) = execution(plan, ledger, spent(("3113231", 2031, None, 5.0))).to_dict("records")

    assert (row["plan"], row["difference"]) == (0.0, 5.0)
    assert row["executed"] != row["executed"]
    assert "nothing was planned for them" in text.plan_against_actuals(plan, ledger, spent(("3113231", 2031, None, 5.0)))


def test_the_report_has_the_codes():
    """Sentences, a table, and the point of the self-assessment."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    actuals = example(plan, ledger)
    sentences = text.plan_against_actuals(plan, ledger, actuals)
    frame = tables.execution(plan, ledger, actuals)["frame"]

    assert "FY 2027/28, quarter 1: NPR 118 million of NPR 147 million planned for these codes (80%)" in sentences
    assert frame["Code"].tolist()[0] == "211 Wages and salaries"
    assert frame["Period"].tolist()[:3] == ["FY 2027/28, quarter 1"] * 3
    verdicts = assessment(plan, ledger, None, actuals)
    assert any("Compared with actual spending in FY 2027/28" in str(cell) for cell in verdicts.to_numpy().ravel())


def test_the_command_prints_shares(capsys):
    """As a table and as CSV; a projection is refused, since a code has many lines."""
    asked = ["actuals", "--parameters", str(FOLDER), "nepal", str(EXAMPLE)]
    assert main(asked) == 0
    assert "0.76" in capsys.readouterr().out
    assert main([*asked, "--format", "csv"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].split(",")[:4] == ['"scheme"', '"code"', '"year"', '"quarter"']
    assert len(out) == 7
    assert main([*asked, "--projection"]) == 2
    assert "actuals by economic code, give actuals by component" in capsys.readouterr().err
