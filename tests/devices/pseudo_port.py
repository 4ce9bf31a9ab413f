"""A serial port without a cable: one end for the program, the other for the test. It can be pulled out and put back."""

from __future__ import annotations

import os
import pty
import select
import threading
import tty
from collections.abc import Callable
from pathlib import Path


class PseudoPort:
    """`path` is what the program opens: a link, so that the same name can come back after the cable was out."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ttyFAKE0"
        self._answering: threading.Thread | None = None
        self._out = threading.Event()
        self.plug_in()

    def plug_in(self) -> None:
        """The cable is in."""
        self._handle, self._other = pty.openpty()
        tty.setraw(self._other)
        self.path.symlink_to(os.ttyname(self._other))

    def pull_out(self) -> None:
        """The cable is out, and the system takes the port away."""
        self.path.unlink()
        self._let_go()

    def say(self, content: bytes) -> None:
        """What the device sends."""
        os.write(self._handle, content)

    def answer(self, to: Callable[[bytes], bytes]) -> None:
        """Answer whatever the program says, as long as the cable is in."""
        handle, self._out = self._handle, threading.Event()
        out = self._out

        def serve() -> None:
            while not out.is_set():
                if select.select([handle], [], [], 0.02)[0]:
                    os.write(handle, to(os.read(handle, 64)))

        self._answering = threading.Thread(target=serve, daemon=True)
        self._answering.start()

    def close(self) -> None:
        """Done with."""
        if self._handle >= 0:
            self._let_go()

    def _let_go(self) -> None:
        self._out.set()
        if self._answering is not None:
            self._answering.join(5)
        self._answering = None
        os.close(self._other)
        os.close(self._handle)
        self._handle = -1
