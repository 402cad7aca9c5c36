"""Temporary folders with a lock file. The next command removes those whose owner was killed: nobody holds their lock."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from imis_plan.kernels import forkserver
from imis_plan.kernels.cleanup import Cleanup, remove

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows: nothing is locked there, and nothing swept
    fcntl = None

PREFIX = "imis-"
STAGING_PREFIX = ".imis-run-"  # of a staging folder, in which each new report is a subfolder
LOCK, UNLOCKED = ".lock", ".unlocked"  # hidden, so that no report in a staging folder has such a name
GRACE_SECONDS = 60  # a folder without a lock may be one that is just being made
# The name of a socket may have 107 bytes, 103 on a Mac; ours has 32 beyond the folder for temporary files.
LONGEST_FOLDER = 71


class TempDir:
    """A locked folder; `close` removes it, and so does its cleanup process if we are killed."""

    def __init__(self, parent: Path, prefix: str = PREFIX) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        # The file gets the name that others look for when it is locked: they find none, or one that is in use.
        self._lock = os.open(self.folder / UNLOCKED, os.O_CREAT | os.O_RDWR, 0o600)
        lock(self._lock)
        (self.folder / UNLOCKED).rename(self.folder / LOCK)
        self.cleanup = Cleanup(self.folder, forkserver.environment())

    def close(self) -> None:
        """Remove the folder, and release the lock."""
        self.cleanup.close()
        remove(self.folder)
        os.close(self._lock)


def lock(descriptor: int) -> bool:
    """Lock an open file or folder; False when somebody else has locked it, True where there are no locks."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sweep(parent: Path, prefix: str = PREFIX) -> None:
    """Remove the folders of commands that were killed together with their cleanup processes."""
    for folder in parent.glob(f"{prefix}*") if fcntl else ():
        with suppress(OSError), locked_if_stale(folder) as stale:
            if stale:
                remove(folder)


@contextmanager
def locked_if_stale(folder: Path) -> Iterator[bool]:
    """Whether the process that made a folder has ended; a folder with a lock file is then locked while the block runs.

    False for folders of other users.
    """
    if folder.stat().st_uid != os.getuid():
        yield False
    elif not (folder / LOCK).exists():
        yield time.time() - folder.stat().st_mtime > GRACE_SECONDS and {path.name for path in folder.iterdir()} <= {UNLOCKED}
    else:
        descriptor = os.open(folder / LOCK, os.O_RDWR)
        try:
            yield lock(descriptor)
        finally:
            os.close(descriptor)


def folder_for_sockets() -> Path:
    """Parent of the folders with sockets: the usual temporary folder, unless the names of sockets become too long."""
    usual = tempfile.gettempdir()
    short = len(os.fsencode(usual)) <= LONGEST_FOLDER or sys.platform == "win32"
    return Path(usual if short else "/tmp")  # noqa: S108 - only the parent of a folder that only we can open


@contextmanager
def lock_folder(folder: Path) -> Iterator[Any]:
    """While the block runs, no other command runs it for the same folder; without a wait where nothing locks."""
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
