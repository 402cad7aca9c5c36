"""A function called in a process of the fork server, which has imported what it needs.

A process instead of a thread, because of the GIL: only one thread of a process runs Python code at a time.
"""

import os
import pickle
import time
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, NamedTuple

from imis_plan.kernels import forkserver, resources
from imis_plan.kernels.cancellation import cancellable
from imis_plan.kernels.errors import ProcessError
from imis_plan.kernels.forkserver import EXIT_CODE_LOST, ONE_THREAD, STANDARD_START, ForkedProcess
from imis_plan.kernels.supervisor import SIGNAL_EXIT_CODE, ProcessOptions, supervise

PART_BYTES = 1 << 16  # read at a time; as much as a pipe holds
LOG = "log"  # the file of what a process writes, such as the error of Python that ended it
LOG_BYTES = 2000  # read at its end


class Result(NamedTuple):
    """What a function gave, or the error that it raised."""

    value: Any = None
    error: Exception | None = None

    def get(self) -> Any:
        """The value. Raises the error."""
        if self.error:
            raise self.error
        return self.value


def call_here(function: str, argument: Any) -> Any:
    """What a function gives for an argument, in this process. function : as `pkgutil.resolve_name` takes it."""
    return resolve_name(function)(argument)


def call(function: str, argument: Any, *, timeout: float, start_method: str = forkserver.FORKSERVER_START) -> Any:
    """Call a function in a process of the fork server; in this process, without a timeout, with "standard" or without a server.

    argument : such as `pickle` takes, as must be what comes back. timeout : for how long the process may run.

    Raises what the function raises, and ProcessError when it takes longer or its process dies.
    """
    if start_method == STANDARD_START:
        return call_here(function, argument)
    with resources.process_resources() as (folder, _):
        receiver, sender = Pipe(duplex=False)
        env = {**forkserver.environment(), **ONE_THREAD, "TMPDIR": str(folder / "tmp")}
        with receiver:
            with sender:  # open in the process only, so that its end is the end of what we read
                process = forkserver.start(
                    supervise, ProcessOptions(env, str(Path.cwd()), str(folder / LOG)), send_result, sender, function, argument
                )
            if process is None:
                return call_here(function, argument)
            with cancellable(process.kill):
                return receive(process, receiver, timeout, folder / LOG).get()


def receive(process: ForkedProcess, receiver: Connection, timeout: float, log: Path) -> Result:
    """The result of a process, which has then ended. Raises ProcessError when there is none in time, or only a part of one.

    log : where the process writes; the last line is part of the error.
    """
    try:
        content = read(process, receiver, timeout)
    finally:
        process.kill()
    code = process.poll()
    if code == 0 and content:
        return pickle.loads(content)  # noqa: S301 - our own
    raise ProcessError(": ".join([f"the process {exit_message(code)}", *last_lines(log)]))


def read(process: ForkedProcess, receiver: Connection, timeout: float) -> bytes:
    """What a process has written when it ends, which may be in the middle of a result. Raises ProcessError when it does not end.

    Not `Connection.recv`, which waits for the rest of a result without end.
    """
    parts, end = [], time.monotonic() + timeout
    while receiver in (ready := wait([receiver, process.sentinel], max(0.0, end - time.monotonic()))):
        if not (part := os.read(receiver.fileno(), PART_BYTES)):
            break
        parts.append(part)
    if not ready:
        raise ProcessError(f"not done after {timeout:g} seconds, which --timeout allows")
    return b"".join(parts)


def last_lines(log: Path) -> list[str]:
    """The last line of a log, as a list that is empty where there is none."""
    if not log.is_file():
        return []
    with log.open("rb") as file:
        file.seek(-min(LOG_BYTES, log.stat().st_size), os.SEEK_END)
        lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1:]


def exit_message(code: int | None) -> str:
    """How a process ended, for the message of a failed report."""
    if code is None or code == EXIT_CODE_LOST or code < 0:
        return "died; its exit code was lost, perhaps since its parent was killed, too"
    if code > SIGNAL_EXIT_CODE:
        return f"was killed by signal {code - SIGNAL_EXIT_CODE} (out of memory?)"
    return f"ended with exit code {code} and no result"


def send_result(sender: Connection, function: str, argument: Any) -> None:
    """Call a function and send what it gave; in the process that was forked for it."""
    try:
        content = pickle.dumps(Result(call_here(function, argument)))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it is waited for
        content = pickle.dumps(Result(error=picklable(error)))
    with open(sender.fileno(), "wb", closefd=False) as pipe:
        pipe.write(content)


def picklable(error: Exception) -> Exception:
    """An error as it is, if it survives the way between two processes, else its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - a class of somebody's own may fail in any way
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
