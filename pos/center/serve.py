"""Serve the API: uvicorn over one socket, with TLS, and with an end for who sends nothing."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from pos.center.app import make_app
from pos.center.console.app import make_console
from pos.center.console.parts import ROOT, ConsoleParts
from pos.center.steps import CenterSteps
from pos.domain.errors import BadField, InfrastructureError

_HEAD_SECONDS = 10.0
"""In which the head of a request has to come."""
_MOST_AT_ONCE = 400
_LONGEST_HEAD = 16 * 1024
_START, _END = 10.0, 15.0
"""Seconds in which a service beside this program has begun, and in which it has ended."""


class _TimedProtocol(H11Protocol):
    """Ends a connection on which no request has begun in time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._too_slow = self.loop.call_later(_HEAD_SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if getattr(self, "cycle", None) is not None:
            self._too_slow.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        self._too_slow.cancel()
        super().connection_lost(exc)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files of TLS."""

    chain: Path
    key: Path


def listen(host: str, port: int, certificate: Certificate | None = None) -> socket.socket:
    """A socket for the service. Without TLS only on this machine: credentials would cross the net in clear.

    Raises BadField and InfrastructureError.
    """
    if certificate is None and host not in ("127.0.0.1", "::1", "localhost"):
        raise BadField("tls_cert", "needed_beyond_this_machine", host[:60])
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Head and body are two writes: without this the body waits some 40 ms until the head is acknowledged.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise InfrastructureError("address_taken", f"{host}:{port}", error.strerror or "") from error
    return listening


def server_of(
    steps: CenterSteps, certificate: Certificate | None = None, console: ConsoleParts | None = None
) -> uvicorn.Server:
    """The server of the API, and of the console if there is one; `run(sockets=[…])` serves until it is stopped."""
    app = make_app(steps)
    if console is not None:
        app.mount(ROOT, make_console(console))
    config = uvicorn.Config(
        app,
        http=_TimedProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        limit_concurrency=_MOST_AT_ONCE,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
        ssl_certfile=None if certificate is None else str(certificate.chain),
        ssl_keyfile=None if certificate is None else str(certificate.key),
    )
    return uvicorn.Server(config)


@contextmanager
def serving_beside(steps: CenterSteps, console: ConsoleParts | None = None) -> Iterator[str]:
    """The address of this computer at which the service answers meanwhile, on a thread of this program.

    Raises InfrastructureError where it does not begin.
    """
    listening = listen("127.0.0.1", 0)
    server = server_of(steps, console=console)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    end = time.monotonic() + _START
    while not server.started:
        if time.monotonic() > end or not thread.is_alive():
            raise InfrastructureError("address_taken", "127.0.0.1")
        time.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_END)
