"""How the receipts of a shift stand at the fiscal register, beside its other figures."""

from __future__ import annotations

from dataclasses import replace

from pos.application.ports.store import UnitOfWork
from pos.domain.shifts.shift_report import ShiftReport


def at_register(work: UnitOfWork, report: ShiftReport) -> ShiftReport:
    """The report with what is registered, waits and was refused by now; as it is in a shop without a register."""
    counts = work.fiscal.counts((report.till, report.number))
    return replace(report, fiscal=counts) if counts else report
