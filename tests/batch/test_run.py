"""Batch: what is rendered, what is refused before any kernel starts, what becomes of the rest when one fails."""

import json
import threading
from pathlib import Path

import pytest

from imis_plan import budget, load, staffing
from imis_plan.analysis.export import csv_file
from imis_plan.batch import run, task as report_task
from imis_plan.batch.results import Result
from imis_plan.cli.main import main
from imis_plan.kernels import execute, function_call
from imis_plan.model.year_labels import with_fiscal_year
from imis_plan.problems import BadInput
from tests.report.places import BAD, BORSA, COMPUTED, FAULT, ROOT, content, old_report, place, printed, write_notebook

UNANSWERED = BORSA.replace("target: {value: 0.12,", "target: {value: open, typical: 0.12,")
FILES = {"budget.xlsx", "cash_plan.csv", "ledger.csv", "manifest.json", "report.html", "report.ipynb", "staffing.csv"}


@pytest.fixture
def no_kernel(monkeypatch):
    """A kernel that starts fails the test."""

    def started(*_, **__):
        pytest.fail("a kernel was started")

    monkeypatch.setattr(execute, "execute", started)


@pytest.fixture
def instant(monkeypatch):
    """Reports of two files made at once, for tests of what batch does with them; gives the names made."""
    made = []

    def make(task):
        made.append(task.name)
        manifest = {"scenario": task.name, "about": {}, "headline": {}}
        return {"report.html": b"new", "manifest.json": json.dumps(manifest).encode()}

    monkeypatch.setattr(run, "make", make)
    return made


def test_one_bad_scenario_does_not_stop_the_others(tmp_path, capsys):
    """It is named at the end with its reason, the exit code is 1, and the old report of it stays."""
    folder = place(tmp_path, COMPUTED, first=BORSA, bad=BAD, second=BORSA)
    out = tmp_path / "reports"
    old_report(out, "bad")
    before = content(out)
    code = main(["report", "--parameters", str(folder), "--out", str(out)])
    shown, said = capsys.readouterr()
    assert (code, shown) == (1, f"{out / 'index.html'}\n")
    *progress, last = said.splitlines()
    assert last == f"bad failed: {FAULT}"
    assert progress[0] == "[1/3] bad: failed"
    assert {line.split()[1] for line in progress} == {"bad:", "first:", "second:"}
    for name in ("first", "second"):
        assert {path.name for path in (out / name).iterdir()} == FILES
    assert content(out / "bad") == {path.removeprefix("bad/"): data for path, data in before.items()}
    assert sorted(path.name for path in out.iterdir()) == ["bad", "batch.json", "first", "index.html", "second"]
    index = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="first/report.html"' in index
    assert 'href="second/report.html"' in index


@pytest.mark.parametrize(("scenarios", "code"), [
    ({"first": BORSA, "draft": UNANSWERED}, 2),
    ({"first": BORSA, "draft": UNANSWERED, "bad": BAD}, 1),
])  # fmt: skip
def test_open_questions_end_with_the_exit_code_of_check(scenarios, code, tmp_path, instant, capsys):
    """2 where nothing but answers is missing, in a dry run and in the record, too; 1 beside a fault. The others are made."""
    folder, out = place(tmp_path, "1", **scenarios), tmp_path / "reports"
    where = ("--parameters", str(folder), "--out", str(out))

    assert main(["check", "--parameters", str(folder)]) == 2
    assert main(["report", "--dry-run", *where]) == code
    assert main(["report", *where]) == code
    assert instant == ["first"]
    assert "draft failed: parameters/draft.yaml: 1 open question; answer them in the file" in capsys.readouterr().err
    assert json.loads((out / "batch.json").read_text(encoding="utf-8"))["exit"] == code
    assert main(["report", "--draft", *where]) == (0 if code == 2 else 1)


def test_a_bad_scenario_that_was_named_stops_everything(tmp_path, capsys, no_kernel):
    """Exit code 2, every problem on a line, and not a byte of any report is touched."""
    folder = place(tmp_path, COMPUTED, first=BORSA, bad=BAD)
    out = tmp_path / "reports"
    for name in ("first", "bad"):
        old_report(out, name)
    before = content(out)
    code = main(["report", "first", "bad", "nobody", "--parameters", str(folder), "--out", str(out)])
    assert (code, *capsys.readouterr()) == (2, "", f"{FAULT}\nparameters/nobody.yaml: no such scenario, choose from bad, first\n")
    assert content(out) == before


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "x.yaml", "", "-x", "a b", "x\n", "a\\b", "..", "é"])
def test_a_name_never_becomes_a_path(name, tmp_path, no_kernel):
    """What is named becomes a folder, so only plain names are taken; nothing is written anywhere."""
    folder = place(tmp_path, COMPUTED, first=BORSA)
    (tmp_path / "x.yaml").write_text(BORSA, encoding="utf-8")
    before = content(tmp_path)
    with pytest.raises(BadInput) as caught:
        run.make_reports([name], tmp_path / "reports", parameters=folder)
    right = "give a name that `imis-plan list` shows; another folder is named by --parameters"
    assert [(problem.message, problem.remedy) for problem in caught.value.problems] == [("not a name of a scenario", right)]
    assert content(tmp_path) == before


def test_a_file_with_a_name_that_is_none_is_a_failure_of_its_own(tmp_path, instant):
    """Nobody named it, so the others are rendered."""
    folder = place(tmp_path, COMPUTED, **{"first": BORSA, "a b": BORSA})
    results = run.make_reports((), tmp_path / "reports", parameters=folder)
    assert [(result.name, bool(result.error)) for result in results] == [("a b", True), ("first", False)]
    assert not (tmp_path / "reports" / "a b").exists()


def test_an_empty_folder_and_a_missing_notebook_are_bad_input(tmp_path, no_kernel):
    """Both are told before anything is written."""
    empty = place(tmp_path / "one", COMPUTED)
    with pytest.raises(BadInput, match="parameters: no scenario in this folder, make one with `imis-plan new NAME`"):
        run.make_reports((), tmp_path / "reports", parameters=empty)
    folder = place(tmp_path / "two", COMPUTED, first=BORSA)
    with pytest.raises(BadInput, match=r"no\.ipynb: no such notebook, name one with --notebook"):
        run.make_reports((), tmp_path / "reports", parameters=folder, notebook="no.ipynb")
    assert not (tmp_path / "reports").exists()


def test_a_language_that_nobody_speaks_is_bad_input_before_any_kernel(tmp_path, no_kernel, capsys):
    """When it was asked for on the command line."""
    folder = place(tmp_path, COMPUTED, first=BORSA)
    code = main(["report", "--language", "xx", "--parameters", str(folder), "--out", str(tmp_path / "reports")])
    shown, said = capsys.readouterr()
    assert (code, shown) == (2, "")
    assert said.startswith('--language: language = "xx": there is no catalogue for it, choose from en')
    assert not (tmp_path / "reports").exists()


def test_a_variant_reaches_the_kernel_the_tables_and_the_manifest(tmp_path):
    """Option and what-ifs: the report's total is that of `budget(load(option, changes))`, to the last digit.

    The scenario's own language, for which there is no catalogue, becomes English.
    """
    folder = place(tmp_path, COMPUTED, first=BORSA.replace("language: fr", "language: xx"))
    changes = {"claims.per_insured_year": 0.25, "sms.applicable": True}
    out = tmp_path / "reports"
    (result,) = run.make_reports(["first"], out, parameters=folder, option="own_server", changes=changes)
    plan = load("first", option="own_server", parameters=folder, changes=changes)
    ledger = budget(plan)
    assert result.error is None
    assert printed(out / "first") == f"first en own_server {float(ledger['amount'].sum())!r}\n"
    assert (out / "first" / "ledger.csv").read_bytes() == csv_file(with_fiscal_year(plan, ledger))
    assert (out / "first" / "staffing.csv").read_bytes() == csv_file(with_fiscal_year(plan, staffing(plan)))
    manifest = json.loads((out / "first" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["option"], manifest["changes"], manifest["language"]) == ("own_server", changes, "en")
    assert manifest["headline"]["total"] == pytest.approx(ledger["amount"].sum(), rel=1e-12)
    assert "claims.per_insured_year = 0.25; sms.applicable = True" in (out / "index.html").read_text(encoding="utf-8")


def test_the_command_line_hands_on_what_it_is_told(tmp_path, monkeypatch, capsys):
    """`--set`, `--option`, `--percentile`, `--notebook`, `--jobs` and `--language` arrive as they were meant."""
    told: dict[str, object] = {}

    def report(names, out, **more):
        told.update(more, names=names, out=out)
        return [Result("first")]

    monkeypatch.setattr(run, "make_reports", report)
    arguments = (
        "first --option own_server --set claims.per_insured_year=0.5 --percentile 80 --language en --jobs 3 --notebook x.ipynb"
    )
    assert main(["report", *arguments.split(), "--out", str(tmp_path)]) == 0
    capsys.readouterr()
    percentile = {"contingency.method": "percentile", "contingency.percentile": 0.8}
    assert told["changes"] == percentile | {"claims.per_insured_year": 0.5}
    assert (told["names"], told["out"], told["option"], told["language"]) == (["first"], tmp_path, "own_server", "en")
    assert (told["jobs"], str(told["notebook"])) == (3, "x.ipynb")


def test_reports_are_made_some_at_a_time(tmp_path, monkeypatch):
    """As many as there are jobs, and no more."""
    folder = place(tmp_path, COMPUTED, **{f"s{i}": BORSA for i in range(6)})
    running, most, lock, both = set(), [], threading.Lock(), threading.Barrier(2, timeout=30)

    def make(task):
        with lock:
            running.add(task.name)
            most.append(len(running))
        both.wait()
        with lock:
            running.discard(task.name)
        return {"report.html": b""}

    monkeypatch.setattr(run, "make", make)
    results = run.make_reports((), tmp_path / "reports", parameters=folder, jobs=2)
    assert [result.error for result in results] == [None] * 6
    assert max(most) == 2


def test_a_name_given_twice_is_one_report(tmp_path, instant):
    """And the results come in the order of the names."""
    folder = place(tmp_path, COMPUTED, first=BORSA, second=BORSA)
    results = run.make_reports(["second", "first", "second"], tmp_path / "reports", parameters=folder)
    assert [result.name for result in results] == ["first", "second"]
    assert sorted(instant) == ["first", "second"]


def test_a_write_that_fails_in_the_middle_leaves_the_old_report(tmp_path, monkeypatch, instant):
    """A full disk: the old files stay as they are, no half of a new one and no folder beside them."""
    folder = place(tmp_path, COMPUTED, first=BORSA, second=BORSA)
    out = tmp_path / "reports"
    for name in ("first", "second"):
        old_report(out, name)
    before = content(out)
    write = Path.write_bytes

    def full(path, data):
        if path.name == "manifest.json" and "first" in path.parent.name:
            write(path, data[:1])
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    one, two = run.make_reports((), out, parameters=folder)
    assert (one.error, two.error) == ("OSError: [Errno 28] No space left on device", None)
    assert content(out / "first") == {
        path.removeprefix("first/"): data for path, data in before.items() if path.startswith("first")
    }
    assert (out / "second" / "report.html").read_bytes() == b"new"
    assert sorted(path.name for path in out.iterdir()) == ["batch.json", "first", "index.html", "second"]


def test_an_input_that_is_edited_meanwhile_is_no_report(tmp_path):
    """Its hash in the manifest would not be that of what was read."""
    edit = 'import os\nwith open(os.environ["IMIS_PLAN_PARAMETERS"] + "/first.yaml", "a") as file:\n    file.write("\\n")'
    folder = place(tmp_path, edit, first=BORSA)
    (result,) = run.make_reports((), tmp_path / "reports", parameters=folder)
    assert result.error == "a parameter file or the notebook was edited while the report was made; run it again"
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["batch.json", "index.html"]


def test_a_report_that_would_load_something_is_none(tmp_path):
    """A page that fetches is refused with its cell; the notebook is kept for its author."""
    fetch = 'from IPython.display import HTML, display\ndisplay(HTML("<img src=http://example.org/x.png alt=x>"))'
    folder = place(tmp_path, fetch, first=BORSA)
    (result,) = run.make_reports((), tmp_path / "reports", parameters=folder)
    where = "cell 2 (from IPython.display import HTML, display): not in a self-contained page"
    assert str(result.error).startswith(
        f'{where}: src="http://example.org/x.png" in <img>: a page runs no script and loads nothing;'
    )
    assert sorted(content(tmp_path / "reports")) == ["batch.json", "first/report.failed.ipynb", "index.html"]


def test_the_notebook_is_found_beside_the_parameters_or_the_package(tmp_path):
    """A project has its own; any other folder uses ours."""
    folder = place(tmp_path, COMPUTED, first=BORSA)
    own = tmp_path / "notebooks" / "country_budget.ipynb"
    assert run.find_notebook(folder) == own
    own.unlink()
    assert run.find_notebook(folder).is_file()
    assert run.find_notebook(folder, write_notebook(tmp_path / "other.ipynb")) == tmp_path / "other.ipynb"


def test_a_kernel_is_told_no_more_than_it_needs(tmp_path):
    """The folder, and the variant where there is one; papermill gets text only."""
    folder = place(tmp_path, COMPUTED, first=BORSA)
    plain = report_task.Task("first", folder, tmp_path)
    assert report_task.kernel_env(plain) == {"IMIS_PLAN_PARAMETERS": str(folder)}
    varied = report_task.Task("first", folder, tmp_path, option="own_server", changes={"time.horizon": 3})
    assert report_task.kernel_env(varied) == {
        "IMIS_PLAN_PARAMETERS": str(folder),
        "IMIS_PLAN_OPTION": "own_server",
        "IMIS_PLAN_SET": '{"time.horizon": 3}',
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "no cell tagged `parameters`"),  # nothing to set
        ("print('hello')", "not a notebook"),  # a script
        ("[1, 2]", "not a notebook"),  # some other JSON
    ],
)
def test_a_notebook_that_takes_no_parameters_is_refused(tmp_path, text, message):
    """Without a parameters cell every report would be of the scenario that the notebook names itself."""
    place = tmp_path / "mine.ipynb"
    place.write_text(text)

    with pytest.raises(BadInput, match=message):
        run.find_notebook(tmp_path, place)


def test_tables_are_made_in_the_folder_that_the_fork_server_has_read(monkeypatch):
    """However `--parameters` names it: what was read under another path would be read anew for each report."""
    given = []
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(function_call, "call", lambda _function, task, **_: given.append(task.folder))
    task = report_task.Task("nepal", Path("parameters"), Path("notebook.ipynb"))
    report_task.make_data_files(task)
    assert [str(folder) for folder in given] == [report_task.kernel_env(task)["IMIS_PLAN_PARAMETERS"]]
