"""Goods on an X or a Z in the language of its paper; the books keep the one name under which they were recorded."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.shifts.shift_report import ShiftReport


def named_for_paper(report: ShiftReport, language: str) -> ShiftReport:
    """The same report with removed lines named in `language`; goods that were renamed since keep their name of then."""
    voids = tuple(replace(void, name=void.name_in(language)) for void in report.details.voids)
    return replace(report, details=replace(report.details, voids=voids))
