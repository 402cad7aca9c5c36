"""PostgreSQL and openIMIS as processes of their own, on loopback and free ports, gone without a trace when the block ends."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg

from tests.live.building import HERE, RELEASES, Built, build

OWNER = "openimis"
# What is left out of a second server of a release. The older one cannot do without policy holders.
LEFT_OUT = {"2024-11": "api_fhir_r4", "2026-05": "api_fhir_r4 policyholder payment"}
PATIENCE = 120


class Silent(RuntimeError):
    """A server that does not answer."""


class Database(NamedTuple):
    """A cluster that is running: its port, and the folder that is gone afterwards."""

    port: int
    folder: Path

    def connect(self, name: str, user: str = OWNER) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to one of its databases."""
        return psycopg.connect(host="127.0.0.1", port=self.port, dbname=name, user=user, autocommit=True)


class Live(NamedTuple):
    """Running systems: address by release, and of those without some modules; the password of every account."""

    addresses: Mapping[str, str]
    basic: Mapping[str, str]
    database: Database
    password: str

    def name(self, release: str) -> str:
        """The database of a release."""
        return f"r{release.replace('-', '_')}"

    def rows(self, release: str, statement: str) -> list[tuple[object, ...]]:
        """What a statement of the owner of a database answers."""
        with self.database.connect(self.name(release)) as connection:
            return connection.execute(statement.encode()).fetchall()


@contextmanager
def live() -> Iterator[Live]:
    """All releases, filled and answering."""
    built = build()
    # Of every kind that openIMIS asks for; new in each run, so that it can be looked for in whatever a test leaves behind.
    password = f"Aa1-{secrets.token_hex(12)}"
    with ExitStack() as stack:
        database = stack.enter_context(cluster())
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda release: fill(built, database, release, password), RELEASES))
        started = {release: stack.enter_context(server(built, database, release)) for release in RELEASES}
        basic = {release: stack.enter_context(server(built, database, release, without)) for release, without in LEFT_OUT.items()}
        for address in (*started.values(), *basic.values()):
            answering(address)
        yield Live(started, basic, database, password)


@contextmanager
def cluster() -> Iterator[Database]:
    """A PostgreSQL cluster that forgets its durability: nothing in it is worth keeping."""
    folder, port = Path(tempfile.mkdtemp(prefix="imis-plan-live-")), free_port()
    data = folder / "data"
    try:
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
        postgres("initdb", "-D", str(data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=60"
        postgres("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield Database(port, folder)
        finally:
            postgres("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, as its own user where we are root."""
    path = shutil.which(program) or str(max(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), default=program))
    user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    with tempfile.TemporaryFile() as log:
        done = subprocess.run([path, *arguments], stdout=log, stderr=log, cwd="/", check=False, **as_user)  # type: ignore[call-overload]
        if done.returncode:
            log.seek(0)
            raise RuntimeError(f"{program}: exit code {done.returncode}\n{log.read().decode(errors='replace')[-4000:]}")


def fill(built: Built, database: Database, release: str, password: str) -> None:
    """Make the database of a release and fill it."""
    name = f"r{release.replace('-', '_')}"
    with database.connect("postgres") as connection:
        connection.execute(f"create database {name}".encode())
    environment = surroundings(built, database, release) | {"LIVE_PASSWORD": password}
    done = subprocess.run([built.python, HERE / "glue" / "seed.py"], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"seed of {release}: exit code {done.returncode}\n{done.stderr[-4000:]}")


def surroundings(built: Built, database: Database, release: str) -> dict[str, str]:
    """The environment of a process of a release: the modules of that release before the libraries that all share."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{built.modules[release]}{os.pathsep}{HERE / 'glue'}",
        "PYTHONWARNINGS": "ignore",
        "DJANGO_SETTINGS_MODULE": "openIMIS.settings",
        "LIVE_PORT": str(database.port),
        "LIVE_DATABASE": f"r{release.replace('-', '_')}",
        "LIVE_OWNER": OWNER,
        "LIVE_SECRET": secrets.token_hex(32),
        "LIVE_MEDIA": str(database.folder / "media"),
        "HOME": str(database.folder),
    }


@contextmanager
def server(built: Built, database: Database, release: str, without: str = "") -> Iterator[str]:
    """An openIMIS behind gunicorn, one worker. Gives its address; it may not answer yet."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = surroundings(built, database, release) | {"LIVE_URL": address, "LIVE_WITHOUT": without}
    command = [
        str(built.python),
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--timeout",
        "120",
        "--no-control-socket",
        "openIMIS.wsgi",
    ]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=database.folder, start_new_session=True)
        try:
            yield address
        except Silent as error:
            log.seek(0)
            raise RuntimeError(
                f"{release} without {without or 'nothing'}: {error}\n{log.read().decode(errors='replace')[-4000:]}"
            ) from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def answering(address: str) -> None:
    """Wait until a server answers. Raises Silent if it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/api/healthy", timeout=60) as answer:  # noqa: S310  # our own address
                if answer.read() == b"yes":
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise Silent(f"nothing answers at {address} after {PATIENCE} seconds")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
