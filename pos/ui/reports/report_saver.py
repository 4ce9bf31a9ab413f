"""Saves the day on show and what the accountant gets as files: read on the store's thread, written on another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from pos.application.shifts.accounting_files import XML
from pos.application.tables.save_tables import safe_name
from pos.application.tables.table_files import CSV, XLSX
from pos.application.text.translator import N_, Translator
from pos.domain.period import Period
from pos.domain.shifts.shift_report import ShiftReport
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.page.save_table import asked_file
from pos.ui.page.screen import Screen
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

Document = TypeVar("Document")

_TO_ACCOUNTANT = {
    XLSX: N_("Day voucher, workbook (*.xlsx)"),
    CSV: N_("Day voucher, table as text (*.csv)"),
    f".{XML}": N_("Retail sales for 1C, CommerceML (*.xml)"),
}
"""What the accountant gets, by the ending of the file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The requested days, of one till and one person or of all."""

    period: Period
    till: str | None
    person: str | None


class ReportSaver(QObject):
    """Asks for a file name, then saves; one file at a time. Tests replace `ask`."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen, self._session = screen, screen.session
        self._is_busy = False
        self.ask: Callable[[str], Path | None] = lambda name: asked_file(self._screen, name)
        self.ask_for_accountant: Callable[[str], Path | None] = lambda name: asked_file(
            self._screen, name, _TO_ACCOUNTANT, "accounting_files"
        )

    def save_day(self, asked: Asked) -> None:
        """Save the current figures of the days, the till and the person."""
        days, files = asked.period, self._session.shop.report_files
        self._save(
            (self._translator("Day report"), asked.till or "", asked.person or "", _named(days)),
            lambda person, form: files.day_document(
                person, form, self._translator, days.first, asked.till, days.last, asked.person
            ),
            files.save,
        )

    def save_month(self, day: date) -> None:
        """Save the month that contains `day`."""
        files = self._session.shop.report_files
        self._save(
            (self._translator("Monthly report for accounting"), f"{day:%Y-%m}"),
            lambda person, form: files.month_document(person, form, self._translator, day),
            files.save,
        )

    def save_vouchers(self, asked: Asked) -> None:
        """Save the vouchers, or the retail sales, of all shifts closed on the days; a voucher is of a whole shift."""
        days, files = asked.period, self._session.shop.accounting_files
        self._save(
            (self._translator("Day voucher"), asked.till or "", _named(days)),
            lambda person, form: files.of_days(person, form, self._translator, days.first, days.last, asked.till),
            files.save,
            self.ask_for_accountant,
        )

    def save_voucher(self, z: ShiftReport) -> None:
        """Save the voucher, or the retail sales, of one Z."""
        files, number = self._session.shop.accounting_files, z.z_number
        assert number is not None, "an X is not final"
        self._save(
            (self._translator("Day voucher"), z.z_name or ""),
            lambda person, form: files.of_z(person, form, self._translator, number, z.till),
            files.save,
            self.ask_for_accountant,
        )

    def _save(
        self,
        names: tuple[str, ...],
        read: Callable[[Person, str], Document],
        save: Callable[[Path, str, Document], None],
        ask: Callable[[str], Path | None] | None = None,
    ) -> None:
        if self._is_busy or self._session.person is None:
            return
        path = (ask or self.ask)(safe_name(self._session.settings.shop_name, *names))
        if path is None:
            return
        self._is_busy = True
        form = path.suffix.lower().removeprefix(".")
        self._session.notify(
            "report.saving", lambda: Notice(Tone.NEUTRAL, self._translator("Saving {file}…", file=path.name))
        )

        def written(_nothing: None) -> None:
            self._is_busy = False
            self._session.sounds.play(Sound.COMPLETE)
            self._session.notify(
                "report.saved",
                lambda: Notice(Tone.WITHIN, self._translator("{file} saved.", file=path.name), seconds=12),
            )

        def taken(document: Document) -> None:
            self._session.think(lambda: save(path, form, document), written, self._failed)

        self._session.run_as(lambda person: read(person, form), taken, self._failed)

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        self._session.sounds.play(Sound.REFUSE)
        self._session.report_foreseen(error)

    @property
    def _translator(self) -> Translator:
        return self._session.translator


def _named(days: Period) -> str:
    """The days in the name of a file."""
    return days.first.isoformat() if days.days == 1 else f"{days.first.isoformat()}_{days.last.isoformat()}"
