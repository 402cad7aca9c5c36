"""How the app starts: Voilà, without an import that it does not need."""

import asyncio
import os
import subprocess
import sys
from enum import StrEnum
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from imis_plan.explore import app_server, server
from imis_plan.explore.server import Server
from imis_plan.explore.voila_app import VoilaApp
from imis_plan.kernels import provisioner
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


@pytest.mark.parametrize("name", [app_server.EXPLORER, app_server.SIMULATION, *app_server.MODULE_OF.values()])
def test_what_is_imported_for_the_kernels_is_there(name):
    """The fork server passes over what it cannot import, so that nobody would notice."""
    assert import_module(name).__name__ == name


def test_the_form_has_its_own_imports():
    """By the name of its notebook."""
    assert [*app_server.MODULE_OF] == [server.NOTEBOOK_OF["start"]]


def test_a_page_is_answered_once_a_kernel_has_started():
    """Asked before, Voilà would start another kernel for it."""

    async def started_in_time() -> bool:
        app: Any = SimpleNamespace(kernel_manager=SimpleNamespace(notebook_data={}))
        waiting = asyncio.ensure_future(VoilaApp.kernel_started(app))
        await asyncio.sleep(0.05)
        before = waiting.done()
        app.kernel_manager.notebook_data["explore.ipynb"] = {}
        await waiting
        return before

    assert asyncio.run(started_in_time()) is False


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
