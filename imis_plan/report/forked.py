"""Kernels forked from a warm process, or started anew, and the watch over them: what is left ends when we do."""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from imis_plan.report import keeper, runs

FORK, STANDARD = "fork", "standard"
KINDS = (FORK, STANDARD)
CAN_FORK = sys.platform.startswith("linux") and hasattr(os, "pidfd_open")
PATIENCE = 60  # for the template's imports. [second]
# One thread per kernel: several kernels on all cores would otherwise fight for them; and only a single thread can be forked.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")


class ForkedProcess:
    """A process that is not our child, with as much of subprocess.Popen's surface as Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, descriptor: int) -> None:
        self.pid = pid
        self._descriptor = descriptor
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """None while it runs; its exit code is known only to its parent, so that any other number means ended."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended."""
        return self._ended(timeout)

    def _ended(self, seconds: float | None) -> int | None:
        if self.returncode is None and select.select([self._descriptor], [], [], seconds)[0]:
            self.returncode = -1
            os.close(self._descriptor)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to this very process; nothing happens when it has ended, whoever has its number now."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        """End it at once; the template then ends what it has started."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


class Watch:
    """The process that outlives us by a moment, to tidy up: a template that forks kernels, or a mere keeper."""

    def __init__(self, kind: str, run: runs.Run, cwd: Path, parameters: str) -> None:
        self.kind = kind
        ours, theirs = socket.socketpair()
        number = str(theirs.fileno())
        template = [sys.executable, "-P", "-m", "imis_plan.report.template", number, parameters]
        bare = [sys.executable, "-I", "-S", str(keeper.__file__), number]
        with theirs, (run.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                template if kind == FORK else bare,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[theirs.fileno()],
                cwd=cwd,
                env={"MPLBACKEND": "module://matplotlib_inline.backend_inline", **os.environ, **ONE_THREAD},
                start_new_session=True,
            )
        self._control, self._lock = ours, threading.Lock()
        self._control.settimeout(PATIENCE)
        self.tell(folder=str(run.folder))

    def tell(self, **message: Any) -> None:
        """Say what is to be tidied up. Nobody listens when the process was killed; then the next command sweeps."""
        with self._lock, suppress(OSError):
            self._control.sendall(json.dumps(message).encode() + b"\n")

    def fork(self, **request: Any) -> ForkedProcess | None:
        """A new kernel, or None when there is no template any more, or it cannot fork."""
        with self._lock:
            try:
                self._control.sendall(json.dumps(request).encode() + b"\n")
                answer, descriptors, _, _ = socket.recv_fds(self._control, 4096, 1)
            except OSError:
                self.kind = STANDARD  # it is gone, or so slow that an answer may come when nobody expects it
                return None
        return ForkedProcess(json.loads(answer)["pid"], descriptors[0]) if descriptors else None

    def close(self) -> None:
        """End everything that is watched, and the process itself."""
        self._control.close()
        self._process.wait()


class Home:
    """Where the kernels of this process live: a folder, and the watch over it."""

    def __init__(self, kind: str, cwd: Path, parameters: str) -> None:
        self.kind = kind
        runs.sweep(runs.temporary(), runs.PREFIX)
        self.run = runs.Run(runs.temporary(), runs.PREFIX)
        self.kernels = 0
        self.watch: Watch | None = None
        if sys.platform != "win32":
            self.watch = Watch(kind, self.run, cwd, parameters)

    def runtime(self) -> Path:
        """A new folder for one kernel, with room for its temporary files."""
        with _lock:
            self.kernels += 1
            folder = self.run.folder / f"k{self.kernels}"
        (folder / "tmp").mkdir(parents=True)
        return folder

    def close(self) -> None:
        """End all kernels and leave nothing behind."""
        if self.watch:
            self.watch.close()
        self.run.close()


_homes: dict[tuple[Any, ...], Home] = {}
_lock = threading.Lock()


def home(kind: str, cwd: Path, env: Mapping[str, str]) -> Home:
    """The home of kernels of a kind that start in a folder; matplotlib reads its settings there, hence one for each folder."""
    parameters = env.get("IMIS_PLAN_PARAMETERS", "")
    key = (os.getpid(), kind if CAN_FORK else STANDARD, cwd, parameters)
    with _lock:
        if key not in _homes:
            _homes[key] = Home(*key[1:])
        return _homes[key]


def close() -> None:
    """End all kernels of this process and remove their folders."""
    with _lock:
        homes = [_homes.pop(key) for key in list(_homes) if key[0] == os.getpid()]
    for each in homes:
        each.close()


atexit.register(close)


class Provisioner(LocalProvisioner):
    """Forks a kernel where there is a template, else starts one, and has it watched either way."""

    home: Home
    runtime: Path

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Jupyter's way to start a kernel."""
        watch = self.home.watch
        ours = "ipykernel_launcher" in cmd and cmd[0] == sys.executable
        if watch and watch.kind == FORK and ours:
            log = str(self.runtime / "log")
            self.process = watch.fork(cmd=cmd, env=dict(kwargs["env"]), cwd=str(kwargs["cwd"]), log=log)
        if self.process is None:
            info = await super().launch_kernel(cmd, **kwargs)
            if watch and self.pgid:
                watch.tell(watch=self.pgid)
            return info
        self.pid, self.pgid, self.cwd = self.process.pid, None, kwargs["cwd"]
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - Jupyter's
        """Jupyter's way to say that a kernel has ended."""
        if self.home.watch and self.pgid:
            keeper.end_group(self.pgid)
            self.home.watch.tell(forget=self.pgid)
        await super().cleanup(restart=restart)
