"""Make reports on this machine, some at a time: in threads that drive a kernel each, or in processes that need none."""

import ctypes
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

from imis_plan.report import making, underway
from imis_plan.report.making import Files, Task

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Ended(NamedTuple):
    """A task that has ended: with files, or with what went wrong."""

    task: Task
    seconds: float = 0.0
    files: Files | None = None
    error: BaseException | None = None


def in_threads(tasks: Iterable[Task], jobs: int, make: Callable[[Task], Files]) -> Generator[Ended, None, None]:
    """Make reports whose work is done in kernels."""
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        waiting: dict[Future[Any], Task] = {}
        try:
            yield from some_at_a_time(tasks, jobs, lambda task: pool.submit(timed, task, make), waiting)
        finally:
            stop(pool, waiting)


def in_processes(tasks: Iterable[Task], jobs: int) -> Generator[Ended, None, None]:
    """Make what needs no kernel. A worker that dies takes with it what the others are at; the rest goes to new ones."""
    left = iter(tasks)
    while first := next(left, None):
        with processes(jobs) as pool:
            waiting: dict[Future[Any], Task] = {}
            yield from until_broken(some_at_a_time(chain([first], left), 2 * jobs, to(pool), waiting))
            yield from (ended(task, future) for future, task in waiting.items())


def to(pool: Executor) -> Callable[[Task], Future[Any]]:
    """How to hand a task to workers."""
    return lambda task: pool.submit(timed, task)


def until_broken(results: Iterable[Ended]) -> Generator[Ended, None, None]:
    """The results up to the first that a dead worker left behind."""
    for result in results:
        yield result
        if isinstance(result.error, BrokenProcessPool):
            return


def processes(jobs: int) -> Executor:
    """Workers that end with us, whatever ends us."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), die_with, (os.getpid(),))


def die_with(parent: int) -> None:
    """Ask Linux to end this process with its parent; Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def some_at_a_time(
    tasks: Iterable[Task], most: int, submit: Callable[[Task], Future[Any]], waiting: dict[Future[Any], Task]
) -> Generator[Ended, None, None]:
    """Hand out tasks and give back what ended; no more than so many are under way, so that memory stays flat."""
    left = iter(tasks)
    while True:
        while len(waiting) < most and (task := next(left, None)):
            waiting[submit(task)] = task
        if not waiting:
            return
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            yield ended(waiting.pop(future), future)


def ended(task: Task, future: Future[tuple[Files, float]]) -> Ended:
    """What became of a task."""
    try:
        files, seconds = future.result()
    except Exception as error:  # noqa: BLE001 - one bad scenario does not stop the others; its reason is told at the end
        return Ended(task, error=error)
    return Ended(task, seconds, files)


def timed(task: Task, make: Callable[[Task], Files] = making.make) -> tuple[Files, float]:
    """The files of a report and how long they took."""
    start = time.perf_counter()
    try:
        return make(task), time.perf_counter() - start
    finally:
        if "imis_plan.report.kernels" in sys.modules:
            sys.modules["imis_plan.report.kernels"].close_loop()


def stop(pool: Executor, futures: Iterable[Future[Any]]) -> None:
    """End what still runs, when somebody pressed Ctrl-C; nothing runs when all went well."""
    pool.shutdown(wait=False, cancel_futures=True)
    while not all(future.done() for future in futures):
        underway.stop_all()
        time.sleep(0.05)
