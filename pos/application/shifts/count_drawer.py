"""Blind count of the open shift's drawer: every moved currency, before the expected cash is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pos.application.access.authorize import brought_in
from pos.application.ports.store import UnitOfWork
from pos.domain.errors import BadField
from pos.domain.money import Currency, currency
from pos.domain.payment.banknotes import Notes
from pos.domain.shifts.shift import Shift, check_notes
from pos.domain.shifts.shift_report import ShiftReport

COUNT_DIFFERS = "count_differs"
"""Entry of a differing count: repeated counts would reveal the expected cash."""


def counted_report(
    work: UnitOfWork, shift: Shift, count: Mapping[str, Notes], price: Currency, now: datetime
) -> ShiftReport:
    """The report of the shift with this count, by currency code and value in minor units.

    Raises BadField for a currency that has moved and was not counted, and for notes that do not exist. The shift never
    ends before its start, even if the clock was set back.
    """
    for code, notes in count.items():
        check_notes(notes, currency(code, f"count.{code}"), f"count.{code}")
    report = work.shifts.report(shift, price, max(now, shift.since))
    for line in report.cash:
        if line.currency.code not in count:
            raise BadField(f"count.{line.currency.code}", "missing")
    return report.counted(count)


def differing(work: UnitOfWork, shift: Shift, report: ShiftReport, person: str, by: str = "") -> tuple[str, ...]:
    """The currencies of a counted report to count again; the journal records each differing count."""
    off = [line for line in report.cash if line.difference]
    if off:
        counted = {line.currency.code: str(line.counted) for line in off}
        details = {"shift": shift.number, "counted": counted, **brought_in(by)}
        work.journal.write(report.at, shift.till, person, COUNT_DIFFERS, details)
    return tuple(line.currency.code for line in off)
