"""A scanner on a serial port: a thread reads lines, notices when it is unplugged, and waits for it to come back."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from pos.application.settings.device_addresses import SerialPort
from pos.application.settings.device_ports import Heard, Told
from pos.devices.serial_line import LOST, opened
from pos.domain.errors import DeviceError

_AGAIN = 1.0
"""Seconds after which a scanner that is gone is looked for."""

_ENDS = frozenset(b"\r\n")
_LONGEST = 8_192


def listen(port: SerialPort, heard: Heard, told: Told, *, again: float = _AGAIN) -> Callable[[], None]:
    """Read until what is returned is called. `told` hears None when the scanner is there, and why when it is not."""
    stopped = Event()
    thread = Thread(target=_listen, args=(port, heard, told, stopped, again), name="scanner", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        thread.join(2.0)

    return stop


def _listen(port: SerialPort, heard: Heard, told: Told, stopped: Event, again: float) -> None:
    last = ""
    while not stopped.is_set():
        try:
            line = opened(port)
            with line:
                last = ""
                told(None)
                _read(line, heard, stopped)
        except LOST as error:
            if last != (last := _what(error)):
                told(DeviceError(last, port.name, str(error)[:200]))
            stopped.wait(again)


def _read(line: object, heard: Heard, stopped: Event) -> None:
    """Lines; a scanner that ends none is taken at its word after a pause."""
    waiting = bytearray()
    while not stopped.is_set():
        got: bytes = line.read(1)  # type: ignore[attr-defined] # pyserial has no types
        if got:
            got += line.read(line.in_waiting)  # type: ignore[attr-defined]
        elif waiting:
            _tell(waiting, heard)
        for byte in got:
            if byte in _ENDS or len(waiting) >= _LONGEST:
                _tell(waiting, heard)
            else:
                waiting.append(byte)


def _tell(waiting: bytearray, heard: Heard) -> None:
    line = bytes(waiting)
    waiting.clear()
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode("latin-1")
    if text.strip():
        heard(text)


def _what(error: Exception) -> str:
    text = str(error).lower()
    if "exclusively lock" in text or "busy" in text or "access is denied" in text:
        return "port_taken"
    if "permission" in text:
        return "port_forbidden"
    return "scanner_gone"
