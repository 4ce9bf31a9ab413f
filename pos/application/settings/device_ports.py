"""The port of a till's devices, as a Protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.application.settings.device_addresses import ScaleAddress, SerialPort
from pos.domain.errors import DeviceError

Heard = Callable[[str], None]
"""Callback for a scan, called on the scanner's own thread."""

OnProblem = Callable[[DeviceError | None], None]
"""Callback for a device problem, None when it is solved; called on the device's own thread."""


@dataclass(frozen=True, slots=True)
class KnownDevices:
    """The devices known to this machine: system printers by name, printer devices, serial ports.

    A port is its name and the attached device, where the system reports it.
    """

    printers: Sequence[str] = ()
    lines: Sequence[str] = ()
    ports: Sequence[tuple[str, str]] = ()


class Devices(Protocol):
    """Printers, drawer, scale and scanner. Every call may take seconds, and each has a timeout."""

    def print_file(self, printer: str, file: Path) -> None:
        """Print a finished file on the printer of a setting. Raises PrinterError."""

    def look_at_printer(self, printer: str) -> None:
        """Query the state of a printer. Raises PrinterError when it does not answer or has no paper."""

    def open_drawer(self, printer: str) -> bool:
        """Open the drawer attached to a printer; False where there is none. Raises PrinterError."""

    def weigh(self, scale: ScaleAddress) -> int:
        """The stable weight on the scale, in grams. Raises DeviceError for any other."""

    def scan(self, port: SerialPort, on_scan: Heard, on_problem: OnProblem) -> Callable[[], None]:
        """Listen to a scanner until the returned function is called; reconnects after an unplugged scanner returns."""

    def known(self) -> KnownDevices: ...
