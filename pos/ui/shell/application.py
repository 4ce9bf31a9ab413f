"""Starts the window: one QApplication, the theme, the scanner, the pages, and the handling of unexpected errors."""

from __future__ import annotations

import gc
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from pos.ui.input.actions import CHECKOUT, FIRST_START, NOTHING_HERE, PAID, PAYMENT, SIGN_IN, Actions, DuplicateKey
from pos.ui.look.clock_tick import ClockTick
from pos.ui.look.emblem import wear_emblem
from pos.ui.look.event_loop import call_soon
from pos.ui.look.sounds import FULL, Sounds
from pos.ui.look.theme import Mode, Theme, preferred_mode
from pos.ui.session.background import Background
from pos.ui.session.session import Session
from pos.ui.session.till_memory import TillMemory
from pos.ui.session.till_state import StateFile, TillState
from pos.ui.shell.main_window import MainWindow
from pos.ui.shell.page_builder import PageBuilder, Screens
from pos.ui.shell.pages_at_work import pages_at_work
from pos.ui.shell.services.trouble_log import TroubleLog
from pos.ui.shell.services.visible_focus import VisibleFocus
from pos.ui.shell.sign_in_flow import SignInFlow
from pos.ui.shell.window_mode import WindowMode, scale_text
from pos.ui.widgets.buttons.language_choice import language_of_system
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.focus_ring import FocusRing
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.serving import serve_screen_readers

if TYPE_CHECKING:
    from pos.application.settings.settings import Settings
    from pos.application.shop.shop import Shop
    from pos.ui.page.screen import Screen
    from pos.ui.settings.first_start.founding import Founding

QT_NAMES = {"en": "en", "zh": "zh_CN", "ru": "ru", "kk": "kk"}
_NOWHERE = frozenset({SIGN_IN, NOTHING_HERE})
_SALE = (CHECKOUT, PAYMENT, PAID)
"""Pages without which keys meant for a sale would be lost."""


def run(
    shop: Shop, resources: Path, state: Path, log: Path, language: str | None = None, founding: Founding | None = None
) -> int | Founding:
    """Show the window until it is closed; return the exit code of the program. Raises errors of opening the shop.

    It returns the answers of the first start where they are those of a shop at another border than the window, and
    `founding` are those of the window before. `language` comes before the one that the till remembers.

    `state` is the file of the till's habits, `log` the file for unexpected errors; both are created when needed. A shop
    that is not open yet is opened behind the window if the till remembers who could sign in; else before the window is
    shown.
    """
    habits = StateFile(state).read()
    if not habits.people:
        shop.open()
    if QApplication.instance() is None:
        scale_text(habits)
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    gc.disable()  # until every page is built: objects under construction are no garbage, and collecting blocks the user
    till = TillWindow(app, shop, resources, state, log, language=language, founding=founding)
    till.way_in.opened.connect(till.offer_tour)
    till.show()
    code = app.exec()
    till.close()
    if till.failure is not None:
        raise till.failure
    if till.elsewhere is None:
        return code
    for one in (till.window, till):  # nothing of it may hear what the next window hears
        one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return till.elsewhere


class TillWindow(QObject):
    """The window with all its listeners; the owner keeps a reference and calls `close` at the end."""

    def __init__(
        self,
        app: QApplication,
        shop: Shop,
        resources: Path,
        state: Path,
        log: Path,
        screens: Screens = pages_at_work,
        language: str | None = None,
        founding: Founding | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._screens = screens
        self._is_opening = True
        self.failure: Exception | None = None
        """Why the shop could not be opened."""
        self.elsewhere: Founding | None = None
        """Answers of the first start for a window that stands at another border."""
        app.setApplicationName("border-pos")
        app.setApplicationDisplayName("Border POS")
        wear_emblem(resources)
        serve_screen_readers()
        file = StateFile(state)
        habits = file.read()
        self.log = TroubleLog(log, self._now, lambda: self.session.shop.version, self)
        mode = Mode(habits.theme) if habits.theme else preferred_mode(app)
        self.theme = Theme(app, resources, mode, training=shop.training)
        self._ring = FocusRing(self.theme, app)
        self._ring.setParent(self)
        actions, self._bad_keys = _actions(habits)
        self.background = Background("store", self)
        self.thinking = Background("quota", self)
        self.saving = Background("backup", self)
        language = language or habits.language or language_of_system(QLocale.system().uiLanguages())
        sounds = Sounds(resources / "sounds")
        threads = (self.background, self.thinking, self.saving)
        self.session = Session(shop, *threads, self.theme, sounds, actions, language, self)
        self._translator = QTranslator(self)
        self._translate_qt()
        self.session.memory = TillMemory(file, habits)
        self.clock = ClockTick(self._now, self)
        self.window = MainWindow(self.session, self.clock)
        self._focus = VisibleFocus(app, self.window)
        self.mode = WindowMode(self.session, self.window, self)
        self.pages = PageBuilder(self.session, self.window, self._is_user_coming, self)
        self.way_in = SignInFlow(self.session, self.window, self.clock, self.session.memory, founding)
        self._listen()
        if shop.is_open:
            self._attend()

    def show(self) -> None:
        """Show the window; heavy work begins after its first paint."""
        self.log.watch()
        self.clock.start()
        self.way_in.begin()
        self.mode.show()
        if "_attendants" in self.__dict__:
            self._attendants.hear()
        self.window.activateWindow()  # a scan before the first click must not go to the terminal
        if self._bad_keys:
            self._notify_bad_keys()

    def offer_tour(self) -> None:
        """Offer the tour of a demo shop, unless it was closed before."""
        self.looking_on.offer_tour()

    @property
    def is_idle(self) -> bool:
        """Whether every page of the user is built, and every step and every search is answered."""
        is_there = not self._is_opening and not self.pages.is_busy
        threads = [self.background, self.thinking, self.saving]
        is_counted = "_attendants" not in self.__dict__ or (
            self.figures.is_idle
            and self.center.is_idle
            and self.partners.is_idle
            and self.register.is_idle
            and self.quick.is_empty
        )
        return is_there and is_counted and all(thread.is_idle for thread in threads)

    def close(self) -> None:
        """Finish the requested steps, release the keyboard and the hooks."""
        self.pages.stop()
        if "_attendants" in self.__dict__:
            self.looking_on.close()
            self._attendants.stop()
        self.saving.leave()
        self.session.devices.stop()
        self._app.removeTranslator(self._translator)
        self.thinking.stop()
        self.background.stop()
        self.session.closed.emit()
        self.log.unwatch()
        self._ring.stop()
        self._focus.stop()
        self.window.close_now()

    def _now(self) -> datetime:
        """The shop's clock; until the shop is open, the computer's."""
        return self.session.shop.now()

    def _listen(self) -> None:
        self.window.painted.connect(self._painted)
        self.way_in.opened.connect(self._opened)
        self.way_in.cannot_open.connect(self._cannot_open)
        self.way_in.elsewhere.connect(self._go_elsewhere)
        self.way_in.went.connect(self._see_arrival)
        self.way_in.sign_in.checked.connect(self._hand_over)
        session = self.session
        self.clock.ticked.connect(session.minute_began)
        session.language_changed.connect(lambda _tr: self._translate_qt())
        session.settings_changed.connect(self._set_volume)
        session.broke.connect(self._broke)
        session.page_shown.connect(self._shown)
        self.pages.came.connect(self._came)
        self.pages.held.connect(self._bring_in)
        self.pages.rested.connect(self._rested)
        self.pages.broke.connect(self._broke)
        self.log.happened.connect(self._broke)

    def _painted(self) -> None:
        """The first picture is shown: from now on scans are taken, and heavy work may begin."""
        self._attend()
        self.way_in.seen()

    def _attend(self) -> None:
        if "_attendants" in self.__dict__:
            return
        from pos.ui.shell.background_services import BackgroundServices  # the first picture does not wait for this
        from pos.ui.shell.companion_windows import CompanionWindows

        here = BackgroundServices(self._app, self.session, self.window, self._is_user_coming, self)
        self.scanner, self.quick, self.idle = here.scanner, here.quick, here.idle
        self.watch, self.looking, self.upkeep, self.backups = here.watch, here.looking, here.upkeep, here.backups
        self.pins, self.figures, self.center = here.pins, here.figures, here.center
        self.partners = here.partners
        self.register = here.register
        self.pins.read.connect(self._hand_over)
        self._attendants = here
        self.looking_on = CompanionWindows(self.session, self.window, self.way_in, self._app, self)
        if self.window.windowHandle() is not None:
            here.hear()

    def _opened(self) -> None:
        self._attend()
        self._is_opening = False
        if self.session.memory.state.guide == "open":
            self.pages.foresee()
        self.pages.begin(self._screens(self.session))

    def _cannot_open(self, error: Exception) -> None:
        """The shop cannot be opened: the caller that started the window reports why."""
        self.failure = error
        self._app.exit(1)

    def _go_elsewhere(self, founding: Founding) -> None:
        """Pages, keys and settings are those of a border: another window takes the place of this one."""
        self.elsewhere = founding
        self._app.exit(0)

    def _is_user_coming(self) -> bool:
        is_reading = "pins" in self.__dict__ and self.pins.is_reading
        return self.way_in.is_coming or self.way_in.sign_in.is_busy or is_reading

    def _see_arrival(self) -> None:
        """Sign-in is complete once the shift is known, and the user's page and the sale pages are built."""
        page, way_in = self.window.page, self.way_in
        if way_in.is_coming and way_in.knows_shift:
            is_there = page is not None and page.screen_id not in _NOWHERE and not self.window.is_to_come(_SALE)
            if is_there or not self.pages.is_busy or self.pages.is_held:
                way_in.settle()
        elif not way_in.is_coming:
            self._hand_over()

    def _hand_over(self) -> None:
        """The user has arrived at work, or has left again."""
        if self._is_user_coming():
            return
        if self.session.person is None:
            self.quick.forget()
        else:
            self.quick.hand_over()
        self.pages.go_on()

    def _shown(self, screen_id: str) -> None:
        if screen_id == FIRST_START:
            self.pages.foresee()

    def _came(self, page: Screen) -> None:
        """Pages are built: a user who waits for them begins there, even if other pages are still missing."""
        if page.screen_id == CHECKOUT:
            self._bring_in()
        else:
            self._see_arrival()

    def _rested(self) -> None:
        call_soon(self, self.looking_on.begin)
        call_soon(self, self.way_in.prepare)
        self.figures.read_soon()
        self._bring_in()

    def _bring_in(self) -> None:
        """The sign-in was quicker than the pages: show the page on which the user begins."""
        page, is_to_come = self.window.page, bool(self.window.awaited) and self.pages.is_busy
        if self.session.person is not None and (page is None or page.screen_id in _NOWHERE) and not is_to_come:
            self.window.show_screen(self.window.home())
        self._see_arrival()

    def _set_volume(self, settings: Settings) -> None:
        sounds, volume = self.session.sounds, settings.sound_volume_of(self.session.shop.till)
        sounds.volume = volume
        if 0 < volume < FULL:
            self.saving.run(lambda: sounds.prepare(volume), lambda _none: None, self._broke)

    def _translate_qt(self) -> None:
        """Qt's own words (file dialogs, context menus) in the language of the till."""
        self._app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{QT_NAMES[self.session.language]}", folder):
            self._app.installTranslator(self._translator)
        QLocale.setDefault(QLocale(QT_NAMES[self.session.language]))

    def _broke(self, error: BaseException) -> None:
        self.log.record(error)
        self.window.notify("unforeseen", self._broken_news)

    def _broken_news(self) -> Notice:
        tr = self.session.translator
        text = tr("Something went wrong. No data is lost. Details are in the log file {file}.", file=self.log.path.name)
        return Notice(Tone.OVER, text)

    def _notify_bad_keys(self) -> None:
        def news() -> Notice:
            tr, key = self.session.translator, self._bad_keys
            return Notice(
                Tone.NEARLY, tr("Two actions had the same key ({key}). The default keys are in use.", key=key)
            )

        self.window.notify("keys.two", news)


def _actions(habits: TillState) -> tuple[Actions, str]:
    try:
        return Actions(habits.keys), ""
    except DuplicateKey as error:
        return Actions(), error.key
