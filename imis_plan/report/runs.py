"""Folders that live only as long as a command: each is locked by its owner, and swept when the owner was killed."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from imis_plan.report.keeper import discard

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows: nothing is locked there, and nothing swept
    fcntl = None

PREFIX = "imis-"
BESIDE = ".imis-run-"
LOCK = ".lock"  # no name of a report
YOUNG = 60  # a folder without a lock may be one that is just being made. [second]
# The name of a socket may have 107 bytes, 103 on a Mac; ours has 29 beyond the folder for temporary files.
LONGEST_FOLDER = 74


class Run:
    """A locked folder; `close` removes it."""

    def __init__(self, parent: Path, prefix: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        self._lock = os.open(self.folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        lock(self._lock)

    def close(self) -> None:
        """Remove the folder, and let go of it."""
        discard(self.folder)
        os.close(self._lock)


def lock(descriptor: int) -> bool:
    """Whether the lock of an open file or folder could be had; True where there are no locks."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sweep(parent: Path, prefix: str) -> None:
    """Remove the folders of commands that were killed together with all that would have removed them."""
    for folder in parent.glob(f"{prefix}*") if fcntl else ():
        with suppress(OSError):
            if deserted(folder):
                discard(folder)


def deserted(folder: Path) -> bool:
    """Whether a folder of ours has no living owner."""
    if folder.stat().st_uid != os.getuid():
        return False
    if not (folder / LOCK).exists():
        return time.time() - folder.stat().st_mtime > YOUNG and not any(folder.iterdir())
    descriptor = os.open(folder / LOCK, os.O_RDWR)
    try:
        return lock(descriptor)
    finally:
        os.close(descriptor)


def temporary() -> Path:
    """Where folders with sockets go: the usual place, unless its name is too long for them."""
    usual = tempfile.gettempdir()
    short = len(os.fsencode(usual)) <= LONGEST_FOLDER or sys.platform == "win32"
    return Path(usual if short else "/tmp")  # noqa: S108 - only the parent of a folder that only we can open


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[Any]:
    """While the block runs, no other command of this kind runs it for the same folder; without a wait where nothing locks."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems have no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
