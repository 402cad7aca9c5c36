"""Voilà, as `imis-plan explore` starts it: it accepts connections at once, and answers them when it has been imported.

Kernels are forked from a process that has imported what they need.
"""

import os
import socket
import sys
from pathlib import Path

from imis_plan.explore import garbage_collection
from imis_plan.explore.server import LOOPBACK, NOTEBOOK_OF, PORT, SCENARIO_VARIABLE
from imis_plan.kernels import resources

# jsonschema asks for them to check addresses and durations, which none of Jupyter's messages has, and does without them where
# they are not installed. They take a third of the time that Voilà takes to start.
UNUSED = ("rfc3987_syntax", "isoduration")
# What a notebook imports: the form, or as all others the explorer.
MODULE_OF = {NOTEBOOK_OF["start"]: "imis_plan.explore.plan_form.form"}
EXPLORER = "imis_plan.explore.app"
# What a simulation imports at its first use: at once, unless the command simulates the scenario that it names.
SIMULATION = "scipy.special"
# An entry point in pyproject.toml; it starts kernels as Jupyter does where there is no fork server.
PROVISIONER = "--KernelProvisionerFactory.default_provisioner_name=imis-plan-forkserver"
# Finds 0.2 seconds sooner that a kernel is ready.
CLIENT = "--KernelManager.client_factory=imis_plan.kernels.client.Client"
BACKLOG = 128  # connections that wait to be accepted, as tornado has it


def main() -> None:
    """Run Voilà until it ends; the arguments are those of the command `voila`."""
    sys.modules.update(dict.fromkeys(UNUSED))  # type: ignore[arg-type] # an entry without a module makes the import fail
    notebook = Path(sys.argv[1]).name if len(sys.argv) > 1 else ""
    connections = [server_socket(int(each.removeprefix(PORT))) for each in sys.argv if each.startswith(PORT)]
    # It imports while Voilà is imported.
    resources.start_forkserver(os.environ.get("IMIS_PLAN_PARAMETERS", ""), imports_for(notebook))
    with garbage_collection.paused():
        from imis_plan.explore.voila_app import VoilaApp

    VoilaApp.launch_instance([*sys.argv[1:], PROVISIONER, CLIENT], connections=connections)


def server_socket(port: int) -> socket.socket:
    """A socket of this machine to which a browser can connect: it starts, and waits for the page, while Voilà is imported."""
    listener = socket.create_server((LOOPBACK, port), backlog=BACKLOG)
    listener.settimeout(0)  # as tornado needs it
    return listener


def imports_for(notebook: str) -> list[str]:
    """The modules that the fork server imports for the kernels of a notebook."""
    named = os.environ.get(SCENARIO_VARIABLE)
    return [MODULE_OF.get(notebook, EXPLORER), *([] if named else [SIMULATION])]


if __name__ == "__main__":
    main()
