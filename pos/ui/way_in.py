"""The way from an empty window to work: found the shop, sign in, open the shift, begin."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.application.settings import Settings
from pos.domain.shift import Shift
from pos.domain.staff import Person
from pos.ui.actions import CHECKOUT, FIRST_START, SIGN_IN
from pos.ui.clock_tick import ClockTick
from pos.ui.first_start.screen import FirstStartScreen
from pos.ui.main_window import MainWindow
from pos.ui.nothing_here import NothingHereScreen
from pos.ui.open_shift.screen import OpenShiftScreen
from pos.ui.session import Session
from pos.ui.sign_in.screen import SignInScreen
from pos.ui.till_memory import TillMemory
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone


class WayIn(QObject):
    """Owns the pages before the work and decides which comes next. The till remembers who worked at it last.

    `arrived` tells that somebody who has signed in stands where work begins.
    """

    arrived = Signal()

    def __init__(self, session: Session, window: MainWindow, clock: ClockTick, memory: TillMemory):
        super().__init__(window)
        self._session = session
        self._window = window
        self.sign_in = SignInScreen(session, clock, lambda: memory.state.cashier, window.basket)
        self.first_start = FirstStartScreen(session)
        self.open_shift = OpenShiftScreen(session)
        window.plug(self.sign_in, self.first_start, self.open_shift, NothingHereScreen(session))
        self.sign_in.signed_in.connect(self._welcome)
        self.first_start.founded.connect(self._founded)
        self.open_shift.opened.connect(self._opened)
        session.language_changed.connect(lambda words: memory.keep(language=words.language))
        session.theme_changed.connect(lambda mode: memory.keep(theme=str(mode)))

    def begin(self) -> None:
        """Ask the store what this shop is, and show the first page; the window stands meanwhile."""
        self._session.run(self._first_facts, self._show_first, self._cannot_begin)

    def _first_facts(self) -> tuple[Settings, bool]:
        return self._session.shop.settings(), self._session.shop.found_shop.is_founded()

    def _show_first(self, facts: tuple[Settings, bool]) -> None:
        settings, founded = facts
        self._session.take_settings(settings)
        self._window.show_place(SIGN_IN if founded else FIRST_START)

    def _cannot_begin(self, error: Exception) -> None:
        def news() -> Notice:
            return Notice(Tone.OVER, self._session.wording(error), action=self._session.words("Try again"))

        self._session.tell(news, self.begin)

    def _founded(self, person: Person) -> None:
        self._session.memory.keep(guide="open")
        self._session.run(self._session.shop.settings, self._session.take_settings)
        self._welcome(person)

    def _welcome(self, person: Person) -> None:
        self._session.memory.keep(cashier=person.name)
        self._session.take_person(person)
        self._session.run(self._session.shop.open_shift.current, self._go_to_work)

    def _go_to_work(self, shift: Shift | None) -> None:
        if self._session.person is None:  # locked again before the store had answered
            return
        self._session.take_shift(shift)
        self._window.show_place(self._window.home())
        self.arrived.emit()

    def _opened(self, shift: Shift) -> None:
        self._session.take_shift(shift)
        self._window.show_place(CHECKOUT)
