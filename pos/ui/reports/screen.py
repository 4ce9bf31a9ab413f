"""The manager's reports: a day at a glance, and the Z of a shift as it was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.application.figures import long_date_text
from pos.application.words import Words
from pos.domain.day_report import DayReport
from pos.domain.shift_report import ZReport
from pos.ui.actions import REPORTS
from pos.ui.reports.day_bar import ALL, DayBar
from pos.ui.reports.day_page import DayPage
from pos.ui.reports.day_words import nothing_happened
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.shift.screen import names_of
from pos.ui.shift.z_page import ZPage
from pos.ui.theme import Space
from pos.ui.widgets.empty_state import EmptyState
from pos.ui.widgets.text_label import Role, TextLabel

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ReportsScreen(Screen):
    """Reads a day anew each time the page is entered or another day is chosen. Nothing stays when the page is left."""

    place = REPORTS
    rail = REPORTS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme = session.theme
        self.report: DayReport | None = None
        self._names: Mapping[str, str] = {}
        self._day: date | None = None
        self._till = ALL
        self._question = 0
        self._title = TextLabel(role=Role.SECTION)
        self._when = TextLabel(role=Role.LABEL)
        self.bar = DayBar(theme, self)
        self.day = DayPage(theme)
        self.z = ZPage(session)
        self.empty = EmptyState(theme)
        self.steps = {
            "reports_today": lambda: self._choose(self._today),
            "next_till": self._next_till,
            "reprint": self.z.print_again,
            "reprint_a4": self.z.print_sheet,
            "shift_closed": self._close_z,
            "back": self._back,
        }
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "none")
        self._lay_out()
        self.bar.chosen.connect(self._choose)
        self.bar.till_chosen.connect(self._choose_till)
        self.day.opened.connect(self._open_z)
        self.z.done.connect(self._close_z)
        self.empty.acted.connect(lambda: self._choose(self._today))

    def entered(self) -> None:
        """Override Screen.entered."""
        self._day, self._till = self._today, ALL
        self.z.clear()
        self.setFocus()  # the day takes it when it is here
        self.read()

    def left(self) -> None:
        """Override Screen.left."""
        self._question += 1
        self.report = None
        self.z.clear()
        self._present()

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        self.z.retranslate(words)
        self._present()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: left and right go to the days beside the one on show."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self.z.report is not None:
            super().keyPressEvent(event)
        else:
            self.bar.step(step)

    def read(self) -> None:
        """Ask for the figures of the day on show; of two asked for in quick succession the later one is shown."""
        person, shop, day, till = self.session.person, self.session.shop, self._day, self._till
        if person is None or day is None:
            return
        self._question += 1
        question = self._question

        def taken(found: tuple[DayReport, Mapping[str, str]]) -> None:
            if question == self._question:
                self.report, self._names = found
                self._present()

        self.session.run(
            lambda: (shop.report_day(person, day, None if till == ALL else till), names_of(shop.sign_in.people())),
            taken,
        )

    @property
    def _today(self) -> date:
        return self.session.shop.now().astimezone(self.session.settings.zone).date()

    def _choose(self, day: date) -> None:
        self._day = day
        self._show_day()
        self.read()

    def _choose_till(self, till: str) -> None:
        self._till = till
        self.read()

    def _next_till(self) -> None:
        tills = (ALL, *(self.report.tills if self.report is not None else ()))
        if self._pages.currentWidget() is not self.z and self._till in tills:
            self._choose_till(tills[(tills.index(self._till) + 1) % len(tills)])

    def _open_z(self, till: str, number: int) -> None:
        self._question += 1
        question, shop = self._question, self.session.shop

        def taken(z: ZReport) -> None:
            if question == self._question:
                self.z.look_at(z, self._names)
                self._present()
                self.z.setFocus()

        self.session.run_as(lambda person: shop.issue_shift.find(person, number, till=till), taken)

    def _close_z(self) -> None:
        if self.z.report is not None:
            self.z.clear()
            self._show_day()
            self._present()

    def _show_day(self) -> None:
        self.z.clear()
        self.day.setFocus()

    def _back(self) -> None:
        if self.z.report is not None:
            self._close_z()
        elif self._day != self._today:
            self._choose(self._today)
        else:
            self.day.setFocus()
            self.day.verticalScrollBar().setValue(0)

    def _present(self) -> None:
        words, report, day = self.words, self.report, self._day
        on_z = self.z.report is not None
        self._title.setText(self.z.title if on_z else words("Reports"))
        self._when.setText("" if on_z or day is None else long_date_text(day, words.language))
        self._when.setVisible(not on_z)
        self._choice.setVisible(not on_z)
        self.day.setAccessibleName(words("The day at a glance"))
        if day is not None:
            self.bar.present(day, self._today, report.tills if report is not None else (), self._till, words)
        self.empty.present(
            "chart-column",
            words("Nothing happened on this day"),
            words("The arrow keys choose another day. Figures appear with the first shift that is opened."),
            words("Today") if day != self._today else "",
        )
        if on_z:
            page: QWidget = self.z
        elif report is None:
            page = self._blank
        elif nothing_happened(report):
            page = self.empty
        else:
            page = self.day
            self.day.present(report, self._names, self.session.settings.zone, words)
        before, focused = self._pages.currentWidget(), QApplication.focusWidget()
        self._pages.setCurrentWidget(page)
        if page is not before and self.isVisible() and not (focused and self._choice.isAncestorOf(focused)):
            (self if page is self.empty else page).setFocus()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._when)
        self._choice = QWidget()
        choice = QHBoxLayout(self._choice)
        choice.setContentsMargins(0, 0, 0, 0)
        choice.setSpacing(Space.S)
        for part in (self.bar.tills, self.bar.earlier, self.bar.box, self.bar.later, self.bar.today):
            choice.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addLayout(names, 1)
        head.addWidget(self._choice)
        for button in self.z.buttons:
            head.addWidget(button)
        self._blank = QWidget()
        self._pages = QStackedWidget()
        for page in (self._blank, self.day, self.z, self.empty):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
