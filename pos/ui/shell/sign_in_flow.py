"""The way from an empty window to work: open the shop, set it up, sign in, open the shift, begin."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos.application.shop.cashier_use_cases import CashierUseCases
from pos.ui.input.actions import CHECKOUT, FIRST_START, NOTHING_HERE, OPEN_SHIFT, SIGN_IN
from pos.ui.staff.sign_in.screen import SignInScreen
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.settings.settings import Settings
    from pos.domain.shifts.shift import Shift
    from pos.domain.staff.staff import Person
    from pos.ui.look.clock_tick import ClockTick
    from pos.ui.session.session import Session
    from pos.ui.session.till_memory import TillMemory
    from pos.ui.settings.first_start.founding import Founding
    from pos.ui.settings.first_start.screen import FirstStartScreen
    from pos.ui.shell.main_window import MainWindow
    from pos.ui.shifts.open_shift.screen import OpenShiftScreen

_LONGEST_WAIT = 1.0
"""Seconds: a window that is covered or minimized is never painted, and its shop is opened nevertheless."""


class SignInFlow(QObject):
    """Owns the pages before work and decides which comes next. The till remembers the last user.

    `opened` means that the shop is open, `cannot_open` carries the exception of a failed opening, `arrived` means that
    a signed-in user is on their first page. `elsewhere` carries a Founding: the shop is to be opened again, at its
    border. `founding` are the answers that the window before this one was given.
    """

    opened = Signal()
    cannot_open = Signal(object)
    elsewhere = Signal(object)
    arrived = Signal()
    went = Signal()
    """The signed-in user can go to work as soon as there is a page, or is there, or has left."""
    first_start: FirstStartScreen
    open_shift: OpenShiftScreen

    def __init__(
        self, session: Session, window: MainWindow, clock: ClockTick, memory: TillMemory, founding: Founding | None
    ):
        super().__init__(window)
        self._session = session
        self._window = window
        self._memory = memory
        self._founding = founding
        self._is_seen = Event()
        self.is_coming = False
        """Whether a user has signed in and is not at work yet."""
        self.knows_shift = False
        self.sign_in = SignInScreen(session, clock, lambda: memory.state.cashier, window.unfinished.basket)
        window.plug(self.sign_in)
        self.sign_in.signed_in.connect(self._welcome)
        self.sign_in.people_known.connect(lambda people: memory.keep(people=tuple(people)))
        session.language_changed.connect(lambda tr: memory.keep(language=tr.language))
        session.theme_changed.connect(lambda mode: memory.keep(theme=str(mode)))
        session.settings_changed.connect(lambda settings: memory.keep(shop_name=settings.shop_name))

    def begin(self) -> None:
        """Open the store, and show meanwhile who could sign in when the till was last used.

        Typed keys count from now on: a PIN is checked as soon as the store can say whose it is.
        """
        session = self._session
        if session.shop.is_open:
            self._is_seen.set()
        session.background.run(self._open, self._opened, self.cannot_open.emit)
        if self._memory.state.people and not session.shop.is_open:
            session.take_settings(replace(session.settings, shop_name=self._memory.state.shop_name))
            self.sign_in.present(self._memory.state.people, self._memory.state.cashier)
            self._window.show_screen(SIGN_IN)

    def seen(self) -> None:
        """The window is painted: heavy work may begin."""
        self._is_seen.set()

    def settle(self) -> None:
        """The signed-in user is at work, or has left."""
        self.is_coming = False
        self.went.emit()

    def _open(self) -> None:
        """On the store's thread, which competes with the painter: after the first picture."""
        self._is_seen.wait(_LONGEST_WAIT)
        shop = self._session.shop
        shop.open()
        shop.preload(CashierUseCases)  # here, or the thread of the window would import their modules

    def _opened(self, _none: None) -> None:
        self._window.front.retranslate(self._session.translator)  # the version, and whether its goods are made up
        self._session.devices_changed.emit()
        self._window.promise((FIRST_START, OPEN_SHIFT, NOTHING_HERE))
        self._window.missed.connect(self._build)
        self.opened.emit()
        self._ask_first()

    def prepare(self) -> None:
        """While idle: build the page that comes when a shift is closed."""
        if self._window.is_to_come((OPEN_SHIFT,)):
            self._build(OPEN_SHIFT)

    def _build(self, screen_id: str) -> None:
        """Build one of the pages between the sign-in and work; most starts need none of them."""
        if screen_id == FIRST_START:
            from pos.ui.settings.first_start.screen import FirstStartScreen

            self.first_start = FirstStartScreen(self._session)
            self.first_start.founded.connect(self._founded)
            self.first_start.elsewhere.connect(self.elsewhere)
            self._window.plug(self.first_start)
        elif screen_id == OPEN_SHIFT:
            from pos.ui.shifts.open_shift.screen import OpenShiftScreen

            self.open_shift = OpenShiftScreen(self._session)
            self.open_shift.opened.connect(self._shift_opened)
            self._window.plug(self.open_shift)
        elif screen_id == NOTHING_HERE:
            from pos.ui.shell.no_access_page import NothingHereScreen

            self._window.plug(NothingHereScreen(self._session))

    def _ask_first(self) -> None:
        """Ask the store for the state of this shop, and show the first page; the window is shown meanwhile."""
        self._session.run(self._read_first, self._show_first, self._cannot_begin)

    def _read_first(self) -> tuple[Settings, bool]:
        return self._session.shop.settings(), self._session.shop.found_shop.is_founded()

    def _show_first(self, first: tuple[Settings, bool]) -> None:
        settings, founded = first
        self._session.take_settings(settings)
        if not founded:
            self._window.show_screen(FIRST_START)
            self._go_on_founding()
        elif self._window.page is self.sign_in:  # where a user may be half way through their PIN
            self.sign_in.load_people(refresh=False)
        elif self._session.person is None:
            self._window.show_screen(SIGN_IN)

    def _go_on_founding(self) -> None:
        """Create the shop of the answers that were given where another border was in force."""
        founding, self._founding = self._founding, None
        if founding is not None and founding.border:
            self.first_start.fill(founding)
            self.first_start.submit()

    def _cannot_begin(self, error: Exception) -> None:
        def news() -> Notice:
            return Notice(Tone.OVER, self._session.wording(error), action=self._session.translator("Try again"))

        self._session.notify("open.cannot", news, self._ask_first)

    def _founded(self, person: Person) -> None:
        self._session.memory.keep(guide="open")
        self._session.run(self._session.shop.settings, self._session.take_settings)
        self._welcome(person)

    def _welcome(self, person: Person) -> None:
        self.is_coming, self.knows_shift = True, False
        self._memory.keep(cashier=person.name)
        shop = self._session.shop
        self._session.run(lambda: (shop.open_shift.current(), shop.settings()), self._go_to_work, self._cannot_go)
        self._session.take_person(person)  # after it others ask the store, who can wait

    def _cannot_go(self, error: Exception) -> None:
        self.settle()
        self._session.report_foreseen(error)

    def _go_to_work(self, known: tuple[Shift | None, Settings]) -> None:
        shift, settings = known
        self._session.take_settings(settings)  # another till may have changed them
        if self._session.person is None:  # locked again before the store had answered
            self.settle()
            return
        self._session.take_shift(shift)
        self.knows_shift = True
        self._window.show_screen(self._window.home())
        self.arrived.emit()
        self.went.emit()

    def _shift_opened(self, shift: Shift) -> None:
        self._session.take_shift(shift)
        if self._session.screen_id == OPEN_SHIFT:
            self._window.show_screen(CHECKOUT)
