"""Many scenarios: rows of a table, shards of a batch, records for schedulers."""

import json
from xml.etree import ElementTree as ET

import pytest

from imis_plan import budget, load
from imis_plan.analysis.export import csv_text
from imis_plan.batch import run
from imis_plan.batch.results import Result, Status, exit_code, junit_xml
from imis_plan.cli.main import main
from imis_plan.problems import BadInput
from tests.report.places import BORSA, content, place

HEAD = "name,title,operations.changes_per_scheme,operations.changes_per_scheme.source,operations.changes_per_scheme.confidence,sms.applicable\n"
ROWS = "east,Eastern district,50000,Census 2021 table 1,A,\nwest,,80000,,,true\n"


@pytest.fixture
def table(tmp_path):
    """Two districts over one base, in a table beside the folder of parameters."""
    place(tmp_path, "1 + 1", first=BORSA)
    file = tmp_path / "districts.csv"
    file.write_text(HEAD + ROWS, encoding="utf-8")
    return file


def command(table, *more):
    """Exit code of the command for a table."""
    folder = table.parent / "parameters"
    return main(
        ["report", "first", "--scenarios", str(table), "--parameters", str(folder), "--out", str(table.parent / "out"), *more]
    )


@pytest.mark.slow
def test_a_row_is_its_base_with_the_cells_of_the_row(table, capsys):
    """The ledger of a district is that of the base with its own value, to the last digit; nothing else is left lying about."""
    before = content(table.parent)
    assert command(table, "--ledger-only", "--jobs", "1") == 0
    out = table.parent / "out"
    east = load("first", parameters=table.parent / "parameters", changes={"operations.changes_per_scheme": 50000})
    made = (out / "east" / "ledger.csv").read_text(encoding="utf-8-sig")
    columns = ["line", "year", "quantity", "amount"]
    assert csv_text(budget(east)[columns]) == csv_text(batch_frame(made)[columns])
    assert set(content(out / "east")) == {"cash_plan.csv", "ledger.csv", "manifest.json", "staffing.csv"}
    about = json.loads((out / "east" / "manifest.json").read_text(encoding="utf-8"))
    assert (about["about"]["title"], about["inputs"]["scenario"]["file"]) == ("Eastern district", "districts/east.yaml")
    assert {path: data for path, data in content(table.parent).items() if not path.startswith("out/")} == before
    table.write_text(HEAD + ROWS.replace("80000", "90000"), encoding="utf-8")
    capsys.readouterr()
    assert command(table, "--ledger-only", "--dry-run") == 0
    assert [line.split(maxsplit=2)[:2] for line in capsys.readouterr().out.splitlines()[1:]] == [
        ["east", "keep"],
        ["west", "make"],
    ]


def batch_frame(text):
    """A ledger as it was written."""
    import io

    import pandas as pd

    return pd.read_csv(io.StringIO(text), keep_default_na=False)


def test_all_faults_of_a_table_are_told_with_their_lines(table, capsys):
    """Names that would be paths, values that would be code, parameters that are none: exit code 2, and nothing is written."""
    cells = [
        "a,,-5,,,",
        "b,,!!python/object/apply:os.system x,,,",
        'c,,"1\nsms.applicable: true",,,',
        "d,,1000,,,perhaps",
        "e,,1000,nowhere,,",
        "f,,,somewhere,,",
    ]
    table.write_text(HEAD.replace("sms.applicable", "sms.applicable,no.such") + "\n".join(cells) + ",7\n", encoding="utf-8")
    assert command(table) == 2
    said = capsys.readouterr().err.splitlines()
    for wanted in (
        "districts.csv:2: operations.changes_per_scheme = -5: below 0",
        'districts.csv:3: operations.changes_per_scheme = "!!python/object/apply:os.system x": not a value',
        "districts.csv:4: operations.changes_per_scheme = ",
        'districts.csv:6: sms.applicable = "perhaps": neither true nor false',
        "districts.csv:7: operations.changes_per_scheme.source = ",
        "districts.csv:8: operations.changes_per_scheme.source: says something of a value that the row does not give",
    ):
        assert [line for line in said if wanted in line], (wanted, said)
    assert not (table.parent / "out").exists()


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "a b", "defaults", "x" * 200, "=cmd", "a\\b", "<b>", "é"])
def test_a_name_in_a_table_never_becomes_a_path(table, name, capsys):
    """Only plain names do; the line is told."""
    table.write_text(f'name,operations.changes_per_scheme\n"{name}",5000\n', encoding="utf-8")
    before = content(table.parent)
    assert command(table) == 2
    assert "districts.csv:2: name = " in capsys.readouterr().err
    assert content(table.parent) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title,operations.changes_per_scheme\nx,1\n", "no column `name`, or a column twice"),
        ("name,name\nx,y\n", "no column `name`, or a column twice"),
        ("name\n", "no row"),
        ("name,title\na,b,c\n", "more cells than columns, put quotes around text with a comma in it"),
        ("name\nA\na\n", "given twice"),  # one folder on some systems
        ("name,base\na,frist\n", "no such scenario, did you mean first?"),
        ("name\nfirst\n", 'districts.csv:2: name = "first": a scenario is called so, give the row a name of its own'),
    ],
)
def test_a_table_that_cannot_be_read_says_why(table, text, said, capsys):
    """And what would be right."""
    table.write_text(text, encoding="utf-8")
    assert command(table) == 2
    assert said in capsys.readouterr().err


def test_titles_of_a_table_are_words(table):
    """Whatever stands in a title, a source or a note is a string of the scenario, never YAML, markup or code."""
    from imis_plan.scenario import scenario_table as tables

    evil = "<script>alert(1) </script>: {{ 7*7 }} !!python/name:os.system &a *a # no comment"
    table.write_text(
        f'name,title,operations.changes_per_scheme,operations.changes_per_scheme.source\nx,"{evil}",5000,"{evil}"\n',
        encoding="utf-8",
    )
    folder = table.parent / "parameters"
    assert tables.write(table, folder, folder, "first") == ["x"]
    plan = load("x", parameters=folder)
    assert (plan.about.title, plan.parameters["operations.changes_per_scheme"].source) == (evil, evil)


def test_shards_together_make_each_report_once(tmp_path, monkeypatch):
    """In any order; each writes its record, and the whole record grows until no shard is missing."""
    made = []

    def instant(task):
        """A report at once."""
        made.append(task.name)
        if task.name == "s4":
            raise ValueError("no")
        return {"manifest.json": b'{"files": {}}'}

    monkeypatch.setattr(run, "make", instant)
    names = [f"s{i}" for i in range(7)]
    folder, out = place(tmp_path, "1", **dict.fromkeys(names, BORSA)), tmp_path / "out"
    for i, missing in ((2, [1, 3]), (3, [1]), (1, [])):
        run.make_reports((), out, parameters=folder, shard=(i, 3))
        assert json.loads((out / "batch.json").read_text(encoding="utf-8"))["missing"] == missing
    assert sorted(made) == names
    whole = json.loads((out / "batch.json").read_text(encoding="utf-8"))
    assert [report["name"] for report in whole["reports"]] == names
    assert (whole["exit"], whole["counts"], whole["shards"]) == (1, {"failed": 1, "published": 6}, 3)
    run.make_reports((), out, parameters=folder)
    assert not list(out.glob("batch-*"))


def test_a_shard_of_another_batch_is_missing(tmp_path, monkeypatch):
    """It ended before a price was changed, or was made of other scenarios: its record says nothing of this batch."""
    monkeypatch.setattr(run, "make", lambda _: {"manifest.json": b'{"files": {}}'})
    folder, out = place(tmp_path, "1", first=BORSA, second=BORSA), tmp_path / "out"

    def missing(*names, shard):
        """Shards that are missing after this one."""
        run.make_reports(names, out, parameters=folder, shard=shard)
        return json.loads((out / "batch.json").read_text(encoding="utf-8"))["missing"]

    assert missing(shard=(1, 2)) == [2]
    assert missing("second", shard=(1, 2)) == [2]  # of another batch
    assert missing(shard=(2, 2)) == [1]
    assert missing(shard=(1, 2)) == []
    (folder / "second.yaml").write_text(BORSA + "\n", encoding="utf-8")
    assert missing(shard=(1, 2)) == [2]  # the other one knows the old text of `second`


def test_a_folder_of_scenarios_is_made_beside_what_they_rest_on(table, monkeypatch):
    """`--scenarios DIR`: every scenario of the folder, none of those it rests on; a base is not to be named."""
    made = []

    def instant(task):
        """A report at once, of what the task says."""
        made.append((task.name, task.plan["population.total"]))
        return {"manifest.json": b'{"files": {}}'}

    monkeypatch.setattr(run, "make", instant)
    districts = table.parent / "districts"
    districts.mkdir()
    for name, population in (("east", 150000), ("west", 180000)):
        text = f"based_on: first\npopulation:\n  total: {{value: {population}, unit: person, confidence: B, source: count of the districts}}\n"
        (districts / f"{name}.yaml").write_text(text, encoding="utf-8")
    orders = {"parameters": table.parent / "parameters", "scenarios_source": districts}
    run.make_reports((), table.parent / "out", **orders)
    assert sorted(made) == [("east", 150000), ("west", 180000)]
    with pytest.raises(BadInput, match="--scenarios: cannot be combined with first, a folder has all its scenarios"):
        run.make_reports(("first",), table.parent / "out", **orders)


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/0", "1/-2"])
def test_a_shard_is_one_of_so_many(text, capsys):
    """Counted from 1, as arrays of Slurm may be."""
    with pytest.raises(SystemExit) as ended:
        main(["report", "--shard", text])
    assert ended.value.code == 2
    assert "is not of the form I/N with I from 1 to N" in capsys.readouterr().err


def test_junit_tells_failures_as_test_reporters_read_them():
    """One case a report; failed, interrupted and skipped ones apart; signs that XML cannot hold are replaced."""
    results = [
        Result("good", 1.5),
        Result("bad", 2.0, "cell 3 (x < 1 & y): \x1b[31mboom\nsecond line"),
        Result("same", status=Status.CURRENT, reason="nothing has changed"),
        Result("late", error="interrupted", status=Status.INTERRUPTED),
    ]
    suite = ET.fromstring(junit_xml(results))  # noqa: S314 - our own words
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped", "time")} == {
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "skipped": "1",
        "time": "3.500",
    }
    assert [(case.get("name"), [child.tag for child in case]) for case in suite] == [
        ("good", []),
        ("bad", ["failure"]),
        ("same", ["skipped"]),
        ("late", ["error"]),
    ]
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "cell 3 (x < 1 & y): \N{REPLACEMENT CHARACTER}[31mboom"
    assert exit_code(results) == 130
    assert exit_code(results[:3]) == 1
    assert exit_code([results[0], results[2]]) == 0
