"""Processor time of a command with all processes that it starts, also those that outlive it."""

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """On Linux, let processes whose parent has ended become ours, so that their time is counted when they end."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def processor_seconds(command: Sequence[str | Path], folder: Path | None = None, env: Mapping[str, str] | None = None) -> float:
    """Processor time of a command, in user mode and in the kernel of the system. [second]

    folder : where it runs. env : environment variables in addition to ours.

    Raises CalledProcessError, with what it said, where the command fails.
    """
    adopt_orphans()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env={**os.environ, **(env or {})}, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        done.check_returncode()
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
