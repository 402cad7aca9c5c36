"""In a process of the fork server: start a kernel or a function in one process more, and end all that it has started.

Two processes, since the child runs code of a notebook, which may hold the GIL for ever, change its signals, or
die. The supervisor runs none: it adopts what the child leaves behind, and ends when the child, the command or the
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

FORKSERVER_PID = os.getpid()  # that of the fork server, which imports this module; the command does, too, and does not use it
FORKSERVER_SYS_PATH = tuple(sys.path)
ATTEMPTS = 500
forkserver_matplotlibrc = Path()  # set by `preload`
SIGNAL_EXIT_CODE = 128  # exit code, to which the number of the signal is added, as in a shell


@dataclass(frozen=True)
class ProcessOptions:
    """Environment, working directory and log file of a process, as for subprocess.Popen."""

    env: Mapping[str, str]
    cwd: str
    log: str = os.devnull


def supervise(options: ProcessOptions, run: Callable[..., None], *arguments: Any) -> None:
    """Call a function in a new process, and see to it that nothing of it is left."""
    redirect_output(options.log)
    wakeup_fd = wakeup_on_sigterm()
    os.setsid()
    linux.adopt_orphans()
    if os.getpid() != FORKSERVER_PID:
        linux.die_with_parent(FORKSERVER_PID, signal.SIGTERM)
    # The name of a new Python process: some libraries check `current_process().name`.
    child: Any = multiprocessing.get_context("fork").Process(
        target=run_child, args=(os.getpid(), options, run, arguments), name="MainProcess"
    )
    child.start()
    # The requesting process is the command, which asked the fork server for this process.
    requester: Any = multiprocessing.parent_process()
    wait([os.pidfd_open(child.pid), wakeup_fd, requester.sentinel])
    code = child.exitcode
    kill_descendants()
    os._exit(1 if code is None else code if code >= 0 else SIGNAL_EXIT_CODE - code)


def run_child(parent: int, options: ProcessOptions, run: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Become like a new Python, then call the function."""
    linux.die_with_parent(parent, signal.SIGKILL)
    reset_signals()
    os.environ.clear()
    os.environ.update(options.env)
    time.tzset()
    os.chdir(options.cwd)
    sys.path[:] = FORKSERVER_SYS_PATH
    tempfile.tempdir = None
    reseed_random()
    reload_matplotlibrc()
    run(*arguments)


def wakeup_on_sigterm() -> int:
    """A descriptor that can be read once this process was asked to end. Ctrl-C is meant for the command."""
    wakeup_fd, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return wakeup_fd


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


def reset_signals() -> None:
    """Signals as a new Python has them."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def redirect_output(log: str) -> None:
    """Nothing to read; what is written goes into a file."""
    for descriptor, file, flags in ((0, os.devnull, os.O_RDONLY), (1, log, os.O_WRONLY), (2, log, os.O_WRONLY)):
        opened = os.open(file, flags | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)


def reseed_random() -> None:
    """Random numbers of its own: NumPy's old global ones would be the same in every fork."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def matplotlibrc() -> Path:
    """The file of matplotlib's settings that counts in this folder and environment."""
    import matplotlib as mpl

    return Path(mpl.matplotlib_fname()).resolve()


def reload_matplotlibrc() -> None:
    """Settings of matplotlib as it would read them here, where the fork server has read others."""
    if "matplotlib" not in sys.modules or matplotlibrc() == forkserver_matplotlibrc:
        return
    import matplotlib as mpl

    mpl.rcParams.update({name: value for name, value in mpl.rc_params().items() if name != "backend"})
