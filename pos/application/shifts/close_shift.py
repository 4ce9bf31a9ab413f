"""Read an open shift (X), and close it by a blind count (Z)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pos.application.access.approvals import approver_of, record_approval
from pos.application.access.authorize import authorize, authorized_write, brought_in
from pos.application.access.numbers_given import skip_zs
from pos.application.access.retry import retry_on_rollback
from pos.application.access.shift_at_till import open_shift_of
from pos.application.fiscal.queue_documents import queue_close
from pos.application.maintenance.seal_books import SealBooks
from pos.application.ports.store import UnitOfWork
from pos.application.sales.parked_sales import check_none_parked, clear_parked
from pos.application.settings.context import UseCase
from pos.application.shifts.at_register import at_register
from pos.application.shifts.count_drawer import counted_report, differing
from pos.application.shifts.z_report_files import queue_files
from pos.domain.payment.banknotes import Drawer, Notes
from pos.domain.shifts.shift import CLOSE_OTHER, Shift
from pos.domain.shifts.shift_report import ShiftReport, ZReport
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person


class ReadShift(UseCase):
    """The X: the totals of the open shift."""

    def __call__(self, person: Person, till: str | None = None) -> ShiftReport:
        """The report as `person` may see it: their own shift, without the expected cash unless permitted.

        The shift of another till needs a manager. Raises NoOpenShift, NotAllowed.
        """
        of = till or self.till
        with self.store.reading() as work:
            person = authorize(work, person, "close_shift" if of == self.till else "reports")
            shift = open_shift_of(work, of)
            if shift.holder != person.name:
                person.check("reports")
            report = at_register(work, work.shifts.report(shift, self.settings().price, self.now()))
        return report if person.may("expected_cash") else report.without_expected()

    def drawer(self) -> Drawer | None:
        """The notes of this till's drawer, from which change is proposed; None without an open shift."""
        with self.store.reading() as work:
            shift = work.shifts.open_at(self.till)
            return None if shift is None else work.shifts.drawer(shift)


@dataclass(frozen=True, slots=True)
class CloseShift(UseCase):
    """The Z: close the open shift by a count of every note, made before the expected cash is shown."""

    seal: SealBooks

    @retry_on_rollback
    def differs(self, person: Person, count: Mapping[str, Notes], approval: Approval | None = None) -> tuple[str, ...]:
        """The currencies whose count differs and must be counted again, without the amounts.

        The journal records each differing count; nothing else is written. `count` is by currency code and value in
        minor units. Raises as the close does.
        """
        with self.store.begin() as work:
            shift = open_shift_of(work, self.till)
            self._closer(work, shift, authorize(work, person), approval)
            check_none_parked(work, shift, self.now())
            report = counted_report(work, shift, count, self.settings().price, self.now())
            currencies = differing(work, shift, report, person.name)
            work.commit()
        return currencies

    @retry_on_rollback
    def __call__(
        self, person: Person, count: Mapping[str, Notes], approval: Approval | None = None, *, by: str = ""
    ) -> ZReport:
        """Close the shift; the Z has its number and never changes.

        Raises NoOpenShift; NotAllowed for another cashier's shift without the permission or an approval (with the key
        of the shift); BadField for a currency that has moved and was not counted, and for notes that do not exist.
        """
        with authorized_write(self.store, person) as (work, person):
            shift = open_shift_of(work, self.till)
            approver = self._closer(work, shift, person, approval)
            clear_parked(work, shift, self.now(), person)
            report = counted_report(work, shift, count, self.settings().price, self.now())
            approved_by = None if approver is None else approver.name
            record_approval(
                work,
                approver,
                approval,
                {ApprovalRequirement(CLOSE_OTHER)},
                of=person,
                at=report.at,
                till=self.till,
                shift=shift.number,
            )
            report = replace(report, approvals=report.approvals + (approver is not None))
            report = replace(report, closed_at=report.at, closed_by=person.name, approved_by=approved_by)
            settings = self.settings()
            skip_zs(work, self.given, self.till, report.at)
            z = work.shifts.close(shift, report, report.at.astimezone(settings.zone).date())
            queue_files(work, z, settings)
            queue_close(work, settings, self.till, shift, report.at, person.name)
            work.journal.write(report.at, self.till, person.name, "close_shift", {**_journal(z), **brought_in(by)})
            sealed = self.seal.with_z(work, z, report.at)
            work.commit()
        return replace(z, report=replace(z.report, anchor=sealed.anchor))

    def _closer(self, work: UnitOfWork, shift: Shift, person: Person, approval: Approval | None) -> Person | None:
        """The person who had to approve the close; None for one's own shift and for a manager."""
        person.check("close_shift")
        if shift.holder == person.name:
            return None
        return approver_of(work, ApprovalRequirement(CLOSE_OTHER), person, approval, shift.key, self.now())


def _journal(z: ZReport) -> dict[str, object]:
    return {
        "number": z.report.number,
        "z": z.report.z_number,
        "mac": z.mac,
        "differences": {line.currency.code: str(line.difference) for line in z.report.cash if line.difference},
    }
