"""Cancel what runs in other processes when the user presses Ctrl-C."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_running: dict[int, Callable[[], None]] = {}
_lock = threading.Lock()


@contextmanager
def cancellable(cancel: Callable[[], None]) -> Iterator[None]:
    """While the block runs, `cancel_all` calls `cancel`, as in `cancellable(process.kill)`."""
    key = id(cancel)
    with _lock:
        _running[key] = cancel
    try:
        yield
    finally:
        with _lock:
            del _running[key]


def cancel_all() -> None:
    """Call every registered `cancel`; the threads that wait for these processes then see that they have ended."""
    with _lock:
        cancels = list(_running.values())
    for cancel in cancels:
        cancel()
