"""A way to a PostgreSQL server that can be cut or stopped up at COMMIT: a cable, as far as a program can see."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

_COMMIT = b"COMMIT\0"
_HARD = struct.pack("ii", 1, 0)
"""Close with a reset: what a cable that is pulled looks like to the person who sends on."""

BEFORE, AFTER, MIDST = "before", "after", "midst"
"""Where a connection is cut: COMMIT does not arrive, it arrives and no one answers, half of the answer comes back."""


class Proxy:
    """Listens at a port of this machine and passes everything on to a server's socket.

    `at_commit` is asked at each COMMIT where to cut the connection; None lets it through. While it is `stopped_up`
    nothing passes either way, new connections wait too, and every byte is taken: no one notices but by waiting.
    """

    def __init__(self, server: Path, at_commit: Callable[[], str | None] = lambda: None) -> None:
        self._server = str(server / ".s.PGSQL.5432")
        self._at_commit = at_commit
        self._flows = threading.Event()
        self._flows.set()
        self._stops_at_commit = False
        self._over = False
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._go(self._listen)

    def address(self, of: str) -> str:
        """The address of the database `of` (its own address) through here."""
        name = of.partition("@/")[2].partition("?")[0]
        return f"postgresql://shop@127.0.0.1:{self.port}/{name}?sslmode=disable"

    def stop_up_at_commit(self) -> None:
        """Take the next COMMIT, and from then on everything, without passing it on."""
        self._stops_at_commit = True

    def clear(self) -> None:
        """Let everything flow again, what was held back first."""
        self._stops_at_commit = False
        self._flows.set()

    def close(self) -> None:
        """Close every connection and stop."""
        self._over = True
        self.clear()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._open:
            _shut(one)
        for thread in self._threads:
            thread.join(10)

    def _go(self, step: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=step, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while not self._over:
            try:
                till, _ = self._listening.accept()
            except OSError:
                return
            self._open.append(till)
            self._go(self._connect, till)

    def _connect(self, till: socket.socket) -> None:
        self._flows.wait()
        server = socket.socket(socket.AF_UNIX)
        self._open.append(server)
        try:
            server.connect(self._server)
        except OSError:
            _shut(till)
            server.close()
            return
        fate: list[str] = []
        self._go(self._pass_back, till, server, fate)
        try:
            while chunk := till.recv(65_536):
                if _COMMIT in chunk:
                    if self._stops_at_commit:
                        self._flows.clear()
                    elif (where := self._at_commit()) is not None:
                        fate.append(where)
                        if where == BEFORE:
                            break
                self._flows.wait()
                server.sendall(chunk)
        except OSError:
            pass
        if not fate or fate[0] == BEFORE:
            _shut(till)
            _shut(server)

    def _pass_back(self, till: socket.socket, server: socket.socket, fate: list[str]) -> None:
        try:
            while chunk := server.recv(65_536):
                self._flows.wait()
                if fate and fate[0] != BEFORE:
                    if fate[0] == MIDST:
                        till.sendall(chunk[: len(chunk) // 2])
                    break
                till.sendall(chunk)
        except OSError:
            pass
        _shut(till)
        _shut(server)


def _shut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HARD)
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        one.close()
