"""The process that tidies up: when its owner is gone, however it ended, kernels are ended and folders removed.

Needs nothing but Python's own library, so that it starts in no time: `python -I -S keeper.py 7`, where 7 is the descriptor of a
socket on which lines of JSON arrive. The end of that stream is the end of the owner.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OLD = ".old"
TRIES = 50


class Charge:
    """What is to be ended and removed: groups of processes, and folders."""

    def __init__(self) -> None:
        self.groups: set[int] = set()
        self.folders: list[Path] = []

    def heed(self, message: dict[str, Any]) -> None:
        """Take a message of the owner: `watch` and `forget` name a group of processes, `folder` a folder."""
        if "watch" in message:
            self.groups.add(int(message["watch"]))
        if "forget" in message:
            self.groups.discard(int(message["forget"]))
        if "folder" in message:
            self.folders.append(Path(message["folder"]))

    def end(self) -> None:
        """End and remove everything."""
        for group in self.groups:
            end_group(group)
        for folder in self.folders:
            discard(folder)


def end_group(group: int) -> None:
    """Kill a process and all it has started, unless they left its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def discard(folder: Path) -> None:
    """Remove a folder of a run, after putting back what was moved there and not yet replaced.

    A process that was just killed may write to it once more, hence the tries.
    """
    for old in folder.glob(f"*{OLD}"):
        target = folder.parent / old.name.removesuffix(OLD)
        if not target.exists():
            old.rename(target)
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.02)


def messages(buffer: bytearray, data: bytes) -> Iterator[dict[str, Any]]:
    """Whole lines of what has arrived so far; the rest stays in the buffer."""
    buffer += data
    while b"\n" in buffer:
        line, _, rest = bytes(buffer).partition(b"\n")
        buffer[:] = rest
        yield json.loads(line)


def deaf() -> None:
    """Ctrl-C and the like are the owner's business; what ends it ends us."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)


def main(descriptor: int) -> None:
    """Keep watch until the owner is gone."""
    deaf()
    control, charge, buffer = socket.socket(fileno=descriptor), Charge(), bytearray()
    try:
        while data := control.recv(65536):
            for message in messages(buffer, data):
                charge.heed(message)
    finally:
        charge.end()


if __name__ == "__main__":
    main(int(sys.argv[1]))
