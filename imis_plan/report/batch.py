"""All reports: find out which have to be made, make them here or on a cluster, and put each finished one in place whole."""

import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from imis_plan.page.errors import PrintError, RenderError
from imis_plan.page.index import folder_html
from imis_plan.report import freshness, homes, locally, making, orders as ordering, outcome, runs
from imis_plan.report.endings import ForkError, InputsChangedError, NotebookError
from imis_plan.report.locally import Ended
from imis_plan.report.making import Files, Task
from imis_plan.report.orders import Orders, Work, find_notebook
from imis_plan.report.outcome import INTERRUPTED, LEFT, REMOVED, Result
from imis_plan.report.staging import staged, write_whole
from imis_plan.report.watch import STANDARD, Watch
from imis_plan.scenario.problems import BadInput

__all__ = ["Result", "find_notebook", "foresee", "report"]

FAILED = "report.failed.ipynb"
TOLD = (BadInput, ForkError, InputsChangedError, PrintError, RenderError)  # say enough without their name
Seen = Callable[[Result, int], None]


def make(task: Task) -> Files:
    """The files of a report."""
    return making.make(task)


def report(
    names: Iterable[str] = (),
    out: Path | str = "reports",
    *,
    jobs: int | None = None,
    scheduler: str | None = None,
    prune: bool = False,
    junit: Path | None = None,
    on_result: Seen | None = None,
    **asked: Any,
) -> list[Result]:
    """Make the reports of the named scenarios, or of all, that are not current, and the index; results in the order of names.

    jobs : reports made at a time. scheduler : address of a Dask scheduler to make them elsewhere.
    prune : remove reports whose scenario is gone. junit : where to write the results as JUnit's XML.
    on_result : called with each result as it comes, and the number of reports in all.
    asked : parameters (their folder), notebook, table (of scenarios), force, shard, and the fields of `making.Request`;
    see `orders.Orders`.

    Raises BadInput, before any report is touched, when a named scenario has a problem. Without names a scenario with
    problems is one failed result among the others.
    """
    wanted = Orders(tuple(names), Path(out), **asked)
    results: list[Result] = []
    on_stale = None if scheduler or wanted.ledger_only else begin
    with homes.tidied(), ordering.work(wanted, on_stale) as work:
        said = Teller(results, on_result, len(work.bad) + len(work.tasks))
        try:
            for result in (*work.bad, *work.current):
                said(result)
            with closing(made(work, wanted, jobs or os.cpu_count() or 1, scheduler)) as finished:
                for result in finished:
                    said(result)
            results += gone(work, wanted, prune=prune)
        finally:
            done = {result.name for result in results}
            results += [
                Result(task.name, reason="interrupted", status=INTERRUPTED) for task, _ in work.tasks if task.name not in done
            ]
            results.sort(key=lambda result: result.name)
            results += closed(wanted, results, junit, work.batch)
    return results


class Teller:
    """Keeps results and tells them, those of reports that had to be made."""

    def __init__(self, results: list[Result], on_result: Seen | None, total: int) -> None:
        self._results, self._on_result, self._total = results, on_result, total

    def __call__(self, result: Result) -> None:
        """Keep one."""
        self._results.append(result)
        if self._on_result and result.status != outcome.CURRENT:
            self._on_result(result, self._total)


def foresee(names: Iterable[str] = (), out: Path | str = "reports", **asked: Any) -> list[Result]:
    """What `report` would do and why, without doing it: status `made` for what it would make."""
    wanted = Orders(tuple(names), Path(out), **asked)
    with ordering.work(wanted) as work:
        to_make = [Result(task.name, why=why) for task, why in work.tasks]
        return sorted([*work.bad, *work.current, *to_make, *left(work, wanted)], key=lambda result: result.name)


def made(work: Work, wanted: Orders, jobs: int, scheduler: str | None) -> Generator[Result, None, None]:
    """Make what has to be made; each report is put in place or noted as failed as soon as it has ended."""
    if not work.tasks:
        return
    why = {task.name: reason for task, reason in work.tasks}
    tasks = [task for task, _ in work.tasks]
    with workplace(wanted.out, tasks) as aside, closing(running(tasks, wanted, jobs, scheduler)) as ended:
        for one in ended:
            yield kept(one, wanted.out, aside, why[one.task.name])


def begin(task: Task) -> None:
    """Start the template of a task, which takes longer to be ready than all that comes before it is needed."""
    homes.begin(*making.template_of(task))


def running(tasks: list[Task], wanted: Orders, jobs: int, scheduler: str | None) -> Generator[Ended, None, None]:
    """The tasks, under way on a cluster, in processes or in threads."""
    jobs = max(1, min(jobs, len(tasks)))
    if scheduler:
        from imis_plan.report import cluster

        return cluster.on(scheduler, tasks)
    if wanted.ledger_only:
        return locally.in_processes(tasks, jobs)
    making.prepare()  # while the template imports what it needs
    return locally.in_threads(tasks, jobs, make)


@contextmanager
def workplace(out: Path, tasks: list[Task]) -> Iterator[Path]:
    """A folder on the file system of the reports in which they are put together; it is removed even if we are killed."""
    out.mkdir(parents=True, exist_ok=True)
    runs.sweep(out, runs.BESIDE)
    run = runs.Run(out, runs.BESIDE)
    watch = None if sys.platform == "win32" else Watch(STANDARD, run.folder)
    try:
        if watch and tasks[0].folder.parent.name.startswith(runs.PREFIX):  # made from a table
            watch.tell(folder=str(tasks[0].folder.parent))
        yield run.folder
    finally:
        if watch:
            watch.close()
        run.close()


def kept(ended: Ended, out: Path, aside: Path, why: str) -> Result:
    """The files of a report put in place, or why there are none."""
    name, error = ended.task.name, ended.error
    if ended.files is not None:
        try:
            keep(ended.files, out / name, aside)
        except OSError as failure:
            error = failure
    if error is None:
        return Result(name, ended.seconds, why=why)
    if isinstance(error, NotebookError):
        keep_failed(error.notebook, out / name)
        return Result(name, ended.seconds, str(error), why=why, cell=error.stop.cell, line=error.stop.line)
    reason = str(error) if isinstance(error, TOLD) else f"{type(error).__name__}: {error}"
    return Result(name, ended.seconds, reason, why=why)


def keep(files: Files, target: Path, aside: Path | None = None) -> None:
    """Put the files of a finished report in place, all or none."""
    with staged(target, aside) as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)


def keep_failed(notebook: Any, target: Path) -> None:
    """Keep what there is of a failed notebook beside the old report; a full disk is no second failure."""
    from imis_plan.report import kernels

    if notebook is not None:
        with suppress(OSError):
            write_whole(target / FAILED, kernels.text(notebook))


def left(work: Work, wanted: Orders) -> list[Result]:
    """Reports whose scenario is gone, when all scenarios were asked for."""
    if wanted.table is None and wanted.names:
        return []
    found = freshness.orphans(wanted.out, work.known, work.source)
    return [Result(name, status=LEFT, why=f"{work.source}/{name}.yaml is gone; --prune removes its report") for name in found]


def gone(work: Work, wanted: Orders, *, prune: bool) -> list[Result]:
    """Reports whose scenario is gone; removed if so asked."""
    found = left(work, wanted)
    if not prune:
        return found
    for result in found:
        shutil.rmtree(wanted.out / result.name)
    return [Result(result.name, status=REMOVED, why=f"{work.source}/{result.name}.yaml is gone") for result in found]


def closed(wanted: Orders, results: list[Result], junit: Path | None, batch: str = "") -> Iterator[Result]:
    """Write what stands over the reports; what cannot be written is a failed result like the others."""
    steps: Mapping[str, Callable[[], Any]] = {
        "index.html": lambda: write_whole(wanted.out / "index.html", folder_html(wanted.out)),
        "batch.json": lambda: outcome.write(wanted.out, results, wanted.shard, batch),
        str(junit): lambda: write_whole(junit, outcome.junit(results)) if junit else None,
    }
    for name, step in steps.items():
        try:
            wanted.out.mkdir(parents=True, exist_ok=True)
            with runs.one_at_a_time(wanted.out):
                step()
        except OSError as error:
            yield Result(name, reason=f"{type(error).__name__}: {error}")
