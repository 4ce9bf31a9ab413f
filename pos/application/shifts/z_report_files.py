"""Files of a Z: queued in the transaction of the Z, written after it into a folder, now or when it is available."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.access.authorize import SYSTEM_USER
from pos.application.access.journal_export import EXPORT
from pos.application.ports.store import UnitOfWork
from pos.application.reports.report_document import DayDocument
from pos.application.reports.report_period import before, report_period
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.shifts.at_register import at_register
from pos.application.shifts.goods_on_paper import named_for_paper
from pos.domain.errors import InfrastructureError
from pos.domain.shifts.shift_report import ShiftReport, ZReport

if TYPE_CHECKING:
    from pos.application.receipts.printer_ports import ReceiptPrinter
    from pos.application.reports.report_files import ReportFiles

AWAY = "export_folder"
"""The error of the folder itself."""

PAPER = "z"
"""The printout of the Z itself among the forms."""


def queue_files(work: UnitOfWork, z: ZReport, settings: Settings) -> None:
    """Queue a Z's printout and its files in the transaction that closes its shift, so that none is lost."""
    if z.report.z_number is None:
        return
    work.outbox.queue_z(z.report.till, z.report.z_number)
    if settings.export_folder:
        work.outbox.queue_files(z.report.till, z.report.z_number, (PAPER, *settings.export_forms))


@dataclass(frozen=True, slots=True)
class WriteZFiles(UseCase):
    """Write the queued files of this till's Zs. An error here never undoes a Z."""

    reports: ReportFiles
    printer: ReceiptPrinter

    def step(self) -> bool:
        """Write the files of the oldest Z; return whether there may be more. Does nothing if no folder is chosen.

        A folder that is still unavailable is not reported again: the close of the shift reported it. Raises any other
        Trouble.
        """
        try:
            return bool(self.write())
        except InfrastructureError as error:
            if error.what != AWAY:
                raise
            return False

    def everything(self) -> list[str]:
        """Write all queued files; return their names. Raises Trouble; files written by then stay."""
        written: list[str] = []
        while names := self.write():
            written += names
        return written

    def write(self) -> list[str]:
        """Write the queued files of the oldest Z; return their names. Raises Trouble, with the rest still queued."""
        settings = self.reports.settings()
        with self.reports.store.reading() as work:
            owed = work.outbox.owed_files(self.till) if settings.export_folder else None
            z = None if owed is None else work.shifts.z(self.till, owed[0])
        if owed is None or z is None:
            return []
        names: dict[str, str] = {}
        try:
            for form in owed[1]:
                names[form] = self._write(z.report, form, settings)
        finally:
            if names:
                self._there(owed[0], names)
        return list(names.values())

    def _write(self, report: ShiftReport, form: str, settings: Settings) -> str:
        name, folder = self._name(report, settings), Path(settings.export_folder)
        if form == PAPER:
            return self.reports.makers.keep(folder, f"{name}.pdf", self._printout(report, settings))
        first, last = self._days(report, settings)
        return self.reports.makers.keep(folder, f"{name}_day.{form}", self._day(form, first, last, settings))

    def _printout(self, report: ShiftReport, settings: Settings) -> bytes:
        with self.store.reading() as work:
            shown = named_for_paper(at_register(work, report), settings.receipt_languages[0])
        drawn = self.printer.draw_shift(shown, 0, settings.z_paper)
        try:
            return drawn.read_bytes()
        except OSError as error:
            raise InfrastructureError("file_not_writable", str(drawn), error.strerror or "") from error

    def _day(self, form: str, first: date, last: date, settings: Settings) -> bytes:
        """The current figures of this till on the days of the shift."""
        days = report_period(self.reports.now(), settings, first, last, self.till)
        with self.reports.store.reading() as work:
            report = work.reports.day(days, before(days, self.reports.now()))
        tr = self.translators[settings.receipt_languages[0]]
        return self.reports.made(form, DayDocument(report, (), self.reports.reader(tr)))

    def _days(self, report: ShiftReport, settings: Settings) -> tuple[date, date]:
        assert report.closed_at is not None, "a Z says when"
        return report.opened_at.astimezone(settings.zone).date(), report.closed_at.astimezone(settings.zone).date()

    def _name(self, report: ShiftReport, settings: Settings) -> str:
        """2026-11-26_T1_Z0042: sorted by name they are sorted by day."""
        return f"{self._days(report, settings)[1].isoformat()}_{report.till}_Z{report.z_number:04d}"

    def _there(self, number: int, names: dict[str, str]) -> None:
        forms: Sequence[str] = list(names)
        with self.reports.store.begin() as work:
            work.outbox.files_there(self.till, number, forms)
            details = {"what": "z", "z": number, "files": list(names.values())}
            work.journal.write(self.reports.now(), self.till, SYSTEM_USER.name, EXPORT, details)
            work.commit()
