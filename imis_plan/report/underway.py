"""What is under way in other processes, and ends when somebody presses Ctrl-C."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_ends: dict[int, Callable[[], None]] = {}
_lock = threading.Lock()


@contextmanager
def stoppable(end: Callable[[], None]) -> Iterator[None]:
    """While the block runs, `stop_all` calls `end`."""
    key = id(end)
    with _lock:
        _ends[key] = end
    try:
        yield
    finally:
        with _lock:
            del _ends[key]


def stop_all() -> None:
    """End everything; whoever waits for it then finds it dead."""
    with _lock:
        ends = list(_ends.values())
    for end in ends:
        end()
