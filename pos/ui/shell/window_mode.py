"""How the window stands on the screen: full, maximized or in a frame, and who may close it."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QGuiApplication

from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.settings.settings import Settings
    from pos.ui.session.session import Session
    from pos.ui.session.till_state import TillState
    from pos.ui.shell.main_window import MainWindow

USUAL = QSize(1366, 768)
"""The size of a window in a frame, in pixels after scaling."""
SMALLEST = QSize(1024, 600)
"""The smallest screen that the pages are made for; upright it is 600 × 1024."""
_SCALE = "QT_SCALE_FACTOR"
FULL, FRAME = "full", "frame"


def scale_text(state: TillState, environment: MutableMapping[str, str] = os.environ) -> None:
    """Apply the text size that this till remembers; Qt reads it once, before the application is made.

    A scaling that the environment asks for already is left alone.
    """
    if state.text_size not in ("", "100"):
        environment.setdefault(_SCALE, f"{int(state.text_size) / 100:g}")


def is_too_small(screen: QSize) -> bool:
    """Whether the pages do not fit on a screen of this size after scaling, neither lying nor upright."""
    long, short = max(screen.width(), screen.height()), min(screen.width(), screen.height())
    return long < SMALLEST.width() or short < SMALLEST.height()


class WindowMode(QObject):
    """Shows the window as this till remembers, and as its settings say from then on.

    What is remembered holds until the store is open and its settings are known. The text size is for the next start. In
    a kiosk only a person with the permission `settings` can close.
    """

    def __init__(self, session: Session, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._window = session, window
        self._is_shown = False
        window.may_close = self.may_close
        session.settings_changed.connect(self._obey)

    @property
    def _state(self) -> TillState:
        return self._session.memory.state

    def show(self) -> None:
        """Show the window for the first time."""
        self._is_shown = True
        self._window.resize(USUAL)
        self._show(full=self._state.window == FULL)
        if is_too_small(QGuiApplication.primaryScreen().size()):
            self._session.notify("screen.small", self._small)

    def _show(self, *, full: bool) -> None:
        room = QGuiApplication.primaryScreen().availableGeometry().size()
        if full:
            self._window.showFullScreen()
        elif room.width() < USUAL.width() or room.height() <= 800:  # a till's small screen
            self._window.showMaximized()
        else:
            self._window.showNormal()
        self._window.show_power(full)

    def may_close(self) -> bool:
        """Whether the person at the till may close the program."""
        person = self._session.person
        return self._state.kiosk != "yes" or (person is not None and person.may("settings"))

    def _obey(self, settings: Settings) -> None:
        if not self._session.shop.is_open:
            return
        till = self._session.shop.till
        wanted, is_kiosk = self._wanted(settings), "yes" if settings.kiosk else ""
        before = self._state.window
        self._session.memory.keep(text_size=str(settings.text_size_of(till)), window=wanted, kiosk=is_kiosk)
        if self._is_shown and wanted != (before or FRAME):
            self._show(full=wanted == FULL)
        else:
            self._window.show_power(wanted == FULL)

    def _wanted(self, settings: Settings) -> str:
        shop = self._session.shop
        chosen = settings.window_of(shop.till)
        if chosen != "shop":
            return chosen
        return FRAME if shop.training or shop.demo_pins or not settings.shop_name else FULL

    def _small(self) -> Notice:
        tr, size = self._session.translator, QGuiApplication.primaryScreen().size()
        return Notice(
            Tone.NEARLY,
            tr(
                "This screen is too small: {width} × {height} after scaling. The till needs 1,024 × 600.",
                width=size.width(),
                height=size.height(),
            ),
        )
