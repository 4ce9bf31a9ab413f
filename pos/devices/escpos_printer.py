"""A receipt printer that speaks ESC/POS: pictures, the pulse for the drawer, the cut, and how it is."""

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
"""Width and height in dots, and rows of one grey byte a dot."""

Pages = Callable[[Path, int], Iterable[Page]]
"""(file, millimetres of the paper) → its pages, as wide as the head."""

_INIT, _LOOK_OFFLINE, _LOOK_PAPER, _WHEN_DONE = b"\x1b@", b"\x10\x04\x02", b"\x10\x04\x04", b"\x1dr\x01"
_BAND = 255
"""Rows of a picture that are sent at once: cheap printers hold no more."""

_DARK = 128
_ANSWER, _DONE, _TURN = 1.0, 8.0, 30.0
"""Seconds for a question, for the end of a receipt, and for others at the same printer."""

_locks: dict[str, Lock] = {}
_dumb: set[str] = set()
"""Printers that have answered nothing: they are not waited for that long again."""

_never_done: set[str] = set()
"""Printers that do not tell when they have done, though they answer otherwise: they are not waited for again."""


@dataclass(frozen=True, slots=True)
class EscposPrinter:
    """One printer. Whatever is printed is a picture: no text of anybody's is ever a command."""

    address: EscposAddress
    pages: Pages

    def __call__(self, path: Path) -> None:
        """Print a file; raises PrinterError: not_answering, paper_out, cover_open, printer_busy, and of the line."""
        drawn = [picture(page) for page in self.pages(path, self.address.millimetres)]
        content = b"".join([_INIT, *drawn, self._end()])
        with self._line() as line:
            answers = _look(line, self.address)
            line.send(content)
            if answers:
                _wait_until_done(line, self.address)

    def open_drawer(self) -> bool:
        """Send the pulse; False where no drawer hangs here. Raises as a call does, but asks for no paper."""
        if not self.address.pin:
            return False
        with self._line() as line:
            line.send(_INIT + _command(lambda printer: printer.cashdraw(self.address.pin)))
        return True

    def look(self) -> None:
        """Ask how it is; raises as a call does."""
        with self._line() as line:
            _look(line, self.address)

    def _end(self) -> bytes:
        if not self.address.cuts:
            return _command(lambda printer: printer.print_and_feed(6))
        return _command(lambda printer: printer.cut("PART"))

    @contextmanager
    def _line(self) -> Iterator[PrinterLine]:
        """The line, for one at a time: two receipts must not come out in each other."""
        lock = _locks.setdefault(self.address.shown, Lock())
        if not lock.acquire(timeout=_TURN):
            raise PrinterError("printer_busy", self.address.shown)
        try:
            with line_to(self.address) as line:
                yield line
        finally:
            lock.release()


def picture(page: Page) -> bytes:
    """The raster command (GS v 0) of a page, in bands: a dot is black that is darker than half."""
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
    """What the library sends for it."""
    from escpos.printer import Dummy

    printer = Dummy()
    make(printer)
    return bytes(printer.output)


def _look(line: PrinterLine, address: EscposAddress) -> bool:
    """Ask for the cover and the paper (DLE EOT); whether it answers at all. Raises PrinterError."""
    patience = _ANSWER if address.shown not in _dumb else _ANSWER / 10
    line.send(_LOOK_OFFLINE)
    offline = _status(line.hear(patience))
    if offline is None:
        _dumb.add(address.shown)
        return False  # many a cable carries nothing back
    _dumb.discard(address.shown)
    if offline & 0x04:
        raise PrinterError("cover_open", address.shown)
    line.send(_LOOK_PAPER)
    paper = _status(line.hear(_ANSWER))
    if offline & 0x20 or (paper is not None and paper & 0x60):
        raise PrinterError("paper_out", address.shown)
    return True


def _status(heard: bytes) -> int | None:
    """The answer to DLE EOT among what was heard: its four fixed bits tell it from anything else."""
    return next((byte for byte in reversed(heard) if byte & 0x93 == 0x12), None)


def _wait_until_done(line: PrinterLine, address: EscposAddress) -> None:
    """Ask behind the receipt (GS r), which is answered when all before it is on paper. Raises PrinterError."""
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
