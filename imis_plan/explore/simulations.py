"""Simulations that the command runs while its server starts, and that the kernels of the server find."""

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from imis_plan.problems import BadInput


@contextmanager
def shared_simulations() -> Iterator[Path]:
    """A folder for simulations that this process and the kernels of the server have in common, as long as the server runs."""
    with tempfile.TemporaryDirectory(prefix="imis_plan_") as folder:
        yield Path(folder)


@contextmanager
def in_thread(work: Callable[[], object], simulations: Path) -> Iterator[None]:
    """Work in a thread, which ends with this block; what it simulates is kept in a folder."""

    def run() -> None:
        """A problem that it finds, the kernels find too, and the page names it."""
        from imis_plan.model import simulation_store  # slow to import, and by now the server is starting

        with simulation_store.writing_to(simulations), suppress(BadInput):
            work()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
