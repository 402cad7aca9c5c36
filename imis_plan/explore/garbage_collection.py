"""Start without the garbage collector, which would go through all that imports make again and again: nearly all of it is kept."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """While the block runs, no garbage is collected; what it leaves is not gone through later, either."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
