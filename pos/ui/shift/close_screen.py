"""Close a shift: a blind count of every currency, once more where it differs, then the Z."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.application.words import Words
from pos.domain.shift import Shift
from pos.domain.shift_report import ShiftReport, ZReport
from pos.domain.staff import Approval, NotAllowed, Person
from pos.ui.actions import CHECKOUT, CLOSE_SHIFT, SHIFT
from pos.ui.checkout.approval_panel import ApprovalPanel
from pos.ui.checkout.news import News
from pos.ui.parked.at_close import ParkedAtClose
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.shift.blind_note import BlindNote
from pos.ui.shift.count_board import CountBoard
from pos.ui.shift.report_words import needs_approval
from pos.ui.shift.screen import names_of
from pos.ui.shift.step_marks import StepMarks
from pos.ui.shift.z_page import ZPage
from pos.ui.sounds import Sound
from pos.ui.theme import Size, Space
from pos.ui.widgets.empty_state import EmptyState
from pos.ui.widgets.icon_button import IconButton, Kind
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.tone import Tone

T = TypeVar("T")
_ROOM_FOR_STEPS = 1120


class Stage(Enum):
    """Where the close stands."""

    COUNT = auto()
    RECOUNT = auto()
    CLOSED = auto()


class CloseShiftScreen(Screen):
    """Never shows what the drawer should hold before the shift is closed; of a difference it tells the currency only.

    The count stays while somebody looks elsewhere or the till is locked; a second look of the till at it is not to be
    had by going away. The Z stays until it is done with or somebody else signs in.
    """

    place = CLOSE_SHIFT
    rail = SHIFT

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, key = session.theme, session.actions.key_text
        self.stage = Stage.COUNT
        self.busy = False
        self.differing: tuple[str, ...] = ()
        self._shift: Shift | None = None
        self._approval: Approval | None = None
        self._title = TextLabel(role=Role.SECTION)
        self._marks = StepMarks(theme)
        self.news = News(theme, session.words)
        self.parked = ParkedAtClose(session, self.news, lambda: self._approval)
        self.note = BlindNote(theme)
        self.board = CountBoard(theme, rest_key=key("rest_none"))
        self.approval = ApprovalPanel(session)
        self.recount = IconButton(theme, icon="rotate-ccw", key=key("recount"), height=Size.SMALL_BUTTON)
        self.confirm = IconButton(
            theme, icon="check", key=key("confirm_count"), kind=Kind.PRIMARY, height=Size.SMALL_BUTTON
        )
        self.z = ZPage(session)
        self.empty = EmptyState(theme)
        self.board.follow(session.settings.cash())
        self.steps = {
            "rest_none": self._none_of_the_rest,
            "recount": self._count_anew,
            "confirm_count": self._confirm,
            "hand_over_parked": self.parked.hand_over,
            "reprint": self._print_again,
            "reprint_a4": self._print_sheet,
            "shift_closed": self._finish,
            "back": self._back,
        }
        self._lay_out()
        self._connect()

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Override Screen.entered."""
        shift, person, shop = self.session.shift, self.session.person, self.session.shop
        if shift is not None and shift != self._shift:
            self._begin(shift)
        self._look()
        if self.stage is Stage.CLOSED:
            self.z.setFocus()
        elif shift is not None and person is not None:
            self.board.begin()
            self.parked.look()
            self.session.run(lambda: shop.read_shift(person), self._take_moved, self._cannot_read)

    def left(self) -> None:
        """Override Screen.left."""
        self.approval.close_down()

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        for part in (self.news, self.board, self.approval, self.z):
            part.retranslate(words)
        self.confirm.present(words("Confirm the count"))
        hint = words("Open one before the first sale: the float in the drawer is counted then.")
        self.empty.present("wallet", words("No shift is open"), hint, words("Open the shift"))
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent: a narrow window has no room for the steps."""
        super().resizeEvent(event)
        self._marks.setVisible(self.width() >= _ROOM_FOR_STEPS)

    def waiting(self) -> str:
        """Override Screen.waiting."""
        if self.stage is Stage.CLOSED or not self.board.count:
            return ""
        return self.words("the count of the drawer")

    # ── the count ────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self, shift: Shift) -> None:
        self._shift, self.stage, self.differing, self._approval = shift, Stage.COUNT, (), None
        self.z.clear()
        self.news.clear()
        self.board.clear()

    def _take_moved(self, report: ShiftReport) -> None:
        """The currencies that have moved must be counted; nothing else of the report is looked at."""
        if self._shift is not None and report.number == self._shift.number:
            self.board.want([line.currency.code for line in report.cash])
            self._look()

    def _cannot_read(self, error: Exception) -> None:
        """Of a shift that is somebody else's nothing is known before its close is approved: all must be counted."""
        if not isinstance(error, NotAllowed):
            self.session.report(error)

    def _count_anew(self) -> None:
        column = self.board.here
        if column is not None and not self.busy and self.stage is not Stage.CLOSED:
            column.clear()
            column.shown[0].setFocus()

    def _none_of_the_rest(self) -> None:
        column = self.board.here
        if column is not None and not self.busy and self.stage is not Stage.CLOSED:
            column.fill_rest()
            self.board.go_on(column)

    def _confirm(self) -> None:
        if not self.confirm.isEnabled() or self.stage is Stage.CLOSED:
            return
        count, close, approval = self.board.count, self.session.shop.close_shift, self._approval
        if self.stage is Stage.RECOUNT:
            self._close()
            return
        self._run(lambda person: close.differs(person, count, approval), self._compared)

    def _compared(self, differing: tuple[str, ...]) -> None:
        self._set_busy(False)
        if not differing:
            self._close()
            return
        self.stage, self.differing = Stage.RECOUNT, tuple(differing)
        self.session.sounds.play(Sound.REFUSE)
        self.board.ask_again(self.differing)
        self._look()

    def _approved(self, approval: Approval) -> None:
        self._approval = approval
        self._confirm()

    def _close(self) -> None:
        count, shop, approval = self.board.count, self.session.shop, self._approval

        def close(person: Person) -> tuple[ZReport, Mapping[str, str]]:
            return shop.close_shift(person, count, approval=approval), names_of(shop.sign_in.people())

        self._run(close, self._closed)

    def _closed(self, answer: tuple[ZReport, Mapping[str, str]]) -> None:
        z, names = answer
        self.stage, self._shift = Stage.CLOSED, None
        self.session.take_shift(None)
        self._set_busy(False)
        self.news.clear()
        self.board.clear()
        self.z.show_z(z, names)
        self.session.sounds.play(Sound.ACCEPT)
        self._look()
        self.z.setFocus()

    def _run(self, call: Callable[[Person], T], done: Callable[[T], None]) -> None:
        person = self.session.person
        if person is not None and not self.busy:
            self._set_busy(True)
            self.session.run(lambda: call(person), done, self._refused)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.session.sounds.play(Sound.REFUSE)
        if isinstance(error, NotAllowed) and self.session.shift is not None and self.approval.isHidden():
            self.approval.open(error.act, self.session.shift.key, needs_approval)
            return
        if not self.parked.tell(error):
            self.news.tell(lambda _words: Notice(Tone.NEARLY, self.session.wording(error)))

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._look()

    # ── the Z, and away ──────────────────────────────────────────────────────────────────────────────────────

    def _print_again(self) -> None:
        if self.stage is Stage.CLOSED:
            self.z.print_again()

    def _print_sheet(self) -> None:
        if self.stage is Stage.CLOSED:
            self.z.print_sheet()

    def _finish(self) -> None:
        if self.stage is Stage.CLOSED:
            self._forget_z()
            self.session.go(CHECKOUT)

    def _forget_z(self) -> None:
        if self.stage is Stage.CLOSED:
            self.stage = Stage.COUNT
            self.z.clear()
            self._look()

    def _back(self) -> None:
        if self.stage is Stage.CLOSED:
            self._finish()
        elif self.approval.close_down():
            self.board.begin()
        elif self.news.notice is not None:
            self.news.clear()
        else:
            self.session.go(SHIFT)  # of somebody else's shift the window shows what can be done with it

    def _make_way(self, asking: bool) -> None:
        """The question for an approval stands where the note stood: the rows need the rest of the page."""
        self.note.setVisible(not asking)
        if asking:
            self.news.clear()

    # ── how it looks ─────────────────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        words, shift, closed = self.words, self._shift, self.stage is Stage.CLOSED
        self._pages.setCurrentWidget(self.z if closed else self.empty if shift is None else self._count_page)
        number = "" if shift is None else str(shift.number)
        self._title.setText(self.z.title if closed else words("Close shift {number}", number=number))
        steps = (words("Count"), words("Compare"), words("Z report"))
        self._marks.present(steps, {Stage.COUNT: 0, Stage.RECOUNT: 1, Stage.CLOSED: 2}[self.stage])
        self._head.setVisible(closed or shift is not None)
        counting = shift is not None and not closed
        self.recount.setVisible(counting)
        self.confirm.setVisible(counting)
        self.confirm.setEnabled(counting and not self.busy and not self.board.left_to_count)
        here = self.board.here
        self.recount.setEnabled(here is not None and not here.is_blank)
        self.recount.present(words("Recount"))
        if self.stage is Stage.RECOUNT:
            codes = words(", ").join(self.differing)
            text = words("{currencies}: the count differs. Count once more; what you confirm then is final.",
                         currencies=codes)  # fmt: skip
            self.note.present(text, Tone.NEARLY)
        else:
            self.note.present(words("Blind count: what the till expects is shown only after you confirm."), Tone.INFO)

    def _connect(self) -> None:
        self.board.changed.connect(self._look)
        self.board.done.connect(self.confirm.setFocus)
        self.recount.clicked.connect(self._count_anew)
        self.confirm.clicked.connect(self._confirm)
        self.approval.approved.connect(self._approved)
        self.approval.left.connect(self._back)
        self.approval.asking.connect(self._make_way)
        self.empty.acted.connect(lambda: self.session.go(CHECKOUT))
        self.z.done.connect(self._finish)
        self.session.settings_changed.connect(lambda settings: self.board.follow(settings.cash()))
        self.session.person_changed.connect(lambda _person: self._forget_z())

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(Space.S)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._marks)
        head.addStretch(1)
        for part in (self.recount, self.confirm, *self.z.buttons):
            head.addWidget(part)
        self._count_page = QWidget()
        count = QVBoxLayout(self._count_page)
        count.setContentsMargins(0, 0, 0, 0)
        count.setSpacing(Space.S)
        for above in (self.note, self.news, self.approval):
            count.addWidget(above)
        count.addWidget(self.board, 1)
        self._pages = QStackedWidget()
        for page in (self._count_page, self.z, self.empty):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, 12)
        column.setSpacing(Space.S)
        column.addWidget(self._head)
        column.addWidget(self._pages, 1)
