"""Draw and print the X and the Z; a paper jam leaves the recorded Z unchanged."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.settings.context import UseCase
from pos.application.shifts.at_register import at_register
from pos.application.shifts.goods_on_paper import named_for_paper
from pos.domain.errors import BadField, BadInput, StoreError
from pos.domain.shifts.shift_report import ShiftReport, ZReport, z_name
from pos.domain.staff.staff import Person

if TYPE_CHECKING:
    from pos.application.receipts.printer_ports import ReceiptPrinter

STRIP, SHEET = "80mm", "a4"
PAPERS = (STRIP, SHEET)
"""The formats of a Z; an X is temporary and always a strip."""

_NUMBER = re.compile(r"(?:([A-Z][A-Z0-9]{0,7})-Z)?([0-9]{1,9})")


@dataclass(eq=False)
class NoSuchZ(BadInput):
    """The till has no Z of this number."""

    fact = "no_such_z"

    z: str


@dataclass(frozen=True, slots=True)
class DrawnZ:
    """A Z drawn again: the number of the copy, its format, and its file."""

    report: ShiftReport
    copy: int
    paper: str
    path: Path


def read_z(text: str, till: str) -> tuple[str, int]:
    """Till and number in 12, which is of this till, or T1-Z000012; raises NoSuchZ."""
    match = _NUMBER.fullmatch(text.strip().upper())
    if match is None:
        raise NoSuchZ(text[:40])
    return match[1] or till, int(match[2])


def read_z_number(text: str, till: str) -> int:
    """The number in 12 or T1-Z000012, for this till; raises NoSuchZ."""
    of, number = read_z(text, till)
    if of != till:
        raise NoSuchZ(text[:40])
    return number


@dataclass(frozen=True, slots=True)
class IssueShift(UseCase):
    """Printouts of this till's shift reports."""

    printer: ReceiptPrinter

    def __call__(self, report: ShiftReport, *, to_paper: bool = True) -> Path:
        """Draw an X, or a new Z, and print it; raises PrinterError."""
        path = self._drawn(report, 0, STRIP if report.z_number is None else self.settings().z_paper)
        if to_paper:
            self.printer.print_file(path)
        self._printed(report)
        return path

    def find(self, person: Person, number: int | None = None, *, till: str | None = None) -> ZReport:
        """A recorded Z of this till or another one; without a number the last one. Another till's needs a manager.

        Raises NoSuchZ, NotAllowed.
        """
        of = till or self.till
        with authorized_read(self.store, person, _right(of, self.till)) as work:
            z = work.shifts.last_z(of) if number is None else work.shifts.z(of, number)
        if z is None:
            raise NoSuchZ(of if number is None else z_name(of, number))
        return z

    def again(
        self,
        person: Person,
        number: int | None = None,
        paper: str | None = None,
        *,
        till: str | None = None,
        to_paper: bool = True,
    ) -> DrawnZ:
        """Draw a recorded Z as COPY n, which the journal counts, in the shop's format or `paper`; print it.

        Another till's Z needs a manager. Raises NoSuchZ, PrinterError, BadField for an unknown format.
        """
        right = _right(till or self.till, self.till)
        person.check(right)
        chosen = self.settings().z_paper if paper is None else paper
        if chosen not in PAPERS:
            raise BadField("paper", "not_a_choice", chosen[:40])
        report = self.find(person, number, till=till).report
        assert report.z_number is not None, "only a Z is recorded"
        with authorized_write(self.store, person, right) as (work, person):
            copy = work.shifts.copies_of_z(report.till, report.z_number) + 1
            details: dict[str, object] = {"z": report.z_number, "copy": copy}
            if report.till != self.till:
                details["of_till"] = report.till
            work.journal.write(self.now(), self.till, person.name, "reprint_z", details)
            work.commit()
        drawn = DrawnZ(report, copy, chosen, self._drawn(report, copy, chosen))
        if to_paper:
            self.printer.print_file(drawn.path)
        self._printed(report)
        return drawn

    def _printed(self, report: ShiftReport) -> None:
        """A Z that is on paper is not offered at the next start; if the store is away just now, it is, as a copy."""
        if report.z_number is None:
            return
        with suppress(StoreError), self.store.begin() as work:
            work.outbox.z_printed(report.till, report.z_number)
            work.commit()

    def _drawn(self, report: ShiftReport, copy: int, paper: str) -> Path:
        language = self.settings().receipt_languages[0]
        with self.store.reading() as work:
            shown = named_for_paper(at_register(work, report), language)
        return self.printer.draw_shift(shown, copy, paper)


def _right(of: str, till: str) -> str:
    """The permission to see the Z of the till `of` at `till`."""
    return "close_shift" if of == till else "reports"
