"""An ESC/POS receipt printer: images, drawer pulse, cut and status."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from pos.application.settings.device_addresses import EscposAddress
from pos.devices.escpos_lines import PrinterLine, line_to
from pos.domain.errors import PrinterError

Page = tuple[int, int, bytes]
"""Width and height in dots, and rows of one grey byte per dot."""

Pages = Callable[[Path | bytes, int], Iterable[Page]]
"""(file or its content, paper width in millimetres) → its pages, as wide as the head."""

_INIT, _LOOK_OFFLINE, _LOOK_PAPER, _WHEN_DONE = b"\x1b@", b"\x10\x04\x02", b"\x10\x04\x04", b"\x1dr\x01"
_BAND = 255
"""Rows of an image per command: cheap printers have a small buffer."""

_DARK = 128
_ANSWER, _DONE, _TURN = 1.0, 8.0, 30.0
"""Seconds for a status query, for the end of a receipt, and for other jobs of the same printer."""

_locks: dict[str, Lock] = {}
_dumb: set[str] = set()
"""Printers that have never answered: they get no further long timeout."""

_never_done: set[str] = set()
"""Printers that do not report completion, though they answer otherwise: no further wait for them."""


@dataclass(frozen=True, slots=True)
class EscposPrinter:
    """One printer. Everything is printed as an image: no text can ever act as a command."""

    address: EscposAddress
    pages: Pages

    def __call__(self, file: Path | bytes) -> None:
        """Print a file, or content that is none.

        Raises PrinterError: not_answering, paper_out, cover_open, printer_busy, and those of the connection.
        """
        drawn = [picture(page) for page in self.pages(file, self.address.millimetres)]
        content = b"".join([_INIT, *drawn, self._end()])
        with self._line() as line:
            answers = _look(line, self.address)
            line.send(content)
            if answers:
                _wait_until_done(line, self.address)

    def open_drawer(self) -> bool:
        """Send the pulse; False without a drawer. Raises as a call does, except for missing paper."""
        if not self.address.pin:
            return False
        with self._line() as line:
            line.send(_INIT + _command(lambda printer: printer.cashdraw(self.address.pin)))
        return True

    def look(self) -> None:
        """Query the state. Raises as a call does."""
        with self._line() as line:
            _look(line, self.address)

    def _end(self) -> bytes:
        if not self.address.cuts:
            return _command(lambda printer: printer.print_and_feed(6))
        return _command(lambda printer: printer.cut("PART"))

    @contextmanager
    def _line(self) -> Iterator[PrinterLine]:
        """The exclusive connection: two receipts must not mix."""
        lock = _locks.setdefault(self.address.shown, Lock())
        if not lock.acquire(timeout=_TURN):
            raise PrinterError("printer_busy", self.address.shown)
        try:
            with line_to(self.address) as line:
                yield line
        finally:
            lock.release()


def picture(page: Page) -> bytes:
    """The raster command (GS v 0) of a page, in bands: dots darker than half are black."""
    from PIL import Image

    width, height, rows = page
    dark = Image.frombytes("L", (width, height), rows).point(_IS_DARK, "1")
    each = (width + 7) // 8
    bits = dark.tobytes()
    bands = (bits[start : start + _BAND * each] for start in range(0, len(bits), _BAND * each))
    return b"".join(
        b"\x1dv0\x00" + each.to_bytes(2, "little") + (len(band) // each).to_bytes(2, "little") + band for band in bands
    )


_IS_DARK = [255 if grey < _DARK else 0 for grey in range(256)]


def _command(make: Callable[[Any], object]) -> bytes:
    """The bytes that the library sends for it."""
    from escpos.printer import Dummy

    printer = Dummy()
    make(printer)
    return bytes(printer.output)


def _look(line: PrinterLine, address: EscposAddress) -> bool:
    """Query cover and paper (DLE EOT); returns whether it answers at all. Raises PrinterError."""
    if not line.can_answer:
        return False
    patience = _ANSWER if address.shown not in _dumb else _ANSWER / 10
    line.send(_LOOK_OFFLINE)
    offline = _status(line.hear(patience))
    if offline is None:
        _dumb.add(address.shown)
        return False  # many cables carry nothing back
    _dumb.discard(address.shown)
    if offline & 0x04:
        raise PrinterError("cover_open", address.shown)
    line.send(_LOOK_PAPER)
    paper = _status(line.hear(_ANSWER))
    if offline & 0x20 or (paper is not None and paper & 0x60):
        raise PrinterError("paper_out", address.shown)
    return True


def _status(received: bytes) -> int | None:
    """The DLE EOT answer in the received bytes: its four fixed bits identify it."""
    return next((byte for byte in reversed(received) if byte & 0x93 == 0x12), None)


def _wait_until_done(line: PrinterLine, address: EscposAddress) -> None:
    """Query after the receipt (GS r), which is answered once everything before it is on paper. Raises PrinterError."""
    if address.shown in _never_done:
        return
    line.send(_WHEN_DONE)
    answers = True
    ends = time.monotonic() + _DONE
    while (left := ends - time.monotonic()) > 0:
        if any(byte & 0x90 == 0 for byte in line.hear(min(1.0, left))):
            return
        answers = _look(line, address)
    if not answers:
        raise PrinterError("not_answering", address.shown)
    _never_done.add(address.shown)
