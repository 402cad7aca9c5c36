"""The address of a system: parsed, and refused where it would reveal a password."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from imis_plan.openimis.destination import SOCKET_FILE, database_parameters, loopback_addresses, refused

DATABASES = ("postgresql://", "postgres://")
POSTGRESQL_PORT = 5432
# What people copy from a browser; the API has the same base address.
BROWSER_PATHS = ("/front", "/api/graphql", "/api")


@dataclass(frozen=True)
class Address:
    """An address that holds no password."""

    text: str
    scheme: str
    host: str
    port: int | None

    @property
    def is_database(self) -> bool:
        """Whether it is the address of a database."""
        return self.text.startswith(DATABASES)

    @property
    def name(self) -> str:
        """Host, and port if one was given, as named in sources."""
        host = self.host or "this machine"
        return f"{host}:{self.port}" if self.port else host

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine, so that no network is used."""
        return bool(loopback_addresses(self.host))


def parse_address(text: str, *, unencrypted: bool = False) -> Address:
    """The address in a text.

    unencrypted : allow an unencrypted connection to another machine

    Raises BadInput for one that cannot be read, that holds a password, or that would send one unencrypted.
    """
    text = text.strip()
    return _database(text) if text.startswith(DATABASES) else _website(text, unencrypted=unencrypted)


def _database(text: str) -> Address:
    """The address of a database, with the host and port that libpq would use."""
    parameters = database_parameters(text)
    host, port = parameters["host"] or parameters["hostaddr"], parameters["port"]
    shown_port = int(port) if port.isdecimal() and int(port) != POSTGRESQL_PORT else None
    return Address(text, text.partition(":")[0], "" if host.startswith(SOCKET_FILE) else host, shown_port)


def _website(text: str, *, unencrypted: bool) -> Address:
    """The address of an API."""
    try:
        parts = urlsplit(text)
        parsed = Address(_base_url(parts), parts.scheme, parts.hostname or "", parts.port)
    except ValueError:
        raise refused("not an address", "give one such as https://imis.example.org") from None
    if "password" in parts.query.lower() or parts.password or parts.username:
        raise refused("a user or password in the address", "leave it out: give --user NAME, and the password when asked")
    if parsed.scheme not in ("https", "http") or not parsed.host:
        raise refused("not an address of a system", "give one that begins with https://, http:// or postgresql://")
    if parsed.scheme == "http" and not parsed.is_loopback and not unencrypted:
        raise refused("http would send the password unencrypted", "give the https address, or allow it with --unencrypted")
    return parsed


def _base_url(parts: SplitResult) -> str:
    path = parts.path.rstrip("/")
    for page in BROWSER_PATHS:
        path = path.removesuffix(page)
    return f"{parts.scheme}://{parts.netloc}{path}"
