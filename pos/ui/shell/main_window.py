"""The window: which page is shown, whose keys work, where scans and notices go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from pos.ui.input.actions import (
    CHECKOUT,
    FIRST_START,
    HELP,
    NOTHING_HERE,
    OPEN_SHIFT,
    OTHER_CASHIERS_SHIFT,
    PAID,
    PAYMENT,
    RAIL_KEYS,
    RECONCILIATION,
    RETURNS,
    SHIFT,
    SIGN_IN,
    VOID_SALE,
)
from pos.ui.input.key_bindings import KeyBindings
from pos.ui.look.event_loop import call_soon
from pos.ui.look.sounds import Sound
from pos.ui.notices.notices import NOTICES, ShownNotice
from pos.ui.page.page_bars import PageBars
from pos.ui.session.rail_entries import beside, entries_for, may_enter
from pos.ui.shell.away_band import AwayBand
from pos.ui.shell.deferred_translation import Unspoken
from pos.ui.shell.frame import Frame, FrontFrame, show_page
from pos.ui.shell.reach.action_menu import ActionMenu
from pos.ui.shell.scan_refused_text import naming, nowhere_to_scan
from pos.ui.shell.training_band import TrainingBand
from pos.ui.shell.unsaved_work import Unfinished, is_desktop_ending
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import is_heard

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.domain.staff.staff import Person
    from pos.ui.help.screen import HelpScreen
    from pos.ui.input.actions import Action
    from pos.ui.look.clock_tick import ClockTick
    from pos.ui.notices.notices import Callback, News
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session
    from pos.ui.shell.reach.command_palette import CommandPalette
    from pos.ui.shell.work_frame import WorkFrame

_SMALLEST = (600, 560)
_FRONT = frozenset({SIGN_IN, FIRST_START})
_SECONDS = 12
_ON_A_SHIFT = frozenset({CHECKOUT, PAYMENT, PAID, RETURNS, SHIFT, VOID_SALE})


class MainWindow(QWidget):
    """Holds every screen for as long as it lives, so that a basket survives lock, language and theme.

    Without a user the front frame is shown. With one, the work frame is shown, whose rail has only pages that exist and
    that the user may enter. Without an open shift the checkout's place shows the page that opens one; on another
    cashier's shift it shows the page that says so.
    """

    painted = Signal()
    """The first picture is shown; emitted once, in the turn after it."""
    missed = Signal(str)
    """The user went to a declared page that is not built yet; it is shown as soon as it is."""

    def __init__(self, session: Session, clock: ClockTick) -> None:
        super().__init__()
        self._is_painted = False
        self._session = session
        self._screens: dict[str, Screen] = {}
        self.built: Mapping[str, Screen] = self._screens
        """The built pages, by screen id."""
        self._bars = PageBars(session)
        self._promised: set[str] = set()
        self.awaited = self._asked = ""
        """The screen id of a declared page that the user went to."""
        self.unfinished = Unfinished(self._screens, lambda: session.translator)
        self._screen: Screen | None = None
        self._user = ""
        """The sign-in name of the user."""
        self.unspoken = Unspoken(session, lambda screen: self._may_enter(screen.rail or screen.screen_id), self)
        self._before_help = ""
        self._last_in: dict[str, str] = {}
        self._may_close = False
        self.may_close: Callable[[], bool] = lambda: True
        """Whether the person at the till may close the program."""
        self._has_power = False
        self.command_palette: CommandPalette | None = None
        self.resting_actions: Sequence[Action] = ()
        """The actions of the page while its keys rest."""
        self._clock = clock
        self._helps: dict[QWidget, HelpScreen] = {}
        self.front = FrontFrame(session)
        self.front.power.clicked.connect(self.close)
        self._frames = QStackedWidget()
        self._frames.addWidget(self.front)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.band = TrainingBand(session.theme, session.translator) if session.shop.training else None
        if self.band is not None:
            column.addWidget(self.band)
        self.away = AwayBand(session)
        column.addWidget(self.away)
        self._strips = QVBoxLayout()
        column.addLayout(self._strips)
        column.addWidget(self._frames)
        self.keys = KeyBindings(self, session.actions, session.finishing)
        self._key_handlers: dict[str, Callable[[], None]] = {
            "help": self.toggle_help,
            "lock": self.lock,
            "palette": self.open_palette,
            **{key: partial(self._open_place, index) for index, key in enumerate(RAIL_KEYS)},
        }
        self.setMinimumSize(*_SMALLEST)
        session.screen_requested.connect(self.show_screen)
        session.lock_requested.connect(self.lock)
        session.notified.connect(self._present)
        session.ended.connect(self._end_session)
        session.language_changed.connect(self._retranslate)
        session.settings_changed.connect(lambda _settings: self._follow_settings())
        session.person_changed.connect(self._person_changed)
        self._name_window()
        bands = [self.away] if self.band is None else [self.band, self.away]
        for part in (self.front, *bands):
            session.theme.dress(part)

    @cached_property
    def work(self) -> WorkFrame:
        """The work frame. It is built after the first sign-in: the first picture does not wait for it."""
        from pos.ui.shell.work_frame import WorkFrame

        work = WorkFrame(self._session, self._clock)
        work.chosen.connect(self._chosen)
        work.status.power.clicked.connect(self.close)
        work.status.power.setVisible(self._has_power and self.may_close())
        work.status.back.clicked.connect(partial(self.keys.start, "back"))
        self.action_menu = ActionMenu(self._session, self.keys, work.status.more)
        work.status.more.clicked.connect(self._open_actions)
        self._frames.addWidget(work)
        for part in work.parts():
            self._session.theme.dress(part)
        return work

    def _help_in(self, frame: QWidget) -> HelpScreen:
        """The help page of a frame, made at the first request."""
        if frame not in self._helps:
            from pos.ui.help.screen import HelpScreen

            self._helps[frame] = page = HelpScreen(self._session)
            page.key_handlers["back"] = self.toggle_help
            if frame is not self.front:
                self._session.theme.dress(page)
            page.retranslate(self._session.translator)
        return self._helps[frame]

    # ── pages ────────────────────────────────────────────────────────────────────────────────────────────────

    def plug(self, *screens: Screen) -> None:
        """Add screens to the window; each is known by its `screen_id`."""
        for screen in screens:
            self._screens[screen.screen_id] = screen
            self._bars.take(screen)
            self._frame_of(screen).pages.addWidget(screen)
            self._apply_style(screen)
            screen.retranslate(self._session.translator)
        self._show_rail()
        if self.awaited in self._screens:
            self.show_screen(self._asked)

    def promise(self, screen_ids: Collection[str]) -> None:
        """Declare pages that will be built: they are in the rail from now on, and can be opened once they are built."""
        self._promised.update(screen_ids)
        self._show_rail()

    def is_to_come(self, screen_ids: Collection[str]) -> bool:
        """Whether one of these pages is declared and not built yet."""
        return any(screen_id in self._promised and screen_id not in self._screens for screen_id in screen_ids)

    @property
    def known(self) -> Collection[str]:
        """The ids of all pages that this shop has a use for, also of those that are not built yet."""
        known = self._screens.keys() | self._promised
        return known if self._session.statement_providers else known - {RECONCILIATION}

    def _apply_style(self, screen: Screen) -> None:
        """Apply the theme page by page: to the shown one at once, to the others one by one."""
        if self._frame_of(screen) is not self.front:
            self._session.theme.dress(screen)

    def take_key_handlers(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Add key handlers that every page has, by action id."""
        self._key_handlers.update(handlers)
        if self._screen is not None:
            self.keys.bind(self._screen.screen_id, self._steps_of(self._screen))

    @property
    def page(self) -> Screen | None:
        """The page shown."""
        return self._screen

    def screen_at(self, screen_id: str) -> Screen | None:
        """The screen with this id, if it is built."""
        return self._screens.get(screen_id)

    def show_screen(self, screen_id: str) -> None:
        """Show the screen of `screen_id`, a declared one once it is built; a forbidden one changes nothing.

        A page that stands in for another, as on the shift of another cashier, needs no right beside that of the other.
        """
        asked, self.awaited, screen_id = screen_id, "", self._instead_of(screen_id)
        screen = self._screens.get(screen_id)
        is_led_there = screen_id != asked and self._may_enter(asked)
        if not is_led_there and not self._may_enter(screen_id if screen is None else screen.rail or screen_id):
            return
        if screen is not None:
            self._show(screen)
        elif screen_id in self._promised:
            self.awaited, self._asked = screen_id, asked
            self.missed.emit(screen_id)

    def _may_enter(self, rail: str) -> bool:
        """Whether the user has the permission for the rail page to which this page belongs."""
        person = self._session.person
        return person is None or may_enter(person, rail)

    def _instead_of(self, screen_id: str) -> str:
        session = self._session
        if session.person is None:
            return screen_id if screen_id in _FRONT else SIGN_IN
        if screen_id in _ON_A_SHIFT and session.shift_is_anothers:
            return OTHER_CASHIERS_SHIFT
        return OPEN_SHIFT if screen_id == CHECKOUT and session.shift is None else screen_id

    def _person_changed(self, person: Person | None) -> None:
        """The user's role or its rights may have changed: the shown page may be forbidden now."""
        before, self._user = self._user, "" if person is None else person.name
        self._show_rail()
        self._place_power()
        self.unspoken.speak_on()
        screen = self._screen
        if person is not None and screen is not None and not self._may_enter(screen.rail or screen.screen_id):
            self.show_screen(self.home())
            if person.name == before and self._screen is not screen:
                self.notify("person.rights", self._led_away)

    def _led_away(self) -> Notice:
        said = self._session.translator(
            "Your rights were changed by a manager. The previous page is no longer open to you."
        )
        return Notice(Tone.NEARLY, said, seconds=_SECONDS)

    def home(self) -> str:
        """Where the user begins: the first page of their rail, or on another cashier's shift the page that is
        possible.
        """
        person, shift = self._session.person, self._session.shift
        if person is None:
            return SIGN_IN
        mine = entries_for(person, self.known)
        first = mine[0].key if mine else NOTHING_HERE
        is_foreign = first == CHECKOUT and shift is not None and shift.holder != person.name
        return OTHER_CASHIERS_SHIFT if is_foreign and OTHER_CASHIERS_SHIFT in self.known else first

    def lock(self) -> None:
        """Lock the till; every screen keeps its content."""
        self._session.take_person(None)
        self.show_screen(SIGN_IN)

    def _end_session(self, error: Exception) -> None:
        """Another user has ended what this one may do: lock the till, and show why."""
        person = self._session.person
        named = error if person is None else naming(error, person.title)
        self.lock()
        self.notify("person.ended", lambda: Notice(Tone.NEARLY, self._session.wording(named)))

    def toggle_help(self) -> None:
        """Show the help of the current page, or return to the page."""
        screen = self._screen
        if screen is None:
            return
        if screen.screen_id == HELP:
            self.show_screen(self._before_help)
            return
        self._before_help = screen.screen_id
        page = self._help_in(self._frame_of(screen))
        page.explain(screen.screen_id, self.keys.bound)
        self._show(page)

    def _show(self, screen: Screen) -> None:
        before, self._screen, self.awaited = self._screen, screen, ""
        self.unspoken.speak(screen)
        if before is screen:
            screen.entered()
            return
        while (
            over := QApplication.activePopupWidget() or QApplication.activeModalWidget()
        ) is not None and over.close():
            pass  # a menu, list or dialog of the page before; it would lie over the sign-in, too
        if before is not None:
            before.left()
        self._bars.show(screen)
        self._name(screen)
        frame = self._frame_of(screen)
        show_page(frame.pages, screen)
        self._frames.setCurrentWidget(frame)
        self.keys.bind(screen.screen_id, self._steps_of(screen))
        if frame is not self.front:
            frame.take_notice_of(self.front)
            self.work.status.offer(screen.key_handlers.get("save_table"))
            self.work.status.back.setVisible("back" in self.keys.bound)
        self._show_rail()
        screen.entered()
        self._session.screen_id = screen.screen_id
        self._session.page_shown.emit(screen.screen_id)

    def _name(self, screen: Screen) -> None:
        """A screen reader says the name of the page before the field in it; the page of the change announces a text."""
        if is_heard() and screen.screen_id != PAID:
            from pos.ui.help.sentences import TITLES

            screen.setAccessibleName(self._session.translator(TITLES.get(screen.screen_id, "")))

    def add_strip(self, strip: QWidget) -> None:
        """Add a strip above every page."""
        self._strips.addWidget(strip)
        self._session.theme.dress(strip)

    def _frame_of(self, screen: Screen) -> FrontFrame | WorkFrame:
        is_front = screen is self._helps.get(self.front) if screen.screen_id == HELP else screen.screen_id in _FRONT
        return self.front if is_front else self.work

    def _show_rail(self) -> None:
        if "work" not in self.__dict__:
            return
        person, screen = self._session.person, self._screen
        screen_id = "" if screen is None else self._before_help if screen.screen_id == HELP else screen.screen_id
        shown = self._screens.get(screen_id)
        lit = "help" if screen is not None and screen.screen_id == HELP else (shown.rail or screen_id) if shown else ""
        mine = [] if person is None else entries_for(person, self.known)
        tabs = beside(lit, mine)
        if tabs:
            self._last_in[tabs[0].group] = lit
        self.work.present(mine, tabs[0].group if tabs else lit, tabs, lit)

    def _open_place(self, index: int) -> None:
        """A key of the rail: what a tap on the item does that is seen there now."""
        items = self.work.rail.places if self._session.person is not None else ()
        if index < len(items):
            self._chosen(items[index])
        else:
            self._session.sounds.play(Sound.NOTE)

    def _chosen(self, key: str) -> None:
        step, person = self._key_handlers.get(key), self._session.person
        if step is not None:
            step()
        elif person is None or key in self.known:
            self.show_screen(key)
        else:  # an item for several pages: the one shown last, or the first
            mine = [entry.key for entry in entries_for(person, self.known) if entry.group == key]
            self.show_screen(self._last_in[key] if self._last_in.get(key) in mine else mine[0])

    # ── scans ────────────────────────────────────────────────────────────────────────────────────────────────

    def scanned(self, text: str) -> None:
        """A code from any scanner: pass it to the page that takes scans."""
        if not self._takes_payment_code(text) and not self._takes_order(text):
            self._pass_on(lambda screen: screen.scanned(text))

    def document_scanned(self, text: str) -> None:
        """A document from any scanner."""
        if not self._takes_payment_code(text):
            self._pass_on(lambda screen: screen.document_scanned(text))

    def _takes_payment_code(self, text: str) -> bool:
        """Whether a scan is a payment code, whatever has the focus: it is no product and no document, and stands in no
        text. At the payment an identity number that has its shape is asked about.
        """
        from pos.domain.outside_partners.payment_code import ScanKind, kind_of_scan  # the first picture needs no scan

        kind, code = kind_of_scan(text, paying=self._screen is not None and self._screen.screen_id == PAYMENT)
        if code is None or kind not in (ScanKind.PAYMENT, ScanKind.QUESTION):
            return False
        is_asked = kind is ScanKind.QUESTION
        self._pass_on(lambda screen: screen.payment_code_scanned(code, perhaps_document=is_asked))
        return True

    def _takes_order(self, text: str) -> bool:
        """Whether a scan is the QR of a customer order, which is opened at the checkout from every page; one that
        `takes_pickups` shows it itself.
        """
        from pos.domain.pickup.pickup_code import is_pickup_scan  # the first picture needs no scan

        here = self._screen
        if here is None or here.takes_pickups or not is_pickup_scan(text):
            return False
        if QApplication.activeModalWidget() is not None:
            return False
        with self._session.by_hand():
            return self._session.open_order(text)

    def unreadable(self, text: str) -> None:
        """An incomplete scan."""
        self._pass_on(lambda screen: screen.unreadable(text))

    def _pass_on(self, deliver: Callable[[Screen], None]) -> None:
        screen = self._screen
        is_behind = QApplication.activeModalWidget() is not None  # of a dialog: that must be answered first
        if screen is not None and not screen.takes_scans and not is_behind:
            screen = self._screen_for_scans(screen)
        if screen is not None and screen.takes_scans and not is_behind:
            with self._session.by_hand():
                deliver(screen)
            return
        self._session.sounds.play(Sound.UNREAD)
        self.notify("scan.nowhere", self._not_here)

    def _screen_for_scans(self, here: Screen) -> Screen | None:
        """Show where the user's scans belong; `here`, if it is there, is not shown again: its focus stays."""
        screen_id = self._screen_id_for_scans()
        if self._screens.get(self._instead_of(screen_id)) is not here:
            self.show_screen(screen_id)
        return self._screen

    def _not_here(self) -> Notice:
        return nowhere_to_scan(self._session, "" if self._screen is None else self._screen.screen_id)

    def _screen_id_for_scans(self) -> str:
        """Where the user's scans belong: their first page that takes scans, else the current one."""
        person, here = self._session.person, "" if self._screen is None else self._screen.screen_id
        if person is None:
            return here
        mine = [self._screens[entry.key] for entry in entries_for(person, self._screens)]
        return next((screen.screen_id for screen in mine if screen.takes_scans), here)

    # ── notices ──────────────────────────────────────────────────────────────────────────────────────────────

    def notify(self, kind: str, news: News, action: Callback | None = None) -> None:
        """Show a notice in the current frame."""
        self._present(ShownNotice(kind, news, action))

    def _present(self, shown: ShownNotice) -> None:
        frame = self._frames.currentWidget()
        if isinstance(frame, Frame):
            frame.notify(shown)

    def _retranslate(self, tr: Translator) -> None:
        if self.band is not None:
            self.band.retranslate(tr)
        self.front.retranslate(tr)
        if "work" in self.__dict__:
            self.work.retranslate(tr)
        hidden = [screen for screen in (*self._screens.values(), *self._helps.values()) if screen is not self._screen]
        if self._screen is not None:
            self._screen.retranslate(tr)
            self._name(self._screen)
        self._name_window()
        self.unspoken.take(hidden)

    def _follow_settings(self) -> None:
        """The shop may have another name, and other pages."""
        self._name_window()
        self._show_rail()

    def _name_window(self) -> None:
        shop = self._session.settings.shop_name
        names = (self._session.translator("TRAINING") if self.band is not None else "", shop, "Border POS")
        self.setWindowTitle(" — ".join(name for name in names if name))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Heavy work waits for the first picture; nothing is drawn here."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            call_soon(self, self.painted.emit)

    # ── closing ──────────────────────────────────────────────────────────────────────────────────────────────

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before unfinished work is lost; a desktop that shuts down is not held up."""
        if not (self._may_close or self.may_close() or is_desktop_ending()):
            event.ignore()
            self.notify("close.refused", self._closing_refused)
            return
        if self._may_close or not self.unfinished.all() or is_desktop_ending():
            event.accept()
            return
        event.ignore()
        unfinished = self.unfinished
        self._session.notify("close.unfinished", unfinished.news, self._close_and_empty, holds=unfinished.is_as_said)

    def open_palette(self) -> None:
        """Show the field that finds pages, actions, settings, products and receipts."""
        from pos.ui.shell.reach.command_palette import CommandPalette

        if self.command_palette is None:
            self.command_palette = CommandPalette(self._session, self, self)
        self.command_palette.open()

    def rest_keys(self) -> None:
        """The keys of the page do nothing until `take_keys_up`; what they would do is kept in `resting_actions`."""
        self.resting_actions = self.keys.offered()
        self.keys.bind("", {})

    def take_keys_up(self) -> None:
        """The keys of the page work again."""
        if self._screen is not None:
            self.keys.bind(self._screen.screen_id, self._steps_of(self._screen))

    def _open_actions(self) -> None:
        if self._screen is not None:
            self.action_menu.open(self._screen)

    def _closing_refused(self) -> Notice:
        tr = self._session.translator
        return Notice(Tone.NEARLY, tr("Kiosk mode: a person who may change settings can close the program."))

    def show_power(self, shown: bool) -> None:
        """Show a button that closes the program: a window that fills the screen has no frame with one."""
        self._has_power = shown
        self._place_power()

    def _place_power(self) -> None:
        can_close = self._has_power and self.may_close()
        self.front.power.setVisible(can_close)
        if "work" in self.__dict__:
            self.work.status.power.setVisible(can_close)

    def _steps_of(self, screen: Screen) -> dict[str, Callable[[], None]]:
        """Its key handlers: those of the page before those of the window."""
        handlers = {**self._key_handlers, **screen.key_handlers}
        if "back" in handlers:
            handlers["back"] = partial(self._decline_or, handlers["back"])
        return handlers

    def _decline_or(self, back: Callable[[], None]) -> None:
        """Esc answers the question on show first: the key that asked it asks again, and does not act."""
        question = self._session.question
        if question is not None and NOTICES[question[0]].is_declined_by_back:
            self._session.withdraw(question[0])
        else:
            back()

    def _close_and_empty(self) -> None:
        self.unfinished.empty()
        self.close_now()

    def close_now(self) -> None:
        """Close without asking."""
        self._may_close = True
        self.close()
