"""Run a notebook through papermill in a kernel of its own, and find out whether it really ran."""

# ruff: noqa: E402 - the one line before the imports of Jupyter has to be there

import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# jsonschema's optional checker of internationalised addresses takes most of the time that papermill needs to import,
# and no notebook needs it; an empty entry makes its import fail at once, which jsonschema expects.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel, get_kernel_spec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from papermill.clientwrap import PapermillNotebookClient
from traitlets.config import Config

from imis_plan.kernels import cells, forkserver, resources
from imis_plan.kernels.cancellation import cancellable
from imis_plan.kernels.client import Client
from imis_plan.kernels.errors import Failure, NotebookError
from imis_plan.kernels.forkserver import FORKSERVER_START, ONE_THREAD, TIMEOUT_SECONDS
from imis_plan.kernels.provisioner import TRACEBACK, set_provisioner

ENGINE = "imis-plan"  # an entry point in pyproject.toml, by which papermill finds `engine`
KERNEL = "python3"
GRACE_SECONDS = 1.0  # after its timeout, for a kernel to write its traceback and exit by itself
TRACEBACK_LINE = re.compile(r'File ".*ipykernel_\d+[/\\]\d+\.py", line (\d+)')
TRACEBACK_TIMEOUT = "Timeout ("  # how `faulthandler` begins the traceback of a process that it ends


@dataclass
class Execution:
    """One notebook that runs: folder, environment, start method and timeout of its kernel; then the notebook and how it ended."""

    folder: Path = field(default_factory=Path.cwd)
    env: Mapping[str, str] = field(default_factory=forkserver.environment)
    start_method: str = FORKSERVER_START
    timeout: float | None = None
    notebook: Any = None
    timed_out: bool = False
    line: int | None = None

    @property
    def timeout_error(self) -> TimeoutError:
        """The error of a notebook that runs too long."""
        return TimeoutError(f"not done after {self.timeout:g} seconds, which --timeout allows")


def execute(
    notebook: Path,
    parameters: Mapping[str, str],
    env: Mapping[str, str] | None = None,
    *,
    start_method: str = FORKSERVER_START,
    timeout: float | None = TIMEOUT_SECONDS,
) -> Any:
    """The executed notebook (an nbformat node), the same for the same input: without times, random ids or paths.

    notebook : path of the notebook; its folder is the kernel's.
    parameters : name -> text, for the cell tagged `parameters`.
    env : what the kernel's environment has more than ours.
    start_method : "fork" for a kernel forked by the fork server, "standard" for a new process as Jupyter starts it.
    timeout : for how long it may run.

    Raises NotebookError when a cell fails, is not reached, takes too long, or the kernel dies.
    """
    source = nbformat.reads(Path(notebook).read_text(encoding="utf-8"), as_version=4)
    execution = Execution(Path(notebook).resolve().parent, {**forkserver.environment(), **(env or {})}, start_method, timeout)
    try:
        papermill.execute_notebook(
            source,
            None,
            dict(parameters),
            engine_name=ENGINE,
            kernel_name=KERNEL,
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            execution=execution,
        )
    except Exception as error:
        node = execution.notebook
        raise NotebookError(failure(execution, error), node and cells.normalize(node)) from error
    if execution.timed_out:  # though its last cell has ended
        raise NotebookError(failure(execution, execution.timeout_error), cells.normalize(execution.notebook))
    node = cells.normalize(execution.notebook)
    # papermill records cells as completed that never ran, and a notebook that left by SystemExit(0) as a success.
    if found := cells.first_failure(node):
        raise NotebookError(found, node)
    return node


def run(nb_man: Any, kernel_name: str, execution: Execution) -> Any:
    """Run a notebook that papermill manages. Called by papermill through `engine.ReportEngine`."""
    execution.notebook = nb_man.nb
    with resources.process_resources() as (folder, cleanup):
        client = notebook_client(nb_man, kernel_name, folder)
        manager = client.create_kernel_manager()
        set_provisioner(manager.kernel_spec, execution.start_method, folder, execution.timeout, cleanup)
        kernel_env = {"IPYTHONDIR": str(folder), "TMPDIR": str(folder / "tmp")}
        try:
            with kill_afterwards(manager), deadline(execution, manager):
                # Not papermill's `cwd`: that changes the folder of the whole process, and reports run in threads.
                return client.execute(env={**execution.env, **ONE_THREAD, **kernel_env}, cwd=str(execution.folder))
        finally:
            read_traceback(execution, folder / TRACEBACK)


def failure(execution: Execution, error: Exception) -> Failure:
    """What stopped a notebook, and where."""
    if not execution.timed_out:
        return cells.failure(execution.notebook, error, execution.line)
    return cells.failure(execution.notebook, execution.timeout_error, execution.line, execution.timeout)


@contextmanager
def deadline(execution: Execution, manager: Any) -> Iterator[None]:
    """A watchdog: kills the kernel after `timeout` seconds, even if it ignores signals.

    A kernel of the fork server has ended itself before, unless a cell has kept it from that.
    """
    done = threading.Event()
    watching = threading.Thread(target=_kill_after_timeout, args=(execution, manager, done), daemon=True)
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()


def _kill_after_timeout(execution: Execution, manager: Any, done: threading.Event) -> None:
    if execution.timeout is None:
        return
    while process_of(manager) is None:  # the fork server may still import
        if done.wait(0.05):
            return
    if not done.wait(execution.timeout + (GRACE_SECONDS if execution.start_method == FORKSERVER_START else 0)):
        execution.timed_out = True
        while not done.wait(0.1):  # the kernel may still be starting, so kill repeatedly
            kill(manager)


def read_traceback(execution: Execution, traceback: Path) -> None:
    """Find in the traceback that `faulthandler` wrote at which line a cell timed out or crashed, if there is one."""
    with suppress(OSError):
        text = traceback.read_text(encoding="utf-8", errors="replace")
        execution.timed_out = execution.timed_out or TRACEBACK_TIMEOUT in text
        found = TRACEBACK_LINE.search(text)
        execution.line = int(found[1]) if found else None


def kill(manager: Any) -> None:
    """Kill a kernel, regardless of the state of the KernelManager."""
    if (process := process_of(manager)) is not None:
        process.kill()
        process.wait()


def process_of(manager: Any) -> Any:
    """The process of a kernel; None before its start and after its end."""
    return getattr(manager.provisioner, "process", None)


@contextmanager
def kill_afterwards(manager: Any) -> Iterator[None]:
    """While the block runs, this kernel can be cancelled; afterwards it has ended, even if nobody could talk to it."""
    try:
        with cancellable(lambda: kill(manager)):
            yield
    finally:
        kill(manager)
        manager.context.destroy(linger=0)  # left open where the start failed


def notebook_client(nb_man: Any, kernel_name: str, folder: Path) -> Any:
    """A client, by papermill; the kernel listens on sockets that only this user can open, where the system has them."""
    channels = {"connection_file": str(folder / "c.json")} | ({} if sys.platform == "win32" else {"transport": "ipc"})
    return PapermillNotebookClient(
        nb_man,
        kernel_name=kernel_name,
        config=Config({"KernelManager": {**channels, "client_factory": Client}}),
        kernel_manager_class=AsyncKernelManager,
        extra_arguments=["--HistoryManager.enabled=False"],
        shutdown_kernel="immediate",
        startup_timeout=60,
        timeout=None,
        record_timing=False,
        store_widget_state=False,
    )


def close_event_loop() -> None:
    """Close the event loop that Jupyter made for the thread we are in; nobody else does when the thread ends."""
    ensure_event_loop().close()


def warm_up_notebook() -> Any:
    """An empty notebook for a warm-up: everything is imported and compiled that the first notebook would otherwise wait for."""
    with suppress(NoSuchKernel):  # the first real execution raises it
        get_kernel_spec(KERNEL)
    return nbformat.reads(to_text(nbformat.v4.new_notebook()), as_version=4)


def to_text(notebook: Any) -> str:
    """A notebook (an nbformat node) as the text of its file."""
    return nbformat.writes(notebook) + "\n"
