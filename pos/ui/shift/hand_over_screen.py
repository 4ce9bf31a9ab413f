"""Take a shift over: a blind count of every currency, the PIN of whoever gives it, and who has it from now on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.application.hand_over_shift import HAND_OVER as ACT
from pos.application.hand_over_shift import Parties, hand_over_key
from pos.application.words import Words
from pos.domain.hand_over import HandOver
from pos.domain.shift import Shift
from pos.domain.staff import Approval, Person
from pos.ui.actions import CHECKOUT, FOREIGN_SHIFT, HAND_OVER
from pos.ui.checkout.approval_panel import ApprovalPanel
from pos.ui.checkout.news import News
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.shift.blind_note import BlindNote
from pos.ui.shift.count_board import CountBoard
from pos.ui.shift.handed_page import HandedPage
from pos.ui.shift.screen import names_of
from pos.ui.shift.step_marks import StepMarks
from pos.ui.sounds import Sound
from pos.ui.theme import Size, Space
from pos.ui.widgets.icon_button import IconButton, Kind
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.tone import Tone

T = TypeVar("T")
_ROOM_FOR_STEPS = 1120


class Stage(Enum):
    """Where the hand-over stands."""

    COUNT = auto()
    RECOUNT = auto()
    DONE = auto()


class HandOverScreen(Screen):
    """Counted by the two together; the one who takes is signed in, the one who gives confirms with a PIN in place.

    The count stays while somebody looks elsewhere; who comes back has no second look at what differs. For another
    taker everything begins anew.
    """

    place = HAND_OVER
    rail = CHECKOUT

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, key = session.theme, session.actions.key_text
        self.stage = Stage.COUNT
        self.busy = False
        self.differing: tuple[str, ...] = ()
        self._shift: Shift | None = None
        self._taker = ""
        self._names: Mapping[str, str] = {}
        self._confirmation: Approval | None = None
        self._title = TextLabel(role=Role.SECTION)
        self._marks = StepMarks(theme)
        self.news = News(theme, session.words)
        self.note = BlindNote(theme)
        self.board = CountBoard(theme, rest_key=key("rest_none"))
        self.approval = ApprovalPanel(session)
        self.recount = IconButton(theme, icon="rotate-ccw", key=key("recount"), height=Size.SMALL_BUTTON)
        self.confirm = IconButton(
            theme, icon="check", key=key("confirm_count"), kind=Kind.PRIMARY, height=Size.SMALL_BUTTON
        )
        self.handed = HandedPage(session)
        self.board.follow(session.settings.cash())
        self.steps = {
            "rest_none": self._none_of_the_rest,
            "recount": self._count_anew,
            "confirm_count": self._confirm,
            "shift_closed": self._finish,
            "back": self._back,
        }
        self._lay_out()
        self._connect()

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Override Screen.entered."""
        shift, person, shop = self.session.shift, self.session.person, self.session.shop
        if self.stage is Stage.DONE:
            self.handed.setFocus()
            return
        if shift is None or person is None or shift.holder == person.name:
            self.session.go(CHECKOUT)
            return
        if (shift, person.name) != (self._shift, self._taker):
            self._begin(shift, person)
        self._look()
        self.board.begin()
        self.session.run(lambda: names_of(shop.sign_in.people()), self._know)

    def left(self) -> None:
        """Override Screen.left."""
        self._confirmation = None
        self.approval.close_down()

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        for part in (self.news, self.board, self.approval, self.handed):
            part.retranslate(words)
        self.confirm.present(words("Confirm the count"))
        self.recount.present(words("Recount"))
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent: a narrow window has no room for the steps."""
        super().resizeEvent(event)
        self._marks.setVisible(self.width() >= _ROOM_FOR_STEPS)

    def waiting(self) -> str:
        """Override Screen.waiting."""
        if self.stage is Stage.DONE or not self.board.count:
            return ""
        return self.words("the count of the drawer")

    # ── the count ────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self, shift: Shift, person: Person) -> None:
        self._shift, self._taker = shift, person.name
        self.stage, self.differing, self._confirmation = Stage.COUNT, (), None
        self.news.clear()
        self.board.clear()

    def _know(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._look()

    def _count_anew(self) -> None:
        column = self.board.here
        if column is not None and not self.busy:
            column.clear()
            column.shown[0].setFocus()

    def _none_of_the_rest(self) -> None:
        column = self.board.here
        if column is not None and not self.busy:
            column.fill_rest()
            self.board.go_on(column)

    def _confirm(self) -> None:
        """The PIN of the giver first, then what differs is counted again, then it is recorded."""
        shift, person = self._shift, self.session.person
        if not self.confirm.isEnabled() or self.stage is Stage.DONE or shift is None or person is None:
            return
        if self._confirmation is None and not person.may(ACT):
            self.approval.open(ACT, hand_over_key(shift, person.name), self._asking, asked_of=shift.holder)
            return
        parties = Parties(person, shift.holder, person.name, self._confirmation)
        count, hand_over = self.board.count, self.session.shop.hand_over_shift
        if self.stage is Stage.RECOUNT:
            self._hand_over(parties)
        else:
            self._run(lambda: hand_over.differs(parties, count), lambda found: self._compared(found, parties))

    def _asking(self, _act: str, words: Words) -> str:
        giver = "" if self._shift is None else self._named(self._shift.holder)
        return words(
            "{person} hands the shift over and confirms with a PIN. A manager approves for somebody who has gone home.",
            person=giver,
        )

    def _approved(self, confirmation: Approval) -> None:
        self._confirmation = confirmation
        self._confirm()

    def _compared(self, differing: tuple[str, ...], parties: Parties) -> None:
        self._set_busy(False)
        if not differing:
            self._hand_over(parties)
            return
        self.stage, self.differing = Stage.RECOUNT, tuple(differing)
        self.session.sounds.play(Sound.REFUSE)
        self.board.ask_again(self.differing)
        self._look()

    def _hand_over(self, parties: Parties) -> None:
        count, shop = self.board.count, self.session.shop

        def record() -> tuple[HandOver, Shift | None]:
            return shop.hand_over_shift(parties, count), shop.open_shift.current()

        self._run(record, self._done)

    def _done(self, answer: tuple[HandOver, Shift | None]) -> None:
        made, shift = answer
        self.stage, self._shift, self._confirmation = Stage.DONE, None, None
        self.session.take_shift(shift)
        self._set_busy(False)
        self.news.clear()
        self.board.clear()
        self.handed.show_made(made, self._names)
        self.session.sounds.play(Sound.ACCEPT)
        self._look()
        self.handed.setFocus()

    def _run(self, call: Callable[[], T], done: Callable[[T], None]) -> None:
        if not self.busy:
            self._set_busy(True)
            self.session.run(call, done, self._refused)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self._confirmation = None
        self.session.sounds.play(Sound.REFUSE)
        self.news.tell(lambda _words: Notice(Tone.NEARLY, self.session.wording(error)))

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._look()

    # ── away ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _finish(self) -> None:
        if self.stage is Stage.DONE:
            self._forget()
            self.session.go(CHECKOUT)

    def _forget(self) -> None:
        """Somebody else is at the till, or the page is done with."""
        if self.stage is Stage.DONE:
            self.stage = Stage.COUNT
            self.handed.clear()
            self._look()

    def _back(self) -> None:
        if self.stage is Stage.DONE:
            self._finish()
        elif self.approval.close_down():
            self.board.begin()
        elif self.news.notice is not None:
            self.news.clear()
        else:
            self.session.go(FOREIGN_SHIFT)

    def _make_way(self, asking: bool) -> None:
        """The question for the PIN stands where the note stood: the rows need the rest of the page."""
        self.note.setVisible(not asking)
        if asking:
            self.news.clear()

    # ── how it looks ─────────────────────────────────────────────────────────────────────────────────────────

    def _named(self, name: str) -> str:
        return self._names.get(name, name)

    def _look(self) -> None:
        words, shift, done = self.words, self._shift, self.stage is Stage.DONE
        self._pages.setCurrentWidget(self.handed if done else self._count_page)
        number = "" if shift is None else str(shift.number)
        self._title.setText(words("Handed over") if done else words("Take over shift {number}", number=number))
        steps = (words("Count"), words("Compare"), words("Handed over"))
        self._marks.present(steps, {Stage.COUNT: 0, Stage.RECOUNT: 1, Stage.DONE: 2}[self.stage])
        self.recount.setVisible(not done)
        self.confirm.setVisible(not done)
        self.confirm.setEnabled(not done and not self.busy and not self.board.left_to_count)
        here = self.board.here
        self.recount.setEnabled(here is not None and not here.is_blank)
        if self.stage is Stage.RECOUNT:
            codes = words(", ").join(self.differing)
            text = words("{currencies}: the count differs. Count once more; what you confirm then is final.",
                         currencies=codes)  # fmt: skip
            self.note.present(text, Tone.NEARLY)
        else:
            giver = "" if shift is None else self._named(shift.holder)
            text = words(
                "Count together with {person}: neither of you sees what the till expects before the count.",
                person=giver,
            )
            self.note.present(text, Tone.INFO)

    def _connect(self) -> None:
        self.board.changed.connect(self._look)
        self.board.done.connect(self.confirm.setFocus)
        self.recount.clicked.connect(self._count_anew)
        self.confirm.clicked.connect(self._confirm)
        self.approval.approved.connect(self._approved)
        self.approval.left.connect(self._back)
        self.approval.asking.connect(self._make_way)
        self.handed.done.connect(self._finish)
        self.session.settings_changed.connect(lambda settings: self.board.follow(settings.cash()))
        self.session.person_changed.connect(lambda _person: self._forget())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._marks)
        head.addStretch(1)
        for part in (self.recount, self.confirm, self.handed.finish):
            head.addWidget(part)
        self._count_page = QWidget()
        count = QVBoxLayout(self._count_page)
        count.setContentsMargins(0, 0, 0, 0)
        count.setSpacing(Space.S)
        for above in (self.note, self.news, self.approval):
            count.addWidget(above)
        count.addWidget(self.board, 1)
        self._pages = QStackedWidget()
        for page in (self._count_page, self.handed):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, 12)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
