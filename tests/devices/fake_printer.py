"""A receipt printer made of bytes: it listens on a socket, obeys ESC/POS as its manual says, and keeps its paper."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Paper:
    """What came out: rows of dots, eight in a byte (1 is black), and what else was done, in its order."""

    width: int = 576
    rows: list[bytes] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    texts: bytearray = field(default_factory=bytearray)
    """Bytes that were no command: a printer would set them as letters."""

    def grey(self) -> tuple[int, int, bytes]:
        """Width, height and a grey byte a dot."""
        grey = [bytes(0 if byte >> bit & 1 else 255 for bit in range(7, -1, -1)) for byte in range(256)]
        return self.width, len(self.rows), b"".join(grey[byte] for row in self.rows for byte in row)

    def obey(self, content: bytes) -> Iterator[bytes]:
        """Do what the bytes say; what it answers. Raises ValueError for a command that it has not got."""
        at = 0
        while at < len(content):
            head = content[at : at + 2]
            if head == b"\x1b@":
                at, done = at + 2, "init"
            elif head == b"\x1bp":
                at, done = at + 5, f"pulse on pin {2 if content[at + 2] in (0, 48) else 5}"
            elif head == b"\x1bd":
                at, done = at + 3, f"feed {content[at + 2]}"
            elif head == b"\x1dV":
                at, done = at + 3, "cut"
            elif content[at : at + 4] == b"\x1dv0\x00":
                wide, high = (int.from_bytes(content[at + x : at + x + 2], "little") for x in (4, 6))
                dots = content[at + 8 : at + 8 + wide * high]
                rows = [dots[start : start + wide] for start in range(0, len(dots), wide)]
                assert not any(byte for row in rows for byte in row[self.width // 8 :]), "black dots beside the paper"
                self.rows += [row.ljust(self.width // 8, b"\0")[: self.width // 8] for row in rows]
                at, done = at + 8 + wide * high, "picture"
            elif head == b"\x10\x04":
                at, done = at + 3, ""
                yield bytes([content[at - 1]])
            elif head == b"\x1dr":
                at, done = at + 3, ""
                yield b"done"
            elif content[at] in b"\x1b\x1c\x1d\x10":
                raise ValueError(f"{content[at : at + 4]!r} is no command of this printer")
            else:
                self.texts.append(content[at])
                at, done = at + 1, ""
            if done and (not self.done or self.done[-1] != done or done != "picture"):
                self.done.append(done)


class FakePrinter:
    """On 127.0.0.1 while the `with` lasts. It has paper and a cover, and may be one that never answers."""

    def __init__(
        self, *, paper: bool = True, cover: bool = True, answers: bool = True, reports_the_end: bool = True
    ) -> None:
        self.has_paper, self.is_shut, self.answers, self.reports_the_end = paper, cover, answers, reports_the_end
        self.paper = Paper()
        self.calls = 0
        self.failed: list[BaseException] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def setting(self) -> str:
        """The setting that names it."""
        return f"escpos:tcp:127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> FakePrinter:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with socket.create_connection(self._socket.getsockname()) as last:  # whoever called before is served first
            last.shutdown(socket.SHUT_WR)
            last.recv(1)
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)
        assert self.failed == []

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            with line:
                try:
                    self._talk(line)
                except (OSError, ValueError, AssertionError) as error:
                    self.failed.append(error)

    def _talk(self, line: socket.socket) -> None:
        waiting = b""
        while content := line.recv(65_536):
            self.calls += not waiting
            waiting += content
            whole = _whole(waiting)
            waiting, content = waiting[whole:], waiting[:whole]
            for asked in self.paper.obey(content):
                self._answer(line, asked)
        assert waiting == b"", "the line was cut in the midst of a command"

    def _answer(self, line: socket.socket, asked: bytes) -> None:
        if not self.answers or (asked == b"done" and not self.reports_the_end):
            return
        states = {
            b"\x02": 0x12 | (0 if self.is_shut else 0x04) | (0 if self.has_paper else 0x20),
            b"\x04": 0x12 | (0 if self.has_paper else 0x60),
            b"done": 0x00,
        }
        line.sendall(bytes([states[asked]]))


def _whole(content: bytes) -> int:
    """How many of the bytes are whole commands: a picture may come in two pieces."""
    at = 0
    while at < len(content):
        if content[at : at + 3] == b"\x1dv0":
            wide, high = (int.from_bytes(content[at + x : at + x + 2], "little") for x in (4, 6))
            long = 8 + wide * high if len(content) >= at + 8 else 9_999_999
        else:
            head = content[at : at + 2]
            long = {b"\x1b@": 2, b"\x1bp": 5, b"\x1bd": 3, b"\x1dV": 3, b"\x10\x04": 3, b"\x1dr": 3}.get(head, 1)
            if len(head) < 2 and head in (b"\x1b", b"\x1d", b"\x10"):
                long = 2
        if at + long > len(content):
            return at
        at += long
    return at
