"""A report with its reader: the input of report files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator

if TYPE_CHECKING:
    from pos.domain.reports.day_report import DayReport
    from pos.domain.reports.month_report import MonthReport
    from pos.domain.reports.slow_goods import SlowProduct


@dataclass(frozen=True, slots=True)
class ReportReader:
    """The reader's language, display names of people by sign-in name, and the shop's settings."""

    translator: Translator
    names: Mapping[str, str]
    settings: Settings

    def person(self, name: str) -> str:
        """The display name of a person."""
        return self.names.get(name, name)


@dataclass(frozen=True, slots=True)
class DayDocument:
    """The figures of a period, with slow-moving goods."""

    report: DayReport
    slow: Sequence[SlowProduct]
    reader: ReportReader


@dataclass(frozen=True, slots=True)
class MonthDocument:
    """The accountant's month."""

    report: MonthReport
    reader: ReportReader
