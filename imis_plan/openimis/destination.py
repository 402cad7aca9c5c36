"""Where the bytes of a connection go. Without TLS they stay on this machine, whatever the address looks like."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import HTTPError

from imis_plan.problems import BadInput, Problem
from imis_plan.sentence import sentence

# Parameters of PostgreSQL that say where a server is and who connects. Others could weaken the connection, or hold a password.
ALLOWED = ("host", "hostaddr", "port", "dbname", "user", "sslcert", "sslkey", "sslcrl")
SECRET = ("password", "sslpassword", "scram_client_key", "oauth_client_secret")
SOCKET_FILE = ("/", "@")


def is_loopback(ip: str) -> bool:
    """Whether an IP address belongs to this machine."""
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def loopback_addresses(host: str) -> tuple[str, ...]:
    """The IP addresses of a host if all are of this machine, otherwise none. The only name that is looked up is localhost."""
    if host.lower().rstrip(".") != "localhost":
        return (host,) if is_loopback(host) else ()
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except OSError:
        return ()
    return tuple(sorted(found)) if all(map(is_loopback, found)) else ()


class NotOnThisMachineError(HTTPError):
    """The other end of a connection is another machine."""


class LoopbackConnection(HTTPConnection):
    """A connection that is closed before anything is sent if its other end is not on this machine."""

    def connect(self) -> None:
        """Connect, and check the other end."""
        super().connect()
        if not is_loopback(str(self.sock.getpeername()[0])):
            self.close()
            raise NotOnThisMachineError


class LoopbackPool(HTTPConnectionPool):
    """Connections to this machine."""

    ConnectionCls = LoopbackConnection


class LoopbackAdapter(HTTPAdapter):
    """Sends requests without TLS to this machine only."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """Use connections that check their other end."""
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = {**self.poolmanager.pool_classes_by_scheme, "http": LoopbackPool}


def database_parameters(address: str) -> dict[str, str]:
    """The parameters of a PostgreSQL address, with host, IP address and port as libpq would complete them.

    libpq takes what an address leaves out from environment (PGHOST, PGHOSTADDR, PGSERVICE ...) and service file. Here these are
    read first and given explicitly, so that the destination which is checked is the one which is used.

    Raises BadInput for an address that cannot be read, or has a parameter that is not allowed.
    """
    psycopg = import_psycopg()
    try:
        given = {key: str(value) for key, value in psycopg.conninfo.conninfo_to_dict(address).items()}
    except (psycopg.ProgrammingError, UnicodeError):
        raise refused("not an address of a database", "give one such as postgresql://HOST/NAME") from None
    if any(name in given for name in SECRET):
        raise refused("a user or password in the address", "leave it out: give --user NAME, and the password when asked")
    if others := given.keys() - {*ALLOWED}:
        raise refused(
            sentence("{names} in the address", names=", ".join(sorted(others))),
            sentence("give only {names}", names=", ".join(ALLOWED)),
        )
    options = psycopg.pq.Conninfo.get_defaults()
    defaults = {option.keyword.decode(): option.val.decode() for option in options if option.val is not None}
    return given | {name: given.get(name, defaults.get(name, "")) for name in ("host", "hostaddr", "port")}


def local_parameters(parameters: dict[str, str]) -> dict[str, str] | None:
    """Host, IP address and port for a database on this machine, with each name replaced by its IP addresses; None for another machine."""
    found = list(_servers(parameters))
    if any(addresses is None for _, addresses, _ in found):
        return None
    each = [(host, ip, port) for host, addresses, port in found for ip in addresses or ()]
    hosts, ips, ports = (",".join(part) for part in zip(*each, strict=True))
    # Without a name, libpq wants an empty text in place of a list.
    return {"host": hosts, "hostaddr": ips if any(ip for _, ip, _ in each) else "", "port": ports}


def _servers(parameters: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...] | None, str]]:
    """Host, IP addresses and port of each server of a list; an empty IP address for a socket file, None for another machine."""
    hosts, ips, ports = (parameters[name].split(",") for name in ("host", "hostaddr", "port"))
    for host, ip, port in zip_longest(hosts, ips, ports if len(ports) > 1 else [], fillvalue=""):
        yield host, _local_addresses(host, ip), port or ports[0]


def _local_addresses(host: str, ip: str) -> tuple[str, ...] | None:
    """The IP addresses of a server on this machine: an empty one for a socket file, None if it is another machine."""
    if ip:
        return (ip,) if is_loopback(ip) else None
    # Where there are no socket files, no host means localhost.
    name = "localhost" if not host and os.name == "nt" else host
    if not name or name.startswith(SOCKET_FILE):
        return ("",)
    return loopback_addresses(name) or None


def secured(parameters: dict[str, str], ca_file: Path | None, *, unencrypted: bool) -> dict[str, str]:
    """The parameters of a connection that stays on this machine or uses verified TLS, unless `unencrypted` allows another."""
    if local := local_parameters(parameters):
        return parameters | local
    if unencrypted:
        return parameters
    # Encryption by Kerberos would be tried first, and needs no certificate.
    return parameters | {"sslmode": "verify-full", "sslrootcert": str(ca_file or "system"), "gssencmode": "disable"}


def import_psycopg() -> Any:
    """The database driver, which is an optional dependency."""
    try:
        import psycopg
    except ImportError:
        raise BadInput([Problem("psycopg", None, "", "not installed", "pip install imis_plan[sql]")]) from None
    return psycopg


def refused(problem: str, remedy: str) -> BadInput:
    """A problem of the address. The message leaves out the address: it may hold a password."""
    return BadInput([Problem("address", None, "", problem, remedy)])
