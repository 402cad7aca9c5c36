"""What Linux does for processes beyond Python's own library; see prctl(2) and proc(5)."""

import ctypes
import os
import sys
import time
from pathlib import Path

AVAILABLE = sys.platform.startswith("linux")
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
WAIT_SECONDS = 0.01


def die_with_parent(parent: int, number: int) -> None:
    """Have a signal sent to this process when its parent ends; it exits now when the parent has already ended."""
    if AVAILABLE:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of each descendant whose own parent ends, whichever session or group it is in."""
    if AVAILABLE:
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def thread_count() -> int:
    """Threads of this process, those of libraries included, and of Python for a moment after they were joined."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def has_one_thread(seconds: float) -> bool:
    """Whether this process has a single thread, at the latest after so many seconds: threads that were joined take a moment."""
    end = time.monotonic() + seconds
    while thread_count() != 1:
        if time.monotonic() > end:
            return False
        time.sleep(WAIT_SECONDS)
    return True
