"""Connections to a receipt printer: network, device, serial port, USB or the system's spooler, each with timeouts."""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from pos.application.settings.device_addresses import FILE, SPOOL, TCP, USB, EscposAddress
from pos.devices.serial_line import LOST, opened
from pos.domain.errors import PrinterError

REACH = 3.0
"""Seconds for connecting to a printer."""

TAKE = 20.0
"""Seconds for sending a whole receipt: a head prints about 15 cm in one."""

_CAN_WAIT = os.name == "posix"
"""Whether this system can wait for devices: Windows does so for the network alone."""

_AT_ONCE = 4096
"""Bytes in one piece. Windows takes one piece whole, of any size, from a program whose printer takes nothing."""


class PrinterLine(Protocol):
    """An open connection to a printer. `can_answer` is false where it never sends anything back."""

    can_answer: bool

    def send(self, content: bytes) -> None:
        """Send all of it. Raises OSError."""

    def hear(self, seconds: float) -> bytes:
        """Data received within so many seconds, empty for none."""


@contextmanager
def line_to(printer: EscposAddress) -> Iterator[PrinterLine]:
    """Connect to a printer, then close.

    Raises PrinterError: not_answering, not_a_device, no_usb_library; of the spooler no_such_printer, no_spooler and
    not_printed.
    """
    line: Any = None
    try:
        if printer.transport == TCP:
            line = _Network(printer)
        elif printer.transport == FILE:
            line = _Device(printer.where)
        elif printer.transport == USB:
            line = _Usb(printer)
        elif printer.transport == SPOOL:
            line = _Spooled(printer.where)
        else:
            line = _Serial(printer)
        yield line
    except LOST as error:  # includes the errors of pyusb
        said = getattr(error, "strerror", None) or str(error)
        raise PrinterError("not_answering", printer.shown, said[:200]) from error
    finally:
        if line is not None:
            with suppress(*LOST):
                line.close()


class _Network:
    """Port 9100: a raw print stream."""

    can_answer = True

    def __init__(self, printer: EscposAddress) -> None:
        self._socket = socket.create_connection((printer.where, printer.port), timeout=REACH)

    def send(self, content: bytes) -> None:
        ends = time.monotonic() + TAKE
        for start in range(0, len(content), _AT_ONCE):
            self._socket.settimeout(max(0.001, ends - time.monotonic()))
            self._socket.sendall(content[start : start + _AT_ONCE])

    def hear(self, seconds: float) -> bytes:
        self._socket.settimeout(seconds)
        try:
            return self._socket.recv(64)
        except TimeoutError:
            return b""

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        self._socket.close()


class _Device:
    """A character device of the system, such as /dev/usb/lp0, or a pipe; never a file or a disk."""

    can_answer = True

    def __init__(self, where: str) -> None:
        self.readable = True
        usual = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
        try:
            self._handle = os.open(where, os.O_RDWR | usual)
        except OSError as error:
            if Path(where).is_dir():
                raise PrinterError("not_a_device", where) from error
            if error.errno not in {errno.EACCES, errno.EINVAL, errno.EPERM}:
                raise
            self.readable = False  # some are write-only
            self._handle = os.open(where, os.O_WRONLY | usual)
        kind = os.fstat(self._handle).st_mode
        if not (stat.S_ISCHR(kind) or stat.S_ISFIFO(kind)):  # a disk is a device, too: no byte of a receipt goes there
            self.close()
            raise PrinterError("not_a_device", where)

    def send(self, content: bytes) -> None:
        ends = time.monotonic() + TAKE
        while content:
            if _CAN_WAIT and not select.select([], [self._handle], [], max(0.0, ends - time.monotonic()))[1]:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
            with suppress(BlockingIOError):
                content = content[os.write(self._handle, content[:_AT_ONCE]) :]

    def hear(self, seconds: float) -> bytes:
        if not (self.readable and _CAN_WAIT and select.select([self._handle], [], [], seconds)[0]):
            return b""
        with suppress(OSError):  # a device without data reports an error
            return os.read(self._handle, 64)
        return b""

    def close(self) -> None:
        os.close(self._handle)


class _Spooled:
    """A printer of the system's spooler, past its driver: what is sent at once is a job."""

    can_answer = False

    def __init__(self, name: str) -> None:
        from pos.devices.raw_spool import check_printer, send_raw

        self._name, self._send_raw = name, send_raw
        check_printer(name)

    def send(self, content: bytes) -> None:
        self._send_raw(self._name, content)

    def hear(self, _seconds: float) -> bytes:
        return b""

    def close(self) -> None:
        """Nothing is open between two jobs."""


class _Serial:
    """A serial port."""

    can_answer = True

    def __init__(self, printer: EscposAddress) -> None:
        assert printer.serial is not None
        self._port = opened(printer.serial, write_patience=TAKE)

    def send(self, content: bytes) -> None:
        self._port.write(content)
        self._port.flush()

    def hear(self, seconds: float) -> bytes:
        self._port.timeout = seconds
        received: bytes = self._port.read(1)
        return received

    def close(self) -> None:
        self._port.close()


class _Usb:
    """A USB printer without a driver of the system: needs pyusb and libusb."""

    can_answer = True

    def __init__(self, printer: EscposAddress) -> None:
        vendor, _, product = printer.where.partition(":")
        try:
            import usb.core
            from escpos.exceptions import Error
            from escpos.printer import Usb
        except ImportError as error:
            raise PrinterError("no_usb_library", printer.where) from error
        self._usb = Usb(int(vendor, 16), int(product, 16), timeout=int(TAKE * 1000))
        try:
            self._usb.open()
        except usb.core.NoBackendError as error:
            raise PrinterError("no_usb_library", printer.where) from error
        except Error as error:
            raise PrinterError("not_answering", printer.where, str(error)[:200]) from error

    def send(self, content: bytes) -> None:
        self._usb._raw(content)

    def hear(self, seconds: float) -> bytes:
        time.sleep(min(seconds, 0.05))
        with suppress(OSError):
            return bytes(self._usb._read())
        return b""

    def close(self) -> None:
        self._usb.close()
