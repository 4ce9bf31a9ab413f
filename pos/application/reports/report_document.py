"""A report and for whom it is told: what a file of it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.application.settings.settings import Settings
from pos.application.text.words import Words

if TYPE_CHECKING:
    from pos.domain.reports.day_report import DayReport
    from pos.domain.reports.month_report import MonthReport
    from pos.domain.reports.slow_goods import SlowProduct


@dataclass(frozen=True, slots=True)
class ReportReader:
    """The words of whoever reads, the shown names of people by their short ones, the options of the shop."""

    words: Words
    names: Mapping[str, str]
    settings: Settings

    def person(self, name: str) -> str:
        """The shown name of somebody."""
        return self.names.get(name, name)


@dataclass(frozen=True, slots=True)
class DayDocument:
    """The figures of some days, with what was not sold in them."""

    report: DayReport
    slow: Sequence[SlowProduct]
    reader: ReportReader


@dataclass(frozen=True, slots=True)
class MonthDocument:
    """The accountant's month."""

    report: MonthReport
    reader: ReportReader
