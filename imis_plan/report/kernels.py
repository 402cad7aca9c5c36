"""Run a notebook through papermill in a kernel of its own, and find out whether it really ran."""

# ruff: noqa: E402 - the one line before the imports of Jupyter has to be there

import os
import re
import signal
import sys
import threading
import uuid
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
from papermill.engines import papermill_engines
from traitlets import Type
from traitlets.config import Config

from imis_plan.report import cells, forked, homes
from imis_plan.report.endings import NotebookError, Stop
from imis_plan.report.engine import ReportEngine
from imis_plan.report.underway import stoppable
from imis_plan.report.watch import FORK, ONE_THREAD, SECONDS, ForkedProcess

ENGINE = "imis-plan"
KERNEL = "python3"
TELLING = 0.3  # until a kernel has written down at which line it stands. [second]
STACK_LINE = re.compile(r'File ".*ipykernel_\d+[/\\]\d+\.py", line (\d+)')

papermill_engines.register(ENGINE, ReportEngine)


@dataclass
class Running:
    """One notebook on its way: folder and environment of its kernel, and for how long it may run."""

    folder: Path = field(default_factory=Path.cwd)
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    kind: str = FORK
    seconds: float | None = None
    notebook: Any = None
    late: bool = False
    line: int | None = None


class Manager(AsyncKernelManager):
    """Jupyter's manager of a kernel, with our way to start it and to talk to it."""

    client_factory = Type(forked.Client)
    home: homes.Home
    runtime: Path

    async def _async_pre_start_kernel(self, **kw: Any) -> Any:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or uuid.uuid4().hex
            self.provisioner = forked.Provisioner(parent=self, kernel_id=self.kernel_id, kernel_spec=self.kernel_spec)
            self.provisioner.home, self.provisioner.runtime = self.home, self.runtime
        return await super()._async_pre_start_kernel(**kw)

    async def _async_wait(self, pollinterval: float = forked.SOON) -> None:
        await super()._async_wait(pollinterval)


def execute(
    notebook: Path,
    parameters: Mapping[str, str],
    env: Mapping[str, str] | None = None,
    *,
    kind: str = FORK,
    seconds: float | None = SECONDS,
) -> Any:
    """The executed notebook (an nbformat node), the same for the same input: without times, random ids or paths.

    notebook : path of the notebook; its folder is the kernel's.
    parameters : name -> text, for the cell tagged `parameters`.
    env : what the kernel's environment has more than ours.
    kind : "fork" for a kernel forked from a warm process, "standard" for a process of its own from the start.
    seconds : for how long it may run.

    Raises NotebookError when a cell fails, is not reached, takes too long, or the kernel dies.
    """
    source = nbformat.reads(Path(notebook).read_text(encoding="utf-8"), as_version=4)
    running = Running(Path(notebook).resolve().parent, {**os.environ, **(env or {})}, kind, seconds)
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
            running=running,
        )
    except Exception as error:
        node = running.notebook
        raise NotebookError(reason(running, error), node and cells.clean(node)) from error
    node = cells.clean(running.notebook)
    # papermill records cells as completed that never ran, and a notebook that left by SystemExit(0) as a success.
    if problem := cells.first_problem(node):
        raise NotebookError(problem, node)
    return node


def run(nb_man: Any, kernel_name: str, running: Running) -> Any:
    """Run a notebook that papermill manages."""
    running.notebook = nb_man.nb
    with homes.lodging(running.kind, running.folder, running.env) as (home, runtime):
        try:
            client = _client(nb_man, kernel_name, runtime)
            manager = client.create_kernel_manager()
            manager.home, manager.runtime = home, runtime
            own = {"IPYTHONDIR": str(runtime), "TMPDIR": str(runtime / "tmp")}
            with _registered(manager), deadline(running, manager):
                # Not papermill's `cwd`: that changes the folder of the whole process, and reports run in threads.
                return client.execute(env={**running.env, **ONE_THREAD, **own}, cwd=str(running.folder))
        finally:
            running.line = running.line or stack_line(runtime)


def reason(running: Running, error: Exception) -> Stop:
    """What stopped a notebook, and where."""
    if running.late:
        error = TimeoutError(f"not done after {running.seconds:g} seconds, which --timeout allows")
    return cells.reason(running.notebook, error, running.line)


@contextmanager
def deadline(running: Running, manager: Any) -> Iterator[None]:
    """While the block runs, and after so many seconds, the kernel is killed, whatever it ignores and whoever waits for it."""
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(running, manager, done), daemon=True)
    watch.start()
    try:
        yield
    finally:
        done.set()
        watch.join()


def _watch(running: Running, manager: Any, done: threading.Event) -> None:
    if done.wait(running.seconds):
        return
    running.late = True
    process = getattr(manager.provisioner, "process", None)
    if isinstance(process, ForkedProcess):
        process.send_signal(signal.SIGUSR1)
        done.wait(TELLING)
    while True:
        _kill(manager)
        if done.wait(TELLING):
            return


def stack_line(runtime: Path) -> int | None:
    """The line of a cell at which a killed or crashed kernel stood, if it wrote it down."""
    with suppress(OSError):
        found = STACK_LINE.search((runtime / "log.stack").read_text(encoding="utf-8", errors="replace"))
        return int(found[1]) if found else None
    return None


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
    """While the block runs, this kernel can be stopped; afterwards it has ended, even if nobody could talk to it."""
    try:
        with stoppable(lambda: _kill(manager)):
            yield
    finally:
        _kill(manager)
        manager.context.destroy(linger=0)  # left open where the start failed


def _client(nb_man: Any, kernel_name: str, runtime: Path) -> Any:
    return PapermillNotebookClient(
        nb_man,
        kernel_name=kernel_name,
        config=Config({"KernelManager": _channels(runtime)}),
        kernel_manager_class=Manager,
        extra_arguments=["--HistoryManager.enabled=False"],
        shutdown_kernel="immediate",
        startup_timeout=60,
        timeout=None,
        record_timing=False,
        store_widget_state=False,
    )


def _channels(runtime: Path) -> dict[str, str]:
    """Where the kernel listens: on sockets that only this user can open, where the system has them."""
    file = str(runtime / "c.json")
    return {"connection_file": file} | ({} if sys.platform == "win32" else {"transport": "ipc"})


def ready() -> Any:
    """A notebook (an nbformat node) without cells, once all is there that running the first one would import or compile."""
    with suppress(NoSuchKernel):  # that one will say so
        get_kernel_spec(KERNEL)
    return nbformat.reads(text(nbformat.v4.new_notebook()), as_version=4)


def text(notebook: Any) -> str:
    """A notebook (an nbformat node) as the text of its file."""
    return nbformat.writes(notebook) + "\n"
