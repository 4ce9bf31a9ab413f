"""The days of a report: a usual period is chosen, or the first and the last day are typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import N_, Translator
from pos.ui.look.theme import Size, Space
from pos.ui.page.form_page import FormRow
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.periods import PERIODS, days_of


class ReportDays(QWidget):
    """The last 31 days first. `chosen`: the report of other days is wanted."""

    chosen = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.period = Narrowing(N_("Chosen days"), PERIODS)
        self.period.setCurrentIndex(self.period.findData("month"))
        self.period.narrowed.connect(self._choose)
        self.period.setFixedHeight(Size.SMALL_BUTTON)
        self._of_period = FormRow(self.period)
        self.first_day, self.last_day = DateBox("", QDate.currentDate()), DateBox("", QDate.currentDate())
        self.first, self.last = FormRow(self.first_day), FormRow(self.last_day)
        for box in (self.first_day, self.last_day):
            box.setFixedHeight(Size.SMALL_BUTTON)
            box.dateChanged.connect(lambda _day: self._typed())
        self._is_setting = False
        self._put()
        vbox(Flow(self._of_period, self.first, self.last, spacing=Space.M), margins=0, parent=self)

    @property
    def first_and_last(self) -> tuple[date, date]:
        """The first and the last day."""
        first, last = (box.date() for box in (self.first_day, self.last_day))
        return date(first.year(), first.month(), first.day()), date(last.year(), last.month(), last.day())

    def are_in_order(self) -> bool:
        """Whether the last day is not before the first; else it is said beneath it."""
        first, last = self.first_and_last
        if first > last:
            self.last.complain(lambda: self._session.translator("The last day is before the first."))
            return False
        self.last.excuse()
        return True

    def follow_day(self) -> None:
        """A period that was chosen ends today."""
        self._put()

    def begin(self) -> None:
        """Put the cursor into the first day."""
        self.first_day.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._of_period.present(tr("Period"))
        self.period.retranslate(tr, tr("Period"))
        self.first.present(tr("First day"))
        self.last.present(tr.context("report", "Last day"))
        for row, box in ((self.first, self.first_day), (self.last, self.last_day)):
            box.present(row.label.text(), tr.language)

    def _put(self) -> None:
        """Show the days of the chosen period."""
        days = days_of(self.period.key, self._session.today)
        if days is None:
            return
        self._is_setting = True
        for box, day in ((self.first_day, days.first), (self.last_day, days.last)):
            box.setDate(QDate(day.year, day.month, day.day))
        self._is_setting = False

    def _choose(self) -> None:
        self._put()
        self.chosen.emit()

    def _typed(self) -> None:
        if not self._is_setting:
            self.period.widen()
            self.chosen.emit()
