"""Reports on a Dask cluster: real schedulers and workers on this machine, talking over the loopback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from imis_plan.batch import dask as dask_cluster, manifest, run, task as report_task
from imis_plan.problems import BadInput
from tests.kernels.processes import linux, marked, until
from tests.report.places import BORSA, content, place

pytestmark = [pytest.mark.slow, linux]

NAMES = ("first", "second", "third", "fourth")
WORK = """\
import time
time.sleep(1)
print(scenario)"""
# The kernel's parent is its supervisor, the parent of that the fork server, and the parent of that the worker.
MURDER = """\
import psutil
if scenario == "killer":
    psutil.Process().parents()[2].kill()
print(scenario)"""


# What a report says of the time at which it was made is the same here and there.
NOON = {"SOURCE_DATE_EPOCH": "1767268800"}


class Cluster:
    """A scheduler and its workers, each a process."""

    def __init__(self, temporary):
        self.mark = os.urandom(8).hex()
        once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        self.env = {**os.environ, **once, **NOON, "TMPDIR": str(temporary), "IMIS_TEST_MARK": self.mark}
        self.temporary = temporary
        self.started = []
        log = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = found(log, r"Scheduler at:\s+(tcp://\S+)")

    def start(self, *arguments):
        """Start a part of it; gives the file of its log."""
        log = self.temporary / f"log-{len(self.started)}"
        with log.open("wb") as out:
            command = [sys.executable, "-m", "dask", *arguments]
            self.started.append(subprocess.Popen(command, stdout=out, stderr=out, env=self.env, cwd=self.temporary))
        return log

    def worker(self, *more):
        """Start a worker and wait until it has joined; gives its process."""
        log = self.start("worker", self.address, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard", *more)
        found(log, r"(Registered to:\s+tcp)")
        return self.started[-1]

    def close(self):
        """End all of it."""
        for process in reversed(self.started):
            process.terminate()
        for process in self.started:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def found(log, pattern):
    """What a log says, when it has said it."""
    until(lambda: re.search(pattern, log.read_text(encoding="utf-8", errors="replace")))
    said = re.search(pattern, log.read_text(encoding="utf-8", errors="replace"))
    return said and said[1]


@pytest.fixture
def dask(short_folder):
    """A scheduler."""
    made = Cluster(short_folder)
    try:
        yield made
    finally:
        made.close()


def bytes_of(out):
    """Reports as bytes."""
    return {path: data for path, data in content(out).items() if path.partition("/")[0] in NAMES}


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(dask, tmp_path, monkeypatch):
    """Two workers, one killed midway: its reports run again on the other, and all are those made here."""
    monkeypatch.setenv(*next(iter(NOON.items())))
    folder = place(tmp_path, WORK, **dict.fromkeys(NAMES, BORSA))
    victim = dask.worker("--no-nanny")
    dask.worker("--no-nanny")
    seen = []

    def kill(result, _total):
        """Kill a worker when the first report is there, while both are at the next."""
        seen.append(result.name)
        if len(seen) == 1:
            victim.kill()

    far = run.make_reports((), tmp_path / "far", parameters=folder, scheduler=dask.address, on_result=kill)
    assert [(result.name, result.error) for result in far] == [(name, None) for name in sorted(NAMES)]
    near = run.make_reports((), tmp_path / "near", parameters=folder)
    assert [result.error for result in near] == [None] * len(NAMES)
    assert bytes_of(tmp_path / "far") == bytes_of(tmp_path / "near")
    dask.close()
    until(lambda: not marked(dask.mark))
    assert not list(Path(dask.temporary).glob("imis-*"))


def test_a_report_that_kills_its_worker_is_named_and_the_others_are_made(dask, tmp_path):
    """Its worker is started again by its nanny, and dies again; then the report is given up."""
    folder = place(tmp_path, MURDER, **dict.fromkeys(("good", "killer", "other"), BORSA))
    dask.worker()
    results = run.make_reports((), tmp_path / "out", parameters=folder, scheduler=dask.address)
    reasons = {result.name: result.error for result in results}
    assert str(reasons.pop("killer")).startswith(
        "RuntimeError: it killed every worker that tried it, the last one tcp://127.0.0.1:"
    )
    assert reasons == {"good": None, "other": None}
    assert not (tmp_path / "out" / "killer").exists()


def test_workers_with_another_package_are_refused_with_their_address(dask, tmp_path, monkeypatch):
    """Before anything is made: they would make other reports."""
    folder = place(tmp_path, WORK, first=BORSA)
    dask.worker("--no-nanny")
    here = {"version": "9.9.9", "sha256": "0" * 64}
    monkeypatch.setattr(dask_cluster, "mismatch", lambda theirs, _: real(theirs, here))
    with pytest.raises(
        BadInput, match=r"worker tcp://127\.0\.0\.1:\d+ has imis_plan \S+ \(\w{8}\), not 9\.9\.9 \(00000000\) as here"
    ):
        run.make_reports((), tmp_path / "out", parameters=folder, scheduler=dask.address)
    assert not (tmp_path / "out" / "first").exists()


real = dask_cluster.mismatch


def test_nobody_at_the_address_and_no_worker_are_bad_input(dask, tmp_path, monkeypatch):
    """Each says what to start."""
    monkeypatch.setattr(dask_cluster, "CONNECT_SECONDS", 1)
    folder = place(tmp_path, WORK, first=BORSA)
    with pytest.raises(BadInput, match="no worker has joined it, start one with `dask worker tcp://127"):
        run.make_reports((), tmp_path / "out", parameters=folder, scheduler=dask.address)
    with pytest.raises(BadInput, match="no scheduler answers, start one with `dask scheduler`"):
        run.make_reports((), tmp_path / "out", parameters=folder, scheduler="tcp://127.0.0.1:1")


def test_a_worker_without_the_extra_or_the_package_is_told():
    """As what the worker answers in place of a version."""
    assert (
        dask_cluster.mismatch(ModuleNotFoundError("No module named 'imis_plan'"), {})
        == "no imis_plan (No module named 'imis_plan')"
    )
    assert dask_cluster.mismatch(manifest.package(), manifest.package()) == ""


def test_a_job_holds_all_that_its_task_needs(tmp_path):
    """Unpacked elsewhere, it is the same task with the same inputs; what two tasks share lies in one place."""
    folder = place(tmp_path, WORK, first=BORSA, second=BORSA)
    notebook = tmp_path / "notebooks" / "country_budget.ipynb"
    (folder / "actuals").mkdir()
    (folder / "actuals" / "first.csv").write_text("component,line,year,amount,unit\n", encoding="utf-8")
    tasks = [report_task.Task(name, folder, notebook, changes={"time.horizon": 3}) for name in ("first", "second")]
    jobs = [dask_cluster.pack(task) for task in tasks]
    for path in content(folder):
        (folder / path).unlink()
    there = [dask_cluster.unpack(job) for job in jobs]
    assert {task.folder for task in there} == {there[0].folder}
    for task, job in zip(there, jobs, strict=True):
        shown = manifest.inputs(task.name, task.folder, task.notebook)
        assert {role: entry["sha256"] for role, entry in shown.items()} == {
            role: manifest.sha256(data) for role, (_, data) in job.files.items()
        }
        assert shown["scenario"]["file"] == f"parameters/{task.name}.yaml"
        assert task.plan["time.horizon"] == 3
    dask_cluster.worker_cache().close()
    dask_cluster.worker_cache.cache_clear()
