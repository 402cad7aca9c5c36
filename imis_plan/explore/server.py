"""Serve the explorer on this machine: as an app without code (Voilà), or in JupyterLab. On loopback, behind a token."""

import html
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from jupyter_core.paths import secure_write

from imis_plan.scenario.problems import BadInput, Problem

NOTEBOOK = Path("notebooks", "explore.ipynb")
HERE = Path(__file__).parent / "jupyter"
LOOPBACK = "127.0.0.1"
FIRST = "IMIS_PLAN_EXPLORE"
# The module that has to be there, and the extra that brings it.
NEEDED = {"app": ("voila", "Voilà"), "lab": ("jupyterlab", "JupyterLab")}
START_SECONDS = 60
STOP_SECONDS = 10
LOOK_SECONDS = 0.1
LAST_WORDS = 1500
REDIRECT = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>imis_plan explorer</title>
<meta http-equiv="refresh" content="0; url={address}"></head>
<body><p><a href="{address}">Open the explorer</a></p></body></html>
"""


@dataclass(frozen=True)
class Server:
    """What is served: a notebook, as "app" or in "lab", beginning with a scenario if one is named."""

    kind: str
    notebook: Path
    folder: Path
    scenario: str | None
    port: int
    token: str

    @property
    def address(self) -> str:
        """The address to open. Whoever does not have it cannot come in."""
        page = "" if self.kind == "app" else f"lab/tree/{self.notebook.parent.name}/{self.notebook.name}"
        return f"http://{LOOPBACK}:{self.port}/{page}?token={self.token}"

    def command(self) -> list[str]:
        """The command that serves it. The token is not in it: everybody on the machine can read commands."""
        return [sys.executable, "-m", *(self.app() if self.kind == "app" else self.lab())]

    def app(self) -> list[str]:
        """Voilà: no code, no files of the folder, nothing fetched from a network."""
        return [
            "voila",
            str(self.notebook),
            "--no-browser",
            f"--Voila.ip={LOOPBACK}",
            f"--port={self.port}",
            "--Voila.port_retries=0",
            "--Voila.auto_token=True",
            "--template=imis_explore",
            "--VoilaConfiguration.allow_template_override=NO",
            "--VoilaConfiguration.file_allowlist=nothing",
        ]

    def lab(self) -> list[str]:
        """JupyterLab at the folder of the notebooks, without news and without a question for a kernel."""
        return [
            "jupyterlab",
            "--no-browser",
            f"--ServerApp.ip={LOOPBACK}",
            f"--port={self.port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.notebook.parent.parent}",
            f"--LabApp.app_settings_dir={HERE / 'lab'}",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.news_url=None",
            # In a container one often is root; the server listens to this machine alone.
            *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        ]

    def environment(self) -> dict[str, str]:
        """What the server, and the kernels it starts, find in their environment."""
        paths = [str(HERE), *filter(None, [os.environ.get("JUPYTER_PATH")])]
        added = {"JUPYTER_TOKEN": self.token, "JUPYTER_PATH": os.pathsep.join(paths), "IMIS_PLAN_PARAMETERS": str(self.folder)}
        return {**os.environ, **added, **({FIRST: self.scenario} if self.scenario else {})}


def prepared(kind: str, folder: Path, scenario: str | None, notebook: Path | None = None) -> Server:
    """A server that can be started. Raises BadInput if what it needs is not installed, or the notebook is not there."""
    module, name = NEEDED[kind]
    if find_spec(module) is None:
        right = f'install it: pip install "imis_plan[{kind}]"'
        raise BadInput([Problem("imis-plan explore", None, "", f"{name} is not installed", right)])
    return Server(kind, find_notebook(folder, notebook), folder.resolve(), scenario, free_port(), secrets.token_urlsafe(24))


def find_notebook(folder: Path, named: Path | None) -> Path:
    """The notebook that was named, else the explorer beside the folder of parameters, or beside the package."""
    places = [named] if named else [folder.resolve().parent / NOTEBOOK, Path(__file__).resolve().parents[2] / NOTEBOOK]
    for place in places:
        if place.is_file():
            return place.resolve()
    raise BadInput([Problem((named or NOTEBOOK).as_posix(), None, "", "no such notebook", "name one with --notebook")])


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def serve(server: Server, *, browser: bool, say: Callable[[str], None]) -> bool:
    """Serve until Ctrl-C, or until the server ends by itself; then nothing is left running. Whether it ended as it should.

    say : what tells the user the address, or why it failed.
    """
    with tempfile.TemporaryFile() as log, running(server, log) as process:
        if not answers(server, process):
            say(f"the server did not start: {last_words(log)}")
            return False
        say(f"{server.address}\nCtrl-C ends it.")
        with redirect_file(server.address) if browser else nullcontext() as page, suppress(KeyboardInterrupt):
            if page:
                webbrowser.open(page.as_uri())
            return process.wait() == 0
    return True


@contextmanager
def redirect_file(address: str) -> Iterator[Path]:
    """A page that leads to the address, readable by the user only, as long as the server runs.

    A browser gets what it opens on its command line, which everybody on the machine can read: that must not be the token.
    """
    with tempfile.TemporaryDirectory(prefix="imis_plan_") as folder:
        page = Path(folder, "open.html")
        with secure_write(str(page)) as file:
            file.write(REDIRECT.format(address=html.escape(address)))
        yield page


@contextmanager
def running(server: Server, log: IO[bytes]) -> Iterator["subprocess.Popen[bytes]"]:
    """The process of a server. It ends when we do, and is itself spared Ctrl-C, on which Jupyter would ask back."""
    with interrupted_by("SIGTERM", "SIGHUP"):
        process = subprocess.Popen(  # noqa: S603  # our own command
            server.command(), env=server.environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            stop(process)


@contextmanager
def interrupted_by(*names: str) -> Iterator[None]:
    """Treat these signals as Ctrl-C, where the system has them."""
    kinds = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {kind: signal.signal(kind, signal.default_int_handler) for kind in kinds}
    try:
        yield
    finally:
        restore(before)


def restore(handlers: Mapping[signal.Signals, Any]) -> None:
    """Put handlers of signals back."""
    for kind, handler in handlers.items():
        signal.signal(kind, handler)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a server. Asked politely it ends its kernels; one that does not answer is killed, and its kernels notice."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def answers(server: Server, process: "subprocess.Popen[bytes]") -> bool:
    """Whether the server listens, within a time in which any would."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        with suppress(OSError), socket.create_connection((LOOPBACK, server.port), timeout=1):
            return True
        time.sleep(LOOK_SECONDS)
    return False


def last_words(log: IO[bytes]) -> str:
    """The end of what a server has said."""
    log.seek(0)
    return log.read().decode("utf-8", "replace")[-LAST_WORDS:].strip()
