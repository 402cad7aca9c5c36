"""Jupyter's parts that start a kernel and talk to it: forked from a warm process where there is one, and without idle waits."""

import sys
import time
from pathlib import Path
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import default

from imis_plan.report import keeper
from imis_plan.report.homes import Home

SOON = 0.005  # between two looks whether a kernel has ended; a killed one is gone at once. [second]
AGAIN = 2  # between two attempts to reach a kernel that does not listen yet. [millisecond]
ANSWER, ECHO = 1.0, 0.2  # for how long to wait for an answer, and for what is published with it. [second]


class Client(AsyncKernelClient):
    """Jupyter's client of a kernel; it takes the kernel as ready when it has said all that it says to the first question.

    Jupyter's own listens a fifth of a second longer for messages that do not come, and tries to reach it ten times a second.
    """

    @default("context")
    def _context(self) -> Any:
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, AGAIN)
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as Jupyter has it
        """Wait until the kernel has answered. Raises RuntimeError when it has died, or takes longer than so many seconds."""
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        while time.monotonic() < end:
            if await self._answers():
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")

    async def _answers(self) -> bool:
        """Ask the kernel what it is; whether it answers, and the last that it publishes with the answer, `idle`, arrives."""
        asked = self.kernel_info()
        try:
            while (reply := await self.get_shell_msg(timeout=ANSWER))["parent_header"].get("msg_id") != asked:
                pass
            while not _idle(await self.get_iopub_msg(timeout=ECHO), asked):
                pass
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


def _idle(message: dict[str, Any], asked: str) -> bool:
    """Whether a message says that a request has been dealt with."""
    ours = message["parent_header"].get("msg_id") == asked
    return ours and message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"


class Provisioner(LocalProvisioner):
    """Forks a kernel where there is a template, else starts one, and has it watched either way."""

    home: Home
    runtime: Path

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Jupyter's way to start a kernel."""
        watch = self.home.watch
        ours = "ipykernel_launcher" in cmd and cmd[0] == sys.executable
        if ours:
            log = str(self.runtime / "log")
            forked: Any = self.home.fork(cmd=cmd, env=dict(kwargs["env"]), cwd=str(kwargs["cwd"]), log=log)
            self.process = forked
        if self.process is None:
            info = await super().launch_kernel(cmd, **kwargs)
            if watch and self.pgid:
                watch.tell(watch=self.pgid)
            return info
        self.pid, self.pgid, self.cwd = self.process.pid, None, kwargs["cwd"]
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - Jupyter's
        """Jupyter's way to say that a kernel has ended; what it has started ends now, if nobody else sees to that."""
        watch = self.home.watch
        if watch and self.pgid:
            keeper.end_group(self.pgid)
            watch.tell(forget=self.pgid)
        elif watch and self.pid and watch.gone():
            keeper.end_group(self.pid)
        await super().cleanup(restart=restart)
