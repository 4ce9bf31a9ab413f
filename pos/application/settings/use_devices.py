"""Use and test the devices of a till: printer, drawer, scale, scanner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.settings.context import UseCase
from pos.application.settings.device_addresses import paper_of, read_port, read_scale
from pos.application.settings.device_ports import Devices, Heard, KnownDevices, OnProblem
from pos.application.settings.set_setting import SETTINGS
from pos.domain.errors import BadField
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person

T = TypeVar("T")
DrawTest = Callable[[int], Path]
"""Draws a printer test page, for a paper width in millimetres."""


@dataclass(frozen=True, slots=True)
class UseDevices(UseCase):
    """Uses the devices of a till; the settings that assign them are read each time."""

    at_hand: Devices
    draw_test: DrawTest

    def open_drawer(self) -> bool:
        """Open the drawer of this till, after the reason is logged; False where this till's printer has no drawer.

        Raises PrinterError.
        """
        return self.at_hand.open_drawer(self.settings().printer_of(self.till))

    def millimetres(self) -> int:
        """Paper width of this till's printer."""
        return paper_of(self.settings().printer_of(self.till))

    def look_at_printer(self) -> None:
        """Query the state of this till's printer. Raises PrinterError."""
        self.at_hand.look_at_printer(self.settings().printer_of(self.till))

    def weigh(self) -> int:
        """The stable weight on this till's scale, in grams. Raises DeviceError for any other."""
        return self.at_hand.weigh(read_scale(self.settings().scale_of(self.till)))

    def scan(self, on_scan: Heard, on_problem: OnProblem) -> Callable[[], None]:
        """Listen to this till's scanner until the returned function is called."""
        return self.at_hand.scan(read_port(self.settings().scanner_of(self.till)), on_scan, on_problem)

    def known(self) -> KnownDevices:
        return self.at_hand.known()

    def try_printer(self, person: Person, printer: str) -> Path:
        """Print a test page on a printer that may not be saved yet; its path. Raises NotAllowed, BadField,
        PrinterError.
        """
        with authorized_read(self.store, person, SETTINGS):
            millimetres = _read(paper_of, "printer", printer)
        file = self.draw_test(millimetres)
        self.at_hand.print_file(printer, file)
        return file

    def try_drawer(self, person: Person, printer: str) -> bool:
        """Open the drawer of a printer that may not be saved yet, after logging it; False where it has no drawer.

        Raises NotAllowed, BadField, PrinterError.
        """
        _read(paper_of, "printer", printer)
        with authorized_write(self.store, person, SETTINGS) as (work, person):
            work.journal.write(self.now(), self.till, person.name, "try_drawer", {"printer": printer})
            work.commit()
        return self.at_hand.open_drawer(printer)

    def try_scale(self, person: Person, scale: str) -> int:
        """The weight in grams on a scale that may not be saved yet. Raises NotAllowed, BadField, DeviceError."""
        with authorized_read(self.store, person, SETTINGS):
            address = _read(read_scale, "till_scales", scale)
        return self.at_hand.weigh(address)

    def try_scanner(self, person: Person, port: str, on_scan: Heard, on_problem: OnProblem) -> Callable[[], None]:
        """Listen to a scanner that may not be saved yet. Raises NotAllowed, BadField."""
        with authorized_read(self.store, person, SETTINGS):
            address = _read(read_port, "till_scanners", port)
        return self.at_hand.scan(address, on_scan, on_problem)


def moves_cash(recorded: Sale | GoodsReturn) -> bool:
    """Whether notes or coins change hands, which opens the drawer."""
    if isinstance(recorded, GoodsReturn):
        return any(refund.method == "cash" for refund in recorded.refunds)
    paid = any(one.tender.method == "cash" for one in recorded.paid)
    return paid or bool(recorded.change) or any(moves_cash(back) for back in recorded.returns)


def _read(read: Callable[[str], T], field: str, text: str) -> T:
    try:
        return read(text)
    except ValueError:
        raise BadField(field, "not_a_setting", text[:40]) from None
