"""Voilà that answers as soon as the kernel of its first page has started, and lets the browser load scripts meanwhile."""

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any

from jupyter_server.utils import url_path_join
from jupyterlab_server.config import get_federated_extensions
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from traitlets import List
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler

from imis_plan.explore import page_scripts
from imis_plan.explore.server import EXTENSIONS

if TYPE_CHECKING:
    import socket

KERNEL_SECONDS = 30
POLL_SECONDS = 0.01


class PageHandler(TornadoVoilaHandler):  # type: ignore[misc]  # Voilà has no types
    """Voilà's page, answered once the first kernel has started: asked for before, Voilà would start another one for it."""

    async def prepare(self) -> None:
        """Wait. Called by tornado before it answers."""
        await super().prepare()
        await kernel_started(self.kernel_manager)


class VoilaApp(Voila):  # type: ignore[misc]  # Voilà has no types
    """Voilà with its page and its scripts as above; it answers while the kernel starts."""

    connections: "List[socket.socket]" = List(help="Sockets that already listen; without any, Voilà opens its own.")

    def listen(self) -> None:
        """Answer until the server ends or is interrupted, as Voilà does. Called by Voilà when it starts."""
        if not self.connections:
            super().listen()
            return
        HTTPServer(self.app).add_sockets(self.connections)
        self.log.info("Voilà is running at:\n%s", self.display_url)
        self.ioloop = IOLoop.current()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("Stopping...")
        finally:
            self.stop()

    def init_handlers(self) -> list[Any]:
        """Which address is answered by which handler. Called by Voilà when it starts."""
        found = get_federated_extensions(self.labextensions_path)
        files = page_scripts.scripts(self.static_paths, found, EXTENSIONS)
        own = (url_path_join(self.server_url, page_scripts.ADDRESS), page_scripts.ScriptsHandler, {"files": files})
        return [own, *map(waiting, super().init_handlers())]


def waiting(entry: Any) -> Any:
    """An entry of a table of handlers, with Voilà's page as PageHandler."""
    address, handler, *rest = entry
    return (address, PageHandler, *rest) if handler is TornadoVoilaHandler else entry


async def kernel_started(manager: Any) -> None:
    """Wait until the first kernel has started; where none does, the page says what is wrong."""
    end = monotonic() + KERNEL_SECONDS
    # Voilà has no event for it.
    while not manager.notebook_data and monotonic() < end:  # noqa: ASYNC110
        await asyncio.sleep(POLL_SECONDS)
