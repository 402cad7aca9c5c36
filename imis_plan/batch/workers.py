"""Make reports on this machine, some at a time: in threads that run a kernel each, or in processes that need none."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from typing import Any, NamedTuple

from imis_plan.batch import task as report_task
from imis_plan.batch.task import Files, Task
from imis_plan.kernels import cancellation, linux


class Finished(NamedTuple):
    """A task that has ended: with files, or with what went wrong."""

    task: Task
    seconds: float = 0.0
    files: Files | None = None
    error: BaseException | None = None


def in_threads(tasks: Iterable[Task], jobs: int, make: Callable[[Task], Files]) -> Generator[Finished, None, None]:
    """Make reports whose work is done in kernels."""
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        waiting: dict[Future[Any], Task] = {}
        try:
            yield from some_at_a_time(tasks, jobs, lambda task: pool.submit(timed, task, make), waiting)
        finally:
            cancel(pool, waiting)


def in_processes(tasks: Iterable[Task], jobs: int) -> Generator[Finished, None, None]:
    """Make what needs no kernel. A worker that dies takes with it what the others are at; the rest goes to new ones."""
    left = iter(tasks)
    while first := next(left, None):
        with processes(jobs) as pool:
            waiting: dict[Future[Any], Task] = {}
            yield from until_broken(some_at_a_time(chain([first], left), 2 * jobs, submitter(pool), waiting))
            yield from (finished(task, future) for future, task in waiting.items())


def submitter(pool: Executor) -> Callable[[Task], Future[Any]]:
    """How to hand a task to workers."""
    return lambda task: pool.submit(timed, task)


def until_broken(results: Iterable[Finished]) -> Generator[Finished, None, None]:
    """The results up to the first that a dead worker left behind."""
    for result in results:
        yield result
        if isinstance(result.error, BrokenProcessPool):
            return


def processes(jobs: int) -> Executor:
    """Workers that end with us, whatever ends us."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), end_with, (os.getpid(),))


def end_with(parent: int) -> None:
    """Ask Linux to end this process with its parent; Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    linux.die_with_parent(parent, signal.SIGKILL)


def some_at_a_time(
    tasks: Iterable[Task], most: int, submit: Callable[[Task], Future[Any]], waiting: dict[Future[Any], Task]
) -> Generator[Finished, None, None]:
    """Hand out tasks and give back what ended; no more than so many are under way, so that memory stays flat."""
    left = iter(tasks)
    while True:
        while len(waiting) < most and (task := next(left, None)):
            waiting[submit(task)] = task
        if not waiting:
            return
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            yield finished(waiting.pop(future), future)


def finished(task: Task, future: Future[tuple[Files, float]]) -> Finished:
    """What became of a task."""
    try:
        files, seconds = future.result()
    except Exception as error:  # noqa: BLE001 - one bad scenario does not stop the others; its reason is reported at the end
        return Finished(task, error=error)
    return Finished(task, seconds, files)


def timed(task: Task, make: Callable[[Task], Files] = report_task.make) -> tuple[Files, float]:
    """The files of a report and how long they took."""
    start = time.perf_counter()
    try:
        return make(task), time.perf_counter() - start
    finally:
        if "imis_plan.kernels.execute" in sys.modules:
            sys.modules["imis_plan.kernels.execute"].close_event_loop()


def cancel(pool: Executor, futures: Iterable[Future[Any]]) -> None:
    """End what still runs, when somebody pressed Ctrl-C; nothing runs when all went well."""
    pool.shutdown(wait=False, cancel_futures=True)
    while not all(future.done() for future in futures):
        cancellation.cancel_all()
        time.sleep(0.05)
