"""Scales on a serial port: polled with `W` (Mettler Toledo 8217), or sending continuously (`ST,GS,+  1.234kg`)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from threading import Lock
from typing import Any

from pos.application.settings.device_addresses import TOLEDO, ScaleAddress
from pos.devices.serial_line import LOST, opened
from pos.domain.errors import DeviceError

_PATIENCE = 1.5
"""Timeout of a complete reading in seconds."""

_GRAMS: Mapping[str, Decimal] = {"kg": Decimal(1000), "g": Decimal(1), "lb": Decimal("453.59237")}
_WEIGHT = re.compile(rb"\x02\s*(-?[0-9]{0,5}\.[0-9]{1,5})\s*N?\r")
_STATE = re.compile(rb"\x02\s*\?([\x00-\x7f])\r", re.DOTALL)
_READING = re.compile(
    rb"(?:(OL|UL)\s*,[^\r\n]{0,24}"
    rb"|(ST|US)\s*,\s*(?:GS|NT|TR|G|N)?\s*,?\s*([+-]?)\s*([0-9]{0,6}\.?[0-9]{1,5})\s*(kg|g|lb)?\s*)[\r\n]",
    re.IGNORECASE,
)


class SerialScale:
    """One scale; its port stays open between weighings, and is reopened after an error."""

    def __init__(self, address: ScaleAddress) -> None:
        self.address = address
        self._line: Any = None
        self._lock = Lock()

    def weigh(self) -> int:
        """The stable weight in grams.

        Raises DeviceError: scale_moving, scale_overload, scale_negative, scale_empty, scale_silent, scale_unplugged.
        """
        read = self._poll if self.address.protocol == TOLEDO else self._read_stream
        where = self.address.port.name
        with self._lock:
            try:
                if self._line is None:
                    self._line = opened(self.address.port, patience=0.1)
                grams = read(self._line, where)
            except LOST as error:
                self._close()
                raise DeviceError("scale_unplugged", where, str(error)[:200]) from error
            except DeviceError as error:
                if error.what == "scale_silent":
                    self._close()
                raise
        if grams <= 0:
            raise DeviceError("scale_negative" if grams < 0 else "scale_empty")
        return grams

    def close(self) -> None:
        """Close the port."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(*LOST):
                line.close()

    def _poll(self, line: Any, where: str) -> int:
        """8217: kilograms for a stable weight, else status bits."""
        line.reset_input_buffer()
        line.write(b"W")
        match = _hear(line, where, lambda received: _WEIGHT.search(received) or _STATE.search(received))
        if match.re is _WEIGHT:
            return _grams(match[1], "kg")
        state = match[1][0]
        for bit, what in ((0x02, "scale_overload"), (0x04, "scale_negative"), (0x01, "scale_moving")):
            if state & bit:
                raise DeviceError(what)
        raise DeviceError("scale_empty" if state & 0x10 else "scale_moving")

    def _read_stream(self, line: Any, where: str) -> int:
        """The newest reading: buffered ones are outdated."""
        line.reset_input_buffer()
        match = _hear(line, where, _READING.search)
        if match[1]:
            raise DeviceError("scale_overload" if match[1].upper() == b"OL" else "scale_negative")
        if match[2].upper() == b"US":
            raise DeviceError("scale_moving")
        grams = _grams(match[4], (match[5] or b"kg").decode().lower())
        return -grams if match[3] == b"-" else grams


def _hear(line: Any, where: str, find: Callable[[bytes], re.Match[bytes] | None]) -> re.Match[bytes]:
    """Read until a complete match. Raises DeviceError: scale_silent."""
    received, ends = b"", time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        received = (received + line.read(max(1, line.in_waiting)))[-400:]
        match = find(received)
        if match is not None:
            return match
    raise DeviceError("scale_silent", where)


def _grams(text: bytes, unit: str) -> int:
    return int((Decimal(text.decode()) * _GRAMS[unit]).to_integral_value())
