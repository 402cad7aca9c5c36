"""Make all reports that are stale, here or on a cluster, and publish each as soon as it is complete."""

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from imis_plan.batch import selection, staleness, task as report_task, workers
from imis_plan.batch.publish import staged, write_atomic
from imis_plan.batch.reporter import OnResult, ProgressReporter
from imis_plan.batch.results import Result, Status, junit_xml, write_batch_json
from imis_plan.batch.selection import BatchRequest, Selection, find_notebook
from imis_plan.batch.task import Files, InputsChangedError, Task, make
from imis_plan.batch.workers import CompletedTask
from imis_plan.kernels import forkserver, resources, tempdirs
from imis_plan.kernels.errors import NotebookError, ProcessError
from imis_plan.page.errors import PrintError, RenderError
from imis_plan.page.index import INDEX_FILE, index_pages
from imis_plan.problems import BadInput
from imis_plan.sentence import sentence

__all__ = ["Result", "find_notebook", "make_reports", "preview_reports"]

INDEX_PAGE = re.compile(r"index-\d+\.html")
FAILED_NOTEBOOK = "report.failed.ipynb"
CLEAR_ERRORS = (BadInput, InputsChangedError, PrintError, ProcessError, RenderError)  # shown without the name of the class


def make_reports(
    names: Iterable[str] = (),
    out: Path | str = "reports",
    *,
    jobs: int | None = None,
    scheduler: str | None = None,
    prune: bool = False,
    junit: Path | None = None,
    on_result: OnResult | None = None,
    **request_fields: Any,
) -> list[Result]:
    """Make the reports of the named scenarios, or of all, that are not current, and the index; results in the order of names.

    jobs : reports made at a time. scheduler : address of a Dask scheduler to make them elsewhere.
    prune : remove reports whose scenario is gone. junit : where to write the results as JUnit's XML.
    on_result : called with each failed or published result as it comes, and the number of invalid and stale
    scenarios; not for current, interrupted, orphaned or pruned reports.
    request_fields : parameters (their folder), notebook, scenarios_source, force, shard, and the fields of `task.Request`;
    see `selection.BatchRequest`.

    Raises BadInput, before any report is touched, when a named scenario has a problem. Without names, a scenario with
    problems is one failed result among the others.
    """
    request = BatchRequest(tuple(names), Path(out), **request_fields)
    uses_forkserver = not scheduler and not request.ledger_only and request.start_method == forkserver.FORKSERVER_START
    with resources.acquired(), selection.select(request, start_forkserver if uses_forkserver else None) as selected:
        reporter = ProgressReporter(on_result, len(selected.invalid) + len(selected.tasks))
        results = reporter.results
        try:
            for result in (*selected.invalid, *selected.current):
                reporter.add(result)
            with closing(make_stale_reports(selected, request, jobs or os.cpu_count() or 1, scheduler)) as completed:
                for result in completed:
                    reporter.add(result)
            results += prune_orphans(selected, request) if prune else find_orphans(selected, request)
        finally:
            done = {result.name for result in results}
            results += [
                Result(task.name, error="interrupted", status=Status.INTERRUPTED)
                for task, _ in selected.tasks
                if task.name not in done
            ]
            results.sort(key=lambda result: result.name)
            results += write_outputs(request, results, junit, selected.batch_hash)
    return results


def preview_reports(names: Iterable[str] = (), out: Path | str = "reports", **request_fields: Any) -> list[Result]:
    """What `make_reports` would do and why, without doing it: status `published` for what it would make."""
    request = BatchRequest(tuple(names), Path(out), **request_fields)
    with selection.select(request) as selected:
        to_make = [Result(task.name, reason=reason) for task, reason in selected.tasks]
        found = [*selected.invalid, *selected.current, *to_make, *find_orphans(selected, request)]
        return sorted(found, key=lambda result: result.name)


def make_stale_reports(
    selected: Selection, request: BatchRequest, jobs: int, scheduler: str | None
) -> Generator[Result, None, None]:
    """Make the stale reports; each is published, or recorded as failed, as soon as its task has ended."""
    if not selected.tasks:
        return
    reasons = {task.name: reason for task, reason in selected.tasks}
    tasks = [task for task, _ in selected.tasks]
    with staging_folder(request.out) as staging, closing(run_tasks(tasks, request, jobs, scheduler)) as completed:
        for one in completed:
            yield publish_report(one, request.out, staging, reasons[one.task.name])


def start_forkserver(task: Task) -> None:
    """Start the fork server early: it imports for longer than the rest of the preparation takes."""
    resources.start_forkserver(report_task.kernel_env(task)["IMIS_PLAN_PARAMETERS"])


def run_tasks(tasks: list[Task], request: BatchRequest, jobs: int, scheduler: str | None) -> Generator[CompletedTask, None, None]:
    """Run the tasks on a cluster, in processes or in threads, and yield each as it completes."""
    jobs = max(1, min(jobs, len(tasks)))
    if scheduler:
        from imis_plan.batch import dask

        return dask.run_on_cluster(scheduler, tasks)
    if request.ledger_only:
        return workers.run_in_processes(tasks, jobs)
    report_task.warm_up()  # in this process, while the fork server still imports
    return workers.run_in_threads(tasks, jobs, make)


@contextmanager
def staging_folder(out: Path) -> Iterator[Path]:
    """A folder on the file system of the reports in which they are put together; it is removed even if we are killed."""
    out.mkdir(parents=True, exist_ok=True)
    tempdirs.sweep(out, tempdirs.STAGING_PREFIX)
    tempdir = tempdirs.TempDir(out, tempdirs.STAGING_PREFIX)
    try:
        yield tempdir.folder
    finally:
        tempdir.close()


def publish_report(completed: CompletedTask, out: Path, staging: Path, reason: str) -> Result:
    """Publish the files of a completed task; the result has the error if there is one."""
    name, error = completed.task.name, completed.error
    if completed.files is not None:
        try:
            publish_files(completed.files, out / name, staging)
        except OSError as failure:
            error = failure
    if error is None:
        return Result(name, completed.seconds, reason=reason, warnings=staleness.warnings_of(out / name))
    if isinstance(error, NotebookError):
        write_failed_notebook(error.notebook, out / name)
        return Result(name, completed.seconds, str(error), reason=reason, cell=error.failure.cell, line=error.failure.line)
    message = str(error) if isinstance(error, CLEAR_ERRORS) else f"{type(error).__name__}: {error}"
    return Result(name, completed.seconds, message, reason=reason)


def publish_files(files: Files, target: Path, staging: Path | None = None) -> None:
    """Publish the files of a finished report, all or none."""
    with staged(target, staging) as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)


def write_failed_notebook(notebook: Any, target: Path) -> None:
    """Write what there is of a failed notebook into the folder of the old report; a full disk is no second failure."""
    from imis_plan.kernels import execute

    if notebook is not None:
        with suppress(OSError):
            write_atomic(target / FAILED_NOTEBOOK, execute.to_text(notebook))


def find_orphans(selected: Selection, request: BatchRequest) -> list[Result]:
    """Reports whose scenario is gone, when all scenarios were requested."""
    if request.scenarios_source is None and request.names:
        return []
    found = staleness.orphans(request.out, selected.known, selected.source)
    return [
        Result(
            name,
            status=Status.ORPHANED,
            reason=sentence("{file} is gone; --prune removes its report", file=f"{selected.source}/{name}.yaml"),
        )
        for name in found
    ]


def prune_orphans(selected: Selection, request: BatchRequest) -> list[Result]:
    """Reports whose scenario is gone, removed."""
    found = [result.name for result in find_orphans(selected, request)]
    for name in found:
        shutil.rmtree(request.out / name)
    return [
        Result(name, status=Status.PRUNED, reason=sentence("{file} is gone", file=f"{selected.source}/{name}.yaml"))
        for name in found
    ]


def write_outputs(request: BatchRequest, results: list[Result], junit: Path | None, batch_hash: str = "") -> Iterator[Result]:
    """Write the index and the records of the batch; what cannot be written is a failed result like the others."""
    steps: Mapping[str, Callable[[], Any]] = {
        INDEX_FILE: lambda: write_index(request.out),
        "batch.json": lambda: write_batch_json(request.out, results, request.shard, batch_hash),
        str(junit): lambda: write_atomic(junit, junit_xml(results)) if junit else None,
    }
    for name, step in steps.items():
        try:
            request.out.mkdir(parents=True, exist_ok=True)
            with tempdirs.lock_folder(request.out):
                step()
        except OSError as error:
            yield Result(name, error=f"{type(error).__name__}: {error}")


def write_index(out: Path) -> None:
    """Write the pages of the index, and remove those of a longer one."""
    written = set()
    for name, text in index_pages(out):
        write_atomic(out / name, text)
        written.add(name)
    for file in out.glob("index-*.html"):
        if INDEX_PAGE.fullmatch(file.name) and file.name not in written:
            file.unlink()
