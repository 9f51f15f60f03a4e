"""Serving the page on this computer alone, until it is stopped."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from intake.web.page import Page
from intake.web.safety.entry import Entry
from intake.web.site import site

_HERE = "127.0.0.1"


def serve(folder: Path, by: str, announce: Callable[[str], None]) -> None:
    """Serve the page of a folder until it is stopped; the address is announced once it answers.

    The system chooses the port. Ends on SIGINT, SIGTERM and the page's own button.
    """
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # its lines quote addresses and faults
    with socket.socket() as bound:
        bound.bind((_HERE, 0))
        port = bound.getsockname()[1]
        page = Page(folder.absolute(), Entry(port), by)
        server = _Server(_config(page), lambda: announce(address(page.entry)))
        page.stop = server.end
        page.begin()
        with _ended_by_signals(server.end):
            server.run(sockets=[bound])
        page.end()


def address(entry: Entry) -> str:
    """Return the address that opens the page, once."""
    return f"http://{_HERE}:{entry.port}/?t={entry.token}"


@contextmanager
def _ended_by_signals(end: Callable[[], None]) -> Iterator[None]:
    """End on Ctrl+C and when the system ends; after it, a second Ctrl+C cuts off what is left."""
    kept = {one: signal.signal(one, lambda *_: end()) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _config(page: Page) -> uvicorn.Config:
    return uvicorn.Config(
        site(page),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=5,
    )


class _Server(uvicorn.Server):
    """A server that says when it answers, and that a request may end."""

    def __init__(self, config: uvicorn.Config, begun: Callable[[], None]) -> None:
        super().__init__(config)
        self._begun = begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say it."""
        await super().startup(sockets)
        self._begun()

    def end(self) -> None:
        """Answer what was asked, and no more."""
        self.should_exit = True
