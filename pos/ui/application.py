"""Starts the window: one QApplication, the look, the scanner, the pages, and what happens when something breaks."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pos.application.scan_assembler import ScanTiming
from pos.application.settings import Settings
from pos.application.shop import Shop
from pos.domain.staff import Person
from pos.ui.actions import CHECKOUT, NOTHING_HERE, SIGN_IN, Actions, DuplicateKey
from pos.ui.background import Background
from pos.ui.backups_at_rest import BackupsAtRest
from pos.ui.clock_tick import ClockTick
from pos.ui.emblem import wear_emblem
from pos.ui.idle_watch import IdleWatch
from pos.ui.language_choice import language_of_system
from pos.ui.listening import Listening
from pos.ui.looking_around import LookingAround
from pos.ui.looking_on import LookingOn
from pos.ui.main_window import MainWindow
from pos.ui.pages_at_work import screens_at_work
from pos.ui.scanner_filter import ScannerFilter
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.sounds import Sounds
from pos.ui.store_watch import StoreWatch
from pos.ui.theme import Mode, Theme, preferred_mode
from pos.ui.till_memory import TillMemory
from pos.ui.till_state import StateFile, TillState
from pos.ui.trouble_log import TroubleLog
from pos.ui.turns import next_turn
from pos.ui.upkeep import Upkeep
from pos.ui.way_in import WayIn
from pos.ui.widgets.focus_ring import FocusRing
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone

QT_NAMES = {"en": "en", "zh": "zh_CN", "ru": "ru", "kk": "kk"}
Screens = Callable[[Session], Iterable[Screen]]
_NOWHERE = frozenset({SIGN_IN, NOTHING_HERE})
_SLICE = 0.008
"""Seconds of a turn of the event loop that work which nobody waits for may take."""


def run(shop: Shop, resources: Path, state: Path, log: Path) -> int:
    """Show the window and stay until it is closed; the exit code of the program.

    `state` is the file of the till's habits, `log` the file for what nobody foresaw; both are made when needed.
    """
    if QApplication.instance() is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    gc.disable()  # until every page is there: what is being built is no rubbish, and looking at it all stops the hand
    till = Till(app, shop, resources, state, log)
    till.show()
    till.looking_on.offer_tour()
    code = app.exec()
    till.close()
    return code


class Till(QObject):
    """The window with all that listens for it; whoever makes it keeps it, and calls `close` at the end."""

    def __init__(
        self,
        app: QApplication,
        shop: Shop,
        resources: Path,
        state: Path,
        log: Path,
        screens: Screens = screens_at_work,
    ) -> None:
        super().__init__()
        self._app = app
        self._screens = screens
        self._coming: Iterator[Screen] | None = None
        self._bare: list[QWidget] = []
        app.setApplicationName("border-pos")
        app.setApplicationDisplayName("Border POS")
        wear_emblem(resources)
        file = StateFile(state)
        habits = file.read()
        self.log = TroubleLog(log, shop.now, shop.version, self)
        mode = Mode(habits.theme) if habits.theme else preferred_mode(app)
        self.theme = Theme(app, resources, mode, training=shop.training)
        self._ring = FocusRing(self.theme, app)
        self._ring.setParent(self)
        actions, self._bad_keys = _actions(habits)
        self.background = Background("store", self)
        self.thinking = Background("quota", self)
        self.saving = Background("backup", self)
        language = habits.language or language_of_system(QLocale.system().uiLanguages())
        sounds = Sounds(resources / "sounds")
        threads = (self.background, self.thinking, self.saving)
        self.session = Session(shop, *threads, self.theme, sounds, actions, language, self)
        self._translator = QTranslator(self)
        self._translate_qt()
        self.clock = ClockTick(shop.now, self)
        self.session.memory = TillMemory(file, habits)
        self.window = MainWindow(self.session, self.clock)
        self.way_in = WayIn(self.session, self.window, self.clock, self.session.memory)
        self.looking_on = LookingOn(self.session, self.window, self.way_in, app, self)
        self.scanner = ScannerFilter(time.monotonic, parent=self)
        self.idle = IdleWatch(self)
        self.watch = StoreWatch(self.session, self)
        self.looking = LookingAround(self.session, self)
        self.upkeep = Upkeep(self.session, lambda: _keep_up(shop), self)
        self.backups = BackupsAtRest(self.session, self.upkeep, self)
        self.session.devices.scanned.connect(self.scanner.take_line)
        listeners = (self.window.keys, self.scanner, self.idle, self.upkeep.watch)
        self._listening = Listening(app, listeners, self)
        self._listen()

    def show(self) -> None:
        """Show the window; what is heavy comes after its first paint."""
        self.log.watch()
        self.clock.start()
        self.window.resize(1366, 768)
        if self._app.primaryScreen().availableGeometry().height() <= 800:  # a till's small screen
            self.window.showMaximized()
        else:
            self.window.show()
        self._listening.hear(self.window.windowHandle())
        self.window.activateWindow()  # a scan before the first click must not go to the terminal
        self.way_in.begin()
        self._coming = iter(self._screens(self.session))
        next_turn(self, self._build_next)
        if self._bad_keys:
            self._tell_bad_keys()

    @property
    def is_idle(self) -> bool:
        """Whether every page is there, and every step and every search that was asked for has been answered."""
        return self._coming is None and self.background.is_idle and self.thinking.is_idle

    def close(self) -> None:
        """Finish what was asked of the store, let go of the keyboard and of the hooks."""
        self._coming, self._bare = None, []
        self.looking_on.close()
        gc.enable()
        self.upkeep.stop()
        self.backups.stop()
        self.saving.leave()
        self.session.devices.stop()
        self.looking.stop()
        self.watch.stop()
        self._listening.stop()
        self._app.removeTranslator(self._translator)
        self.thinking.stop()
        self.background.stop()
        self.log.unwatch()
        self._ring.stop()
        self.window.close_now()

    def _listen(self) -> None:
        for signal, step in (
            (self.scanner.scanned, self.window.scanned),
            (self.scanner.document_scanned, self.window.document_scanned),
            (self.scanner.unreadable, self.window.unreadable),
        ):
            signal.connect(step)
            signal.connect(lambda _text: self.idle.touch())
        self.idle.idle.connect(self._lock_alone)
        session = self.session
        session.settings_changed.connect(self._obey)
        session.person_changed.connect(self._person_changed)
        session.language_changed.connect(lambda _words: self._translate_qt())
        session.broke.connect(self._broke)
        self.log.happened.connect(self._broke)

    def _build_next(self) -> None:
        """One page a turn: what is typed meanwhile is not held back until it looks like a scanner's burst."""
        if self._coming is None:  # closed meanwhile
            return
        screen = next(self._coming, None)
        if screen is None:
            self._coming = None
            gc.enable()
            gc.freeze()  # what is there now stays: nobody looks through half a million things for rubbish again
            self._bare = self.window.findChildren(QWidget)
            next_turn(self, self._polish_some)
            next_turn(self, self.looking_on.begin)
        else:
            self.window.plug(screen)
            next_turn(self, self._build_next)
        if screen is None or screen.place == CHECKOUT:
            self._bring_in()

    def _polish_some(self) -> None:
        """Dress what nobody has looked at yet, a slice a turn: a page's first opening is as quick as its second."""
        slice_ends = time.perf_counter() + _SLICE
        while self._bare and time.perf_counter() < slice_ends:
            widget = self._bare.pop()
            if isValid(widget):
                widget.ensurePolished()
        if self._bare:
            next_turn(self, self._polish_some)

    def _bring_in(self) -> None:
        """Somebody was quicker than the pages: she begins where she would have begun."""
        page = self.window.page
        if self.session.person is not None and (page is None or page.place in _NOWHERE):
            self.window.show_place(self.window.home())

    def _obey(self, settings: Settings) -> None:
        gap = settings.scanner_gap_ms / 1000
        self.scanner.set_timing(ScanTiming(gap=gap, shortest=settings.scanner_shortest))
        self.idle.set_minutes(settings.lock_minutes)

    def _person_changed(self, person: Person | None) -> None:
        if person is not None:
            self.idle.touch()

    def _lock_alone(self) -> None:
        if self.session.person is not None:
            self.window.lock()

    def _translate_qt(self) -> None:
        """Qt's own words (file dialogs, context menus) in the language of the till."""
        self._app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{QT_NAMES[self.session.language]}", folder):
            self._app.installTranslator(self._translator)
        QLocale.setDefault(QLocale(QT_NAMES[self.session.language]))

    def _broke(self, error: BaseException) -> None:
        self.log.record(error)
        self.window.tell(self._broken_news)

    def _broken_news(self) -> Notice:
        words = self.session.words
        text = words(
            "Something went wrong. Nothing is lost; what happened is in the log file {file}.", file=self.log.path.name
        )
        return Notice(Tone.OVER, text)

    def _tell_bad_keys(self) -> None:
        words, key = self.session.words, self._bad_keys
        text = words("Two actions had the same key ({key}); the usual keys work.", key=key)
        self.window.tell(Notice(Tone.NEARLY, text))


def _keep_up(shop: Shop) -> bool:
    """One step of what a quiet till does by itself, what can fail last; whether there is more to do."""
    return shop.sum_up() or shop.seal_books.step() or shop.office.forget_visitors.step() or shop.z_files.step()


def _actions(habits: TillState) -> tuple[Actions, str]:
    try:
        return Actions(habits.keys), ""
    except DuplicateKey as error:
        return Actions(), error.key
