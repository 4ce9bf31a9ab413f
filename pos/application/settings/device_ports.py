"""What a till needs of the devices at it, as a Protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.application.settings.device_addresses import ScaleAddress, SerialPort
from pos.domain.errors import DeviceError

Heard = Callable[[str], None]
"""Takes what a scanner has read, on a thread of the scanner's own."""

Told = Callable[[DeviceError | None], None]
"""Takes what is wrong with a device, None when it is well again; on a thread of the device's own."""


@dataclass(frozen=True, slots=True)
class KnownDevices:
    """What this machine knows: printers by the name that the system gave them, devices of printers, serial ports.

    A port is its name and what hangs on it, where the system says so.
    """

    printers: Sequence[str] = ()
    lines: Sequence[str] = ()
    ports: Sequence[tuple[str, str]] = ()


class Devices(Protocol):
    """Printers, drawer, scale and scanner. Every call may take seconds, and none takes longer than its patience."""

    def print_file(self, printer: str, file: Path) -> None:
        """Take a finished file to the printer of a setting; raises PrinterError."""
        ...

    def look_at_printer(self, printer: str) -> None:
        """Ask a printer how it is; raises PrinterError where it does not answer, or has no paper."""
        ...

    def open_drawer(self, printer: str) -> bool:
        """Open the drawer that hangs on a printer; False where none can. Raises PrinterError."""
        ...

    def weigh(self, scale: ScaleAddress) -> int:
        """The steady weight on the scale, in grams; raises DeviceError for any other."""
        ...

    def scan(self, port: SerialPort, heard: Heard, told: Told) -> Callable[[], None]:
        """Listen to a scanner until what is returned is called; one that is unplugged is waited for."""
        ...

    def known(self) -> KnownDevices:
        """What this machine knows."""
        ...
