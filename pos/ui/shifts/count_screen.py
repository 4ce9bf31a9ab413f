"""A page on which a drawer is counted blind: every currency, and again if the count differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Protocol, TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled, listed, paragraph
from pos.domain.payment.banknotes import Drawer
from pos.domain.shifts.shift import Shift
from pos.domain.staff.staff import Approval
from pos.ui.approval.approval_panel import ApprovalPanel
from pos.ui.input.actions import CHECKOUT
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.notices.notice_factory import News
from pos.ui.page.screen import Screen
from pos.ui.session.session import Session
from pos.ui.shifts.blind_note import BlindNote
from pos.ui.shifts.count_board import CountBoard
from pos.ui.shifts.count_column import ColumnState
from pos.ui.shifts.step_marks import StepMarks
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce

T = TypeVar("T")
_TITLE = 320
"""The pixels that the title keeps beside the buttons."""
_ROOM_FOR_STEPS = 1120


class Stage(Enum):
    """The stage of the count; DONE means that its purpose is recorded."""

    COUNT = auto()
    RECOUNT = auto()
    DONE = auto()


class CountOutcome(Protocol):
    """The page with the result of the count, until it is confirmed."""

    def clear(self) -> None:
        """Remove the content."""

    def setFocus(self) -> None:
        """Take the focus."""


class DrawerCountScreen(Screen):
    """Before it is done it shows only which currencies differ, and only once.

    The count stays while another page is shown: leaving the page does not give a second comparison. Only a currency of
    which cash came or went meanwhile is counted again, for its count is out of date. Subclasses define the purpose by
    `_confirm`, `_approved`, `_refused` and `_look`, and the page from which it is opened (`begun_at`).
    """

    begun_at = ""

    def __init__(self, session: Session, outcome: CountOutcome, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, key = session.theme, session.actions.key_text
        self.stage = Stage.COUNT
        self.busy = False
        self._outcome = outcome
        self.differing: tuple[str, ...] = ()
        self.moved: tuple[str, ...] = ()
        """The currencies of which cash came or went after they had been counted."""
        self._drawer: Drawer | None = None
        self._shift: Shift | None = None
        self._title = TextLabel(role=Role.SECTION)
        self._marks = StepMarks(theme)
        self.news = News(theme, session.translator)
        self.note = BlindNote(theme)
        self.board = CountBoard(session, rest_key=key("rest_none"))
        self.approval = ApprovalPanel(session)
        self.recount = IconButton(theme, icon="rotate-ccw", key=key("recount"), height=Size.SMALL_BUTTON)
        self.confirm = IconButton(
            theme, icon="check", key=key("confirm_count"), kind=ButtonKind.PRIMARY, height=Size.SMALL_BUTTON
        )
        self._head = QWidget()
        self._count_page = QWidget()
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(self.session.finishing.turned)
        self.board.follow(session.settings.cash())

    def retranslate(self, tr: Translator) -> None:
        for part in (self.news, self.board, self.approval):
            part.retranslate(tr)
        self.confirm.present(tr("Confirm count"))
        self.recount.present(tr("Recount"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has no room for the steps."""
        super().resizeEvent(event)
        self._marks.setVisible(self.width() >= _ROOM_FOR_STEPS)

    def waiting(self) -> str:
        if self.stage is Stage.DONE or not self.board.count:
            return ""
        return self.translator("the drawer count")

    # ── for subclasses ───────────────────────────────────────────────────────────────────────────────────────

    def _confirm(self) -> None:
        """Take the count: compare it, or after a recount record it."""

    def _approved(self, approval: Approval) -> None:
        """The requested PIN was typed."""

    def _refused(self, error: Exception) -> None:
        """A step was refused or failed."""

    def _look(self) -> None:
        """Show the whole state."""

    # ── the count ────────────────────────────────────────────────────────────────────────────────────────────

    def _count_from_nothing(self) -> None:
        """Another shift, or another person who counts; which currencies have moved is not known yet."""
        self.board.want(self.board.columns)
        self.stage, self.differing, self.moved, self._drawer = Stage.COUNT, (), (), None
        self.news.clear()
        self.board.clear()

    def _follow_drawer(self) -> None:
        """Find out what came or went since the page was left."""
        self.session.run(self.session.shop.read_shift.drawer, self._take_drawer)

    def _take_drawer(self, drawer: Drawer | None) -> None:
        before, self._drawer = self._drawer, {} if drawer is None else drawer
        if before is None or self.stage is Stage.DONE:
            return
        now = self._drawer
        counted = [code for code, column in self.board.columns.items() if not column.is_blank]
        moved = [code for code in counted if _pieces(before, code) != _pieces(now, code)]
        if moved:
            self.moved = tuple(dict.fromkeys((*self.moved, *moved)))
            self.board.count_again(moved)
            self.session.sounds.play(Sound.NOTE)
            self._look()

    def _recount(self) -> None:
        column = self.board.here
        if column is not None and not self.busy and self.stage is not Stage.DONE:
            column.clear()
            column.shown[0].setFocus()

    def _may_confirm(self) -> bool:
        """Whether every currency is counted; a screen reader says which are not, as the others are seen."""
        if left := self.board.left_to_count:
            tr = self.translator
            announce(self, labelled(tr, tr(ColumnState.TO_COUNT.value[0]), listed(tr, left)))
        return self.confirm.isEnabled() and self.stage is not Stage.DONE

    def _none_of_the_rest(self) -> None:
        column = self.board.here
        if column is not None and not self.busy and self.stage is not Stage.DONE:
            self.board.none_of_the_rest(column)

    def _compare(self, differs: Callable[[], Sequence[str]], record: Callable[[], None]) -> None:
        """Recount what `differs`; without differences `record` does the purpose of the count.

        Neither is for a figure that was typed, or a person who came, while the store was asked: that is confirmed
        again.
        """
        asked = self._count_on_show

        def compared(differing: Sequence[str]) -> None:
            if asked == self._count_on_show:
                self._compared(differing, record)
            else:
                self._set_busy(False)
                self.session.sounds.play(Sound.NOTE)

        self._run(differs, compared)

    @property
    def _count_on_show(self) -> tuple[Drawer, str]:
        person = self.session.person
        return self.board.count, "" if person is None else person.name

    def _compared(self, differing: Sequence[str], record: Callable[[], None]) -> None:
        self._set_busy(False)
        if not differing:
            record()
            return
        self.stage, self.differing = Stage.RECOUNT, tuple(differing)
        self.session.sounds.play(Sound.REFUSE)
        self.board.ask_again(self.differing)
        self._look()

    def _end(self, shift: Shift | None, show: Callable[[], None]) -> None:
        """It is recorded: `shift` is the till's shift now, `show` fills the result page."""
        self.stage, self._shift = Stage.DONE, None
        self.session.take_shift(shift)
        self._set_busy(False)
        self.news.clear()
        self.board.clear()
        show()
        self.session.sounds.play(Sound.ACCEPT)
        self._look()
        self._outcome.setFocus()

    def _run(self, call: Callable[[], T], done: Callable[[T], None]) -> None:
        if not self.busy:
            self._set_busy(True)
            self.session.run(call, done, self._not_done)

    def _not_done(self, error: Exception) -> None:
        self._refused(error)
        self.report_elsewhere(error)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._look()

    def _make_way(self, asking: bool) -> None:
        """The PIN question takes the place of the note: the rows need the rest of the page."""
        self.note.setVisible(not asking)
        if asking:
            self.news.clear()

    # ── leaving ──────────────────────────────────────────────────────────────────────────────────────────────

    def _finish(self) -> None:
        if self.stage is Stage.DONE:
            self._forget()
            self.session.go(CHECKOUT)

    def _forget(self) -> None:
        """Another user is at the till, or the result was confirmed."""
        if self.stage is Stage.DONE:
            self.stage = Stage.COUNT
            self._outcome.clear()
            self._look()

    def _back(self) -> None:
        if self.stage is Stage.DONE:
            self._finish()
        elif self.approval.close_down():
            self.board.begin()
        elif self.news.notice is not None:
            self.news.clear()
        else:
            self.session.go(self.begun_at)

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def _look_at_count(self, note: str, last_step: str, *, counting: bool) -> None:
        """Show the count: `note` before any difference, and the text of the `last_step`."""
        tr = self.translator
        steps = {Stage.COUNT: 0, Stage.RECOUNT: 1, Stage.DONE: 2}
        self._marks.present((tr("Count"), tr("Compare"), last_step), steps[self.stage])
        self.recount.setVisible(counting)
        self.confirm.setVisible(counting)
        self.confirm.setEnabled(counting and not self.busy and not self.board.left_to_count)
        here = self.board.here
        self.recount.setEnabled(here is not None and not here.is_blank)
        if self.stage is Stage.RECOUNT:
            codes = tr(", ").join(self.differing)
            text = tr("{currencies}: the count differs. Count again. The next confirmation is final.",
                         currencies=codes)  # fmt: skip
            self.note.present(paragraph(tr, (text, self._moved_since(), self._kept())), Tone.NEARLY)
        elif moved := self._moved_since():
            self.note.present(paragraph(tr, (moved, self._kept())), Tone.NEARLY)
        else:
            self.note.present(paragraph(tr, (note, self._kept())), Tone.INFO)

    def _moved_since(self) -> str:
        """The currencies that still have to be counted again."""
        tr = self.translator
        codes = [code for code, one in self.board.columns.items() if code in self.moved and not one.is_full]
        if not codes:
            return ""
        return tr("Cash has moved since the count: {currencies}. Count again.", currencies=tr(", ").join(codes))

    def _kept(self) -> str:
        """What lies in the drawer for an open sale: the books do not expect it."""
        tr = self.translator
        amounts = [money_text(one, tr.language, cash=True) for one in self.session.kept_cash()]
        if not amounts:
            return ""
        return tr("Received for the open sale and not booked yet: {amounts}. Count without it.",
                     amounts=tr(", ").join(amounts))  # fmt: skip

    def _connect(self) -> None:
        self.board.changed.connect(self._look)
        self.board.refused.connect(lambda: self.session.sounds.play(Sound.REFUSE))
        self.board.done.connect(self.confirm.setFocus)
        self.recount.clicked.connect(self._recount)
        self.confirm.clicked.connect(self._confirm)
        self.approval.approved.connect(self._approved)
        self.approval.left.connect(self._back)
        self.approval.asking.connect(self._make_way)
        self.session.settings_changed.connect(lambda settings: self.board.follow(settings.cash()))

    def _lay_out(self, buttons: Sequence[QWidget], pages: Sequence[QWidget]) -> None:
        """Lay out the count, with `buttons` beside its own; `pages` replace it when there is nothing to count."""
        scrolled = hbox(self._title, Stretch(), self._marks, Stretch(), spacing=Space.S)
        keys = Flow(self.recount, self.confirm, *buttons, aligns_right=True)
        vbox(Folding(Stretched(scrolled), keys, room=_TITLE, spacing=Space.S), margins=0, parent=self._head)
        vbox(
            self.note,
            self.news,
            self.approval,
            Stretched(self.board),
            spacing=Space.S,
            margins=0,
            parent=self._count_page,
        )
        for page in (self._count_page, *pages):
            self._pages.addWidget(page)
        vbox(self._head, Stretched(self._pages), spacing=Space.S, margins=(Space.M, Space.S, Space.M, 12), parent=self)


def _pieces(drawer: Drawer, code: str) -> dict[int, int]:
    return {value: pieces for value, pieces in drawer.get(code, {}).items() if pieces}
