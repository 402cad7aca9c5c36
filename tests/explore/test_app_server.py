"""How the app starts: Voilà, and beside it a fork server with all that its kernels import."""

import subprocess
import sys

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from imis_plan.explore import app_server
from imis_plan.explore.server import Server
from imis_plan.kernels import forkserver, preload
from tests.report.places import ROOT


def kernel_spec(monkeypatch, kind):
    """The kernel that a server of this kind starts for a Python notebook."""
    server = Server(kind, ROOT / "notebooks" / "explore.ipynb", ROOT / "parameters", None, 1, "token")
    monkeypatch.setenv("JUPYTER_PATH", server.environment()["JUPYTER_PATH"])
    return KernelSpecManager().get_kernel_spec("python3")


def test_kernels_of_the_app_are_forked(monkeypatch):
    """By the provisioner of the reports; the command is that of any kernel of Python, for systems that do not fork."""
    spec = kernel_spec(monkeypatch, "app")
    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == "imis-plan-forkserver"
    assert spec.argv[1:] == ["-m", "ipykernel_launcher", "-f", "{connection_file}"]


def test_kernels_of_jupyterlab_are_the_usual_ones(monkeypatch):
    """Notebooks there are the user's own."""
    assert "kernel_provisioner" not in kernel_spec(monkeypatch, "lab").metadata


def test_what_is_imported_ahead_needs_no_kernel_and_draws_nothing():
    """Ipywidgets looks for the kernel when it is imported, and would find none; matplotlib takes a second."""
    program = f"import sys\nfor name in {preload.MODULES[preload.EXPLORER]}: __import__(name)\nprint({{'ipywidgets', 'matplotlib'}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("fails", [False, True])
def test_the_fork_server_starts_before_voila_and_ends_after_it(fails, monkeypatch):
    """However Voilà ends."""
    events = []
    monkeypatch.setenv("IMIS_PLAN_PARAMETERS", "here")
    monkeypatch.setattr(forkserver, "ensure_running", lambda *given: events.append(given))
    monkeypatch.setattr(forkserver, "stop", lambda: events.append("stop"))
    monkeypatch.setitem(sys.modules, app_server.UNUSED, None)

    def voila():
        """As Voilà's own command."""
        events.append("voila")
        if fails:
            raise KeyboardInterrupt

    monkeypatch.setattr("voila.app.main", voila)
    if fails:
        with pytest.raises(KeyboardInterrupt):
            app_server.main()
    else:
        app_server.main()
    assert events == [("here", preload.EXPLORER), "voila", "stop"]
