"""How the app starts: Voilà, without an import that it does not need."""

import asyncio
import gc
import os
import socket
import subprocess
import sys
from contextlib import suppress
from enum import StrEnum
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from voila.static_file_handler import MultiStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from imis_plan.explore import app_server, garbage_collection, page_scripts, server, voila_app
from imis_plan.explore.server import Server
from imis_plan.explore.voila_app import PageHandler, VoilaApp, kernel_started, waiting
from imis_plan.kernels import provisioner, resources
from tests.report.places import ROOT


def test_voila_starts_without_what_it_does_not_use():
    """The server answers `--version` as Voilà does, and has not imported the grammar of addresses."""
    program = (
        "import sys\nfrom imis_plan.explore import app_server\nsys.argv = ['voila', '--version']\n"
        "try:\n    app_server.main()\nexcept SystemExit:\n    print('voila.app' in sys.modules, {sys.modules[name] for name in app_server.UNUSED})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True {None}"


def test_the_command_of_the_app_starts_it():
    """As a module, with the notebook as its first argument."""
    notebook = ROOT / "notebooks" / "explore.ipynb"
    command = Server("app", notebook, ROOT / "parameters", None, 1, "token").command()
    assert command[:4] == [sys.executable, "-m", app_server.__name__, str(notebook)]


def test_a_browser_connects_while_voila_is_imported(monkeypatch):
    """It waits for its answer; the same socket is the one that Voilà then answers on."""
    port = server.free_port()
    monkeypatch.setattr(sys, "argv", ["", "explore.ipynb", f"{server.PORT}{port}"])
    given: list[Any] = []

    def instead_of_voila(_argv, connections):
        with socket.create_connection((server.LOOPBACK, port), timeout=5):
            given.extend(connections)

    monkeypatch.setattr(resources, "start_forkserver", lambda *_: None)
    monkeypatch.setattr(VoilaApp, "launch_instance", instead_of_voila)
    app_server.main()
    (listening,) = given
    assert listening.getsockname() == (server.LOOPBACK, port)
    listening.close()


def test_an_interrupted_server_ends_as_voila_does(monkeypatch):
    """Its log names the address and the end, without a traceback; its kernels are shut down."""
    lines: list[str] = []
    ended: list[bool] = []

    def interrupted():
        raise KeyboardInterrupt

    fake: Any = SimpleNamespace(
        connections=["a socket"],
        app=None,
        display_url="http://127.0.0.1:1/?token=...",
        log=SimpleNamespace(info=lambda text, *values: lines.append(text % values)),
        stop=lambda: ended.append(True),
    )
    monkeypatch.setattr(voila_app, "HTTPServer", lambda _app: SimpleNamespace(add_sockets=lambda _sockets: None))
    monkeypatch.setattr(voila_app, "IOLoop", SimpleNamespace(current=lambda: SimpleNamespace(start=interrupted)))
    VoilaApp.listen(fake)
    assert lines == ["Voilà is running at:\nhttp://127.0.0.1:1/?token=...", "Stopping..."]
    assert ended == [True]


def test_garbage_is_collected_again_after_the_start():
    """Also where the start fails, and not where it was switched off before."""
    with suppress(ZeroDivisionError), garbage_collection.paused():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()
    gc.disable()
    try:
        with garbage_collection.paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("name", [app_server.EXPLORER, app_server.SIMULATION, *app_server.MODULE_OF.values()])
def test_what_is_imported_for_the_kernels_is_there(name):
    """The fork server passes over what it cannot import, so that nobody would notice."""
    assert import_module(name).__name__ == name


@pytest.mark.parametrize(
    ("named", "expected"), [(None, [app_server.EXPLORER, app_server.SIMULATION]), ("nepal", [app_server.EXPLORER])]
)
def test_kernels_simulate_what_the_command_does_not(named, expected, monkeypatch):
    """It simulates the scenario that it names; what a simulation imports is then not waited for."""
    monkeypatch.setattr(os, "environ", {server.SCENARIO_VARIABLE: named} if named else {})
    assert app_server.imports_for("explore.ipynb") == expected


def test_the_form_has_its_own_imports():
    """By the name of its notebook."""
    assert [*app_server.MODULE_OF] == [server.NOTEBOOK_OF["start"]]


def test_a_page_is_answered_once_a_kernel_has_started():
    """Asked before, Voilà would start another kernel for it."""

    async def started_in_time() -> bool:
        manager: Any = SimpleNamespace(notebook_data={})
        task = asyncio.ensure_future(kernel_started(manager))
        await asyncio.sleep(0.05)
        before = task.done()
        manager.notebook_data["explore.ipynb"] = {}
        await task
        return before

    assert asyncio.run(started_in_time()) is False


def test_only_the_page_waits_for_a_kernel():
    """What it loads is answered at once."""
    assert waiting(("/(.*)", TornadoVoilaHandler, {"a": 1})) == ("/(.*)", PageHandler, {"a": 1})
    files: Any = ("/voila/static/(.*)", MultiStaticFileHandler, {"paths": []})
    assert waiting(files) is files


def test_the_scripts_of_the_page_are_those_that_it_names(tmp_path):
    """Those of Voilà which its main script names and which exist, and those of the extensions that the page loads."""
    for name in ("voila.js", "7.voila.js", "21.voila.js", "30.voila.js", "e/static/5.ab.js", "e/static/main.js", "f/static/5.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Promise.all([r.e(21),r.e(7),r.e(99)]).then(r.bind(r,30))", "utf-8")
    found = {name: {"ext_path": str(tmp_path / name)} for name in "ef"}
    files = page_scripts.scripts([str(tmp_path / "none"), str(tmp_path)], found, ["e", "not installed"])
    assert [file.relative_to(tmp_path).as_posix() for file in files] == ["7.voila.js", "21.voila.js", "e/static/5.ab.js"]
    assert page_scripts.scripts([str(tmp_path / "none")], found, []) == []


def test_scripts_in_one_file_stay_apart():
    """`"use strict"` in one of them, or a comment at its end, has no effect on the next."""
    assert (
        page_scripts.joined([b'"use strict";a() // end', b"b()"]) == b'(()=>{"use strict";a() // end\n})();\n(()=>{b()\n})();\n'
    )


def test_a_kernel_gets_its_environment_as_plain_text():
    """Voilà names variables by members of an enumeration: to read them, each fork would import all of Voilà."""

    class Name(StrEnum):
        PORT = "PORT"

    made = provisioner.plain({Name.PORT: "80", "HOME": "/"})
    assert made == {"PORT": "80", "HOME": "/"}
    assert {type(each) for each in (*made, *made.values())} == {str}


def test_a_kernel_without_a_folder_keeps_no_files():
    """That of the explorer; a report keeps log and traceback in the folder of its kernel."""
    assert provisioner.ForkServerProvisioner().file("log") == os.devnull
    assert provisioner.ForkServerProvisioner(folder="f").file("log") == "f/log"
