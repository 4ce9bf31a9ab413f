"""The current shift: the X, cash moved without a sale, and the way to close."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from pos.application.shifts.tables import shift
from pos.application.tables.listing import Listing
from pos.application.text.translator import Translator
from pos.domain.shifts.shift import Shift
from pos.domain.shifts.shift_report import ShiftReport
from pos.domain.staff.staff import Person
from pos.ui.input.actions import CHECKOUT, CLOSE_SHIFT, SHIFT
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.notices.notice_factory import News, NoticeMaker
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.session.session import Session
from pos.ui.shifts.drawer_panel import DrawerPanel
from pos.ui.shifts.report_view import ReportView
from pos.ui.shifts.report_words import head_text
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone


class ShiftScreen(Screen):
    """Reads the X each time it is entered. Of it nothing stays when the page is left; cash that is typed and not
    entered stays for the same person.
    """

    screen_id = SHIFT
    rail = SHIFT

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, key = session.theme, session.actions.key_text
        self.report: ShiftReport | None = None
        self._names: Mapping[str, str] = {}
        self._question = 0
        self._title = TextLabel(role=Role.SECTION)
        self._whose = TextLabel(role=Role.LABEL, wrap=True)
        self.news = News(theme, session.translator)
        self.view = ReportView()
        self.empty = EmptyState(theme)
        self.drawer = DrawerPanel(session)
        self.drawer_button = IconButton(theme, icon="inbox", key=key("drawer"), height=Size.SMALL_BUTTON)
        self.close_button = IconButton(
            theme, icon="lock", key=key("close_shift"), kind=ButtonKind.PRIMARY, height=Size.SMALL_BUTTON
        )
        self.print_button = IconButton(theme, icon="printer", key=key("print_x"), height=Size.SMALL_BUTTON)
        self.key_handlers = {
            "drawer": self._open_drawer,
            "print_x": self._print,
            "close_shift": self._go_to_close,
            "back": self._back,
        }
        TableSaver(self, self._listing)
        self._lay_out()
        self._connect()

    def entered(self) -> None:
        if self._side.isHidden():
            self.view.setFocus()
        else:
            self.drawer.ask_to_finish()
        self.read()

    def left(self) -> None:
        self._question += 1
        self.report = None
        self.news.clear()
        self.drawer.leave(stays=self.session.person is not None)
        if not self.drawer.is_begun:
            self._leave_drawer()

    def _person_changed(self, person: Person | None) -> None:
        """The till may be locked on another page, too."""
        if person is None:
            self.left()

    def _shift_changed(self, shift: Shift | None) -> None:
        if shift is None:
            self.drawer.forget()
            self._leave_drawer()
        self._present()

    def retranslate(self, tr: Translator) -> None:
        self.news.retranslate(tr)
        self.drawer.retranslate(tr)
        self.drawer_button.present(tr("Drawer"))
        self.close_button.present(tr("Close the shift"))
        self.print_button.present(tr("Print"))
        self.view.setAccessibleName(tr("Current shift"))
        hint = tr("Open the shift before the first sale and count the float.")
        self.empty.present("wallet", tr("No shift is open"), hint, tr("Open the shift"))
        self._present()

    def _listing(self) -> Listing | None:
        read = self.session.shop.read_shift
        return None if self.report is None else shift(lambda reader: read(reader.person), "close_shift")

    def read(self) -> None:
        """Read the current X."""
        person, shop = self.session.person, self.session.shop
        self._present()
        if person is None or self.session.shift is None:
            return
        self._question += 1
        question = self._question

        def taken(read: tuple[ShiftReport, Mapping[str, str]]) -> None:
            if question == self._question:
                self.report, self._names = read
                self._present()

        self.session.run(lambda: (shop.read_shift(person), shop.sign_in.names()), taken, self._refused)

    def _refused(self, error: Exception) -> None:
        self.news.notify("shift.refused", lambda _tr: Notice(Tone.NEARLY, self.session.wording(error)))

    def _present(self) -> None:
        tr, report, shift = self.translator, self.report, self.session.shift
        is_open = shift is not None
        self._pages.setCurrentIndex(0 if is_open else 1)
        for button in (self.drawer_button, self.close_button):
            button.setVisible(is_open)
        self._title.setText(tr("Shift {number}", number=shift.number) if shift is not None else tr("Shift"))
        self.view.setVisible(report is not None)
        self.print_button.setVisible(report is not None and not report.is_blind)
        if report is None:
            self._whose.setText("")
            return
        zone = self.session.settings.zone
        self._whose.setText(head_text(report, self._names, zone, tr))
        self.view.present(report, self._names, zone, tr, brief=not self._side.isHidden())

    # ── keys and buttons ─────────────────────────────────────────────────────────────────────────────────────

    def _open_drawer(self) -> None:
        if self.session.shift is not None:
            again = self._side.isVisible()
            self._side.show()
            self._present()
            self.drawer.open(again=again)

    def _leave_drawer(self) -> None:
        self._side.hide()
        self._present()
        if self.isVisible():  # the shift may end, and the till be locked, on another page
            self.view.setFocus()

    def _done(self, make_notice: NoticeMaker) -> None:
        if not self.drawer.is_begun:
            self._leave_drawer()
        self.news.notify("shift.drawer", make_notice)
        self.read()

    def _print(self) -> None:
        """Print the X, for users who may see all of it."""
        report, issue = self.report, self.session.shop.issue_shift
        if report is None or report.is_blind:
            return

        def printed(_path: object) -> None:
            self.session.receipt_printed()
            self.news.notify(
                "shift.printed",
                lambda tr: Notice(Tone.WITHIN, tr("Report printed."), "printer", seconds=8),
            )

        self.session.run(lambda: issue(report), printed, self._refused)

    def _go_to_close(self) -> None:
        if self._side.isVisible() and self.drawer.is_begun:
            self.session.sounds.play(Sound.UNREAD)
            self.drawer.ask_to_finish()
            self.news.notify(
                "shift.refused",
                lambda tr: Notice(Tone.NEARLY, tr("Press Enter to accept this entry, or Esc to drop it.")),
                holds=lambda: self._side.isVisible() and self.drawer.is_begun,
            )
        elif self.session.shift is not None:
            self.session.go(CLOSE_SHIFT)

    def _back(self) -> None:
        if self._side.isVisible():
            if not self.drawer.back():
                self._leave_drawer()
        elif self.news.notice is not None:
            self.news.clear()
        else:
            self.session.go(CHECKOUT)

    def _connect(self) -> None:
        self.drawer.done.connect(self._done)
        self.drawer.left.connect(self._leave_drawer)
        self.print_button.clicked.connect(self._print)
        self.drawer_button.clicked.connect(self._open_drawer)
        self.close_button.clicked.connect(self._go_to_close)
        self.empty.action_pressed.connect(lambda: self.session.go(CHECKOUT))
        self.session.shift_changed.connect(self._shift_changed)
        self.session.person_changed.connect(self._person_changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        names = vbox(self._title, self._whose, spacing=0)
        head.addLayout(names, 1)
        head.addWidget(self.print_button)
        head.addWidget(self.drawer_button)
        head.addWidget(self.close_button)
        holder = QWidget()
        vbox(self.view, margins=0, parent=holder)
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(self.session.finishing.turned)
        self._pages.addWidget(holder)
        self._pages.addWidget(self.empty)
        main = vbox(
            head, self.news, Stretched(self._pages), spacing=Space.S, margins=(Space.M, Space.S, Space.M, Space.S)
        )
        self._side = QWidget()
        hbox(self.drawer, spacing=0, margins=0, parent=self._side)
        self._side.hide()
        vbox(MainAndSide(main, self._side), spacing=0, margins=0, parent=self)
