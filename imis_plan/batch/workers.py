"""Make reports on this machine, some at a time: in threads that run a kernel each, or in processes that need none."""

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from pkgutil import resolve_name
from typing import Any, NamedTuple

from imis_plan.batch import task as report_task
from imis_plan.batch.task import Files, Task
from imis_plan.kernels import cancellation, linux

# Objects that a process of the pool may have made since the last pass of the garbage collector, less those freed since.
GARBAGE_THRESHOLD = 50_000


class CompletedTask(NamedTuple):
    """A task that has ended, with its files or its error."""

    task: Task
    seconds: float = 0.0
    files: Files | None = None
    error: BaseException | None = None


def run_in_threads(tasks: Iterable[Task], jobs: int, make: Callable[[Task], Files]) -> Generator[CompletedTask, None, None]:
    """Make reports whose work is done in kernels."""
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        pending: dict[Future[Any], Task] = {}
        try:
            yield from as_completed_limited(tasks, jobs, lambda task: pool.submit(timed, task, make), pending)
        finally:
            cancel(pool, pending)


def run_in_processes(tasks: Iterable[Task], jobs: int) -> Generator[CompletedTask, None, None]:
    """Make what needs no kernel.

    When a worker dies, the pool is broken and all its pending tasks fail; a new pool takes the remaining tasks.
    """
    remaining = iter(tasks)
    while first := next(remaining, None):
        with process_pool(jobs) as pool:
            pending: dict[Future[Any], Task] = {}
            yield from until_broken(as_completed_limited(chain([first], remaining), 2 * jobs, submitter(pool), pending))
            yield from (completed_task(task, future) for future, task in pending.items())


def submitter(pool: Executor) -> Callable[[Task], Future[Any]]:
    """A function that submits a task to this pool."""
    return lambda task: pool.submit(timed, task)


def until_broken(results: Iterable[CompletedTask]) -> Generator[CompletedTask, None, None]:
    """The results up to the first error of a broken pool."""
    for result in results:
        yield result
        if isinstance(result.error, BrokenProcessPool):
            return


def process_pool(jobs: int) -> Executor:
    """A pool of processes that Linux ends together with this one."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initialize_worker, (os.getpid(),))


def initialize_worker(parent: int) -> None:
    """Ask Linux to end this process with its parent; Ctrl-C is the parent's business. Then import what every task needs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    linux.die_with_parent(parent, signal.SIGKILL)
    resolve_name(report_task.DATA_FILES)
    collect_garbage_rarely()


def collect_garbage_rarely() -> None:
    """Spare the garbage collector what has been imported, and most of its passes: four for each row of a table by default.

    What a row leaves behind is freed without it; few objects refer to each other in a circle, and these wait for the next pass.
    """
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)


def as_completed_limited(
    tasks: Iterable[Task], limit: int, submit: Callable[[Task], Future[Any]], pending: dict[Future[Any], Task]
) -> Generator[CompletedTask, None, None]:
    """Submit tasks and yield them as they complete; at most `limit` are pending, so that memory stays flat."""
    remaining = iter(tasks)
    while True:
        while len(pending) < limit and (task := next(remaining, None)):
            pending[submit(task)] = task
        if not pending:
            return
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            yield completed_task(pending.pop(future), future)


def completed_task(task: Task, future: Future[tuple[Files, float]]) -> CompletedTask:
    """The result or the error of a task."""
    try:
        files, seconds = future.result()
    except Exception as error:  # noqa: BLE001 - one bad scenario does not stop the others; its reason is reported at the end
        return CompletedTask(task, error=error)
    return CompletedTask(task, seconds, files)


def timed(task: Task, make: Callable[[Task], Files] = report_task.make) -> tuple[Files, float]:
    """The files of a report and how long they took; then the event loop of this thread is closed, if there is one."""
    start = time.perf_counter()
    try:
        return make(task), time.perf_counter() - start
    finally:
        if "imis_plan.kernels.execute" in sys.modules:
            sys.modules["imis_plan.kernels.execute"].close_event_loop()


def cancel(pool: Executor, futures: Iterable[Future[Any]]) -> None:
    """Cancel what still runs, after Ctrl-C; nothing runs when all went well."""
    pool.shutdown(wait=False, cancel_futures=True)
    while not all(future.done() for future in futures):
        cancellation.cancel_all()
        time.sleep(0.05)
