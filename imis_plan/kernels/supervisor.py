"""In a process of the fork server: start a kernel or a function in one process more, and end all that it has started.

Two processes, since the inner one runs code of a notebook, which may hold the interpreter's lock for ever, change its signals, or
die. The supervisor runs none: it adopts what the inner process leaves behind, and ends when the inner process, the command or the
fork server does.
"""

import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from imis_plan.kernels import linux

IMPORTER = os.getpid()  # the fork server, which imports this module
SERVER_PATH = tuple(sys.path)
ATTEMPTS = 500
server_settings_file = Path()  # of matplotlib, set by `preload`
KILLED = 128  # exit code, to which the number of the signal is added, as in a shell


@dataclass(frozen=True)
class Surroundings:
    """Where a process finds itself: its environment, its folder, and the file for what it writes."""

    env: Mapping[str, str]
    cwd: str
    log: str = os.devnull


def supervise(surroundings: Surroundings, run: Callable[..., None], *arguments: Any) -> None:
    """Call a function in a new process, and see to it that nothing of it is left."""
    stopped = wakeup_on_sigterm()
    os.setsid()
    linux.adopt_orphans()
    if os.getpid() != IMPORTER:
        linux.die_with_parent(IMPORTER, signal.SIGTERM)
    # It has the name that a new Python has, by which some libraries go.
    inner: Any = multiprocessing.get_context("fork").Process(
        target=run_inner, args=(os.getpid(), surroundings, run, arguments), name="MainProcess"
    )
    inner.start()
    owner: Any = multiprocessing.parent_process()
    wait([os.pidfd_open(inner.pid), stopped, owner.sentinel])
    code = inner.exitcode
    kill_descendants()
    os._exit(1 if code is None else code if code >= 0 else KILLED - code)


def run_inner(parent: int, surroundings: Surroundings, run: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Become like a new Python, then call the function."""
    linux.die_with_parent(parent, signal.SIGKILL)
    default_signals()
    redirect(surroundings.log)
    os.environ.clear()
    os.environ.update(surroundings.env)
    time.tzset()
    os.chdir(surroundings.cwd)
    sys.path[:] = SERVER_PATH
    tempfile.tempdir = None
    new_random_state()
    new_matplotlib_settings()
    run(*arguments)


def wakeup_on_sigterm() -> int:
    """A descriptor that can be read once this process was asked to end. Ctrl-C is meant for the command."""
    stopped, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return stopped


def kill_descendants() -> None:
    """Kill all processes below this one; those whose parent has ended are ours. Gives up on what it may not kill."""
    import psutil

    this_process = psutil.Process()
    for _ in range(ATTEMPTS):
        for process in this_process.children(recursive=True):
            with suppress(psutil.Error):
                process.kill()
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.005)


def default_signals() -> None:
    """Signals as a new Python has them."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def redirect(log: str) -> None:
    """Nothing to read; what is written goes into a file."""
    for descriptor, file, flags in ((0, os.devnull, os.O_RDONLY), (1, log, os.O_WRONLY), (2, log, os.O_WRONLY)):
        opened = os.open(file, flags | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)


def new_random_state() -> None:
    """Random numbers of its own: NumPy's old global ones would be the same in every fork."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def settings_file() -> Path:
    """The file of matplotlib's settings that counts in this folder and environment."""
    import matplotlib as mpl

    return Path(mpl.matplotlib_fname()).resolve()


def new_matplotlib_settings() -> None:
    """Settings of matplotlib as it would read them here, where the fork server has read others."""
    if "matplotlib" not in sys.modules or settings_file() == server_settings_file:
        return
    import matplotlib as mpl

    mpl.rcParams.update({name: value for name, value in mpl.rc_params().items() if name != "backend"})
