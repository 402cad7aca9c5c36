"""Resources that kernels and function calls of this process share: the fork server, and a folder for sockets and other files.

Both are made when they are first needed, and stay while somebody has acquired them.
"""

import atexit
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from imis_plan.kernels import forkserver, tempdirs
from imis_plan.kernels.cleanup import Cleanup, remove

SUBFOLDER = "k"  # with a number; short, since the path of a socket may have some hundred bytes only
_lock = threading.Lock()
_shared: list[tempdirs.TempDir] = []  # one at most
_numbers = count(1)
_users: list[None] = []  # one entry for each acquire() without its release()
_owner = os.getpid()


def acquire() -> None:
    """Keep the resources until `release`."""
    with _lock:
        _users.append(None)


def release() -> None:
    """Stop the fork server and remove the folder, if nobody else has acquired them."""
    with _lock:
        _users.pop()
        if not _users:
            _close()


@contextmanager
def acquired() -> Iterator[None]:
    """While the block runs, the resources are kept."""
    acquire()
    try:
        yield
    finally:
        release()


@contextmanager
def process_resources() -> Iterator[tuple[Path, Cleanup]]:
    """A new folder for one process, removed when the block ends, and the cleanup process, which acts if this one is killed."""
    with acquired():
        with _lock:
            shared = _open()
            folder = shared.folder / f"{SUBFOLDER}{next(_numbers)}"
            (folder / "tmp").mkdir(parents=True)
        try:
            yield folder, shared.cleanup
        finally:
            remove(folder)


def start_forkserver(parameters_folder: str, modules: Sequence[str] = ()) -> None:
    """Start the fork server before it is needed. parameters_folder, modules : what it preloads, by default for reports."""
    with _lock, suppress(OSError):  # without one, kernels start as everywhere else
        _open()
        forkserver.ensure_running(parameters_folder, modules)


def _open() -> tempdirs.TempDir:
    if not _shared:
        tempdirs.sweep(tempdirs.folder_for_sockets())
        _shared.append(tempdirs.TempDir(tempdirs.folder_for_sockets()))
        forkserver.set_socket_folder(str(_shared[0].folder))
    return _shared[0]


def _close() -> None:
    forkserver.stop()
    while _shared:
        forkserver.set_socket_folder(None)
        _shared.pop().close()


@atexit.register
def _close_at_exit() -> None:
    if os.getpid() == _owner:
        _close()
