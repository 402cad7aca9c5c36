"""Jupyter's kernel provisioners for reports: a kernel forked from the fork server, or a new process as anywhere else."""

import asyncio
import faulthandler
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Float, Instance, Unicode

from imis_plan.kernels import forkserver
from imis_plan.kernels.cleanup import Cleanup, kill_group
from imis_plan.kernels.forkserver import FORKSERVER_START, STANDARD_START
from imis_plan.kernels.supervisor import ProcessOptions, supervise

LAUNCHER = "ipykernel_launcher"
LOG, TRACEBACK = (
    "log",
    "traceback",
)  # files of a kernel: what it writes outside the notebook, and the lines at which it was stopped
# Modules that, when imported in a kernel, also register with it; where the fork server has imported them, IPython does it.
EXTENSIONS = ("ipywidgets",)
NAMES = {FORKSERVER_START: "imis-plan-forkserver", STANDARD_START: "imis-plan-standard"}  # entry points in pyproject.toml


class StandardProvisioner(LocalProvisioner):
    """Starts a kernel as Jupyter does; its group of processes ends with it, or with the command."""

    cleanup_process = Instance(Cleanup, allow_none=True)
    folder = Unicode(help="Where the files of the kernel go; an empty name keeps none.")
    timeout = Float(None, allow_none=True, help="For how long it may run.")
    _group: int | None = None  # of processes, that nobody else ends

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel. Called by Jupyter's manager between `pre_launch` and `post_launch`."""
        info = await super().launch_kernel(cmd, **kwargs)
        if self.pgid and self.cleanup_process:
            self._group = self.pgid
            self.cleanup_process.add(groups=[self._group])
        return info

    async def cleanup(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - Jupyter's
        """Kill what the kernel has started. Called by Jupyter's manager when the kernel has ended."""
        if self._group and self.cleanup_process:
            kill_group(self._group)
            self.cleanup_process.add(ended_groups=[self._group])
        await super().cleanup(restart=restart)


class ForkServerProvisioner(StandardProvisioner):
    """Starts ipykernel in a process of the fork server, where there is one; otherwise starts it as StandardProvisioner does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel. Called by Jupyter's manager between `pre_launch` and `post_launch`."""
        if LAUNCHER not in cmd or cmd[0] != sys.executable:
            return await super().launch_kernel(cmd, **kwargs)
        options = ProcessOptions(plain(kwargs["env"]), str(kwargs["cwd"]), self.file(LOG))
        arguments = cmd[cmd.index(LAUNCHER) + 1 :]
        # In a thread, since the fork server may still be importing.
        process = await asyncio.to_thread(
            forkserver.start, supervise, options, run_kernel, arguments, self.file(TRACEBACK), self.timeout
        )
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process: Any = process
        self.pid = self.pgid = process.pid  # the supervisor leads the group of all
        self.cwd = kwargs["cwd"]
        return self.connection_info

    def file(self, name: str) -> str:
        """The path of a file of the kernel."""
        return f"{self.folder}/{name}" if self.folder else os.devnull

    async def kill(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - Jupyter's
        """End the kernel and all it has started. Called by Jupyter's manager, which need not wait afterwards."""
        if isinstance(self.process, forkserver.ForkedProcess):
            self.process.kill()
        else:
            await super().kill(restart=restart)


def plain(env: Mapping[str, str]) -> dict[str, str]:
    """An environment as plain text: its names may be members of an enumeration, whose module each fork would import."""
    return {os.fsdecode(os.fsencode(name)): os.fsdecode(os.fsencode(value)) for name, value in env.items()}


def set_provisioner(spec: KernelSpec, start_method: str, folder: Path, timeout: float | None, cleanup_process: Cleanup) -> None:
    """Set the kernel provisioner in a kernel specification."""
    config = {"cleanup_process": cleanup_process, "folder": str(folder), "timeout": timeout}
    spec.metadata["kernel_provisioner"] = {"provisioner_name": NAMES[start_method], "config": config}


def run_kernel(arguments: Sequence[str], traceback: str, timeout: float | None) -> None:
    """Run ipykernel until it ends. After the timeout it writes a traceback and exits, without a KeyboardInterrupt in the cell."""
    file = Path(traceback).open("a", encoding="utf-8")  # noqa: SIM115 - open as long as the kernel
    faulthandler.enable(file)
    if timeout is not None:
        faulthandler.dump_traceback_later(timeout, exit=True, file=file)
    loaded = [f"--IPKernelApp.extensions={name}" for name in EXTENSIONS if name in sys.modules]
    sys.argv = [import_module(LAUNCHER).__file__ or "", *arguments, *loaded]
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance()
