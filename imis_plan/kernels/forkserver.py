"""The fork server of Python's multiprocessing: it has imported what reports need, and forks their kernels and function calls."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from types import ModuleType
from typing import Any

from imis_plan.kernels import linux
from imis_plan.kernels.cleanup import kill_group

# Start methods of a kernel or function call; the values are those of the option --kernel.
FORKSERVER_START, STANDARD_START = "fork", "standard"
TIMEOUT_SECONDS = 900.0  # for which a notebook, or a function, may run
AVAILABLE = linux.AVAILABLE and hasattr(os, "pidfd_open")
PRELOAD = "imis_plan.kernels.forkserver_main"
OWNER, MODULES = "IMIS_PLAN_FORKSERVER_OWNER", "IMIS_PLAN_FORKSERVER_MODULES"
EXIT_CODE_LOST = 255  # multiprocessing's exit code where the fork server that knew it has died
SHUTDOWN_SECONDS = 10.0  # for which a supervisor (see `supervisor.supervise`) may take to end what it has started
# One thread per kernel: several kernels on all cores would otherwise fight for them; and only a single thread can be forked.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")
# Figures need large arrays for a moment each. glibc would give every one back, and have it filled with zeros once more.
MALLOC = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(256 << 20)}
INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}

# Held while a process is started or an exit code is read: multiprocessing looks at all processes whenever it starts one,
# and each exit code can be read once.
_lock = threading.RLock()


class ForkedProcess:
    """A process of the fork server, with as much of subprocess.Popen as Jupyter uses. Threads may share it."""

    stdin = stdout = stderr = None

    def __init__(self, process: Any) -> None:
        self._process = process
        self.pid: int = process.pid
        self.sentinel: int = process.sentinel

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        with _lock:
            if (code := self._process.exitcode) is not None:
                self._process.join()
        return code

    def wait(self, timeout: float | None = None) -> int | None:
        """Its exit code once it has ended, or None when it takes longer than so many seconds."""
        wait([self.sentinel], timeout)
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to the process; nothing happens when it has ended."""
        with _lock, suppress(ProcessLookupError):
            if self.poll() is None:
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the supervisor to end all that it has started, and then itself."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process and all that it has started; they have ended when this returns."""
        self.terminate()
        code = self.wait(SHUTDOWN_SECONDS)
        if code == EXIT_CODE_LOST:  # the supervisor gets SIGTERM via PR_SET_PDEATHSIG when the server dies
            wait_for_pid(self.pid, SHUTDOWN_SECONDS)
        # Where the supervisor was stopped, or was itself killed, its group may still run.
        if code is None or code < 0 or code == EXIT_CODE_LOST:
            kill_group(self.pid)
            self.send_signal(signal.SIGKILL)  # it may have been stopped before it led a group
            self.wait()


def wait_for_pid(pid: int, timeout: float) -> None:
    """Wait until a process that is no child of ours has ended."""
    with suppress(ProcessLookupError):
        descriptor = os.pidfd_open(pid)
        wait([descriptor], timeout)
        os.close(descriptor)


def start(target: Callable[..., None], *arguments: Any) -> ForkedProcess | None:
    """A function started in a process of the fork server, or None where there is none."""
    if not AVAILABLE:
        return None
    if multiprocessing.current_process().daemon:  # as is a worker of Dask's nanny; such a process may start no others
        multiprocessing.current_process().daemon = False
    with _lock, no_main_module(), suppress(OSError, EOFError):
        ensure_running()
        process = multiprocessing.get_context("forkserver").Process(target=target, args=arguments)
        process.start()
        return ForkedProcess(process)
    return None  # the server could not start, or was killed at this moment


def ensure_running(parameters_folder: str = "", modules: Sequence[str] = ()) -> None:
    """Start the server if it does not run; returns at once, while it imports.

    parameters_folder : folder that it preloads. modules : what it imports; by default what reports need.
    """
    if not AVAILABLE:
        return
    from multiprocessing import forkserver

    with _lock:
        # Not whenever a process starts: a program that another thread starts meanwhile may find an environment half changed.
        if is_running():
            return
        with server_environment(parameters_folder, modules), no_main_module():
            multiprocessing.get_context("forkserver").set_forkserver_preload([PRELOAD])
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # unblocked once SIGINT is ignored there
            try:
                forkserver.ensure_running()
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)


def is_running() -> bool:
    """Whether the server was started and has not ended; its exit code is left to multiprocessing."""
    from multiprocessing import forkserver

    pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined] # noqa: SLF001 - as in `stop`
    if not pid:
        return False
    with suppress(ChildProcessError):
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    return False


def set_socket_folder(folder: str | None) -> None:
    """Make multiprocessing create its sockets in this folder; None resets it to a temporary folder of its own.

    Nobody would remove that temporary folder if this process was killed.
    """
    if AVAILABLE:
        multiprocessing.current_process()._config["tempdir"] = folder  # type: ignore[attr-defined] # noqa: SLF001


def stop() -> None:
    """Kill the server, unless a process forked by it is still running."""
    if not AVAILABLE or "multiprocessing.forkserver" not in sys.modules:
        return
    from multiprocessing import forkserver

    server: Any = forkserver._forkserver  # noqa: SLF001 - see below
    with _lock:
        # Python's own tests stop it in this way; otherwise it ends with our process. It may be importing, hence the signal.
        if server._forkserver_pid and not multiprocessing.active_children():  # noqa: SLF001
            with suppress(ProcessLookupError):
                os.kill(server._forkserver_pid, signal.SIGKILL)  # noqa: SLF001
            server._stop()  # noqa: SLF001


def environment() -> dict[str, str]:
    """Our environment, for a process of the server or any other; never that of a new server, which another thread may start."""
    with _lock:
        return dict(os.environ)


@contextmanager
def server_environment(parameters_folder: str, modules: Sequence[str] = ()) -> Iterator[None]:
    """While the block runs, the environment is that of a new fork server: it takes over what it finds when it starts."""
    before = dict(os.environ)
    os.environ.update({**MALLOC, **INLINE, **before, **ONE_THREAD, "PYTHONSAFEPATH": "1", OWNER: str(os.getpid())})
    if parameters_folder:
        os.environ["IMIS_PLAN_PARAMETERS"] = parameters_folder
    if modules:
        os.environ[MODULES] = " ".join(modules)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


@contextmanager
def no_main_module() -> Iterator[None]:
    """While the block runs, `__main__` is an empty module, so that the real one is not imported again in the child."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
