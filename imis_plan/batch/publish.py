"""Atomic writing: a folder or file is written elsewhere and then renamed, so that it is complete or absent.

Where two folders cannot be exchanged in one step, an old folder is replaced by two renames.
"""

import ctypes
import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imis_plan.kernels.cleanup import BACKUP_SUFFIX

# Constants of renameat2(2).
RENAME_EXCHANGE = 2
AT_FDCWD = -100


@contextmanager
def staged(target: Path, staging: Path | None = None) -> Iterator[Path]:
    """Give a new folder to fill; when the block ends well it becomes `target`, else `target` stays as it was.

    Nothing is left behind either way. staging : where to fill it, on the same file system; next to `target` by default.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    new = staging / target.name if staging else target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    new.mkdir()
    try:
        yield new
        publish(new, target)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def publish(new: Path, target: Path) -> None:
    """Rename the folder `new` to `target`; an old folder of that name is at the path `new` afterwards, or removed."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        _replace_in_two_steps(new, target)


def write_atomic(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; a text in UTF-8 with Unix line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        new.write_bytes(content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step of the file system; False where it has no such step (only that of Linux is used)."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0


def _replace_in_two_steps(new: Path, target: Path) -> None:
    old = new.with_name(target.name + BACKUP_SUFFIX)
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
