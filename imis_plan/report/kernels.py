"""Run a notebook through papermill in a kernel of its own, and find out whether it really ran."""

# ruff: noqa: E402 - the one line before the imports of Jupyter has to be there

import os
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# jsonschema's optional checker of internationalised addresses takes most of the time that papermill needs to import,
# and no notebook needs it; an empty entry makes its import fail at once, which jsonschema expects.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets.config import Config

from imis_plan.report import cells

ENGINE = "imis-plan"
CELL_SECONDS = 600
# One thread per kernel: several kernels on all cores would otherwise fight for them.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# The name of a socket may have 107 bytes, 103 on a Mac; ours has 29 beyond the folder for temporary files.
LONGEST_FOLDER = 74
_running: set[Any] = set()
_lock = threading.Lock()


class NotebookError(Exception):
    """A notebook did not run to its end; `notebook` is what there is of it, or None."""

    def __init__(self, reason: str, notebook: Any = None) -> None:
        super().__init__(reason)
        self.notebook = notebook


class ReportEngine(NBClientEngine):  # type: ignore[misc] # papermill ships no types
    """papermill's engine; folder and environment of the kernel are arguments, and the notebook is kept on failure."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, executed: list[Any], env: Mapping[str, str], folder: Path, **_: Any
    ) -> Any:
        """As papermill's; `executed` is a list that gets the notebook being executed."""
        executed.append(nb_man.nb)
        with _runtime_folder() as runtime:
            client = _client(nb_man, kernel_name, runtime)
            with _registered(client.create_kernel_manager()):
                # Not papermill's `cwd`: that changes the folder of the whole process, and reports run in threads.
                return client.execute(env={**env, "IPYTHONDIR": runtime}, cwd=str(folder))


papermill_engines.register(ENGINE, ReportEngine)


def execute(notebook: Path, parameters: Mapping[str, str], env: Mapping[str, str] | None = None) -> Any:
    """The executed notebook (an nbformat node), the same for the same input: without times, random ids or paths.

    notebook : path of the notebook; its folder is the kernel's.
    parameters : name -> text, for the cell tagged `parameters`.
    env : what the kernel's environment has more than ours.

    Raises NotebookError when a cell fails, is not reached, or the kernel dies.
    """
    source = nbformat.reads(Path(notebook).read_text(encoding="utf-8"), as_version=4)
    executed: list[Any] = []
    try:
        papermill.execute_notebook(
            source,
            None,
            dict(parameters),
            engine_name=ENGINE,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            executed=executed,
            env={**os.environ, **ONE_THREAD, **(env or {})},
            folder=Path(notebook).resolve().parent,
        )
    except Exception as error:
        node = executed[0] if executed else None
        raise NotebookError(cells.reason(node, error), node and cells.clean(node)) from error
    node = cells.clean(executed[0])
    # papermill records cells as completed that never ran, and a notebook that left by SystemExit(0) as a success.
    if fault := cells.first_fault(node):
        raise NotebookError(fault, node)
    return node


def stop_all() -> None:
    """Kill every kernel that runs for us; their notebooks then fail as those of dead kernels."""
    with _lock:
        managers = list(_running)
    for manager in managers:
        _kill(manager)


def _kill(manager: Any) -> None:
    process = getattr(manager.provisioner, "process", None)  # None before the start and after the end
    if process is not None:
        process.kill()
        process.wait()


def close_loop() -> None:
    """Close the event loop that Jupyter made for the thread we are in; nobody else does when the thread ends."""
    ensure_event_loop().close()


@contextmanager
def _registered(manager: Any) -> Iterator[None]:
    """While the block runs, stop_all() reaches this kernel; afterwards it has ended, even if nobody could talk to it."""
    with _lock:
        _running.add(manager)
    try:
        yield
    finally:
        with _lock:
            _running.discard(manager)
        _kill(manager)
        manager.context.destroy(linger=0)  # left open where the start failed


def _runtime_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for one kernel's sockets and IPython's files; its path is short, since that of a socket must be."""
    usual = tempfile.gettempdir()
    short = usual if len(os.fsencode(usual)) <= LONGEST_FOLDER or sys.platform == "win32" else "/tmp"  # noqa: S108 - only its parent
    return tempfile.TemporaryDirectory(prefix="imis-", dir=short, ignore_cleanup_errors=True)


def _client(nb_man: Any, kernel_name: str, runtime: str) -> Any:
    return PapermillNotebookClient(
        nb_man,
        kernel_name=kernel_name,
        config=Config({"KernelManager": _channels(runtime)}),
        kernel_manager_class=AsyncKernelManager,
        extra_arguments=["--HistoryManager.enabled=False"],
        shutdown_kernel="immediate",
        startup_timeout=60,
        timeout=CELL_SECONDS,
        record_timing=False,
        store_widget_state=False,
    )


def _channels(runtime: str) -> dict[str, str]:
    """Where the kernel listens: on sockets that only this user can open, where the system has them."""
    file = str(Path(runtime, f"{uuid.uuid4().hex[:8]}.json"))
    return {"connection_file": file} | ({} if sys.platform == "win32" else {"transport": "ipc"})


def text(notebook: Any) -> str:
    """A notebook (an nbformat node) as the text of its file."""
    return nbformat.writes(notebook) + "\n"
