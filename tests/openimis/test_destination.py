"""Where a password goes: to this machine, or encrypted to a verified host. What the address looks like does not matter."""

import socket
import threading
from contextlib import closing, contextmanager, suppress

import pytest

from imis_plan.openimis import database, session
from imis_plan.openimis.address import parse_address
from imis_plan.openimis.errors import SystemUnavailable
from imis_plan.openimis.period import Period
from imis_plan.problems import BadInput
from tests.live.truth import DAY, YEAR
from tests.openimis.fake import PASSWORD, Fake, serving

SSL_REQUEST = bytes([0, 0, 0, 8, 4, 210, 22, 47])
ASK_FOR_CLEARTEXT_PASSWORD = b"R\x00\x00\x00\x08\x00\x00\x00\x03"
MOST_MESSAGES = 10
VARIABLES = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGSERVICEFILE", "PGSSLMODE")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path):
    """No settings of the machine on which the test runs."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    (tmp_path / "services").write_text("[far]\nhost=far.example.org\n")


@pytest.fixture
def connections(monkeypatch):
    """The parameters of each connection that is tried, as libpq gets them; none is made."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    tried = []

    def connect(text="", **parameters):
        tried.append(conninfo_to_dict(text, **parameters))
        raise psycopg.OperationalError("not made")

    monkeypatch.setattr(psycopg, "connect", connect)
    return tried


def read(text, **options):
    """Read a database as far as its connection."""
    with pytest.raises(SystemUnavailable):
        database.read(parse_address(text), Period(DAY, YEAR), "reader", PASSWORD, **options)


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        ("postgresql:///db", {"PGHOST": "far.example.org"}),
        ("postgresql:///db", {"PGHOSTADDR": "192.0.2.1"}),
        ("postgresql:///db", {"PGSERVICE": "far"}),
        ("postgresql://localhost/db", {"PGHOSTADDR": "192.0.2.1"}),
        ("postgresql://localhost/db?h%6fst=far.example.org", {}),
        ("postgresql://localhost/db?hostaddr=192.0.2.1", {}),
        ("postgresql://localhost/db?h%6fstaddr=192.0.2.1", {}),
        ("postgresql://localhost,far.example.org/db", {}),
        ("postgresql://loc%61lhost.example.org/db", {}),
        ("postgresql://db.example.org/db", {}),
    ],
)
def test_a_database_elsewhere_needs_verified_tls(text, environment, connections, monkeypatch):
    """Whichever of address, environment and service file names the machine."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    read(text)

    assert [one["sslmode"] for one in connections] == ["verify-full"]


@pytest.mark.parametrize("option", ["sslmode=disable", "ssl%6dode=disable", "service=far", "gssencmode=require", "passw%6Frd=x"])
def test_a_parameter_of_the_address_cannot_weaken_the_connection(option, connections):
    """Refused: only host, port, database, user and client certificate can be given."""
    with pytest.raises(BadInput):
        parse_address(f"postgresql://db.example.org/db?{option}")

    assert connections == []


@pytest.mark.parametrize(
    "text",
    [
        "postgresql:///db",
        "postgresql://localhost/db",
        "postgresql://127.0.0.1:5433/db",
        "postgresql://[::1]/db",
        "postgresql:///db?host=/run/postgresql",
        "postgresql://%2Frun%2Fpostgresql/db",
    ],
)
def test_a_database_on_this_machine_needs_no_tls(text, connections):
    """A socket file, or an IP address that is given with the name, so that no other answer of a name server counts."""
    read(text)

    (parameters,) = connections
    assert "sslmode" not in parameters
    assert all(one in ("", "127.0.0.1", "::1") for one in parameters["hostaddr"].split(","))
    assert parameters["hostaddr"] or parameters["host"].startswith("/") or not parameters["host"]


def test_localhost_that_is_another_machine_is_not_this_one(connections, monkeypatch):
    """A wrong hosts file, or a name server that answers for it."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 0))])

    read("postgresql://localhost/db")

    assert connections[0]["sslmode"] == "verify-full"
    with pytest.raises(BadInput, match="unencrypted"):
        parse_address("http://localhost:8000")


@contextmanager
def listener(host):
    """Everything that a server without TLS receives, which asks each client of PostgreSQL for its password in clear text."""
    received: list[bytes] = []
    server = socket.create_server((host, 0))
    server.settimeout(5)

    def serve():
        with suppress(OSError):
            while True:
                client, _ = server.accept()
                client.settimeout(2)
                with closing(client), suppress(OSError):
                    while (data := client.recv(4096)) and len(received) < MOST_MESSAGES:
                        received.append(data)
                        client.sendall(b"N" if data == SSL_REQUEST else ASK_FOR_CLEARTEXT_PASSWORD)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], received
    finally:
        server.close()
        thread.join(0.1)


def test_the_password_does_not_reach_a_server_without_tls(monkeypatch):
    """A real connection of libpq; 127.0.0.2 stands for another machine."""
    monkeypatch.setattr("imis_plan.openimis.destination.is_loopback", lambda ip: ip == "127.0.0.1", raising=False)
    try:
        with listener("127.0.0.2") as (port, received):
            monkeypatch.setenv("PGHOST", "127.0.0.2")
            monkeypatch.setenv("PGPORT", str(port))
            read("postgresql:///db")
    except OSError:
        pytest.skip("this system has one loopback address")

    assert received == [SSL_REQUEST]


def test_a_proxy_gets_nothing_that_is_meant_for_this_machine(monkeypatch):
    """An HTTP proxy would read the password, and send it to a `localhost` of its own."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(Fake()) as proxy, serving(Fake()) as fake:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        session.log_in(parse_address(fake.address.replace("127.0.0.1", "localhost")), "reader", PASSWORD)

    assert proxy.asked == []
    assert fake.logins


class Elsewhere:
    """A socket whose other end is another machine."""

    def __init__(self) -> None:
        self.received = b""

    def getpeername(self) -> tuple[str, int]:
        """An address that no machine has."""
        return "192.0.2.1", 80

    def sendall(self, data: bytes) -> None:
        """Keep what is sent, and break."""
        self.received += data
        raise BrokenPipeError

    def settimeout(self, _seconds: float | None) -> None:
        """Wait for nothing."""

    def close(self) -> None:
        """Close nothing."""


def test_the_connection_itself_is_checked_before_anything_is_sent(monkeypatch):
    """A name can have another address when it is asked for the second time."""
    elsewhere = Elsewhere()
    monkeypatch.setattr("urllib3.connection.HTTPConnection.connect", lambda self: setattr(self, "sock", elsewhere))

    with pytest.raises(SystemUnavailable) as caught:
        session.log_in(parse_address("http://localhost:8000"), "reader", PASSWORD)

    assert elsewhere.received == b""
    assert "not on this machine" in str(caught.value)


def test_an_address_shows_the_host_that_is_reached(monkeypatch):
    """Reports name it as the source."""
    monkeypatch.setenv("PGHOST", "far.example.org")

    assert parse_address("postgresql:///db").name == "far.example.org"
    assert parse_address("postgresql://localhost/db?h%6fst=other.example.org").name == "other.example.org"
