"""How the app starts: Voilà, without an import that it does not need."""

import subprocess
import sys

from imis_plan.explore import app_server
from imis_plan.explore.server import Server
from tests.report.places import ROOT


def test_voila_starts_without_what_it_does_not_use():
    """The server answers `--version` as Voilà does, and has not imported the grammar of addresses."""
    program = (
        "import sys\nfrom imis_plan.explore import app_server\nsys.argv = ['voila', '--version']\n"
        "try:\n    app_server.main()\nexcept SystemExit:\n    print('voila.app' in sys.modules, sys.modules[app_server.UNUSED])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True None"


def test_the_command_of_the_app_starts_it():
    """As a module, with the notebook as its first argument."""
    notebook = ROOT / "notebooks" / "explore.ipynb"
    command = Server("app", notebook, ROOT / "parameters", None, 1, "token").command()
    assert command[:4] == [sys.executable, "-m", app_server.__name__, str(notebook)]
