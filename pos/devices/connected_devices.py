"""The devices of this till, reached as its settings say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pos.application.settings.device_addresses import ScaleAddress, SerialPort, read_printer
from pos.application.settings.device_ports import Heard, KnownDevices, OnProblem
from pos.devices.escpos_printer import EscposPrinter, Pages
from pos.devices.picture_printer import Dots, Sheets
from pos.devices.printers import spool_content, spool_for, system_printers
from pos.domain.errors import PrinterError

if TYPE_CHECKING:
    from pos.devices.serial_scale import SerialScale

_LINES = Path("/dev/usb"), Path("/dev")
_PRINTER = re.compile("lp[0-9]+")


class DevicesAtTill:
    """Implements `Devices`. `dots` renders a page for a system printer and `sheets` every page of content in memory,
    `pages` those for a printer driven by the till.
    """

    def __init__(self, dots: Dots, pages: Pages, sheets: Sheets) -> None:
        self._dots, self._pages, self._sheets = dots, pages, sheets
        self._scales: dict[ScaleAddress, SerialScale] = {}
        self._lock = Lock()

    def print_file(self, printer: str, file: Path) -> None:
        own = self._own(printer)
        if own is not None:
            own(file)
        else:
            spool_for(printer, self._dots)(file)

    def spool(self, printer: Callable[[], str]) -> Callable[[Path], None]:
        """Sends files to the current printer: the setting may change while the till runs."""
        return lambda file: self.print_file(printer(), file)

    def print_content(self, printer: str, content: bytes, title: str) -> None:
        """Print a PDF that is in memory and becomes no file of the shop. Raises PrinterError."""
        own = self._own(printer)
        if own is not None:
            own(content)
        else:
            spool_content(printer, content, title, self._sheets)

    def look_at_printer(self, printer: str) -> None:
        """See Devices.look_at_printer; the state of the folder and of system printers is unknown."""
        own = self._own(printer)
        if own is not None:
            own.look()

    def open_drawer(self, printer: str) -> bool:
        """Only a printer driven by the till itself opens a drawer."""
        own = self._own(printer)
        return own is not None and own.open_drawer()

    def weigh(self, scale: ScaleAddress) -> int:
        from pos.devices.serial_scale import SerialScale

        with self._lock:
            for other in [one for one in self._scales if one != scale]:
                self._scales.pop(other).close()
            serial_scale = self._scales.setdefault(scale, SerialScale(scale))
        return serial_scale.weigh()

    def scan(self, port: SerialPort, on_scan: Heard, on_problem: OnProblem) -> Callable[[], None]:
        from pos.devices.serial_scanner import listen

        return listen(port, on_scan, on_problem)

    def known(self) -> KnownDevices:
        from pos.devices.serial_line import known_ports

        return KnownDevices(system_printers(), tuple(_lines()), known_ports())

    def _own(self, printer: str) -> EscposPrinter | None:
        try:
            address = read_printer(printer)
        except ValueError:
            raise PrinterError("unknown_printer", printer) from None
        return None if address is None else EscposPrinter(address, self._pages)


def _lines() -> Iterable[str]:
    """The devices by which this system reaches printers on USB."""
    for folder in _LINES:
        if folder.is_dir():
            yield from sorted(str(one) for one in folder.iterdir() if _PRINTER.fullmatch(one.name))
