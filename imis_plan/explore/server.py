"""Serve the explorer or the form on this machine, as an app without code (Voilà) or in JupyterLab: on loopback, with a token."""

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

from imis_plan.explore.simulations import in_thread, shared_simulations
from imis_plan.i18n.interface import _
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import SIMULATIONS, is_installed, package_folder
from imis_plan.sentence import sentence

NOTEBOOKS = "notebooks"
# Command -> the notebook that it shows.
NOTEBOOK_OF = {"explore": "explore.ipynb", "start": "start.ipynb"}
# Extensions of JupyterLab that the app needs; all others that are installed would also be loaded by the browser.
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget", "imis_plan_plain_text")
JUPYTER_FOLDER = Path(__file__).parent / "jupyter"
NOT_IN_APP = "not-in-app"  # the tag of cells of the notebook that the app leaves out
LOOPBACK = "127.0.0.1"
PORT = "--port="
SCENARIO_VARIABLE = "IMIS_PLAN_EXPLORE"
# The module that must be installed, and the name of the program.
REQUIRED = {"app": ("voila", "Voilà"), "lab": ("jupyterlab", "JupyterLab")}
START_SECONDS = 60
STOP_SECONDS = 10
POLL_SECONDS = 0.02
LOG_TAIL = 1500
REDIRECT = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>imis_plan</title>
<meta http-equiv="refresh" content="0; url={address}"></head>
<body style="font-family: system-ui, sans-serif; margin: 3em">
<h1>Starting ...</h1>
<p>This page changes as soon as the first budget is calculated, which takes some seconds.
If it does not, <a href="{address}">open it here</a>.</p>
</body></html>
"""


# Raises BadInput, or returns what can be done later, if anything.
Check = Callable[[], Callable[[], object] | None]


@dataclass(frozen=True)
class Server:
    """A server of a notebook. kind : "app" or "lab"; scenario : to begin with, None for that of the notebook."""

    kind: str
    notebook: Path
    folder: Path
    scenario: str | None
    port: int
    token: str

    @property
    def address(self) -> str:
        """The address to open. It contains the token, without which there is no access."""
        page = "" if self.kind == "app" else f"lab/tree/{self.notebook.parent.name}/{self.notebook.name}"
        return f"http://{LOOPBACK}:{self.port}/{page}?token={self.token}"

    def command(self) -> list[str]:
        """The command of the server, without the token, since every user of the machine can read commands."""
        return [sys.executable, "-m", *(self.app() if self.kind == "app" else self.lab())]

    def app(self) -> list[str]:
        """Voilà: no code, no files of the folder, nothing fetched from a network."""
        return [
            "imis_plan.explore.app_server",
            str(self.notebook),
            "--no-browser",
            f"--Voila.ip={LOOPBACK}",
            f"{PORT}{self.port}",
            "--Voila.port_retries=0",
            "--Voila.auto_token=True",
            # A kernel has run the notebook before somebody opens or reloads the page.
            "--VoilaConfiguration.preheat_kernel=True",
            "--VoilaConfiguration.default_pool_size=1",
            # The next kernel starts when the page of this one has had time to appear.
            "--VoilaKernelManager.fill_delay=5",
            # What only a notebook shows is not calculated, and matplotlib, which it draws with, not imported.
            f"--VoilaExecutor.skip_cells_with_tag={NOT_IN_APP}",
            *(f"--VoilaConfiguration.extension_allowlist={name}" for name in EXTENSIONS),
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
            f"{PORT}{self.port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.notebook.parent.parent}",
            f"--LabApp.app_settings_dir={JUPYTER_FOLDER / 'lab'}",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.news_url=None",
            # Users of containers often are root; the server is only reachable from this machine.
            *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        ]

    def environment(self) -> dict[str, str]:
        """Environment of the server and of the kernels it starts."""
        paths = [str(JUPYTER_FOLDER), *filter(None, [os.environ.get("JUPYTER_PATH")])]
        added = {"JUPYTER_TOKEN": self.token, "JUPYTER_PATH": os.pathsep.join(paths), "IMIS_PLAN_PARAMETERS": str(self.folder)}
        return {**os.environ, **added, **({SCENARIO_VARIABLE: self.scenario} if self.scenario else {})}


def prepare(kind: str, folder: Path, scenario: str | None, notebook: Path | None = None, command: str = "explore") -> Server:
    """A server ready to start. Raises BadInput if a required program is not installed, or the notebook does not exist.

    command : that of `imis-plan` which starts it, on which the notebook depends where none is named.
    """
    module, name = REQUIRED[kind]
    if find_spec(module) is None:
        right = sentence('install it: pip install "imis_plan[{kind}]"', kind=kind)
        raise BadInput([Problem(f"imis-plan {command}", None, "", sentence("{name} is not installed", name=name), right)])
    found = find_notebook(folder, notebook, NOTEBOOK_OF[command])
    if kind == "lab" and is_installed(found):
        right = sentence("begin a project with notebooks to edit: imis-plan init FOLDER; then start it there")
        raise BadInput([Problem("--lab", None, "", "there is no notebook of your own here", right)])
    return Server(kind, found, folder.resolve(), scenario, free_port(), secrets.token_urlsafe(24))


def find_notebook(folder: Path, named: Path | None, usual: str) -> Path:
    """The named notebook, else the usual one next to the folder of parameters, or that of the package."""
    places = [named] if named else [each / usual for each in (folder.resolve().parent / NOTEBOOKS, package_folder(NOTEBOOKS))]
    for place in places:
        if place.is_file():
            return place.resolve()
    right = sentence("name one with {option}", option="--notebook")
    raise BadInput([Problem((named or Path(NOTEBOOKS, usual)).as_posix(), None, "", "no such notebook", right)])


def free_port() -> int:
    """A free port of this machine."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def serve(server: Server, *, browser: bool, show: Callable[[str], None], check: Check = lambda: None) -> bool:
    """Serve until Ctrl-C or until the server ends, and leave no process running. Returns whether it ended without an error.

    show : called with the address, or with the reason of a failure.
    check : called while the server starts; the address is not shown if it raises an error, which ends the server. What it
        returns is called in a thread; what that simulates, the kernels do not simulate again.
    """
    ends = _("Ctrl-C ends it.")
    with tempfile.TemporaryFile() as log, shared_simulations() as simulations, running(server, log, simulations) as process:
        rest = check()
        with in_thread(rest, simulations) if rest else nullcontext():
            if not is_listening(server, process):
                show(_("the server did not start: {reason}").format(reason=log_tail(log)))
                return False
            show(f"{server.address}\n{ends}")
            with redirect_file(server.address) if browser else nullcontext() as page, suppress(KeyboardInterrupt):
                if page:
                    webbrowser.open(page.as_uri())
                if process.wait() != 0:  # it listens before it can answer
                    show(_("the server ended: {reason}").format(reason=log_tail(log)))
                    return False
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
def running(server: Server, log: IO[bytes], simulations: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The process of a server, which ends with this block. It does not receive Ctrl-C, on which Jupyter would ask to confirm.

    simulations : the folder in which its kernels find simulations.
    """
    environment = {**server.environment(), SIMULATIONS: str(simulations)}
    with interrupted_by("SIGTERM", "SIGHUP"):
        process = subprocess.Popen(  # noqa: S603  # our own command
            server.command(), env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
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
    """Restore handlers of signals."""
    for kind, handler in handlers.items():
        signal.signal(kind, handler)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a server: on SIGTERM it ends its kernels; after a timeout it is killed, and its kernels end by themselves."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def is_listening(server: Server, process: "subprocess.Popen[bytes]") -> bool:
    """Whether the server listens before a timeout."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        with suppress(OSError), socket.create_connection((LOOPBACK, server.port), timeout=1):
            return True
        time.sleep(POLL_SECONDS)
    return False


def log_tail(log: IO[bytes]) -> str:
    """The end of the log of a server."""
    log.seek(0)
    return log.read().decode("utf-8", "replace")[-LOG_TAIL:].strip()
