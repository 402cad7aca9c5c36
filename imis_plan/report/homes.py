"""Where kernels and other forks live: folders, each with a watch over it, so that what is left ends when we do."""

import atexit
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from imis_plan.report import keeper, runs
from imis_plan.report.watch import STANDARD, ForkedProcess, Watch

# Templates that wait though none of their kernels runs: a worker of a cluster gets new folders with every change of a price.
SPARE = 2
CAN_FORK = sys.platform.startswith("linux") and hasattr(os, "pidfd_open")


class Home:
    """Where the forks of this process live: a folder, and the watch over it."""

    def __init__(self, kind: str, cwd: Path, parameters: str) -> None:
        self.kind = kind
        runs.sweep(runs.temporary(), runs.PREFIX)
        self.run = runs.Run(runs.temporary(), runs.PREFIX)
        self.forks = 0
        self.guests = 0
        self.watch: Watch | None = None
        if sys.platform != "win32":
            self.watch = Watch(kind, self.run.folder, cwd, parameters)

    def runtime(self) -> Path:
        """A new folder for one fork, with room for its temporary files."""
        if self.watch:
            self.watch.ready()
        with _lock:
            self.forks += 1
            folder = self.run.folder / f"k{self.forks}"
        (folder / "tmp").mkdir(parents=True)
        return folder

    def fork(self, **request: Any) -> ForkedProcess | None:
        """A process forked from the template, or None where nothing forks."""
        return self.watch.fork(**request) if self.watch else None

    def close(self) -> None:
        """End all forks and leave nothing behind."""
        if self.watch:
            self.watch.close()
        self.run.close()


_homes: dict[tuple[Any, ...], Home] = {}  # the one that was left last is the last
_lock = threading.Lock()


@contextmanager
def lodging(kind: str, cwd: Path, env: Mapping[str, str]) -> Iterator[tuple[Home, Path]]:
    """The home of forks of a kind that start in a folder, and a new folder in it for one of them; both until the block ends.

    matplotlib reads its settings where a kernel starts, hence a home for each folder. Of those without a guest a few are kept.
    """
    key = key_of(kind, cwd, env)
    home = entered(key)
    try:
        runtime = home.runtime()
        try:
            yield home, runtime
        finally:
            keeper.discard(runtime)
    finally:
        for surplus in left(key, home):
            surplus.close()


def begin(kind: str, cwd: Path, env: Mapping[str, str]) -> None:
    """Prepare a home that will be needed: its template imports while others do other things."""
    with _lock:
        made(key_of(kind, cwd, env))


def key_of(kind: str, cwd: Path, env: Mapping[str, str]) -> tuple[Any, ...]:
    """What tells one home from another."""
    return (os.getpid(), kind if CAN_FORK else STANDARD, cwd, env.get("IMIS_PLAN_PARAMETERS", ""))


def made(key: tuple[Any, ...]) -> Home:
    """A home, which is there already or not."""
    if key not in _homes:
        _homes[key] = Home(*key[1:])
    return _homes[key]


def entered(key: tuple[Any, ...]) -> Home:
    """A home with one guest more."""
    with _lock:
        home = made(key)
        home.guests += 1
        return home


def left(key: tuple[Any, ...], home: Home) -> list[Home]:
    """Homes to close now that a guest has left one: those that nobody has been in for longest."""
    with _lock:
        home.guests -= 1
        if _homes.get(key) is home:  # it may have been closed meanwhile, by Ctrl-C
            _homes[key] = _homes.pop(key)
        idle = [each for each, other in _homes.items() if each[0] == os.getpid() and not other.guests]
        return [_homes.pop(each) for each in idle[:-SPARE]]


@contextmanager
def tidied() -> Iterator[None]:
    """When the block ends, homes that nobody is in are closed; somebody may be there for another thread."""
    try:
        yield
    finally:
        close_those(lambda home: not home.guests)


def close() -> None:
    """End all forks of this process and remove their folders."""
    close_those(lambda _: True)


def close_those(wanted: Callable[[Home], bool]) -> None:
    """End the forks of some homes of this process, and remove their folders."""
    with _lock:
        ours = [key for key, home in _homes.items() if key[0] == os.getpid() and wanted(home)]
        homes = [_homes.pop(key) for key in ours]
    for each in homes:
        each.close()


atexit.register(close)
