"""Goods on an X or a Z in the language of its paper; the books keep the one name under which they were recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.domain.shifts.report_details import VoidLine
from pos.domain.shifts.shift_report import ShiftReport


def named_for_paper(work: UnitOfWork, report: ShiftReport, language: str, at: datetime) -> ShiftReport:
    """The same report with removed lines named in `language`; goods that were renamed since keep their name of then."""
    if not report.details.voids:
        return report

    def named(void: VoidLine) -> VoidLine:
        product = work.products.by_code(void.code, at)
        same = product is not None and product.name == void.name
        return replace(void, name=product.name_in(language) or void.name) if product is not None and same else void

    return replace(report, details=replace(report.details, voids=tuple(named(void) for void in report.details.voids)))
