"""The process that others are forked from: it has imported what every report needs, and is otherwise as new.

`python -P -m imis_plan.report.template 7 FOLDER`: descriptor of the socket to its owner, and folder of the parameters. A request
{"cmd" or "asked", "env", "cwd", "log"} is answered by {"pid"} and a descriptor of the process: a kernel, or one that answers as
`apart` does. It keeps watch as `keeper` does, too.

It has one thread, no ZeroMQ context, no event loop and no shell: those would not survive a fork, so each kernel makes its own.
"""

import ctypes
import os
import random
import select
import signal
import socket
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from imis_plan.report import apart
from imis_plan.report.keeper import Charge, deaf, end_group, messages
from imis_plan.report.warming import warm

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def threads() -> int:
    """Threads of this process, those of libraries included."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def become(request: dict[str, Any], parent: int) -> None:
    """Turn this new process into what a request asks for; comes back only when that has ended."""
    os.setsid()
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked to die with it
        return
    fresh_signals()
    fresh_streams(request["log"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"])
    fresh_random()
    if "cmd" in request:
        be_kernel(request["cmd"])
    else:
        apart.answer(Path(request["asked"]))


def be_kernel(command: list[str]) -> None:
    """Run a kernel until it is told to end."""
    start = command.index("ipykernel_launcher") + 1
    sys.argv = [import_module("ipykernel_launcher").__file__ or "", *command[start:]]
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance()


def fresh_signals() -> None:
    """Signals as a new Python has them."""
    signal.set_wakeup_fd(-1)
    for name in ("SIGTERM", "SIGHUP", "SIGCHLD"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def fresh_streams(log: str) -> None:
    """Nothing to read; what is written beside the notebook goes into a file, as do the lines at which a kernel stood."""
    import faulthandler

    for descriptor, file, flags in ((0, os.devnull, os.O_RDONLY), (1, log, os.O_WRONLY), (2, log, os.O_WRONLY)):
        opened = os.open(file, flags | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    stack = Path(f"{log}.stack").open("a", encoding="utf-8")  # noqa: SIM115 - open as long as the kernel
    faulthandler.enable(stack)
    faulthandler.register(signal.SIGUSR1, stack, all_threads=True)


def fresh_random() -> None:
    """Random numbers of its own: NumPy's old global ones would be the same in every kernel."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


class Template:
    """The loop that forks kernels and buries them."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.charge = Charge()
        self.parent = os.getpid()
        self.buffer = bytearray()
        self.woken, self.wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(self.wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Answer until the owner is gone."""
        while True:
            sources: list[Any] = [self.control, self.woken]
            ready, _, _ = select.select(sources, [], [])
            if self.woken in ready:
                os.read(self.woken, 4096)
                self.bury()
            if self.control in ready:
                data = self.control.recv(1 << 20)
                if not data:
                    return
                for message in messages(self.buffer, data):
                    self.heed(message)

    def heed(self, message: dict[str, Any]) -> None:
        """Fork a process, or keep something in mind."""
        if "ready" in message:
            self.control.sendall(b"{}\n")
        elif "log" not in message:
            self.charge.heed(message)
        elif threads() != 1:  # a lock that another thread holds would stay locked in the kernel for ever
            self.control.sendall(b'{"pid": 0}\n')
        else:
            self.fork(message)

    def fork(self, request: dict[str, Any]) -> None:
        """Fork a process and tell its number."""
        pid = os.fork()
        if pid == 0:
            try:
                self.control.close()
                os.close(self.woken)
                os.close(self.wake)
                become(request, self.parent)
            except BaseException:  # noqa: BLE001 - nobody above would print it
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(0)
        self.charge.groups.add(pid)
        descriptor = os.pidfd_open(pid)
        try:
            socket.send_fds(self.control, [b'{"pid": %d}\n' % pid], [descriptor])
        finally:
            os.close(descriptor)

    def bury(self) -> None:
        """End what ended processes have started, then let their numbers go."""
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT) if self.charge.groups else None:
            end_group(ended.si_pid)
            os.waitpid(ended.si_pid, 0)
            self.charge.groups.discard(ended.si_pid)


def main(descriptor: int, parameters: str) -> None:
    """Serve until the owner is gone, then end all kernels and remove the folders that were told."""
    deaf()
    template = Template(socket.socket(fileno=descriptor))
    try:
        warm(parameters)
        template.serve()
    finally:
        template.charge.end()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
