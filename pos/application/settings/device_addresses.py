"""Addresses of the devices of a till, parsed from its settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

ESCPOS = "escpos:"
TCP, FILE, USB, SERIAL, SPOOL = "tcp", "file", "usb", "serial", "spool"
USUAL_PORT, USUAL_BAUD = 9100, 9600
BAUDS = frozenset({1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200})
TOLEDO, ASCII = "toledo", "ascii"
SCALES = (TOLEDO, ASCII)
"""Scale protocols: one is polled with `W` (Mettler Toledo 8217), the other sends continuously (`ST,GS,+  1.234kg`)."""

_HOST = re.compile(r"(?:([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)|\[([0-9A-Fa-f:.]{2,45})\])(?::([0-9]{1,5}))?")
_DEVICE = re.compile(r"/dev/[A-Za-z0-9_][A-Za-z0-9_./-]{0,80}|COM[1-9][0-9]{0,2}|LPT[1-9]")
_SPOOLED = re.compile(r"[^\s,;-][^\x00-\x1f,;]{0,79}")
_USB = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})")
_FRAME = re.compile(r"([78])([NEO])([12])")


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A serial port by its system name, with its line parameters."""

    name: str
    baud: int = USUAL_BAUD
    bits: int = 8
    parity: str = "N"
    stops: int = 1

    @property
    def description(self) -> str:
        """Port and speed, for technicians."""
        return f"{self.name} · {self.baud} {self.bits}{self.parity}{self.stops}"


@dataclass(frozen=True, slots=True)
class ScaleAddress:
    """A scale: its protocol and its port."""

    protocol: str
    port: SerialPort


@dataclass(frozen=True, slots=True)
class EscposAddress:
    """A receipt printer used without the system's drivers: connection, address, paper.

    `where` is a host, a device, `04b8:0202` or a name that the system's spooler knows; `port` belongs to a host,
    `serial` to a serial printer.
    """

    transport: str
    where: str
    port: int = USUAL_PORT
    serial: SerialPort | None = None
    millimetres: int = 80
    cuts: bool = True
    pin: int = 2
    """Pin of the drawer's plug: 2 or 5, 0 without a drawer."""

    @property
    def dots(self) -> int:
        """Dots per line of its head, at 8 per millimetre."""
        return 576 if self.millimetres == 80 else 384

    @property
    def shown(self) -> str:
        """A short form of the address."""
        host = f"[{self.where}]" if ":" in self.where and self.transport == TCP else self.where
        return f"{host}:{self.port}" if self.transport == TCP else self.where


def read_printer(text: str) -> EscposAddress | None:
    """Parse a printer setting; None for the folder and printers of the system. Raises ValueError."""
    if not text.startswith(ESCPOS):
        return None
    address, *options = text.removeprefix(ESCPOS).split(";")
    transport, _, where = address.partition(":")
    given = _Options(options)
    paper, cut, pin = (
        given.one_of({"58mm": 58, "80mm": 80}, 80),
        given.one_of({"cut": 1, "no-cut": 0}, 1),
        given.one_of({"pin2": 2, "pin5": 5, "no-drawer": 0}, 2),
    )
    serial = given.port(_device(where)) if transport == SERIAL else None
    given.check_all_used()
    port = USUAL_PORT
    if transport == TCP:
        where, port = _host(where)
    elif transport == USB:
        if not _USB.fullmatch(where):
            raise ValueError(where)
    elif transport == FILE:
        where = _device(where)
    elif transport == SPOOL:
        if not can_be_spooled(where):
            raise ValueError(where)
    elif serial is None:
        raise ValueError(transport)
    return EscposAddress(transport, where, port, serial, paper, bool(cut), pin)


def can_be_spooled(name: str) -> bool:
    """Whether the name of a printer of the system can stand in an address."""
    return _SPOOLED.fullmatch(name) is not None and name == name.strip()


def paper_of(printer: str) -> int:
    """Paper width of a printer's receipts in millimetres: 80 or 58."""
    address = read_printer(printer)
    return 80 if address is None else address.millimetres


def read_port(text: str) -> SerialPort:
    """Parse `/dev/ttyACM0`, `COM3;115200`, `/dev/ttyS0;9600;7E1`. Raises ValueError."""
    name, *options = text.split(";")
    given = _Options(options)
    port = given.port(_device(name))
    given.check_all_used()
    return port


def read_scale(text: str) -> ScaleAddress:
    """Parse `toledo:/dev/ttyUSB1`, `ascii:COM3;4800;8N1`; the default is 7E1 for the first protocol, 8N1 for the
    second.

    Raises ValueError.
    """
    protocol, _, rest = text.partition(":")
    if protocol not in SCALES:
        raise ValueError(protocol)
    name, *options = rest.split(";")
    given = _Options(options)
    port = given.port(_device(name), (7, "E", 1) if protocol == TOLEDO else (8, "N", 1))
    given.check_all_used()
    return ScaleAddress(protocol, port)


class _Options:
    """The options after the address, separated by semicolons, in any order and each once."""

    def __init__(self, options: Iterable[str]) -> None:
        self._left = [option.strip() for option in options]

    def one_of(self, known: dict[str, int], usual: int) -> int:
        matches = [option for option in self._left if option in known]
        self._left = [option for option in self._left if option not in known]
        if len(matches) > 1:
            raise ValueError(matches[1])
        return known[matches[0]] if matches else usual

    def port(self, name: str, frame: tuple[int, str, int] = (8, "N", 1)) -> SerialPort:
        baud = self.one_of({str(baud): baud for baud in BAUDS}, USUAL_BAUD)
        framed = [(one, match) for one in self._left if (match := _FRAME.fullmatch(one))]
        if framed:
            self._left.remove(framed[0][0])
            match = framed[0][1]
            frame = int(match[1]), match[2], int(match[3])
        return SerialPort(name, baud, *frame)

    def check_all_used(self) -> None:
        if self._left:
            raise ValueError(self._left[0])


def _device(text: str) -> str:
    """The path of a system device; other files are refused."""
    if not _DEVICE.fullmatch(text) or ".." in text:
        raise ValueError(text)
    return text


def _host(text: str) -> tuple[str, int]:
    match = _HOST.fullmatch(text)
    port = int(match[3] or USUAL_PORT) if match else 0
    if match is None or not 0 < port < 65536:
        raise ValueError(text)
    return match[1] or match[2], port
