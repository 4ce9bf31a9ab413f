"""A scanner on a serial port: a thread reads lines and reconnects after the scanner was unplugged."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from pos.application.settings.device_addresses import SerialPort
from pos.application.settings.device_ports import Heard, OnProblem
from pos.devices.serial_line import LOST, opened
from pos.domain.errors import DeviceError

_AGAIN = 1.0
"""Seconds between attempts to reconnect."""

_ENDS = frozenset(b"\r\n")
_LONGEST = 8_192


def listen(port: SerialPort, on_scan: Heard, on_problem: OnProblem, *, again: float = _AGAIN) -> Callable[[], None]:
    """Read until the returned function is called. `on_problem` receives None on connection, else the problem."""
    stopped = Event()
    thread = Thread(target=_listen, args=(port, on_scan, on_problem, stopped, again), name="scanner", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        thread.join(2.0)

    return stop


def _listen(port: SerialPort, on_scan: Heard, on_problem: OnProblem, stopped: Event, again: float) -> None:
    last = ""
    while not stopped.is_set():
        try:
            line = opened(port)
            with line:
                last = ""
                on_problem(None)
                _read(line, on_scan, stopped)
        except LOST as error:
            if last != (last := _what(error)):
                on_problem(DeviceError(last, port.name, str(error)[:200]))
            stopped.wait(again)


def _read(line: object, on_scan: Heard, stopped: Event) -> None:
    """Report lines; a scanner without line ends is reported after a pause."""
    waiting = bytearray()
    while not stopped.is_set():
        got: bytes = line.read(1)  # type: ignore[attr-defined] # pyserial has no types
        if got:
            got += line.read(line.in_waiting)  # type: ignore[attr-defined]
        elif waiting:
            _report(waiting, on_scan)
        for byte in got:
            if byte in _ENDS or len(waiting) >= _LONGEST:
                _report(waiting, on_scan)
            else:
                waiting.append(byte)


def _report(waiting: bytearray, on_scan: Heard) -> None:
    line = bytes(waiting)
    waiting.clear()
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode("latin-1")
    if text.strip():
        on_scan(text)


def _what(error: Exception) -> str:
    text = str(error).lower()
    if "exclusively lock" in text or "busy" in text or "access is denied" in text:
        return "port_taken"
    if "permission" in text:
        return "port_forbidden"
    return "scanner_gone"
