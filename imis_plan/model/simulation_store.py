"""Simulations that two processes have in common: of a report, one makes the tables and the other the pages, of the same plans.

Of the explorer, one checks the scenario while the other imports what shows it.
The folder is made for one report or explorer and removed with it. A simulation is found by a hash of all that it depends on, so
that a notebook that changes its plan, or another package, gets none that is not its own.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

import numpy as np

from imis_plan.model.plan_content import content_hash
from imis_plan.scenario.folder import SIMULATIONS
from imis_plan.scenario.plan import Plan

# Suffix of the file that has the process id of who simulates.
IN_PROGRESS = ".in_progress"
# For which the other process waits at most. A large plan may take longer: then both simulate it, with the same result.
WAIT_SECONDS = 10
POLL_SECONDS = 0.01
_written_to: ContextVar[Path | None] = ContextVar("simulations written to", default=None)


@contextmanager
def writing_to(folder: Path | None) -> Iterator[None]:
    """While the block runs, planned simulations are kept in a folder; None keeps none."""
    token = _written_to.set(folder)
    try:
        yield
    finally:
        _written_to.reset(token)


@contextmanager
def in_progress(plan: Plan) -> Iterator[None]:
    """While the block simulates a plan, the other process waits for the result in place of simulating the same."""
    folder = _written_to.get()
    file = file_of(folder, plan).with_suffix(IN_PROGRESS) if folder else None
    if file:
        part = file.with_suffix(".part")
        part.write_text(str(os.getpid()), encoding="ascii")
        part.replace(file)  # the other process sees the whole number or nothing
    try:
        yield
    finally:
        if file:
            file.unlink(missing_ok=True)


def file_of(folder: Path, plan: Plan) -> Path:
    """The file of the planned simulation of a plan."""
    return folder / f"{sha256(content_hash(plan) + repr(plan.lines).encode()).hexdigest()}.npy"


def write(plan: Plan, capital: np.ndarray, recurrent: np.ndarray) -> None:
    """Keep the cost by year of a planned simulation, where a folder asks for it. Shapes (horizon, draws). [nominal LCU]"""
    if folder := _written_to.get():
        file = file_of(folder, plan)
        part = file.with_suffix(".part.npy")
        np.save(part, np.stack([capital, recurrent]))
        part.replace(file)  # the other process sees all of it or nothing


def read(plan: Plan) -> np.ndarray | None:
    """Capital and recurrent cost by year of a planned simulation, or None. Shape (2, horizon, draws). [nominal LCU]"""
    folder = os.environ.get(SIMULATIONS)
    if not folder:
        return None
    file = file_of(Path(folder), plan)
    end = monotonic() + WAIT_SECONDS
    while is_in_progress(file.with_suffix(IN_PROGRESS)) and monotonic() < end:
        sleep(POLL_SECONDS)
    return np.load(file) if file.is_file() else None


def is_in_progress(file: Path) -> bool:
    """Whether a process simulates: one that was killed leaves its file behind."""
    try:
        process = int(file.read_text(encoding="ascii"))
    except FileNotFoundError:
        return False
    import psutil  # only where there is something to wait for

    return psutil.pid_exists(process)
