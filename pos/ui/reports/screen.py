"""The manager's reports: a day at a glance, the receipts of its marks, and the Z of a shift as recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from pos.application.shifts.tables import shift
from pos.application.tables.listing import Listing
from pos.application.text.translator import Translator
from pos.domain.period import Period, Usual
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.report_slice import ReportSlice
from pos.domain.reports.slow_goods import SlowProduct
from pos.domain.shifts.shift_report import ShiftReport
from pos.domain.staff.staff import Person
from pos.ui.input.actions import REPORTS
from pos.ui.look.theme import Size, Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.reports.chart_library import ChartLibrary
from pos.ui.reports.day_bar import ALL, DayBar
from pos.ui.reports.day_page import DayPage
from pos.ui.reports.day_words import nothing_happened
from pos.ui.reports.drill_down_page import Behind, BehindPage
from pos.ui.reports.glance import ShownReport
from pos.ui.reports.report_saver import Asked, ReportSaver
from pos.ui.reports.row_words import MANY
from pos.ui.reports.slice_words import slice_text
from pos.ui.reports.tile_words import compared_text, period_text
from pos.ui.session.session import Session
from pos.ui.shifts.z_page import ZPage
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def _has_traded(report: DayReport) -> bool:
    return bool(report.sales.count or report.returns.count)


class ReportsScreen(Screen):
    """Reads the days again each time the page is entered or other days are chosen. The page is cleared when it is left.

    Before the first sale of today it shows yesterday.

    `receipt_requested` carries the number of a receipt to open.
    """

    screen_id = REPORTS
    rail = REPORTS
    receipt_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme = session.theme
        self.seen: ShownReport | None = None
        self._names: Mapping[str, str] = {}
        self._period: Period | None = None
        self._is_morning = False
        self._till = self._person = ALL
        self._read_for: tuple[Period | None, str, str] = (None, ALL, ALL)
        """Days, till and person of the figures on show."""
        self._question = self._look = 0
        self._left_field: QWidget | None = None
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(self.session.finishing.turned)
        self._title = TextLabel(role=Role.SECTION)
        self._when = TextLabel(role=Role.LABEL, wrap=True)
        self._when.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = DayBar(theme, self)
        self.day = DayPage(theme, ChartLibrary(session, self))
        self.behind = BehindPage(session)
        self.z = ZPage(session)
        self.empty = EmptyState(theme)
        TableSaver(self, self._listing)
        save_list, self.saver = self.key_handlers["save_table"], ReportSaver(self)
        self.month_button = IconButton(theme, icon="file-spreadsheet", height=Size.SMALL_BUTTON)
        self.month_button.clicked.connect(self._save_month)
        self.voucher_button, self.z_voucher_button = (
            IconButton(theme, icon="briefcase", height=Size.SMALL_BUTTON) for _ in range(2)
        )
        for button in (self.voucher_button, self.z_voucher_button):
            button.clicked.connect(self._save_vouchers)
        self.key_handlers |= {
            "save_table": lambda: self._save(save_list),
            "report_month": self._save_month,
            "accounting_files": self._save_vouchers,
            "reports_today": lambda: self.bar.choose(Usual.TODAY),
            "next_period": self.bar.next_period,
            "next_till": self._next_till,
            "reprint": self.z.print_again,
            "reprint_a4": self.z.print_sheet,
            "shift_closed": self._close_z,
            "back": self._back,
        }
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("focus_ring", "none")
        self._lay_out()
        self.session.touched.connect(self._make_room)
        self.bar.chosen.connect(self._choose)
        self.bar.till_chosen.connect(self._choose_till)
        self.bar.person_chosen.connect(self._choose_person)
        self.day.opened.connect(self._open_z)
        self.day.x_opened.connect(self._open_x)
        self.day.slice_opened.connect(self._open_slice)
        self.behind.opened.connect(self.receipt_requested)
        self.z.done.connect(self._close_z)
        self.empty.action_pressed.connect(lambda: self.bar.choose(Usual.TODAY))

    @property
    def report(self) -> DayReport | None:
        """The figures on show."""
        return None if self.seen is None else self.seen.report

    def entered(self) -> None:
        """After returning from a receipt, the days and the list are unchanged."""
        self.day.glance.suit(finger=self.session.by_finger)
        if self.behind.behind is not None:
            self.read()
            self.behind.setFocus()
            return
        self._period = Period.of(Usual.TODAY, self.session.today)
        self._till = self._person = ALL
        self._is_morning = True
        self.z.clear()
        self._present()  # a key pressed before the store answers still moves the days
        self.setFocus()  # the key is applied when the day is loaded
        self.read()

    def _make_room(self) -> None:
        if self.isVisible():
            self.day.glance.suit(finger=True)

    def follow_day(self) -> None:
        self._present()  # the figures stay, and those of before midnight are not called today's

    def left(self) -> None:
        self._question += 1
        self.seen = None
        self.z.clear()
        if self.session.person is None:
            self.behind.clear()
        self._present()

    def retranslate(self, tr: Translator) -> None:
        self.z.retranslate(tr)
        self._present()
        self.behind.retranslate(tr, self._title.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move to the neighbouring days."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self._pages.currentWidget() in (self.z, self.behind):
            super().keyPressEvent(event)
        else:
            self.bar.step(step)

    # ── reading from the store ───────────────────────────────────────────────────────────────────────────────

    def read(self) -> None:
        """Ask for the figures of the days on show; only the answer to the latest request is shown."""
        shop, period = self.session.shop, self._period
        if period is None:
            return
        if self._pages.currentWidget() is self.empty:
            self._turn_to(self._blank)  # that nothing was sold was said of other days
        self._question += 1
        question, (till, whose), choice = self._question, self._chosen(), (self._till, self._person)

        may_look_back, self._is_morning = self._is_morning, False
        before = Period.of(Usual.YESTERDAY, self.session.today)

        def call(person: Person) -> tuple[DayReport, Period, Mapping[str, str]]:
            report, days = shop.report_day(person, period.first, till, period.last, whose), period
            if may_look_back and not _has_traded(report):  # in the morning, yesterday is shown
                yesterday = shop.report_day(person, before.first, till, before.last, whose)
                report, days = (yesterday, before) if _has_traded(yesterday) else (report, period)
            return report, days, shop.sign_in.names()

        def taken(answer: tuple[DayReport, Period, Mapping[str, str]]) -> None:
            if question == self._question:
                report, self._period, self._names = answer
                self._read_for = self._period, *choice
                self.seen = ShownReport(report, self._names)
                self._present()
                self._read_slow(question, self._period)

        def failed(error: Exception) -> None:
            if question == self._question and self.seen is not None:  # the figures on show are of other days
                self._period, self._till, self._person = self._read_for
                self._present()
            self.session.report_foreseen(error)

        self.session.run_as(call, taken, failed)

    def _read_slow(self, question: int, period: Period) -> None:
        """Slow sellers are read after the sales, because they need the whole catalogue."""
        shop = self.session.shop

        def taken(goods: Sequence[SlowProduct]) -> None:
            if question == self._question and self.seen is not None:
                self.seen = replace(self.seen, slow=goods)
                self.day.glance.present_slow(self.seen, self.translator)

        self.session.run_as(
            lambda person: shop.slow_products(person, period.first, period.last, limit=MANY).goods, taken
        )

    def _chosen(self) -> tuple[str | None, str | None]:
        """The chosen till and person; None for all."""
        return None if self._till == ALL else self._till, None if self._person == ALL else self._person

    def _choose(self, period: Period) -> None:
        self._period = period
        self._show_day()
        self.read()

    def _choose_till(self, till: str) -> None:
        self._till = till
        self.read()

    def _choose_person(self, person: str) -> None:
        self._person = person
        self.read()

    def _next_till(self) -> None:
        tills = (ALL, *(self.report.tills if self.report is not None else ()))
        if self._pages.currentWidget() not in (self.z, self.behind) and self._till in tills:
            self._choose_till(tills[(tills.index(self._till) + 1) % len(tills)])

    def _open_slice(self, report_slice: ReportSlice) -> None:
        if self._period is not None:
            self.behind.begin(Behind(report_slice, self._period, *self._chosen()), self._names)
            self._present()
            self.behind.retranslate(self.translator, self._title.text())

    def _close_slice(self) -> None:
        self.behind.clear()
        self._present()

    def _open_z(self, till: str, number: int) -> None:
        find = self.session.shop.issue_shift.find
        self._look_at(lambda person: find(person, number, till=till).report)

    def _open_x(self, till: str) -> None:
        read = self.session.shop.read_shift
        self._look_at(lambda person: read(person, till))

    def _look_at(self, read: Callable[[Person], ShiftReport]) -> None:
        """Show an X or a Z; the days that are being read come to their figures behind it."""
        self._look += 1
        asked = self._question, self._look

        def taken(report: ShiftReport) -> None:
            if asked == (self._question, self._look) and self.session.is_awaited:
                self.z.look_at(report, self._names)
                self._present()
                self.z.setFocus()

        self.session.run_as(read, taken)

    def _close_z(self) -> None:
        if self.z.report is not None:
            self.z.clear()
            self._show_day()
            self._present()

    def _show_day(self) -> None:
        self.z.clear()
        self.behind.clear()
        if not self.bar.is_typing:
            self.day.setFocus()

    def _back(self) -> None:
        today = Period.of(Usual.TODAY, self.session.today)
        if self.z.report is not None:
            self._close_z()
        elif self.behind.behind is not None:
            self._close_slice()
        elif self._period != today:
            self.bar.choose(Usual.TODAY)
        else:
            self.day.setFocus()
            self.day.verticalScrollBar().setValue(0)

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────

    def _save(self, save_list: Callable[[], None]) -> None:
        """Save the day as a file; for a Z or a list on show, its tables."""
        if self._pages.currentWidget() in (self.z, self.behind) or self._period is None:
            save_list()
        else:
            self.saver.save_day(Asked(self._period, *self._chosen()))

    def _save_month(self) -> None:
        if self._period is not None and self._pages.currentWidget() not in (self.z, self.behind):
            self.saver.save_month(self._period.last)

    def _save_vouchers(self) -> None:
        """Save what the accountant gets of the Z on show, or of all shifts closed on the days on show."""
        z, page = self.z.report, self._pages.currentWidget()
        if z is not None and z.z_number is not None:
            self.saver.save_voucher(z)
        elif self._period is not None and page not in (self.z, self.behind):
            self.saver.save_vouchers(Asked(self._period, *self._chosen()))

    def _listing(self) -> Listing | None:
        report = self.z.report
        return self.behind.listing() if report is None else shift(lambda _reader: report, "reports")

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        tr, seen, period = self.translator, self.seen, self._period
        behind = self.behind.behind
        on_z, on_list = self.z.report is not None, behind is not None
        days = "" if period is None else period_text(period, tr.language)
        self.setAccessibleName(tr("Reports"))
        self.day.setAccessibleName(tr("The day at a glance"))
        if on_z:
            self._title.setText(self.z.title)
        elif behind is not None:
            self._title.setText(slice_text(behind.report_slice, self._names, tr))
        else:
            self._title.setText(tr("Day at a glance"))
        parts = [days]
        if not on_list and seen is not None:
            compared = compared_text(seen.report, tr)
            parts = (
                [days, compared] if seen.report.first == seen.report.last else [compared]
            )  # the fields show the days
        elif behind is not None:
            parts += [one for one in (behind.till, self._names.get(behind.person or "")) if one]
        self._when.setText(" · ".join(parts))
        self._when.setVisible(not on_z)
        self._choice.setVisible(not on_z and not on_list)
        self._z_steps.setVisible(on_z)
        self._leave.present(tr("Back"), key=self.session.actions.key_text("back"))
        self._leave.setVisible(on_list and not on_z)
        self.month_button.present(
            "", name=tr("Monthly report for accounting"), key=self.session.actions.key_text("report_month")
        )
        key = self.session.actions.key_text("accounting_files")
        self.voucher_button.present("", name=tr("Files for accounting"), key=key)
        self.z_voucher_button.present("", name=tr("Files for accounting"))
        self.z_voucher_button.setToolTip(plain_tip(key))
        self.z_voucher_button.setVisible(self.z.report is not None and self.z.report.z_number is not None)
        if period is not None:
            self.bar.present(period, self.session.today, tr)
            tills = seen.report.tills if seen is not None else ()
            self.bar.offer(tills, self._till, self._names, self._person, tr)
        title = tr("No sales on this day") if period is None or period.days == 1 else tr("No sales on these days")
        hint = tr("Use the arrow keys to choose another day. Figures appear after the first shift is opened.")
        if seen is not None and (seen.report.person, seen.report.till) != (None, None):
            title = tr("No sales with this choice of staff or till")
            hint = tr("Choose all staff and all tills to see the others.")
        self.empty.present(
            "chart-column",
            title,
            hint,
            tr("Today") if period != Period.of(Usual.TODAY, self.session.today) else "",
        )
        if on_z:
            page: QWidget = self.z
        elif on_list:
            page = self.behind
        elif seen is None:
            page = self._blank
        elif nothing_happened(seen.report):
            page = self.empty
        else:
            page = self.day
            self.day.present(seen, self.session.settings.zone, tr)
        self._turn_to(page)

    def _turn_to(self, page: QWidget) -> None:
        before, focused = self._pages.currentWidget(), QApplication.focusWidget()
        if page is self.behind and before is self.day:
            self._left_field = focused
        self._pages.setCurrentWidget(page)
        if page is before or not self.isVisible() or (focused and self._choice.isAncestorOf(focused)):
            return
        if page is self.day and before is self.behind and self._left_field is not None:
            self._left_field.setFocus()
        else:
            (self if page is self.empty else page).setFocus()

    def _lay_out(self) -> None:
        bar = self.bar
        self._choice = Flow(
            bar.tills, bar.people, bar.periods, bar.earlier, bar.box, bar.until, bar.later, self.month_button,
            self.voucher_button, aligns_right=True,
        )  # fmt: skip
        self._z_steps = Flow(self.z_voucher_button, *self.z.buttons, aligns_right=True)
        head = hbox(self._title, Stretched(self._choice), Stretched(self._z_steps), spacing=Space.S)
        self._leave = IconButton(self.theme, icon="arrow-left", height=Size.SMALL_BUTTON)
        self._leave.clicked.connect(self._back)
        head.addWidget(self._leave)
        self._blank = QWidget()
        for page in (self._blank, self.day, self.behind, self.z, self.empty):
            self._pages.addWidget(page)
        column = vbox(head, spacing=Space.S, margins=(Space.M, Space.S, Space.M, Space.S), parent=self)
        column.addWidget(self._when)  # beneath the choice: days and what they are compared with are long in Russian
        column.addWidget(self._pages, 1)
