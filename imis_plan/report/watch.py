"""The watch over what a command leaves lying about, and over kernels: a process that outlives the command by a moment."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from imis_plan.report import keeper

FORK, STANDARD = "fork", "standard"
KINDS = (FORK, STANDARD)
PATIENCE = 60  # for the template's imports. [second]
SECONDS = 900.0  # for which a notebook, or what else is forked, may run. [second]
# One thread per kernel: several kernels on all cores would otherwise fight for them; and only a single thread can be forked.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")

# Figures need large arrays for a moment each. glibc would give every one back, and have it filled with zeros once more.
LAVISH = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(256 << 20)}


class ForkedProcess:
    """A process that is not our child, with as much of subprocess.Popen's surface as Jupyter uses. Threads may share it."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, descriptor: int) -> None:
        self.pid = pid
        self._descriptor = descriptor
        self._lock = threading.Lock()  # the descriptor is closed once, and its number may then be another file's
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """None while it runs; its exit code is known only to its parent, so that any other number means ended."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended."""
        return self._ended(timeout)

    def _ended(self, seconds: float | None) -> int | None:
        own = self._own_descriptor()
        if own is None:
            return self.returncode
        try:
            ended = select.select([own], [], [], seconds)[0]
        finally:
            os.close(own)
        if ended:
            self._close()
        return self.returncode

    def _own_descriptor(self) -> int | None:
        """A descriptor for one thread alone, or None when the process has ended."""
        with self._lock:
            return os.dup(self._descriptor) if self.returncode is None else None

    def _close(self) -> None:
        with self._lock:
            if self.returncode is None:
                self.returncode = -1
                os.close(self._descriptor)

    def send_signal(self, number: int) -> None:
        """Send a signal to this very process; nothing happens when it has ended, whoever has its number now."""
        with self._lock, suppress(ProcessLookupError):
            if self.returncode is None:
                signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        """End it at once; the template then ends what it has started."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


class Watch:
    """The process that outlives us by a moment, to tidy up: a template that forks kernels, or a mere keeper."""

    def __init__(self, kind: str, folder: Path, cwd: Path | None = None, parameters: str = "") -> None:
        self.kind = kind
        ours, theirs = socket.socketpair()
        number = str(theirs.fileno())
        template = [sys.executable, "-P", "-m", "imis_plan.report.template", number, parameters]
        bare = [sys.executable, "-I", "-S", str(keeper.__file__), number]
        with theirs, (folder / ".log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                template if kind == FORK else bare,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[theirs.fileno()],
                cwd=cwd,
                env={**LAVISH, "MPLBACKEND": "module://matplotlib_inline.backend_inline", **os.environ, **ONE_THREAD},
                start_new_session=True,
            )
        self._control, self._lock = ours, threading.Lock()
        self._asked = False
        self._control.settimeout(PATIENCE)
        self.tell(folder=str(folder))

    def tell(self, **message: Any) -> None:
        """Say what is to be tidied up. Nobody listens when the process was killed; then the next command sweeps."""
        with self._lock, suppress(OSError):
            self._control.sendall(json.dumps(message).encode() + b"\n")

    def fork(self, **request: Any) -> ForkedProcess | None:
        """A new process as the template takes the request, or None when there is no template any more, or it cannot fork."""
        if self.kind != FORK:
            return None
        with self._lock:
            try:
                self._control.sendall(json.dumps(request).encode() + b"\n")
                answer, descriptors, _, _ = socket.recv_fds(self._control, 4096, 1)
            except OSError:
                self.kind = STANDARD  # it is gone, or so slow that an answer may come when nobody expects it
                return None
        return ForkedProcess(json.loads(answer)["pid"], descriptors[0]) if descriptors else None

    def ready(self) -> None:
        """Wait until a template has imported what it imports; a report's time starts to run only then."""
        self._asked = True
        if self.kind == FORK:
            with self._lock:
                try:
                    self._control.sendall(b'{"ready": true}\n')
                    self._control.recv(64)
                except OSError:
                    self.kind = STANDARD

    def gone(self) -> bool:
        """Whether somebody has killed the process."""
        return self._process.poll() is not None

    def close(self) -> None:
        """End everything that is watched, and the process itself."""
        self._control.close()
        if self.kind == FORK and not self._asked:  # it has no kernels, and would first import what they need
            self._process.kill()
        self._process.wait()
