"""Tables of scenarios as spreadsheets, databases and people save them: read as meant, or refused with line and remedy."""

import contextlib
import io
import logging
import os
import re
import zipfile

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as st

from imis_plan.problems import BadInput
from imis_plan.scenario import scenario_table
from tests.report.places import BORSA, SHARED, place

TABLE = """\
name,title,operations.changes_per_scheme,coverage.target
segou,Ségou,50000,0.25
mopti,"Mopti, la ville",80000,0.125
"""
READ = {
    "segou": ("Ségou", {"operations.changes_per_scheme": 50000, "coverage.target": 0.25}),
    "mopti": ("Mopti, la ville", {"operations.changes_per_scheme": 80000, "coverage.target": 0.125}),
}
TABS = TABLE.replace('"Mopti, la ville"', "Mopti@ la ville").replace(",", "\t").replace("@", ",")
DECIMAL_COMMAS = TABLE.replace('"Mopti, la ville"', "Mopti@ la ville").replace(",", ";").replace("@", ",").replace("0.", "0,")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Parameters with one scenario, the base of all rows."""
    return place(tmp_path_factory.mktemp("project"), "1 + 1", first=BORSA)


@pytest.fixture
def scenarios(folder, tmp_path):
    """Write a table and its scenarios: name -> title and values by path."""

    def read(content, name="districts.csv", ignored=()):
        file = tmp_path / name.partition("#")[0]
        if content is not None:
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        into = tmp_path / "into"
        into.mkdir(exist_ok=True)
        names = scenario_table.write(file.with_name(name), folder, into, "first", ignored)
        return {name: given_in(into / f"{name}.yaml") for name in names}

    return read


def given_in(file):
    """Title and values of a scenario that a row has made."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    title = data.pop("about", {}).get("title")
    assert data.pop("contingency")["factors"]["value"] == "base"
    groups = {group: entries for group, entries in data.items() if isinstance(entries, dict)}
    return title, {f"{group}.{key}": entry["value"] for group, entries in groups.items() for key, entry in entries.items()}


def test_what_is_known_of_a_value_has_one_order_in_every_run(folder, tmp_path):
    """Else the file of a row would be another one each time, and its ledger would be made again."""
    head = "name,money.planning_rate,money.planning_rate.high,money.planning_rate.note,money.planning_rate.low"
    (tmp_path / "rates.csv").write_text(f"{head}\nsegou,600,700,of the central bank,500\n")
    scenario_table.write(tmp_path / "rates.csv", folder, tmp_path, "first")
    data = yaml.safe_load((tmp_path / "segou.yaml").read_text(encoding="utf-8"))

    assert [key for key in data["money"]["planning_rate"] if key in ("low", "high", "note")] == ["low", "high", "note"]


@pytest.fixture
def refused(scenarios, tmp_path):
    """The lines with which a table is refused; nothing is written."""

    def lines(content, name="districts.csv", ignored=()):
        with pytest.raises(BadInput) as caught:
            scenarios(content, name, ignored)
        assert not [*(tmp_path / "into").glob("*")]
        return [line.partition("/")[2] for line in str(caught.value).splitlines()]

    return lines


def workbook(rows, **sheets):
    """The bytes of a workbook: a sheet with these rows, and others by name."""
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, others in {"Table": rows, **sheets}.items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


ROWS: list[list[object]] = [
    ["name", "title", "operations.changes_per_scheme", "coverage.target"],
    ["segou", "Ségou", 50000, 0.25],
    ["mopti", "Mopti, la ville", 80000.0, 0.125],
]


@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        DECIMAL_COMMAS,
        DECIMAL_COMMAS.replace("50000", "50 000").replace("80000", "80\N{NARROW NO-BREAK SPACE}000"),
        DECIMAL_COMMAS.replace("80000", "80000,0").encode("cp1252"),  # Excel of half the world
        TABLE.encode("cp1252"),
        "\ufeff" + TABLE,
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        "\ufeff".encode("utf-16-be") + TABS.encode("utf-16-be"),
        "sep=;\r\n" + DECIMAL_COMMAS.replace("\n", "\r\n"),
        TABLE.replace("\n", "\r"),
        TABLE.replace("name,title,operations.changes_per_scheme", " Name , TITLE,  Operations.Changes_Per_Scheme "),
        re.sub(r",(?! )", ", ", TABLE),
        TABLE.replace("\n", ",,,\n") + ",,,,,,\n\n , ,\n",
        "\n\n" + TABLE,
        TABLE.replace("50000", "50000.0").replace("80000", "8e4"),
        TABLE.replace("80000", '"80,000.0"'),
    ],
    ids=["plain", "decimal commas", "groups", "cp1252 commas", "cp1252", "bom", "utf-16", "utf-16 without mark", "tabs", "sep",
         "cr", "heads", "blanks", "empty ends", "empty start", "5.0", "clear groups"],
)  # fmt: skip
def test_whatever_a_spreadsheet_saves_is_read(content, scenarios):
    """Separators, decimal marks, encodings, line ends, blanks and capitals of all kinds say the same."""
    assert scenarios(content) == READ


@pytest.mark.parametrize(
    ("rows", "sheets", "name"),
    [
        (ROWS, {}, "districts.xlsx"),
        ([["notes"]], {"Mali 2027": ROWS}, "districts.xlsx#Mali 2027"),
        ([[], *[[*row, None, None] for row in ROWS], [None]], {"other": [["x"]]}, "districts.xlsx"),
        (ROWS, {}, "districts.csv"),  # a name says little
    ],
)
def test_a_workbook_is_read(rows, sheets, name, scenarios):
    """Its first sheet, or the one named after the file."""
    assert scenarios(workbook(rows, **sheets), name) == READ


def test_a_whole_number_is_one(scenarios, tmp_path):
    """`50000.0` of a spreadsheet is written as 50000, which a plan takes for a count of people."""
    scenarios(TABLE.replace("50000", "50000.0"))
    assert "value: 50000\n" in (tmp_path / "into" / "segou.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#VALEUR!", "#NV", "#N/D", "Err:502"])
def test_an_error_value_is_a_problem(text, refused):
    """Named with line and column: such a row once became the whole nation without a word."""
    right = "an error value of a spreadsheet, correct its formula, or leave the cell empty"
    assert refused(TABLE.replace("50000", text)) == [f'districts.csv:2: operations.changes_per_scheme = "{text}": {right}']


@pytest.mark.parametrize("text", ["null", "NULL", "~", "NaN", "n/a"])
def test_a_word_for_nothing_is_a_problem(text, refused):
    """What a database or a program writes for what it does not know."""
    right = "a word for no value, give the value, or leave the cell empty"
    assert refused(TABLE.replace("80000", text)) == [f'districts.csv:3: operations.changes_per_scheme = "{text}": {right}']


def test_errors_and_formulas_without_results_in_a_workbook_are_problems(refused):
    """A program that cannot calculate saves formulas alone; they look empty."""
    rows = [ROWS[0], ["segou", "Ségou", "#REF!", 0.25], ["mopti", "Mopti", "=SUM(A1:A2)", 0.125]]
    assert refused(workbook(rows), "districts.xlsx") == [
        'districts.xlsx:2: operations.changes_per_scheme = "#REF!": an error value of a spreadsheet, correct its formula, or leave the cell empty',
        'districts.xlsx:3: operations.changes_per_scheme = "=SUM(A1:A2)": a formula without its result, open the table in a spreadsheet, and save it there',
    ]


def test_an_empty_cell_where_other_rows_have_a_value_is_named(scenarios, caplog):
    """The value of the base holds there: that may be meant, and is never silent."""
    with caplog.at_level(logging.WARNING):
        found = scenarios(TABLE.replace("80000", "").replace('"Mopti, la ville"', ""))
    assert found["mopti"] == (None, {"coverage.target": 0.125})
    assert [record.getMessage().partition("/")[2] for record in caplog.records] == [
        "districts.csv: operations.changes_per_scheme: empty in line 3, where the value of the base holds"
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (TABLE.replace("Ségou,", '"Ségou,'), "districts.csv:2: a quote in the middle of a cell, or one that is not closed, close each"),
        (TABLE.replace("0.25", '"0.25').replace('"Mopti, la ville"', "Mopti"), "districts.csv:2: a quote that is not closed, close it, or"),
        (TABLE.replace("Ségou,", '"Ségou,').replace('"Mopti, la ville"', 'Mopti"'), "districts.csv:2: a quote that is closed in another row only, close it"),
        (TABLE.replace("Ségou", "x" * 131_073), "districts.csv:2: a cell of more than 131,072 characters, shorten it"),
        (TABLE.replace("Ségou", "Segou").encode() + b"kayes,caf\xc3\xa9 caf\xe9,1000,0.1\n", "districts.csv:4: not text in UTF-8, UTF-16 or Windows-1252, save"),
        (TABLE.replace("Ségou", "x").encode() + b"kayes,caf\x81,1000,0.1\n", "districts.csv:4: not text in UTF-8, UTF-16 or Windows-1252, save"),
        (TABLE + "kayes,,1000,0.1,7\n", "districts.csv:4: more cells than columns, put quotes around text with a comma in it"),
        (DECIMAL_COMMAS + "kayes;;1000;0,1;7\n", "districts.csv:4: more cells than columns, put quotes around text with a semicolon in it"),
        (TABLE.replace("title", ""), "districts.csv:1: column B: a column without a head, give it a head, which begins with _ if"),
        (TABLE.replace("title", "operations.changes_per_scheme "), "districts.csv:1: no column `name`, or a column twice, keep one column operations.changes_per_scheme"),
        (TABLE.replace("name", "district"), "districts.csv:1: no column `name`, or a column twice, head the table with name, title, paths ...; it has district, title,"),
        (TABLE.replace("operations.changes_per_scheme", "pcode"), "districts.csv:1: pcode: no such parameter, "),
        (TABLE + "Total,,130000,\n", 'districts.csv:4: name = "Total": a row of totals, remove it, or write _ before the word to leave it out'),
        (TABLE + ",TOTAL :,130000,\n".replace(" :", ":"), "districts.csv:4: name: a row of totals, remove it, or write _ before"),
        (TABLE.replace("segou", "Ségou"), 'districts.csv:2: name = "Ségou": not a name of a scenario, give letters from a to z, digits, - and _, as in Segou; the title'),
        (TABLE.replace("segou", "N'Djamena"), "districts.csv:2: name = \"N'Djamena\": not a name of a scenario, give letters from a to z, digits, - and _, as in N-Djamena; the title"),
        (TABLE.replace("50000", '"50,000"'), 'districts.csv:2: operations.changes_per_scheme = "50,000": a number that can be read in two ways, write 50000 or 50.0000'),
        (TABLE.replace("50000", "12 %"), 'districts.csv:2: operations.changes_per_scheme = "12 %": not a number, give a number without quotes, separators or %'),
        ("", "districts.csv: an empty table, give heads, and below them a row for each entry"),
        (",,\n\n", "districts.csv: an empty table, give heads, and below them a row for each entry"),
        ("name,title\n_Total,x\n", "districts.csv: no row, give a row for each scenario"),
        (b"PK\x03\x04 nothing", "districts.csv: not an Excel workbook that can be read, save it as .xlsx or CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "districts.csv: a workbook of Excel before 2007, or one with a password, save it as .xlsx without"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_right_is_refused_with_its_remedy(content, problem, refused):
    """Line, what is wrong, what would be right."""
    (line,) = refused(content)
    assert line.startswith(problem)


def test_a_column_that_no_row_can_use_is_named_once(refused):
    """However many rows there are."""
    many = "".join(f"d{i},{i},1000\n" for i in range(100))
    (line,) = refused(f"name,ADM2_PCODE,operations.changes_per_scheme\n{many}")
    assert (
        line
        == "districts.csv:1: adm2_pcode: no such parameter, see defaults.yaml for the names (a column whose head begins with _ is left out, and so are those of --ignore-columns)"
    )


def test_columns_and_rows_that_begin_with_an_underscore_are_left_out(scenarios):
    """So what else a district's own table holds can stay in it."""
    other = TABLE.replace("\n", ",ML05\n").replace("coverage.target,ML05", "coverage.target,_pcode")
    assert scenarios(other + "_Total,,130000,,\n") == READ


def test_a_sheet_that_is_not_there_is_refused(refused):
    """With the names of those that are."""
    assert refused(workbook(ROWS, Mali=[]), "districts.xlsx#Malli") == [
        "districts.xlsx#Malli: no sheet Malli, did you mean Mali?"
    ]


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (os.mkfifo, "a pipe, not a file"),
        (lambda path: path.symlink_to("/dev/zero"), "a device, not a file"),
        (lambda path: path.symlink_to("nowhere.csv"), "a link to a file that is not there"),
        (lambda path: path.mkdir(), "a folder, not a file"),
        (lambda path: path.symlink_to(path), "cannot be opened (Too many levels of symbolic links)"),
    ],
)
def test_what_is_no_file_is_a_sentence(make, what, refused, tmp_path):
    """Nothing waits for the other end of a pipe."""
    make(tmp_path / "districts.csv")
    assert refused(None) == [f"districts.csv: {what}, name a file in CSV or .xlsx"]


def test_a_table_that_is_too_large_is_a_sentence(refused, tmp_path):
    """Before it is read."""
    with (tmp_path / "districts.csv").open("wb") as file:
        file.truncate(50_000_001)
    assert refused(None) == ["districts.csv: a table of more than 50 MB, name a file in CSV or .xlsx"]


PIECES = st.sampled_from(
    ["name", "title", "operations.changes_per_scheme", "segou", "é", "50000", "1,5", "1.000", "#N/A", "~", "_", "Total", '"', ",", ";", "\t", "\n", "\r", " ",
     "\0", "\ufeff", "sep=", "'", "=", "{", "[1, 2", "&a", "*a", "!!x", "9" * 400]
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=60), st.lists(PIECES, max_size=30).map(lambda parts: ("name,title\n" + "".join(parts)).encode())
    )
)
def test_no_table_ends_in_a_traceback(content, folder, tmp_path):
    """Random bytes, and random pieces of tables: scenarios, or problems and no file."""
    file, into = tmp_path / "t.csv", tmp_path / "into"
    file.write_bytes(content)
    into.mkdir(exist_ok=True)
    for old in into.iterdir():
        old.unlink()
    try:
        names = scenario_table.write(file, folder, into, "first")
    except BadInput:
        names = []
    assert sorted(path.stem for path in into.iterdir()) == sorted(names)
    assert not set(names) & {*SHARED, "first"}


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damaged_workbook_ends_in_a_traceback(data, folder, tmp_path):
    """A part of a real one missing, or with other bytes in the middle."""
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at, cut = data.draw(st.integers(0, len(parts[name]))), data.draw(st.integers(0, 20))
    put = data.draw(st.sampled_from([b"", b"<", b">", b'"', b"\0", b"\xff", b"9" * 30]))
    parts[name] = parts[name][:at] + put + parts[name][at + cut :]
    if data.draw(st.booleans()) and cut > 15:
        del parts[name]
    file = tmp_path / "t.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    into = tmp_path / "into"
    into.mkdir(exist_ok=True)
    with contextlib.suppress(BadInput):
        scenario_table.write(file, folder, into, "first")


def test_a_character_that_turns_a_cell_around_is_refused(refused):
    """In a title as in a name."""
    (line,) = refused(TABLE.replace("Ségou", "S\u202egou"))
    assert line.startswith("districts.csv:2: column B: an invisible character that changes the direction of the text (U+202E)")


REMARKS = TABLE.replace("title,", "title,Chef de  Bureau,").replace("50000", "#N/A,50000").replace("80000", "=A1,80000")


def test_columns_that_are_not_ours_are_left_out_by_name(scenarios, refused):
    """However their heads are spelled, and whatever is in them."""
    assert refused(REMARKS) != []
    assert scenarios(REMARKS, ignored=["chef de bureau"]) == scenarios(TABLE)


@pytest.mark.parametrize(
    ("ignored", "problem"),
    [
        (["titel"], "districts.csv:1: titel: no such column to ignore, did you mean title?"),
        (["name"], "districts.csv:1: name: a column that is needed, take it out of --ignore-columns"),
    ],
)
def test_a_column_that_cannot_be_ignored_is_named(ignored, problem, refused):
    """A misspelt one would stay in the table, and without names there is no row."""
    assert refused(TABLE, ignored=ignored) == [problem]
