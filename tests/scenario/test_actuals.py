"""Files of actuals: YAML or CSV, every problem told with its place and remedy."""

import os
from pathlib import Path

import openpyxl
import pytest

from imis_plan.problems import BadInput
from imis_plan.scenario.actuals import actuals_file, read_actuals
from imis_plan.scenario.actuals_table import read_rows
from imis_plan.scenario.component_actuals import Actual
from tests.model.plans import plan_of

LINES = {"staff": ("pay", "on_costs"), "printing": ("claim_forms",), "sms": ("messages",)}
YAML = """\
note: An example
actuals:
  - {component: staff, year: 2027, amount: 1000}
  - {component: printing, line: claim_forms, year: 2028, amount: 12.5, currency: USD, note: by tender}
"""
CSV = """\
component,line,year,amount,currency,note
staff,,2027,1000,,
printing,claim_forms,2028,12.5,USD,by tender
"""


def written(place, text, name="nepal.yaml"):
    """A file of actuals."""
    file = place / "actuals" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def rows(file):
    """The rows of a file."""
    return read_actuals(file, plan_of("nepal"), LINES).rows


def refused(file):
    """The lines with which a file is refused."""
    with pytest.raises(BadInput) as caught:
        read_actuals(file, plan_of("nepal"), LINES)
    return str(caught.value).splitlines()


def test_a_file_has_rows_and_a_note(tmp_path):
    """What was spent on a component or on one of its lines, in a year, in a currency."""
    read = read_actuals(written(tmp_path, YAML), plan_of("nepal"), LINES)

    assert read.rows == (
        Actual(component="staff", year=2027, amount=1000.0),
        Actual(component="printing", line="claim_forms", year=2028, amount=12.5, currency="USD", note="by tender"),
    )
    assert (read.note, read.file) == ("An example", "actuals/nepal.yaml")


@pytest.mark.parametrize(
    "text",
    [
        CSV,
        CSV.replace(",", ";"),  # Excel of half the world
        b"\xef\xbb\xbf" + CSV.encode(),  # Excel says that it is UTF-8
        CSV.replace("\n", "\r\n"),
    ],
)
def test_a_table_says_the_same_as_yaml(text, tmp_path):
    """Whichever program wrote it."""
    assert rows(written(tmp_path, text, "nepal.csv")) == rows(written(tmp_path, YAML))


def test_all_faults_of_all_rows_are_told_together(tmp_path):
    """File, line, what is wrong, what would be right."""
    text = """\
notes: An example
actuals:
  - {component: staf, year: 2027, amount: 1}
  - {component: staff, line: pays, year: 2026, amount: -1, currency: XXX}
  - {component: contingency, year: 2027, amount: 1}
  - {component: printing, amount: "1,000", year: 2027, payer: Bank}
  - {year: 2027, amount: 1}
  - twelve
"""
    assert refused(written(tmp_path, text)) == [
        "actuals/nepal.yaml:1: notes: unknown key, did you mean note?",
        'actuals/nepal.yaml:3: actuals[0].component = "staf": no such component, did you mean staff?',
        'actuals/nepal.yaml:4: actuals[1].line = "pays": no such line in staff, did you mean pay?',
        "actuals/nepal.yaml:4: actuals[1].year = 2026: not a year of the plan, give 2027 to 2031, the year in which a fiscal year begins: 2027 is FY 2027/28",
        'actuals/nepal.yaml:4: actuals[1].currency = "XXX": no exchange rate for it, give LCU, NPR, USD, EUR',
        "actuals/nepal.yaml:4: actuals[1].amount = -1: more is corrected than was spent: pays of 2026 in XXX comes to -1, give what it corrects, too",
        'actuals/nepal.yaml:5: actuals[2].component = "contingency": contingency is not spent as such, book it under what it was spent on',
        'actuals/nepal.yaml:6: actuals[3].amount = "1,000": not a number, give a number without quotes, separators or %',
        "actuals/nepal.yaml:6: actuals[3].payer: unknown key, did you mean year?",
        "actuals/nepal.yaml:7: actuals[4].component: missing, give a component, such as staff",
        'actuals/nepal.yaml:8: actuals[5] = "twelve": not a mapping, give component, year, amount',
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("staff,,2027,5,,", "staff of 2027 is given more than once, give one row with the sum"),
        ("staff,pay,2027,5,,", "staff of 2027 is given as a whole and by line, keep one of the two"),
    ],
)
def test_nothing_counts_twice(row, problem, tmp_path):
    """A row given again, or a line beside its whole component."""
    found = refused(written(tmp_path, CSV + row + "\n", "nepal.csv"))

    assert found[-1] == f"actuals/nepal.csv:4: actuals[2]: {problem}"


@pytest.mark.parametrize("amount", ["-150", "(150)", "150-", "( 150.00 )"])
def test_a_correction_is_added_to_what_it_corrects(amount, tmp_path):
    """1,000 spent, a credit note of 150 and one of 50: 800, in the row that was spent."""
    text = CSV.replace(
        "staff,,2027,1000,,\n", f"staff,,2027,{amount},,credit note\nstaff,,2027,1000,NPR,bill\nstaff,,2027,-50,LCU,\n"
    )
    first, second = rows(written(tmp_path, text, "nepal.csv"))

    assert first == Actual(component="staff", year=2027, amount=1000 - 150 - 50, currency="NPR", note="bill")
    assert second.amount == 12.5


def test_what_was_spent_may_be_corrected_to_nothing(tmp_path):
    """A bill that was paid by mistake and paid back."""
    (row,) = rows(
        written(
            tmp_path, "component,line,year,amount\nstaff,pay,2027,0.3\nstaff,pay,2027,-0.1\nstaff,pay,2027,-0.2\n", "nepal.csv"
        )
    )

    assert row.amount == pytest.approx(0)


@pytest.mark.parametrize(
    ("row", "comes_to"),
    [
        ("staff,,2027,-1000.5,,", "staff of 2027 in NPR comes to -0.5"),
        ("staff,,2028,-5,,", "staff of 2028 in NPR comes to -5"),  # of another year
        ("staff,,2027,-5,USD,", "staff of 2027 in USD comes to -5"),  # of another currency
        ("printing,claim_forms,2028,-5,,", "claim_forms of 2028 in NPR comes to -5"),
    ],
)
def test_no_more_is_corrected_than_was_spent(row, comes_to, tmp_path):
    """The sum of a line in a year and a currency is 0 or more."""
    (found,) = refused(written(tmp_path, CSV + row + "\n", "nepal.csv"))

    assert f"more is corrected than was spent: {comes_to}, give what it corrects, too" in found
    assert found.startswith("actuals/nepal.csv:4: actuals[2].amount = ")


def test_a_correction_by_line_of_a_component_that_is_given_as_a_whole_is_refused(tmp_path):
    """It might be in the sum of the component already."""
    found = refused(written(tmp_path, CSV + "staff,pay,2027,-5,,\n", "nepal.csv"))

    assert "actuals/nepal.csv:4: actuals[2]: staff of 2027 is given as a whole and by line, keep one of the two" in found


def test_a_component_and_its_line_may_be_given_in_different_years(tmp_path):
    """Only within a year would they count twice."""
    assert len(rows(written(tmp_path, CSV + "staff,pay,2028,5,,\n", "nepal.csv"))) == 3


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (CSV.replace("year", "yeer"), ["actuals/nepal.csv:1: yeer: unknown column, did you mean year? (a column whose head begins with _ is left out, and so are those of --ignore-columns)"]),
        (CSV.replace("USD,by tender", "USD,by,tender"), ["actuals/nepal.csv:3: more cells than columns, put quotes around text with a comma in it"]),
        (CSV.replace("1000", "1000 rupees"), ['actuals/nepal.csv:2: actuals[0].amount = "1000 rupees": not a number, give a number without quotes, separators or %']),
        (CSV.replace("2027", "27/28"), ['actuals/nepal.csv:2: actuals[0].year = "27/28": not a year, give a year such as 2025']),
        (CSV.encode() + "staff,,2028,1,,d\xe9j\xe0\n".encode() + b"sms,,2028,1,,caf\xe9\n", ["actuals/nepal.csv:5: not text in UTF-8, UTF-16 or Windows-1252, save it as CSV UTF-8"]),
        ("component,year,amount\n", ["actuals/nepal.csv:1: no actuals, give a row for each amount, below component, year and amount"]),
    ],
)  # fmt: skip
def test_a_table_is_refused_with_the_line_that_is_wrong(text, problems, tmp_path):
    """Headings are line 1."""
    assert refused(written(tmp_path, text, "nepal.csv")) == problems


@pytest.mark.parametrize("head", ["amount (USD)", "amount_usd", "Amount in USD", "amount [usd]"])
def test_a_head_that_names_a_currency_is_not_taken_for_local_money(head, tmp_path):
    """Its dollars would else be read as rupees, once the column is renamed."""
    (found,) = refused(written(tmp_path, f"component,year,{head}\nstaff,2027,1000\n", "nepal.csv"))

    assert found.endswith("unknown column, head it amount, and add a column currency with USD in each row")


@pytest.mark.parametrize("text", ["", "note: nothing yet\n", "actuals: {}\n"])
def test_a_file_without_rows_is_refused(text, tmp_path):
    """A file that says nothing is a mistake, not a plan that was kept."""
    assert refused(written(tmp_path, text)) == [
        "actuals/nepal.yaml:1: no actuals, give `actuals:` and below it a list of component, year and amount"
    ]


def test_a_file_that_is_not_there_is_named(tmp_path):
    """With the place where it would be found."""
    file = tmp_path / "spent.csv"
    assert refused(file) == [f"{file}: no such file, name a file, or write parameters/actuals/nepal.yaml"]


@pytest.mark.parametrize("name", ["nepal.yaml", "nepal.csv"])
def test_the_file_of_a_scenario_lies_in_a_folder_beside_it(name, tmp_path):
    """`parameters/actuals/<scenario>`; without one there is none."""
    import dataclasses

    plan = dataclasses.replace(plan_of("nepal"), folder=tmp_path)
    assert actuals_file(plan) is None

    file = written(tmp_path, YAML, name)

    assert actuals_file(plan) == file


def test_no_real_scenario_has_a_file_that_nobody_wrote():
    """The example lies in docs/examples, where no report finds it."""
    assert not (Path(__file__).parents[2] / "parameters" / "actuals").exists()


def workbook(place, rows):
    """A workbook of actuals, with a sheet before the one that has them."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Spent 2027")
    for row in rows:
        sheet.append(row)
    file = place / "actuals" / "nepal.xlsx"
    file.parent.mkdir(exist_ok=True)
    book.save(file)
    return file


def test_a_sheet_of_a_workbook_says_the_same(tmp_path):
    """Named after the file; numbers are what they are."""
    head, *body = [line.split(",") for line in CSV.splitlines()]
    file = workbook(tmp_path, [head, *([c, li or None, int(y), float(a), cu or None, n or None] for c, li, y, a, cu, n in body)])
    assert rows(file.with_name("nepal.xlsx#Spent 2027")) == rows(written(tmp_path, YAML))


@pytest.mark.parametrize(
    "text",
    [
        CSV.replace(",", "\t"),
        CSV.replace(",", ";").replace("12.5", "12,5"),
        "sep=;\n" + CSV.replace(",", ";"),
        CSV.encode("utf-16"),
        CSV.replace("\n", "\r"),
        CSV.replace("component,line", " Component , LINE"),
        CSV.replace("1000", "1000.0").replace("2027", "2027.0"),
        CSV.replace("1000", '"1,000.00"'),
        CSV.replace("\n", ",,\n") + ",,,,,,,\n",
        CSV.replace("note\n", "note,_voucher\n").replace("tender\n", "tender,17\n") + "_Total,,,1012.5,,,\n",
    ],
)
def test_whatever_a_spreadsheet_saves_is_read(text, tmp_path):
    """The same reader as for tables of scenarios."""
    assert rows(written(tmp_path, text, "nepal.csv")) == rows(written(tmp_path, YAML))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (CSV.replace("1000", "#REF!"), '2: amount = "#REF!": an error value of a spreadsheet, correct its formula, or leave the cell empty'),
        (CSV.replace("1000", "null"), '2: amount = "null": a word for no value, give the value, or leave the cell empty'),
        (CSV.replace("1000", '"1,000"'), '2: actuals[0].amount = "1,000": a number that can be read in two ways, write 1000 or 1.0000'),
        (CSV.replace("by tender", '"by tender'), '3: a quote that is not closed, close it, or write "" for a quote inside of a text'),
        (CSV + "Total,,2027,5,,\n", '4: component = "Total": a row of totals, remove it, or write _ before the word to leave it out'),
        (CSV.replace("note", "year"), "1: year: a column twice, keep one of the two"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_in_a_table_is_refused(text, problem, tmp_path):
    """With line, column and remedy."""
    assert f"actuals/nepal.csv:{problem}" in refused(written(tmp_path, text, "nepal.csv"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("amount", ["1,500", "1.500"])
def test_what_separates_cells_does_not_say_how_an_amount_is_written(amount, separator, tmp_path):
    """Refused with both readings as they can be written; each of them is read, and a code shows no decimal mark."""
    text = 'gfs_code@year@amount\n22@2027@"AMOUNT"\n22.1@2028@7\n'.replace("@", separator)
    both = "a number that can be read in two ways, write 1500 or 1.5000"
    assert refused(written(tmp_path, text.replace("AMOUNT", amount), "nepal.csv"))[0] == (
        f'actuals/nepal.csv:2: actuals[0].amount = "{amount}": {both}'
    )
    for plain, value in (("1500", 1500), ("1.5000", 1.5)):
        assert read_rows(written(tmp_path, text.replace("AMOUNT", plain), "nepal.csv")).data["actuals"][0]["amount"] == value
    other = text.replace("AMOUNT", amount).replace("7\n", f'"7{amount[1]}5"\n')
    assert read_rows(written(tmp_path, other, "nepal.csv")).data["actuals"][0]["amount"] == 1.5


def test_an_amount_that_can_be_read_in_two_ways_is_one_problem(tmp_path):
    """That it is no number yet would contradict the two readings; another fault of the row stays."""
    text = CSV.replace("1000", '"1,000"').replace("staff,", "stuff,", 1)
    found = refused(written(tmp_path, text, "nepal.csv"))
    assert [each.split(": ")[1].partition(" = ")[0] for each in found] == ["actuals[0].amount", "actuals[0].component"]


@pytest.mark.parametrize("name", ["nepal.csv", "nepal.yaml"])
def test_what_is_no_file_is_a_sentence(name, tmp_path):
    """A pipe would be waited for, for ever."""
    import dataclasses

    (tmp_path / "actuals").mkdir()
    os.mkfifo(tmp_path / "actuals" / name)
    file = actuals_file(dataclasses.replace(plan_of("nepal"), folder=tmp_path))
    assert file is not None
    assert "a pipe, not a file" in refused(file)[0]


def test_columns_of_an_accounting_system_are_left_out_by_name(tmp_path):
    """Only in a table: YAML has no columns."""
    lines = [f"{line},{extra}" for line, extra in zip(CSV.splitlines(), ["Voucher", *["#REF!"] * 9], strict=False)]
    file = written(tmp_path, "\n".join(lines), "nepal.csv")
    assert refused(file)
    plain = read_actuals(written(tmp_path, CSV, "plain.csv"), plan_of("nepal"), LINES)
    assert read_actuals(file, plan_of("nepal"), LINES, ["voucher"]).rows == plain.rows
    with pytest.raises(BadInput, match="--ignore-columns: no table, leave the argument out for YAML"):
        read_actuals(written(tmp_path, YAML), plan_of("nepal"), LINES, ["voucher"])
