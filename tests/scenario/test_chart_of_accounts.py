"""Charts of accounts: each fault in a file is named with its line and with what would be right."""

import shutil

import pytest

from imis_plan.problems import BadInput
from imis_plan.scenario.chart_of_accounts import charts_problems, read_chart
from imis_plan.scenario.folder import PACKAGE_PARAMETERS as REAL
from imis_plan.scenario.inputs import input_files
from imis_plan.scenario.plan import load
from imis_plan.scenario.plan_checks import check

HEAD = "component,line,gfs_code,account_code,title,source,confidence,note\n"
GOOD = ",,211,21111,Remuneration,The ministry's list of 2027,A,\n"


@pytest.fixture
def folder(tmp_path):
    """A folder of parameter files with Nepal and its chart."""
    copy = tmp_path / "parameters"
    (copy / "chart_of_accounts").mkdir(parents=True)
    for name in ("defaults.yaml", "units.yaml", "sources.yaml", "benchmarks.yaml", "nepal.yaml"):
        shutil.copyfile(REAL / name, copy / name)
    return copy


def write_chart(folder, *rows, head=HEAD, name="nepal"):
    """A chart with these rows."""
    file = folder / "chart_of_accounts" / f"{name}.csv"
    file.write_text(head + "".join(rows), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("offce_it,,,31122,Title,A list,B,\n", 'component = "offce_it": unknown component, did you mean office_it?'),
        ("office_it,printer,,31122,Title,A list,B,\n", 'line = "printer": no such line in office_it, did you mean printers?'),
        (",printers,,31122,Title,A list,B,\n", 'line = "printers": a line without its component, give its component, too'),
        (",,,31122,Title,A list,B,\n", "component: a code for nothing, give a component with or without a line, or an economic class"),
        (",,31122,31122,Title,A list,B,\n", 'gfs_code = "31122": unknown economic class, did you mean 311222?'),
        (",,22,,Title,A list,B,\n", "account_code: empty, give account code"),
        (",,22,1.23E+16,Title,A list,B,\n", 'account_code = "1.23E+16": a code that a spreadsheet took for a number, format the column as text and type it again'),
        (",,22,5,Title,nepal_head: annex 2,B,\n", 'source = "nepal_head: annex 2": nepal_head is not in sources.yaml, did you mean nepal_heads?'),
        (",,22,5,Title,A list,D,\n", 'confidence = "D": not an allowed value, give A, B, C, assumed'),
        (GOOD, 'account_code = "21111": the same component, line and class as line 2, keep one of the two'),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line_and_remedy(folder, row, problem):
    """In the third line, below the heads and a good row."""
    write_chart(folder, GOOD, row)

    with pytest.raises(BadInput) as error:
        load("nepal", parameters=folder)
    assert str(error.value) == f"chart_of_accounts/nepal.csv:3: {problem}"


def pay_account(folder):
    """The account of pay in the chart of Nepal."""
    account = load("nepal", parameters=folder).chart.account("staff", "pay", "211")
    return account and account.code


def test_all_faults_come_at_once_and_with_those_of_the_scenario(folder):
    """Two rows, and a key in the scenario."""
    write_chart(folder, ",,22,5,,A list,D,\n", "x,,,6,Title,A list,B,\n")
    text = (folder / "nepal.yaml").read_text(encoding="utf-8") + "fundng: []\n"
    (folder / "nepal.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(BadInput) as error:
        load("nepal", parameters=folder)
    files = [problem.file for problem in error.value.problems]
    assert files == ["chart_of_accounts/nepal.csv"] * 3 + ["parameters/nepal.yaml"]


def test_a_missing_column_or_an_unknown_one_is_named(folder):
    """With the list of columns."""
    file = write_chart(folder, GOOD, head=HEAD.replace("title", "titel"))
    _, problems = read_chart(file, 0, frozenset())

    columns = "component, line, gfs_code, account_code, title, source, confidence, note"
    assert [str(problem) for problem in problems][:2] == [
        "chart_of_accounts/nepal.csv:1: titel: no such column, did you mean title?",
        f"chart_of_accounts/nepal.csv:1: no column title, name these columns: {columns}",
    ]


def test_a_chart_that_does_not_exist_is_named_with_those_that_do(folder):
    """At its line in the scenario."""
    text = (folder / "nepal.yaml").read_text(encoding="utf-8").replace("chart_of_accounts: nepal", "chart_of_accounts: nepla")
    (folder / "nepal.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(
        BadInput, match=r"nepal.yaml:12: about.chart_of_accounts = .nepla.: no such chart of accounts, did you mean nepal"
    ):
        load("nepal", parameters=folder)


def test_check_reads_charts_that_no_scenario_names(folder):
    """A ministry fills in its chart before a scenario names it."""
    write_chart(folder, GOOD)
    write_chart(folder, "sms,,,6,,A list,B,\n", name="kenya")

    assert [str(problem) for problem in check(parameters=folder)] == ["chart_of_accounts/kenya.csv:2: title: empty, give title"]


def test_a_chart_beside_the_scenario_counts_before_the_shipped_one(folder):
    """And without one, the shipped one serves."""
    shipped = pay_account(folder)
    write_chart(folder, ",,211,99,Pay,The ministry's list,A,\n")

    assert shipped == "21111"
    assert pay_account(folder) == "99"
    assert input_files("nepal", folder)["chart of accounts"].parent.parent == folder


def test_a_chart_saved_by_a_spreadsheet_with_semicolons_is_read(folder):
    """As Excel saves it in many countries."""
    write_chart(folder, GOOD.replace(",", ";"), head="\ufeff" + HEAD.replace(",", ";"))

    assert pay_account(folder) == "21111"


def test_the_shipped_charts_have_no_fault():
    """Sources, lines and classes exist."""
    assert list(charts_problems(REAL, load("nepal").sources)) == []
