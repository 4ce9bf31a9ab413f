"""Scales on a serial port: asked by `W` (Mettler Toledo 8217), or telling all the time (`ST,GS,+  1.234kg`)."""

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
"""Seconds in which a scale has to say something whole."""

_GRAMS: Mapping[str, Decimal] = {"kg": Decimal(1000), "g": Decimal(1), "lb": Decimal("453.59237")}
_WEIGHT = re.compile(rb"\x02\s*(-?[0-9]{0,5}\.[0-9]{1,5})\s*N?\r")
_STATE = re.compile(rb"\x02\s*\?([\x00-\x7f])\r", re.DOTALL)
_TOLD = re.compile(
    rb"(?:(OL|UL)\s*,[^\r\n]{0,24}"
    rb"|(ST|US)\s*,\s*(?:GS|NT|TR|G|N)?\s*,?\s*([+-]?)\s*([0-9]{0,6}\.?[0-9]{1,5})\s*(kg|g|lb)?\s*)[\r\n]",
    re.IGNORECASE,
)


class SerialScale:
    """One scale; its port stays open between two weighings, and is opened anew after anything went wrong."""

    def __init__(self, address: ScaleAddress) -> None:
        self.address = address
        self._line: Any = None
        self._lock = Lock()

    def weigh(self) -> int:
        """The steady weight in grams.

        Raises DeviceError: scale_moving, scale_overload, scale_negative, scale_empty, scale_silent, scale_unplugged.
        """
        read = self._asked if self.address.protocol == TOLEDO else self._told
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
        """Let go of the port."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(*LOST):
                line.close()

    def _asked(self, line: Any, where: str) -> int:
        """8217: kilograms where the weight is steady, else what is the matter, bit by bit."""
        line.reset_input_buffer()
        line.write(b"W")
        found = _hear(line, where, lambda heard: _WEIGHT.search(heard) or _STATE.search(heard))
        if found.re is _WEIGHT:
            return _grams(found[1], "kg")
        state = found[1][0]
        for bit, what in ((0x02, "scale_overload"), (0x04, "scale_negative"), (0x01, "scale_moving")):
            if state & bit:
                raise DeviceError(what)
        raise DeviceError("scale_empty" if state & 0x10 else "scale_moving")

    def _told(self, line: Any, where: str) -> int:
        """The newest of what it tells: what had been waiting in the cable is of a while ago."""
        line.reset_input_buffer()
        found = _hear(line, where, _TOLD.search)
        if found[1]:
            raise DeviceError("scale_overload" if found[1].upper() == b"OL" else "scale_negative")
        if found[2].upper() == b"US":
            raise DeviceError("scale_moving")
        grams = _grams(found[4], (found[5] or b"kg").decode().lower())
        return -grams if found[3] == b"-" else grams


def _hear(line: Any, where: str, find: Callable[[bytes], re.Match[bytes] | None]) -> re.Match[bytes]:
    """Read until something whole was said. Raises DeviceError: scale_silent."""
    heard, ends = b"", time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        heard = (heard + line.read(max(1, line.in_waiting)))[-400:]
        found = find(heard)
        if found is not None:
            return found
    raise DeviceError("scale_silent", where)


def _grams(text: bytes, unit: str) -> int:
    return int((Decimal(text.decode()) * _GRAMS[unit]).to_integral_value())
