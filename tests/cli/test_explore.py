"""`imis-plan explore`: what is refused before anything is started, and what is started."""

import json
import socket
import sys
import webbrowser
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import psutil
import pytest

from imis_plan import load
from imis_plan.cli.explore_command import check_budget
from imis_plan.explore import server as serve
from imis_plan.model import simulated_cost, simulation_store
from imis_plan.model.memoize import RecentResults
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import SIMULATIONS
from tests.report.places import REAL, ROOT


def server(kind="app", scenario="nepal"):
    """A server that could be started."""
    return serve.prepare(kind, REAL, scenario)


@pytest.fixture
def processes(monkeypatch):
    """The processes of the servers that a test starts, by number; a worker of the tests may have other children."""
    numbers: list[int] = []
    running = serve.running

    @contextmanager
    def recorded(*arguments):
        with running(*arguments) as process:
            numbers.append(process.pid)
            yield process

    monkeypatch.setattr(serve, "running", recorded)
    return numbers


@pytest.mark.parametrize(("option", "module", "name", "extra"), [([], "voila", "Voilà", "app"), (["--lab"], "jupyterlab", "JupyterLab", "lab")])  # fmt: skip
def test_what_is_not_installed_is_named_with_the_way_to_install_it(option, module, name, extra, imis_plan, monkeypatch):
    """Neither is needed by the rest of the package."""
    there = find_spec
    monkeypatch.setattr(serve, "find_spec", lambda wanted: None if wanted == module else there(wanted))
    done = imis_plan("explore", "nepal", *option)
    assert done == (2, "", f'imis-plan explore: {name} is not installed, install it: pip install "imis_plan[{extra}]"\n')


def test_a_scenario_that_does_not_exist_starts_nothing(imis_plan):
    """It is named with the one that was probably meant."""
    done = imis_plan("explore", "nepl")
    assert done == (2, "", "parameters/nepl.yaml: no such scenario, did you mean nepal?\n")


def test_a_notebook_that_does_not_exist_starts_nothing(imis_plan):
    """It is named."""
    done = imis_plan("explore", "--notebook", "mine.ipynb")
    assert done == (2, "", "mine.ipynb: no such notebook, name one with --notebook\n")


def test_the_token_stands_in_the_address_and_in_no_command():
    """Everybody on a machine can read the commands that run there; each start has a token of its own."""
    one, two = server(), server()
    assert one.token != two.token
    assert one.address == f"http://127.0.0.1:{one.port}/?token={one.token}"
    assert not any(one.token in part for kind in ("app", "lab") for part in server(kind).command())
    assert one.environment()["JUPYTER_TOKEN"] == one.token


@pytest.mark.parametrize("kind", ["app", "lab"])
def test_it_listens_to_this_machine_only_on_a_port_that_is_free(kind):
    """And takes no other port in its place, since the address is printed before."""
    made = server(kind)
    assert any(part.endswith(".ip=127.0.0.1") for part in made.command())
    assert f"--port={made.port}" in made.command()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", made.port))


def test_the_settings_of_the_lab_are_ones_that_it_has():
    """JupyterLab ignores a setting that it does not know, without a word: each is in the schema of an installed extension."""
    share = Path(sys.prefix, "share", "jupyter")
    settings = json.loads((serve.JUPYTER_FOLDER / "lab" / "overrides.json").read_text(encoding="utf-8"))
    unknown = []
    for plugin, values in settings.items():
        extension, _colon, name = plugin.partition(":")
        (file,) = {path.resolve() for path in share.glob(f"lab*/**/schemas/{extension}/{name}.json")}
        known = json.loads(file.read_text(encoding="utf-8"))["properties"]
        unknown += [f"{plugin}: {value}" for value in values if value not in known]

    assert "@jupyter-lsp/jupyterlab-lsp:completion" in settings
    assert unknown == []


def test_the_lab_opens_at_the_notebook():
    """The folder served is that of the project, so that its other files are at hand."""
    made = server("lab")
    assert made.address.partition("?")[0].endswith("/lab/tree/notebooks/explore.ipynb")
    assert f"--ServerApp.root_dir={ROOT}" in made.command()


def test_the_kernels_find_parameters_and_scenario(monkeypatch):
    """By their environment; without a name it is the notebook's own scenario."""
    monkeypatch.delenv(serve.SCENARIO_VARIABLE, raising=False)
    environment = server().environment()
    assert (environment["IMIS_PLAN_PARAMETERS"], environment[serve.SCENARIO_VARIABLE]) == (str(REAL), "nepal")
    assert serve.SCENARIO_VARIABLE not in server(scenario=None).environment()


def test_a_server_that_ends_at_once_says_why(monkeypatch):
    """What it wrote last is shown, and nothing is opened."""
    monkeypatch.setattr(serve.Server, "command", lambda _: [sys.executable, "-c", "raise SystemExit('no disk')"])
    messages: list[str] = []
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    assert serve.serve(server(), browser=True, show=messages.append) is False
    assert (messages, opened) == (["the server did not start: no disk"], [])


def test_a_server_that_ends_before_it_answers_says_why(monkeypatch):
    """It listens at once, so that its address is shown by then."""
    made = server()
    program = f"import socket; s = socket.create_server(('127.0.0.1', {made.port})); s.accept(); raise SystemExit('no disk')"
    monkeypatch.setattr(serve.Server, "command", lambda _: [sys.executable, "-c", program])
    messages: list[str] = []
    assert serve.serve(made, browser=False, show=messages.append) is False
    assert messages == [f"{made.address}\nCtrl-C ends it.", "the server ended: no disk"]


def test_a_scenario_that_is_refused_while_the_server_starts_ends_the_server(processes, monkeypatch):
    """Nothing is shown or opened, and the process has ended when its problems are reported."""
    monkeypatch.setattr(serve.Server, "command", lambda _: [sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr(webbrowser, "open", pytest.fail)
    monkeypatch.setattr(serve, "is_listening", pytest.fail)

    def refuse() -> None:
        raise BadInput([Problem("nepal.yaml", 1, "", "wrong", "right")])

    with pytest.raises(BadInput, match=r"nepal\.yaml"):
        serve.serve(server(), browser=True, show=pytest.fail, check=refuse)
    assert [psutil.pid_exists(process) for process in processes] == [False]


def test_the_browser_is_opened_without_the_token_on_its_command_line(monkeypatch):
    """It gets the address of a file that only the user can read, and that leads on; the file goes with the server."""
    made = server()
    messages: list[str] = []
    opened: list[tuple[str, str, int, int]] = []

    def browser(url: str) -> None:
        file = Path(url2pathname(urlsplit(url).path))
        opened.append((url, file.read_text(encoding="utf-8"), file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777))

    listen = f"import socket; s = socket.create_server(('127.0.0.1', {made.port})); s.accept()"
    monkeypatch.setattr(serve.Server, "command", lambda _: [sys.executable, "-c", listen])
    monkeypatch.setattr(webbrowser, "open", browser)
    assert serve.serve(made, browser=True, show=messages.append) is True

    ((url, text, mode, folder_mode),) = opened
    assert made.token not in url
    assert f'content="0; url={made.address}"' in text
    assert (mode, folder_mode) == (0o600, 0o700)
    assert not Path(url2pathname(urlsplit(url).path)).parent.exists()
    assert messages == [f"{made.address}\nCtrl-C ends it."]


def test_what_the_command_simulates_is_there_for_the_kernels(processes, monkeypatch):
    """In a folder that goes with the server; the contingency of the scenario needs one simulation."""
    seen: list[tuple[Path, list[str]]] = []

    def check():
        simulate = check_budget("nepal", REAL)

        def later():
            assert simulate is not None
            simulate()
            (process,) = processes
            folder = Path(psutil.Process(process).environ()[SIMULATIONS])
            seen.append((folder, [file.name for file in folder.iterdir()]))

        return later

    monkeypatch.setattr(serve.Server, "command", lambda _: [sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr(serve, "is_listening", lambda *_: False)
    monkeypatch.setattr(simulated_cost, "known", RecentResults(1))  # as in a new process
    serve.serve(server(), browser=False, show=lambda _: None, check=check)
    ((folder, files),) = seen
    assert files == [simulation_store.file_of(folder, load("nepal", parameters=REAL)).name]
    assert not folder.exists()


def test_without_a_scenario_nothing_is_checked():
    """The notebook names its own, and its kernel simulates it."""
    assert check_budget(None, REAL) is None


def test_without_a_browser_no_file_is_written(monkeypatch):
    """The address is printed."""
    made = server()
    listen = f"import socket; s = socket.create_server(('127.0.0.1', {made.port})); s.accept()"
    monkeypatch.setattr(serve.Server, "command", lambda _: [sys.executable, "-c", listen])
    monkeypatch.setattr(serve, "redirect_file", pytest.fail)
    messages: list[str] = []
    assert serve.serve(made, browser=False, show=messages.append) is True
    assert made.address in messages[0]
