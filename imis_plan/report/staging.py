"""Folders that are complete or absent: written aside, then put in place in one step."""

import ctypes
import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imis_plan.report.keeper import OLD

EXCHANGE = 2
AT_CWD = -100


@contextmanager
def staged(target: Path, beside: Path | None = None) -> Iterator[Path]:
    """Give a new folder to fill; when the block ends well it becomes `target`, else `target` stays as it was.

    Nothing is left behind either way. beside : where to fill it, on the same file system; next to `target` by default.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = beside / target.name if beside else target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    aside.mkdir()
    try:
        yield aside
        put_in_place(aside, target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def put_in_place(aside: Path, target: Path) -> None:
    """Make the folder `aside` the folder `target`; what was there is in `aside` afterwards, or gone."""
    if not target.exists():
        aside.rename(target)
    elif not _exchange(aside, target):
        _in_two_steps(aside, target)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; a text in UTF-8 with Unix line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        aside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step of the file system; False where it has no such step (only Linux has it)."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other), EXCHANGE) == 0


def _in_two_steps(aside: Path, target: Path) -> None:
    old = aside.with_name(target.name + OLD)
    target.rename(old)
    try:
        aside.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
