"""A cleanup process: when its parent process is killed, it kills the standard kernels and removes the folder left behind.

Kernels of the fork server are ended by their supervisors. This program uses only Python's standard library, so that it starts
fast. It reads lines of JSON from its standard input; the end of that input means that the parent process has ended.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

BACKUP_SUFFIX = ".old"  # of the backup of a published folder while it is replaced, see `batch.publish`
ATTEMPTS = 50


class Cleanup:
    """The cleanup process, as its parent process starts it and writes to it.

    environment : a copy of ours, which no other thread changes while the process starts.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=environment,
        )
        self.add(folders=[str(folder.absolute())])

    def add(self, **resources: list[Any]) -> None:
        """Send groups of processes to kill, `ended_groups` not to kill any more, or folders to remove.

        If the cleanup process was itself killed, the next command removes the folders, see `tempdirs.sweep`.
        """
        assert self._process.stdin is not None  # noqa: S101 - for the type checker
        with suppress(OSError):
            self._process.stdin.write(json.dumps(resources).encode() + b"\n")
            self._process.stdin.flush()

    def close(self) -> None:
        """End and remove everything now."""
        with suppress(OSError):
            self._process.communicate()


def kill_group(group: int) -> None:
    """Kill all processes of a group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def remove(folder: Path) -> None:
    """Remove a temporary folder, after putting back what was moved there and not yet replaced.

    A process that was just killed may write to it once more, hence the attempts.
    """
    for old in folder.glob(f"*{BACKUP_SUFFIX}"):
        target = folder.parent / old.name.removesuffix(BACKUP_SUFFIX)
        if not target.exists():
            old.rename(target)
    for _ in range(ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.02)


def ignore_signals() -> None:
    """Ctrl-C and the like are meant for the parent process."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)


def main() -> None:
    """Wait until the parent process ends, then kill process groups (`groups` without `ended_groups`) and remove `folders`."""
    ignore_signals()
    groups, folders = set[int](), list[Path]()
    try:
        for resource in map(json.loads, sys.stdin):
            folders += map(Path, resource.get("folders", ()))
            groups = groups.union(resource.get("groups", ())).difference(resource.get("ended_groups", ()))
    finally:
        for group in groups:
            kill_group(group)
        for folder in folders:
            remove(folder)


if __name__ == "__main__":
    main()
