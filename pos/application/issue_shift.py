"""Draw and print the X and the Z; paper that jams leaves the Z as it was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos.application.ports import Clock, ReceiptPrinter, Store
from pos.domain.errors import BadInput
from pos.domain.shift_report import ShiftReport, ZReport, z_name
from pos.domain.staff import Person


@dataclass(eq=False)
class NoSuchZ(BadInput):
    """The till has no Z of this number."""

    z: str


@dataclass(frozen=True, slots=True)
class IssueShift:
    """The reports of this till's shifts on paper."""

    store: Store
    now: Clock
    printer: ReceiptPrinter
    till: str

    def __call__(self, report: ShiftReport, *, to_paper: bool = True) -> Path:
        """Draw an X, or a Z just made, and print it; raises PrinterTrouble."""
        path = self.printer.draw_shift(report, 0)
        if to_paper:
            self.printer.print_file(path)
        return path

    def find(self, number: int | None = None, *, till: str | None = None) -> ZReport:
        """A recorded Z of this till or another one, the last one without a number; raises NoSuchZ."""
        of = till or self.till
        with self.store.reading() as work:
            z = work.shifts.last_z(of) if number is None else work.shifts.z(of, number)
        if z is None:
            raise NoSuchZ(of if number is None else z_name(of, number))
        return z

    def again(self, person: Person, number: int | None = None, *, till: str | None = None) -> Path:
        """Draw and print a recorded Z as COPY n, which the journal counts; one of another till for a manager.

        Raises NotAllowed, NoSuchZ, PrinterTrouble.
        """
        person.check("close_shift" if till in (None, self.till) else "reports")
        report = self.find(number, till=till).report
        assert report.z_number is not None, "only a Z is recorded"
        with self.store.begin() as work:
            copy = work.shifts.copies_of_z(report.till, report.z_number) + 1
            details: dict[str, object] = {"z": report.z_number, "copy": copy}
            if report.till != self.till:
                details["of_till"] = report.till
            work.journal.write(self.now(), self.till, person.name, "reprint_z", details)
            work.commit()
        path = self.printer.draw_shift(report, copy)
        self.printer.print_file(path)
        return path
