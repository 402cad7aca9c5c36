"""What `--out` names: nothing is written over a file that is no earlier output, unless the user says so."""

import os

import pytest

from imis_plan.scenario.output_file import beginning


@pytest.fixture
def there(tmp_path):
    """A file that somebody has written."""
    file = tmp_path / "parameters" / "mine.yaml"
    file.parent.mkdir()
    file.write_text("based_on: nepal\n", encoding="utf-8")
    return file


COMMANDS = [
    ("budget", "borsa"),
    ("budget", "borsa", "--format", "csv"),
    ("budget", "borsa", "--format", "json"),
    ("staffing", "borsa"),
    ("list",),
    ("list", "--format", "json"),
    ("compare", "borsa", "chad", "--format", "csv"),
    ("workbook", "borsa"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_overwrites_what_is_not_its_own(command, there, imis_plan):
    """Exit code 2, and the file is as it was; with --force it is overwritten."""
    done = imis_plan(*command, "--out", there)
    assert done == (2, "", f"{there}: already exists, take another name, or overwrite it with --force\n")
    assert there.read_text(encoding="utf-8") == "based_on: nepal\n"
    assert imis_plan(*command, "--out", there, "--force").code == 0
    assert there.read_bytes()[:8] != b"based_on"


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_earlier_output_is_replaced(form, imis_plan, tmp_path):
    """A command can be run again; another command's output is not its own, an empty file is nobody's."""
    file = tmp_path / "out"
    file.touch()
    for value in ("0.5", "0.6"):
        assert imis_plan("budget", "nepal", "--format", form, "--set", f"coverage.target={value}", "--out", file).code == 0
    assert imis_plan("staffing", "nepal", "--format", form, "--out", file).code == 2


def test_a_workbook_is_not_replaced_by_itself(imis_plan, tmp_path):
    """Somebody may have typed into it."""
    file = tmp_path / "b.xlsx"
    assert imis_plan("workbook", "borsa", "--out", file).code == 0
    before = file.read_bytes()
    assert imis_plan("workbook", "borsa", "--out", file).code == 2
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (os.mkfifo, "a pipe, not a file"),
        (lambda path: path.mkdir(), "a folder, not a file"),
        (lambda path: path.symlink_to("/dev/null"), "a device, not a file"),
        (lambda path: path.symlink_to("nowhere"), "a link to a file that is not there"),
    ],
)
def test_only_files_are_written(make, what, imis_plan, tmp_path):
    """A device would be replaced by a file."""
    make(tmp_path / "out")
    done = imis_plan("budget", "borsa", "--out", tmp_path / "out", "--force")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(f"/out: {what}, name a file to write\n")


@pytest.mark.parametrize("command", [*COMMANDS, ("baseline", "https://imis.example.org"), ("report", "borsa")], ids=" ".join)
def test_an_empty_name_is_refused(command, imis_plan):
    """It would be the folder at hand, or nothing."""
    done = imis_plan(*command, "--out", "")
    assert (done.code, done.out) == (2, "")
    assert "argument --out" in done.err
    assert "the name is empty" in done.err


@pytest.mark.parametrize(
    ("there", "what"),
    [
        ("out", "out: a file, not a folder, name a folder for the reports"),
        ("out/index.html", "out/index.html: already exists, name another folder, or overwrite it with --force"),
        ("out/borsa/notes.txt", "out/borsa: a folder without a report, name another folder, or overwrite it with --force"),
    ],
)
def test_a_report_replaces_reports_only(there, what, imis_plan, tmp_path):
    """A page or a folder of somebody's own stays."""
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_text("mine", encoding="utf-8")
    done = imis_plan("report", "borsa", "--ledger-only", "--jobs", "1", "--out", tmp_path / "out")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(f"{what}\n")
    assert (tmp_path / there).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (b'"a","b"\n1,2\n', b'"a","b"'),
        (b'[\n  {\n    "name": 1', b'[ { "name"'),
        (b"scenario  country\nx  y", b"scenario country"),
        (b"", b""),
    ],
)
def test_outputs_are_told_apart_by_their_beginning(content, begins):
    """Heads of a table, the first key of JSON."""
    assert beginning(content) == begins


def test_a_path_is_shown_as_it_was_given(imis_plan, tmp_path, monkeypatch):
    """Of what is to be written, of a table and of a scenario: a part of it would name another place."""
    (tmp_path / "here").mkdir()
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    assert imis_plan("list", "--out", "../mine.txt").err.startswith("../mine.txt: already exists, ")
    assert imis_plan("check", "../elsewhere/mine").err.startswith("../elsewhere/mine: no such scenario, ")
    done = imis_plan("report", "borsa", "--scenarios", tmp_path / "none.csv", "--ledger-only")
    assert done.err == f"{tmp_path}/none.csv: no such table, name a file in CSV or .xlsx\n"
