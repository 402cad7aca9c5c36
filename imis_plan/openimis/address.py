"""Where a system is: an address taken apart, and refused where it would give a secret away."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from imis_plan.problems import BadInput, Problem

DATABASES = ("postgresql", "postgres")
SCHEMES = ("https", "http", *DATABASES)
# What people copy from a browser; the interface lies beside it.
PAGES = ("/front", "/api/graphql", "/api")


@dataclass(frozen=True)
class Address:
    """An address without any secret in it."""

    text: str
    scheme: str
    host: str
    port: int | None

    @property
    def is_database(self) -> bool:
        """Whether it is that of a database."""
        return self.scheme in DATABASES

    @property
    def name(self) -> str:
        """Host, and port if one was given, as sources call it."""
        host = self.host or "this machine"
        return f"{host}:{self.port}" if self.port else host

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine, so that nobody on the way can listen."""
        try:
            return self.host in ("", "localhost") or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def address(text: str, *, unencrypted: bool = False) -> Address:
    """The address in a text.

    unencrypted : whether an open connection to another machine is insisted on.

    Raises BadInput for one that cannot be read, that holds a password, or that would send one in the open.
    """
    try:
        parts = urlsplit(text.strip())
        found = Address(_plain(text.strip(), parts), parts.scheme, parts.hostname or "", parts.port)
    except ValueError:
        raise _bad("not an address", "give one such as https://imis.example.org") from None
    if "password" in parts.query.lower() or parts.password or (parts.username and not found.is_database):
        raise _bad("a user or password in the address", "leave it out: --user NAME, and the password when asked")
    if found.is_database and "host" in parts.query.lower():
        raise _bad("a host after the question mark", "name it before the path, as in postgresql://HOST/NAME")
    if found.scheme not in SCHEMES or not (found.host or found.is_database):
        raise _bad("not an address of a system", f"give one that begins with {', '.join(f'{name}://' for name in SCHEMES[:3])}")
    if found.scheme == "http" and not found.is_loopback and not unencrypted:
        raise _bad("http would send the password in the open", "give the https address, or insist with --unencrypted")
    return found


def _plain(text: str, parts: SplitResult) -> str:
    if parts.scheme in DATABASES:
        return text
    path = parts.path.rstrip("/")
    for page in PAGES:
        path = path.removesuffix(page)
    return f"{parts.scheme}://{parts.netloc}{path}"


def _bad(what: str, right: str) -> BadInput:
    # Without the address itself: it may hold the secret that it is refused for.
    return BadInput([Problem("address", None, "", what, right)])
