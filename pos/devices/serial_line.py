"""Open a serial port exclusively."""

from __future__ import annotations

import os
from typing import Any

from pos.application.settings.device_addresses import SerialPort

try:
    from termios import error as _of_the_terminal
except ImportError:  # missing on Windows
    LOST: tuple[type[Exception], ...] = (OSError, ValueError)
else:
    LOST = (OSError, ValueError, _of_the_terminal)
"""What a port raises that is gone: pyserial's own errors are OSErrors, those of the system beneath it are not all."""


def opened(port: SerialPort, *, patience: float = 0.2, write_patience: float = 2.0) -> Any:
    """The port as a pyserial object; reads and writes time out after so many seconds. Raises OSError."""
    import serial

    return serial.Serial(
        port.name,
        port.baud,
        bytesize=port.bits,
        parity=port.parity,
        stopbits=port.stops,
        timeout=patience,
        write_timeout=write_patience,
        exclusive=True if os.name == "posix" else None,  # two windows must not share the scans between them
    )


def known_ports() -> tuple[tuple[str, str], ...]:
    """The serial ports of this machine with their attached devices; ports without hardware are left out."""
    from serial.tools import list_ports

    ports = [(one.device, one.description or "", one.hwid) for one in list_ports.comports()]
    return tuple(sorted((name, "" if what in ("n/a", name) else what) for name, what, where in ports if where != "n/a"))
