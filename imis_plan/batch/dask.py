"""Make reports on a Dask cluster: all that a task needs travels with it, and the files of the report travel back."""

import hashlib
import threading
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from imis_plan.batch import manifest, workers
from imis_plan.batch.task import Files, Task
from imis_plan.batch.workers import CompletedTask
from imis_plan.kernels import resources
from imis_plan.kernels.tempdirs import TempDir, folder_for_sockets
from imis_plan.problems import NO_VALUE, BadInput, Problem
from imis_plan.scenario import inputs
from imis_plan.scenario.folder import PACKAGE_PARAMETERS, SCHEMA, layers
from imis_plan.sentence import sentence

CONNECT_SECONDS = 15  # to wait for the scheduler, and for a first worker
SHARED = (*inputs.SHARED, "notebook")  # inputs that all tasks of a batch have in common
_writing = threading.Lock()


class WrongPackageError(Exception):
    """A worker has another version of this package, and would make another report."""


@dataclass(frozen=True)
class PackedTask:
    """A task with everything it needs: its files, input key -> relative path and content, and the package version."""

    task: Task
    files: Mapping[str, tuple[str, bytes]]
    package: Mapping[str, str]


def pack(task: Task) -> PackedTask:
    """A task as it is sent to a worker. Each file keeps its path relative to the parent of its folder.

    What a folder takes from the package, the worker takes from its own, which is the same.
    """
    folder = task.folder.resolve()
    paths = {key: path.resolve() for key, path in manifest.files(task.name, folder, task.notebook).items()}
    if len(layers(folder)) > 1:
        paths = {key: path for key, path in paths.items() if path.parent != PACKAGE_PARAMETERS} | {SCHEMA: folder / SCHEMA}
    roots = {key: folder.parent if path.is_relative_to(folder) else path.parent.parent for key, path in paths.items()}
    files = {key: (path.relative_to(roots[key]).as_posix(), path.read_bytes()) for key, path in paths.items()}
    relative = replace(task, folder=Path(folder.name), notebook=Path(files["notebook"][0]))
    return PackedTask(relative, files, manifest.package())


class WorkerCache:
    """A folder with the files that tasks share, and a fork server; a worker keeps both from one task to the next."""

    def __init__(self) -> None:
        resources.acquire()
        self._tempdir = TempDir(folder_for_sockets())
        self.folder = self._tempdir.folder

    def close(self) -> None:
        """Remove the folder, and stop the fork server."""
        self._tempdir.close()
        resources.release()


@cache
def worker_cache() -> WorkerCache:
    """The cache of this worker."""
    return WorkerCache()


def unpack(packed: PackedTask) -> Task:
    """The task, with its files on this machine. Shared files are written once, so that the fork server reads them once."""
    shared = hashlib.sha256(repr(sorted((k, v) for k, v in packed.files.items() if k in SHARED)).encode()).hexdigest()
    base = worker_cache().folder / shared[:16]
    with _writing:
        for relative_path, content in packed.files.values():
            path = base / relative_path
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)
    return replace(packed.task, folder=base / packed.task.folder, notebook=base / packed.task.notebook)


def run_on_worker(packed: PackedTask) -> tuple[Files, float]:
    """The files of a report, made by a worker, and how long that took. Raises WrongPackageError."""
    if wrong := mismatch(manifest.package(), packed.package):
        raise WrongPackageError(f"the worker has {wrong}")
    return workers.timed(unpack(packed))


def mismatch(theirs: Any, ours: Mapping[str, str]) -> str:
    """What a worker has in place of our package, or nothing."""
    if isinstance(theirs, BaseException):
        return f"no imis_plan ({theirs})"
    if theirs == ours:
        return ""
    return f"imis_plan {theirs['version']} ({theirs['sha256'][:8]}), not {ours['version']} ({ours['sha256'][:8]}) as here"


def run_on_cluster(address: str, tasks: Iterable[Task]) -> Generator[CompletedTask, None, None]:
    """Make reports on the cluster of a scheduler.

    The tasks of a lost worker run again elsewhere, as often as Dask's `distributed.scheduler.allowed-failures` says. There are no
    more tasks on the cluster than its workers have threads, so that a queued task does not count against it.

    Raises BadInput when nobody answers, no worker is there, or one has another version of this package.
    """
    client = connect(address)
    remaining, pending = iter(tasks), dict[str, Task]()
    try:
        check_workers(client, address)
        futures = import_distributed().as_completed(loop=client.loop)

        def submit_next() -> None:
            """Give the cluster one more task."""
            if task := next(remaining, None):
                future = client.submit(run_on_worker, pack(task), key=f"imis-{task.name}-{uuid4().hex}", pure=False)
                pending[future.key] = task
                futures.add(future)

        for _ in range(sum(client.nthreads().values())):
            submit_next()
        while pending:
            future = next(futures)
            yield completed_task(pending.pop(future.key), future)
            submit_next()
    finally:
        client.close()  # this cancels the pending tasks


def completed_task(task: Task, future: Any) -> CompletedTask:
    """The result or the error of a task."""
    try:
        files, seconds = future.result()
    except import_distributed().KilledWorker as error:
        last = error.last_worker.address if error.last_worker else "its worker"
        return CompletedTask(task, error=RuntimeError(f"it killed every worker that tried it, the last one {last}"))
    except Exception as error:  # noqa: BLE001 - one bad scenario does not stop the others; its reason is reported at the end
        return CompletedTask(task, error=error)
    return CompletedTask(task, seconds, files)


def import_distributed() -> Any:
    """dask.distributed. Raises BadInput where it is not installed."""
    try:
        import distributed
    except ImportError:
        remedy = sentence("install it: pip install 'imis_plan[dask]'")
        raise BadInput([scheduler_problem("dask.distributed is not installed", remedy)]) from None
    return distributed


def scheduler_problem(message: str, remedy: str, value: Any = NO_VALUE) -> Problem:
    """A problem of the option --scheduler."""
    return Problem(file="--scheduler", line=None, path="", message=message, remedy=remedy, value=value)


def connect(address: str) -> Any:
    """A client of the scheduler."""
    distributed = import_distributed()
    try:
        return distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        remedy = sentence("start one with `dask scheduler` and give its address, as in tcp://host:8786")
        raise BadInput([scheduler_problem("no scheduler answers", remedy, address)]) from None


def check_workers(client: Any, address: str) -> None:
    """Refuse a cluster without workers, or with workers that would make other reports."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        remedy = sentence("start one with `dask worker {address}`", address=address)
        raise BadInput([scheduler_problem("no worker has joined it", remedy, address)]) from None
    found = client.run(manifest.package, on_error="return")
    remedy = sentence("install the same version there, and start the worker again")
    wrong = {worker: mismatch(theirs, manifest.package()) for worker, theirs in found.items()}
    if problems := [
        scheduler_problem(sentence("worker {worker} has {what}", worker=worker, what=what), remedy)
        for worker, what in wrong.items()
        if what
    ]:
        raise BadInput(problems)
