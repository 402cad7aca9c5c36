"""Make reports on a Dask cluster: all that a task needs travels with it, and the files of the report travel back."""

import hashlib
import sys
import threading
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from imis_plan.report import locally, manifest, runs
from imis_plan.report.locally import Ended
from imis_plan.report.making import Files, Task
from imis_plan.report.watch import STANDARD, Watch
from imis_plan.scenario.problems import BadInput, Problem

PATIENCE = 15  # for the scheduler, and for a first worker. [second]
SHARED = (*manifest.SHARED, "notebook")  # inputs that all tasks of a batch have in common
_writing = threading.Lock()


class WrongPackageError(Exception):
    """A worker has another version of this package, and would make another report."""


@dataclass(frozen=True)
class Parcel:
    """A task with everything it needs: contents of files by role and place, and the package that is to make it."""

    task: Task
    files: Mapping[str, tuple[str, bytes]]
    package: Mapping[str, str]


def pack(task: Task) -> Parcel:
    """A task, ready to travel."""
    folder = task.folder.resolve()
    places = {role: path.resolve() for role, path in manifest.files(task.name, folder, task.notebook).items()}
    above = {role: folder.parent if path.is_relative_to(folder) else path.parent.parent for role, path in places.items()}
    files = {role: (path.relative_to(above[role]).as_posix(), path.read_bytes()) for role, path in places.items()}
    light = replace(task, folder=Path(folder.name), notebook=Path(files["notebook"][0]))
    return Parcel(light, files, manifest.package())


class Depot(runs.Run):
    """A folder in which a worker keeps what tasks share; it is removed even if the worker is killed."""

    def __init__(self) -> None:
        super().__init__(runs.temporary(), runs.PREFIX)
        self._watch = None if sys.platform == "win32" else Watch(STANDARD, self.folder)

    def close(self) -> None:
        """Remove the folder."""
        if self._watch:
            self._watch.close()
        super().close()


@cache
def depot() -> Depot:
    """The one of this worker."""
    return Depot()


def unpack(parcel: Parcel) -> Task:
    """The task, with its files on this machine; what tasks share is written once, so that it is read once."""
    shared = hashlib.sha256(repr(sorted((k, v) for k, v in parcel.files.items() if k in SHARED)).encode()).hexdigest()
    base = depot().folder / shared[:16]
    with _writing:
        for place, content in parcel.files.values():
            path = base / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)
    return replace(parcel.task, folder=base / parcel.task.folder, notebook=base / parcel.task.notebook)


def there(parcel: Parcel) -> tuple[Files, float]:
    """The files of a report, made by a worker, and how long that took. Raises WrongPackageError."""
    if wrong := mismatch(manifest.package(), parcel.package):
        raise WrongPackageError(f"the worker has {wrong}")
    return locally.timed(unpack(parcel))


def mismatch(theirs: Any, ours: Mapping[str, str]) -> str:
    """What a worker has in place of our package, or nothing."""
    if isinstance(theirs, BaseException):
        return f"no imis_plan ({theirs})"
    if theirs == ours:
        return ""
    return f"imis_plan {theirs['version']} ({theirs['sha256'][:8]}), not {ours['version']} ({ours['sha256'][:8]}) as here"


def on(address: str, tasks: Iterable[Task]) -> Generator[Ended, None, None]:
    """Make reports on the cluster of a scheduler. A lost worker's tasks run again elsewhere.

    Raises BadInput when nobody answers, no worker is there, or one has another version of this package.
    """
    client = connected(address)
    left, waiting = iter(tasks), dict[str, Task]()
    suspects: list[Task] = []  # were on a worker that was killed, perhaps by another task
    alone: set[str] = set()
    try:
        check(client, address)
        finished = library().as_completed(loop=client.loop)
        width = 2 * sum(client.nthreads().values())

        def hand_out() -> None:
            """Give the cluster one more task; suspects last, and one at a time, so that each is judged by what it does itself."""
            task = next(left, None)
            if task is None and suspects and not waiting:
                task = suspects.pop()
                alone.add(task.name)
            if task is not None:
                future = client.submit(there, pack(task), key=f"imis-{task.name}-{uuid4().hex}", pure=False)
                waiting[future.key] = task
                finished.add(future)

        for _ in range(width):
            hand_out()
        while waiting:
            future = next(finished)
            task = waiting.pop(future.key)
            if isinstance(future.exception(), library().KilledWorker) and task.name not in alone:
                suspects.append(task)
            else:
                yield ended(task, future)
            hand_out()
    finally:
        client.close()  # which cancels what nobody waits for any more


def ended(task: Task, future: Any) -> Ended:
    """What became of a task."""
    try:
        files, seconds = future.result()
    except library().KilledWorker as error:
        workers = error.last_worker.address if error.last_worker else "its worker"
        return Ended(task, error=RuntimeError(f"it killed every worker that tried it, the last one {workers}"))
    except Exception as error:  # noqa: BLE001 - one bad scenario does not stop the others; its reason is told at the end
        return Ended(task, error=error)
    return Ended(task, seconds, files)


def library() -> Any:
    """dask.distributed. Raises BadInput where it is not installed."""
    try:
        import distributed
    except ImportError:
        right = "install it: pip install 'imis_plan[dask]'"
        raise BadInput([Problem("--scheduler", None, "", "dask.distributed is not installed", right)]) from None
    return distributed


def connected(address: str) -> Any:
    """A client of the scheduler."""
    distributed = library()
    try:
        return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        right = "start one with `dask scheduler` and give its address, as in tcp://host:8786"
        raise BadInput([Problem("--scheduler", None, "", "no scheduler answers", right, address)]) from None


def check(client: Any, address: str) -> None:
    """Refuse a cluster without workers, or with workers that would make other reports."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        right = f"start one with `dask worker {address}`"
        raise BadInput([Problem("--scheduler", None, "", "no worker has joined it", right, address)]) from None
    found = client.run(manifest.package, on_error="return")
    right = "install the same version there, and start the worker again"
    wrong = {worker: mismatch(theirs, manifest.package()) for worker, theirs in found.items()}
    if problems := [
        Problem("--scheduler", None, "", f"worker {worker} has {what}", right) for worker, what in wrong.items() if what
    ]:
        raise BadInput(problems)
