"""A function called in a process of its own, forked from the template, which has imported what it needs.

Threads of one process take turns at whatever Python itself reckons; processes do not.
"""

import os
import pickle
from collections.abc import Mapping
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from imis_plan.report import homes
from imis_plan.report.endings import ForkError
from imis_plan.report.staging import write_whole
from imis_plan.report.underway import stoppable
from imis_plan.report.watch import ONE_THREAD, ForkedProcess

ASKED, ANSWER, LOG = "asked", "answer", "log"


def here(function: str, argument: Any) -> Any:
    """What a function gives for an argument, in this process. function : as `pkgutil.resolve_name` takes it."""
    return resolve_name(function)(argument)


def call(function: str, argument: Any, kind: str, cwd: Path, env: Mapping[str, str], *, seconds: float) -> Any:
    """The same in a fork, or here where nothing can be forked.

    argument : such as `pickle` takes, as must be what comes back. kind, cwd, env : which template, see `homes.lodging`.
    seconds : for how long a fork may run.

    Raises what the function raises, and ForkError when it takes longer or its process dies.
    """
    with homes.lodging(kind, cwd, env) as (home, folder):
        (folder / ASKED).write_bytes(pickle.dumps((function, argument)))
        settings = {**os.environ, **ONE_THREAD, "TMPDIR": str(folder / "tmp")}
        forked = home.fork(asked=str(folder), env=settings, cwd=str(Path.cwd()), log=str(folder / LOG))
        if forked is None:
            return here(function, argument)
        with stoppable(forked.kill):
            wait(forked, seconds)
        came = answered(folder)
    if isinstance(came, Exception):
        raise came
    return came


def wait(forked: ForkedProcess, seconds: float) -> None:
    """Wait until a process has ended. Raises ForkError, and ends it, when it takes longer."""
    try:
        if forked.wait(seconds) is None:
            raise ForkError(f"not done after {seconds:g} seconds, which --timeout allows")
    finally:
        forked.kill()
        forked.wait()


def answered(folder: Path) -> Any:
    """The answer in a folder; a ForkError with the last that its process said when there is none."""
    try:
        return pickle.loads((folder / ANSWER).read_bytes())  # noqa: S301 - from our own process, in a folder that only we can open
    except FileNotFoundError:
        said = (folder / LOG).read_text(encoding="utf-8", errors="replace").split("\n") if (folder / LOG).is_file() else []
        last = next((line for line in reversed(said) if line.strip()), "out of memory?")
        return ForkError(f"the process died ({last.strip()})")


def answer(folder: Path) -> None:
    """Do what is asked in a folder, and leave there what came of it; in the process that was forked for it."""
    try:
        came = here(*pickle.loads((folder / ASKED).read_bytes()))  # noqa: S301 - as above
        content = pickle.dumps(came)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it is waited for
        content = pickle.dumps(portable(error))
    write_whole(folder / ANSWER, content)


def portable(error: Exception) -> Exception:
    """An error as it is, if it survives the way between two processes, else its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - a class of somebody's own may fail in any way
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
