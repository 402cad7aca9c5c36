"""Cancel what runs in other processes when the user presses Ctrl-C."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_running: dict[int, Callable[[], None]] = {}
_lock = threading.Lock()


@contextmanager
def cancellable(end: Callable[[], None]) -> Iterator[None]:
    """While the block runs, `cancel_all` calls `end`, as in `cancellable(process.kill)`."""
    key = id(end)
    with _lock:
        _running[key] = end
    try:
        yield
    finally:
        with _lock:
            del _running[key]


def cancel_all() -> None:
    """End everything; the threads that wait for it then find it dead."""
    with _lock:
        ends = list(_running.values())
    for end in ends:
        end()
