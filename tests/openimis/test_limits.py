"""Every response has one limit of time and one of size, whatever a server does."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from imis_plan.openimis import database, session
from imis_plan.openimis.address import parse_address
from imis_plan.openimis.errors import SystemUnavailable
from imis_plan.openimis.period import Period
from tests.live.truth import DAY, YEAR
from tests.openimis.fake import PASSWORD

TIMEOUT = 1.0
# A test server ends by itself, even if the client does not.
LIFETIME, MOST = 6.0, 400 * 2**20
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
PACKED = gzip.compress(b" " * 64 * 2**20)
CHUNK = b"10000\r\n" + b" " * 0x10000 + b"\r\n"


def slowly(data: bytes) -> Iterator[bytes]:
    """Byte by byte, each within every limit of a single read."""
    for i in range(len(data)):
        yield data[i : i + 1]
        time.sleep(0.05)


def dripping_headers() -> Iterator[bytes]:
    """Headers that never end."""
    yield OK
    yield from slowly(b"X-Filler: " + b"a" * 1000)


def dripping_status() -> Iterator[bytes]:
    """The first line comes slowly."""
    yield from slowly(b"HTTP/1.1 200 " + b"O" * 1000)


def endless_continue() -> Iterator[bytes]:
    """Interim responses, one after the other."""
    while True:
        yield b"HTTP/1.1 100 Continue\r\n\r\n"
        time.sleep(0.01)


def dripping_body() -> Iterator[bytes]:
    """A body that arrives byte by byte."""
    yield OK + b"Content-Length: 100000\r\n\r\n"
    yield from slowly(b" " * 1000)


def dripping_chunks() -> Iterator[bytes]:
    """The same in chunks."""
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1\r\n \r\n"
        time.sleep(0.05)


def silence() -> Iterator[bytes]:
    """Nothing at all."""
    time.sleep(LIFETIME)
    yield b""


def endless_body() -> Iterator[bytes]:
    """As fast as the client reads."""
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield CHUNK


def large_body() -> Iterator[bytes]:
    """A body that states its size."""
    yield OK + b"Content-Length: 2000000000\r\n\r\n"
    while True:
        yield b" " * 0x10000


def gzip_bomb() -> Iterator[bytes]:
    """64 MiB in 64 KiB."""
    yield OK + b"Content-Encoding: gzip\r\nContent-Length: " + str(len(PACKED)).encode() + b"\r\n\r\n" + PACKED


def double_gzip_bomb() -> Iterator[bytes]:
    """The same, compressed twice."""
    packed = gzip.compress(PACKED)
    yield OK + b"Content-Encoding: gzip, gzip\r\nContent-Length: " + str(len(packed)).encode() + b"\r\n\r\n" + packed


@contextmanager
def hostile(answer: Callable[[], Iterator[bytes]]) -> Iterator[str]:
    """A server on this machine that answers each request in its own way; bounded in time and size."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(LIFETIME)

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = server.accept()
                with closing(client), suppress(OSError):
                    client.settimeout(LIFETIME)
                    client.recv(65536)
                    send(client)

    def send(client: socket.socket) -> None:
        end, sent = time.monotonic() + LIFETIME, 0
        for data in answer():
            client.sendall(data)
            sent += len(data)
            if time.monotonic() > end or sent > MOST:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.close()


LOGGED_IN = b"R\x00\x00\x00\x08\x00\x00\x00\x00" + b"S\x00\x00\x00\x19client_encoding\x00UTF8\x00" + b"Z\x00\x00\x00\x05I"
NOTICE = b"N\x00\x00\x00\x10SNOTICE\x00Mx\x00\x00"


def silent_database() -> Iterator[bytes]:
    """A PostgreSQL that lets a client in, and then answers nothing."""
    yield LOGGED_IN
    time.sleep(LIFETIME)
    yield b""


def dripping_database() -> Iterator[bytes]:
    """A PostgreSQL that only sends notices."""
    yield LOGGED_IN
    while True:
        time.sleep(0.05)
        yield NOTICE


@pytest.mark.parametrize("answer", [silent_database, dripping_database], ids=lambda one: one.__name__)
def test_a_statement_ends_when_its_time_is_over(answer, monkeypatch):
    """A server that does not keep to its own `statement_timeout`."""
    monkeypatch.setattr(database, "GRACE_SECONDS", 0.5, raising=False)
    monkeypatch.setenv("PGSSLMODE", "disable")
    begin = time.monotonic()

    with hostile(answer) as address, pytest.raises(SystemUnavailable, match=r"did not complete its response within 0\.5 seconds"):
        database.read(
            parse_address(address.replace("http", "postgresql") + "/db"), Period(DAY, YEAR), "reader", PASSWORD, timeout=0.5
        )

    assert time.monotonic() - begin < LIFETIME / 2


def refused(answer: Callable[[], Iterator[bytes]]) -> tuple[str, float]:
    """The sentence with which a login ends, and how long it took. [second]"""
    begin = time.monotonic()
    with hostile(answer) as address, pytest.raises(SystemUnavailable) as caught:
        session.log_in(parse_address(address), "reader", PASSWORD, timeout=TIMEOUT)
    return str(caught.value), time.monotonic() - begin


@pytest.mark.parametrize(
    "answer",
    [dripping_headers, dripping_status, endless_continue, dripping_body, dripping_chunks, silence],
    ids=lambda one: one.__name__,
)
def test_a_response_ends_when_its_time_is_over(answer):
    """Counted from the start of the request, not from the last byte."""
    message, seconds = refused(answer)

    assert "did not complete its response within 1 seconds" in message
    assert seconds < LIFETIME / 2


@pytest.mark.parametrize("answer", [endless_body, large_body, gzip_bomb, double_gzip_bomb], ids=lambda one: one.__name__)
def test_a_response_ends_at_its_largest_size(answer, monkeypatch):
    """Counted as it is in memory, after it was decompressed."""
    monkeypatch.setattr("imis_plan.openimis.limits.MAX_BYTES", 2**20, raising=False)

    message, seconds = refused(answer)

    assert "sent more than" in message
    assert seconds < LIFETIME / 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "closed the connection, or does not speak HTTP"),
        (OK + b"Content-Length: 50\r\n\r\n{}", "The response of 127.0.0.1"),
        (OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", "The response of 127.0.0.1"),
        (OK + b"X: " + b"a" * 70000 + b"\r\n\r\n{}", "closed the connection, or does not speak HTTP"),
        (b"", "closed the connection, or does not speak HTTP"),
    ],
    ids=["not HTTP", "cut off", "not gzip", "long header", "nothing"],
)
def test_what_is_no_response_is_a_sentence(answer, words):
    """And not "no such host", since there is one."""
    message, _ = refused(lambda: iter([answer]))

    assert words in message
