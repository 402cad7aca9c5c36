"""Voilà that answers as soon as the kernel of its first page has started."""

import asyncio
from time import monotonic

from tornado.ioloop import IOLoop
from voila.app import Voila

KERNEL_SECONDS = 30
POLL_SECONDS = 0.01


class VoilaApp(Voila):  # type: ignore[misc]  # Voilà has no types
    """Voilà with a kernel that has started before it listens: it would start another one for a page that is asked for before."""

    def listen(self) -> None:
        """Listen and serve until the end. Called by Voilà when all is set up."""
        self.ioloop = IOLoop.current()  # which SIGTERM stops
        try:
            self.ioloop.run_sync(self.kernel_started)
        except TimeoutError:
            self.stop()
        else:
            super().listen()

    async def kernel_started(self) -> None:
        """Wait until the first kernel has started; where none does, the page says what is wrong."""
        end = monotonic() + KERNEL_SECONDS
        # Voilà has no event for it.
        while not self.kernel_manager.notebook_data and monotonic() < end:  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)
