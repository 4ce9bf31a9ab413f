"""A till with a window over a shop in memory, started as the program starts it and closed after the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from pos.application.text.translator import Translator
from pos.ui.page.screen import Screen
from pos.ui.sales.current_sale import advice_search
from pos.ui.session.session import Session
from pos.ui.shell.application import TillWindow
from pos.ui.shell.page_builder import Screens
from tests.ui.fakes_shop import PIN, RESOURCES, FakeStore, a_shop, with_fakes
from tests.ui.keyboard import NO_MODIFIER, Typing


class StandInCheckout(Screen):
    """Stands where the checkout will be: remembers what reaches it."""

    screen_id = "checkout"
    takes_scans = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heard: list[str] = []
        self.basket = ""
        self.said = ""
        self.field = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        for action in ("pay", "undo", "quantity", "back"):
            self.key_handlers[action] = partial(self.heard.append, action)

    def retranslate(self, tr: Translator) -> None:
        self.said = tr("Checkout")

    def entered(self) -> None:
        self.field.setFocus()

    def scanned(self, text: str) -> None:
        self.heard.append(text)

    def document_scanned(self, text: str) -> None:
        self.heard.append("document")

    def unreadable(self, text: str) -> None:
        self.heard.append("unreadable")

    def waiting(self) -> str:
        return self.basket


class Hand:
    """Someone in front of one till: types on the real path through the window, and waits for the store."""

    def __init__(self, till: TillWindow, qtbot: QtBot) -> None:
        self.till = till
        self.typing = Typing(till)
        self._qtbot = qtbot

    def wait(self) -> None:
        """Until the store has answered everything, and what follows from it."""
        self._qtbot.waitUntil(lambda: self.till.is_idle, timeout=30_000)
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: self.till.is_idle, timeout=30_000)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key."""
        self.typing.press(key, modifier)
        self.wait()

    def type(self, text: str) -> None:
        """Several keys, as a person types."""
        for char in text:
            self.typing.press(char)

    def scan(self, code: str) -> None:
        """A scanner's burst with its Enter."""
        self.typing.burst(f"{code}\r")
        self.wait()

    def sign_in(self, name: str = "amina", pin: str = PIN) -> None:
        """Choose a person and give the PIN, without the keys."""
        page = self.till.way_in.sign_in
        page.people.card(name).setChecked(True)
        page.pin.field.clear()
        page.pin.field.push(pin)
        page.pin.button.click()
        self.wait()

    @property
    def screen_id(self) -> str:
        """The page on show."""
        page = self.till.window.page
        return "" if page is None else page.screen_id

    @property
    def news(self) -> str:
        """What the notice bar on show says."""
        window = self.till.window
        frame = window.front if window.front.isVisible() else window.work
        notice = frame.notices.notice
        return "" if notice is None else notice.text

    @property
    def checkout(self) -> StandInCheckout:
        """The page that stands for the checkout."""
        page = self.till.window.screen_at("checkout")
        assert isinstance(page, StandInCheckout)
        return page


Opener = Callable[..., Hand]


def stand_in(session: Session) -> list[Screen]:
    """The pages at work, as far as the frame is tested."""
    return [StandInCheckout(session)]


@pytest.fixture(autouse=True)
def searches_begin_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The till gives its picture a moment before it searches for advice, after each scan; a test looks afterwards."""
    monkeypatch.setattr(advice_search, "_BREATH", 0)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The file of the till's habits; English and light, whatever the machine of the test prefers."""
    path = tmp_path / "till.json"
    path.write_text('{"language": "en", "theme": "light"}', encoding="utf-8")
    return path


@pytest.fixture
def open_till(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[Opener]:
    """Open the window over a store; every till is closed at the end."""
    opened: list[TillWindow] = []

    def open_one(store: FakeStore, *, demo: bool = False, screens: Screens = stand_in, **steps: Any) -> Hand:
        shop = with_fakes(a_shop(store, demo=demo), **steps)
        till = TillWindow(qapp, shop, RESOURCES, state, tmp_path / "border-pos.log", screens)
        till.session.sounds.volume = 0
        opened.append(till)
        till.show()
        hand = Hand(till, qtbot)
        hand.wait()
        qtbot.waitUntil(lambda: hand.screen_id != "" or hand.news != "", timeout=30_000)
        hand.wait()
        return hand

    yield open_one
    for till in opened:
        till.close()
        till.window.deleteLater()
        till.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # a ring of focus left behind draws on
