"""Limits of one response: its time, from the connection to the last byte, and its size."""

import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

# A page of 100 policies with their people has less than one.
MAX_BYTES = 16 * 2**20
CHUNK_BYTES = 2**16
Result = TypeVar("Result")


class TooLargeError(Exception):
    """A response is larger than MAX_BYTES."""


def within_time(seconds: float, function: Callable[[], Result]) -> Result:
    """The result of a function, or its exception.

    The timeouts of a socket start again with every byte, so the function runs in a thread, which is left behind when its time is over;
    as a daemon it does not keep the program from ending.

    Raises TimeoutError when the time is over.
    """
    results: queue.SimpleQueue[tuple[Result | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put((function(), None))
        except BaseException as error:  # noqa: BLE001  # raised again in the other thread
            results.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = results.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # the function's own


def limited_body(chunks: Iterable[bytes], seconds: float) -> bytes:
    """The chunks of a body together.

    Raises TooLargeError above MAX_BYTES, TimeoutError when the time is over.
    """
    body, end = bytearray(), time.monotonic() + seconds
    for chunk in chunks:
        body += chunk
        if len(body) > MAX_BYTES:
            raise TooLargeError
        if time.monotonic() > end:
            raise TimeoutError
    return bytes(body)


@contextmanager
def cut_off_after(seconds: float, descriptor: int) -> Iterator[None]:
    """Shut down a socket if the block takes longer, so that what waits for it ends.

    descriptor : file descriptor of the socket

    Raises TimeoutError in place of the error that follows.
    """
    expired = threading.Event()

    def cut_off() -> None:
        expired.set()
        with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as copy:
            copy.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception:
        if expired.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
