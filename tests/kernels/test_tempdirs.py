"""Temporary folders: removed by their owner, by the process that outlives it, or by the next command; never while in use."""

import os
import subprocess
import sys
import time
from typing import Any

import pytest

from imis_plan.kernels import forkserver, tempdirs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is locked on Windows, and nothing swept")


def test_a_sweep_does_not_take_a_folder_that_is_being_made(tmp_path, monkeypatch):
    """Another command sweeps at the very moment at which a new folder is about to be locked."""
    flock, swept = tempdirs.fcntl.flock, list[bool]()

    def sweep_first(descriptor, how):
        if not swept:
            swept.append(True)
            tempdirs.sweep(tmp_path)
        flock(descriptor, how)

    monkeypatch.setattr(tempdirs.fcntl, "flock", sweep_first)
    made = tempdirs.TempDir(tmp_path)
    assert swept
    assert (made.folder / tempdirs.LOCK).exists()
    tempdirs.sweep(tmp_path)
    assert made.folder.is_dir()
    made.close()
    assert [*tmp_path.iterdir()] == []


def test_the_cleanup_process_gets_a_copy_of_the_environment(tmp_path, monkeypatch):
    """Not the environment itself, which another thread may change at that moment to start a fork server."""
    start: Any = subprocess.Popen
    given = []

    def noted(*command, env=None, **options):
        given.append(env)
        return start(*command, env=env, **options)

    monkeypatch.setattr(forkserver, "environment", lambda: {"PATH": "", "A_COPY": "1"})
    monkeypatch.setattr(subprocess, "Popen", noted)
    tempdirs.TempDir(tmp_path).close()
    assert given == [{"PATH": "", "A_COPY": "1"}]


def test_a_sweep_holds_the_lock_of_what_it_removes(tmp_path, monkeypatch):
    """Else two commands could take the same folder for theirs."""
    left = tmp_path / f"{tempdirs.PREFIX}left"
    left.mkdir()
    (left / tempdirs.LOCK).touch()
    free = []

    def look(folder):
        descriptor = os.open(folder / tempdirs.LOCK, os.O_RDWR)
        free.append(tempdirs.lock(descriptor))
        os.close(descriptor)

    monkeypatch.setattr(tempdirs, "remove", look)
    tempdirs.sweep(tmp_path)
    assert free == [False]


def test_only_what_nobody_uses_is_swept(tmp_path):
    """A folder whose owner was killed, and an old one that its owner could not lock; not a young one, nor that of somebody else."""
    for name in ("left", "young", "old", "full"):
        (tmp_path / f"{tempdirs.PREFIX}{name}").mkdir()
    (tmp_path / f"{tempdirs.PREFIX}left" / tempdirs.LOCK).touch()
    (tmp_path / f"{tempdirs.PREFIX}full" / "file").touch()
    long_ago = time.time() - 2 * tempdirs.GRACE_SECONDS
    for name in ("old", "full"):
        os.utime(tmp_path / f"{tempdirs.PREFIX}{name}", (long_ago, long_ago))
    (tmp_path / "other").mkdir()
    tempdirs.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["imis-full", "imis-young", "other"]
