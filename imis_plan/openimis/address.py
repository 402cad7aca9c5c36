"""The address of a system: parsed, and refused where it would reveal a password."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from imis_plan.scenario.problems import BadInput, Problem

DATABASES = ("postgresql", "postgres")
SCHEMES = ("https", "http", *DATABASES)
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
        return self.scheme in DATABASES

    @property
    def name(self) -> str:
        """Host, and port if one was given, as named in sources."""
        host = self.host or "this machine"
        return f"{host}:{self.port}" if self.port else host

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine, so that no network is used."""
        try:
            return self.host in ("", "localhost") or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def parse_address(text: str, *, unencrypted: bool = False) -> Address:
    """The address in a text.

    unencrypted : allow an unencrypted connection to another machine

    Raises BadInput for one that cannot be read, that holds a password, or that would send one unencrypted.
    """
    try:
        parts = urlsplit(text.strip())
        parsed = Address(_base_url(text.strip(), parts), parts.scheme, parts.hostname or "", parts.port)
    except ValueError:
        raise _refused("not an address", "give one such as https://imis.example.org") from None
    if "password" in parts.query.lower() or parts.password or (parts.username and not parsed.is_database):
        raise _refused("a user or password in the address", "leave it out: give --user NAME, and the password when asked")
    if parsed.is_database and "host" in parts.query.lower():
        raise _refused("a host after the question mark", "give it before the path, as in postgresql://HOST/NAME")
    if parsed.scheme not in SCHEMES or not (parsed.host or parsed.is_database):
        raise _refused(
            "not an address of a system", f"give one that begins with {', '.join(f'{name}://' for name in SCHEMES[:3])}"
        )
    if parsed.scheme == "http" and not parsed.is_loopback and not unencrypted:
        raise _refused("http would send the password unencrypted", "give the https address, or allow it with --unencrypted")
    return parsed


def _base_url(text: str, parts: SplitResult) -> str:
    if parts.scheme in DATABASES:
        return text
    path = parts.path.rstrip("/")
    for page in BROWSER_PATHS:
        path = path.removesuffix(page)
    return f"{parts.scheme}://{parts.netloc}{path}"


def _refused(problem: str, remedy: str) -> BadInput:
    # The message leaves out the address: it may hold a password.
    return BadInput([Problem("address", None, "", problem, remedy)])
