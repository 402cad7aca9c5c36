"""Notebooks that do not run to their end, for real: what is said, what is kept, what is left behind."""

import json
import signal
import tempfile
import uuid
from multiprocessing import resource_tracker

import nbformat
import pytest

from imis_plan.batch import run
from imis_plan.kernels import cells, execute, tempdirs
from imis_plan.kernels.errors import NotebookError
from tests.kernels.processes import command, linux, marked, until
from tests.report.places import BORSA, content, old_report, place, write_notebook

pytestmark = pytest.mark.slow

# One notebook, five endings. Empty cells and text are no cells that have to run.
FAILS = """\
if scenario == "raises":
    1 / 0
if scenario == "leaves":
    raise SystemExit(0)
if scenario == "dies":
    os._exit(3)
if scenario == "asks":
    input()
"""
FIRST = 'cell 3 (if scenario == "raises":)'
REASONS = {
    "raises": f"{FIRST}, line 2: ZeroDivisionError: division by zero",
    "leaves": f"{FIRST}: SystemExit: 0",
    "dies": f"{FIRST}: the kernel died (out of memory, or ended by the cell)",
    "asks": f"{FIRST}, line 8: StdinNotImplementedError: raw_input was called, but this frontend does not support input requests.",
    "good": None,
}


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """The folder of the reports after five endings, what was in it before, and the results."""
    at = tmp_path_factory.mktemp("failures")
    folder = place(at, "import os\nprint(scenario)", FAILS, "", 'print("end")', **dict.fromkeys(REASONS, BORSA))
    out = at / "reports"
    for name in REASONS:
        old_report(out, name)
    before = content(out)
    results = run.make_reports((), out, parameters=folder)
    return out, before, {result.name: result for result in results}


@pytest.mark.parametrize("name", REASONS)
def test_what_went_wrong_is_told_with_cell_and_line(name, failed):
    """An error, a way out that papermill takes for success, a dead kernel, a question that nobody can answer."""
    _, _, results = failed
    assert results[name].error == REASONS[name]


@pytest.mark.parametrize("name", [name for name, reason in REASONS.items() if reason])
def test_the_old_report_stays_and_the_failed_notebook_is_kept(name, failed):
    """Byte for byte; beside it lies the notebook as far as it came, for whoever looks for the reason."""
    out, before, _ = failed
    after = content(out / name)
    kept = json.loads(after.pop("report.failed.ipynb"))
    assert after == {path.partition("/")[2]: data for path, data in before.items() if path.startswith(name)}
    ran = [cell for cell in kept["cells"] if cell["cell_type"] == "code" and cell["execution_count"]]
    assert f"{name}\n" in ["".join(output["text"]) for cell in ran for output in cell["outputs"] if "text" in output]
    assert '"end"\n' not in str(kept["cells"][-1]["outputs"])


def test_the_good_one_is_new(failed):
    """Complete, and nothing but the reports and their index lies in the folder."""
    out, _, _ = failed
    assert set(content(out / "good")) == {
        "budget.xlsx",
        "cash_plan.csv",
        "ledger.csv",
        "manifest.json",
        "report.html",
        "report.ipynb",
        "staffing.csv",
    }
    assert sorted(path.name for path in out.iterdir()) == sorted([*REASONS, "batch.json", "index.html"])


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (
            ("print(1)", ["skip-execution"]),
            "cell 2 (print(1)) was not run",
        ),  # nbclient passes it by, papermill calls it completed
        (("1 / 0", ["raises-exception"]), "cell 2 (1 / 0), line 1: ZeroDivisionError: division by zero"),  # allowed elsewhere
        ("this is no Python", "cell 2 (this is no Python), line 1: SyntaxError: invalid syntax"),
    ],
)
def test_every_cell_must_complete(cell, reason, tmp_path):
    """Whatever its tags say."""
    try:
        with pytest.raises(NotebookError) as caught:
            execute.execute(write_notebook(tmp_path / "own.ipynb", cell), {"scenario": "first", "language": "en"})
    finally:
        execute.close_event_loop()
    assert str(caught.value).startswith(reason)


def test_a_run_after_the_fault_is_mended_clears_the_failed_notebook(tmp_path):
    """The folder of a report holds that report and nothing else."""
    folder = place(tmp_path, "1 / 0", first=BORSA)
    out = tmp_path / "reports"
    (result,) = run.make_reports((), out, parameters=folder)
    assert result.error
    assert set(content(out)) == {"first/report.failed.ipynb", "batch.json", "index.html"}
    assert "No scenario has a report yet." in (out / "index.html").read_text()
    write_notebook(tmp_path / "notebooks" / "country_budget.ipynb", "1 + 1")
    (result,) = run.make_reports((), out, parameters=folder)
    assert result.error is None
    assert "first/report.html" in content(out)
    assert "first/report.failed.ipynb" not in content(out)


@linux
def test_nothing_is_left_behind(tmp_path, short_folder):
    """No process, no temporary file, after a good report, a bad one and a dead kernel."""
    folder = place(tmp_path, "import os", FAILS, good=BORSA, raises=BORSA, dies=BORSA)
    mark = uuid.uuid4().hex
    process = command(folder, tmp_path / "reports", short_folder, mark)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (1, f"{tmp_path / 'reports' / 'index.html'}\n")
    assert [line.partition(":")[0] for line in err.splitlines()[-2:]] == ["dies failed", "raises failed"]
    assert list(short_folder.iterdir()) == []
    assert marked(mark) == []


def test_a_long_name_of_the_folder_for_temporary_files_is_no_obstacle(tmp_path, short_folder):
    """Schedulers give each job one of its own; the sockets of a kernel then go to a shorter place."""
    long = short_folder / ("x" * 100)
    long.mkdir()
    folder = place(tmp_path, "1 + 1", first=BORSA)
    process = command(folder, tmp_path / "reports", long, uuid.uuid4().hex)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert list(long.iterdir()) == []


@linux
def test_a_kernel_that_nobody_can_talk_to_is_ended(tmp_path, short_folder, monkeypatch):
    """It was started, and its sockets cannot be reached."""
    long, mark = short_folder / ("x" * 100), uuid.uuid4().hex
    long.mkdir()
    resource_tracker.ensure_running()  # Python's own, which ends with this process
    monkeypatch.setattr(tempdirs, "LONGEST_FOLDER", 1000)
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    monkeypatch.setenv("IMIS_TEST_MARK", mark)
    folder = place(tmp_path, "1 + 1", first=BORSA)
    (result,) = run.make_reports((), tmp_path / "reports", parameters=folder)
    assert str(result.error).startswith("before the first cell: ZMQError: File name too long")
    assert marked(mark) == []
    assert list(long.iterdir()) == []


@linux
def test_ctrl_c_ends_kernels_and_keeps_old_reports(tmp_path, short_folder):
    """Exit code 130 at once; what was not finished stays as it was."""
    wait = f"open({str(tmp_path / 'started')!r}, 'w').close()\nimport time\ntime.sleep(120)"
    folder = place(tmp_path, wait, first=BORSA)
    out, mark = tmp_path / "reports", uuid.uuid4().hex
    old_report(out, "first")
    before = content(out)
    process = command(folder, out, short_folder, mark)
    until(lambda: (tmp_path / "started").exists() or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    shown, said = process.communicate(timeout=60)
    assert (process.returncode, shown, said) == (130, "", "interrupted\n")
    after = content(out)
    batch_record = json.loads(after.pop("batch.json"))
    assert (batch_record["exit"], batch_record["counts"]) == (130, {"interrupted": 1})
    assert {path: data for path, data in after.items() if path != "index.html"} == before
    until(lambda: not marked(mark))
    assert list(short_folder.iterdir()) == []


def notebook_of(*given):
    """A notebook of code cells, each (source, execution count, outputs)."""
    made = [nbformat.v4.new_code_cell(source, execution_count=count, outputs=outputs) for source, count, outputs in given]
    return nbformat.v4.new_notebook(cells=made)


def error_output(*traceback):
    """The output of a cell that raised."""
    return nbformat.v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[*traceback])


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ([("1", 1, []), ("2", 2, [])], None),
        ([("1", 1, []), ("", None, []), ("  \n", None, [])], None),  # an empty cell is never run
        ([("1", 1, []), ("2", None, [])], "cell 2 (2) was not run"),
        ([("", None, []), ("a\nb", 1, [error_output("Cell In[1], line 2")])], "cell 2 (a), line 2: KeyError: 'x'"),
        ([("a", 1, [error_output("\x1b[32mCell In[1]\x1b[0m, line 7\n")])], "cell 1 (a), line 7: KeyError: 'x'"),
        ([("a", 1, [error_output("nowhere")])], "cell 1 (a): KeyError: 'x'"),
        ([("x" * 60, None, [])], f"cell 1 ({'x' * 50}...) was not run"),
    ],
)
def test_the_first_cell_that_did_not_complete(given, problem):
    """Counted as the author of the notebook counts, from 1."""
    found = cells.first_failure(notebook_of(*given))
    assert (found and found.text) == problem


def test_the_injected_cell_does_not_count():
    """Its author never saw it."""
    notebook = notebook_of(("scenario = 1", 1, []), ("2", None, []))
    notebook.cells[0].metadata["tags"] = ["injected-parameters"]
    assert cells.first_failure(notebook) == ("cell 1 (2) was not run", 1, None)
