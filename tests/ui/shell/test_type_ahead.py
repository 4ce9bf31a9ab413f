"""What is typed while a user is signing in is delivered in its order, and the Enter of the PIN is one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from pytestqt.qtbot import QtBot

from pos.ui.input.actions import Actions
from pos.ui.input.finishing_keys import FinishingKeys
from pos.ui.input.scanner_filter import ScannerFilter
from pos.ui.session.steps_under_way import StepsUnderWay
from pos.ui.shell.type_ahead import TypeAhead

Key = Qt.Key


class Pages:
    """The keys that reach the pages."""

    def __init__(self) -> None:
        self.keys: list[int] = []

    def finishes(self, _key: QKeyEvent) -> bool:
        return False

    def press(self, key: QKeyEvent) -> bool:
        self.keys.append(key.key())
        return True


def test_the_enter_behind_a_code_typed_ahead_is_kept_though_the_code_is_delivered_already(qtbot: QtBot) -> None:
    pages: Any = Pages()
    window, waits = QWindow(), False
    session: Any = SimpleNamespace(under_way=StepsUnderWay(lambda: 0.0), finishing=FinishingKeys(Actions()))
    ahead = TypeAhead(session, lambda: waits, pages, ScannerFilter(lambda: 0.0))

    def press(key: Key) -> None:
        ahead.eventFilter(window, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))

    press(Key.Key_Return)  # of the PIN
    waits = True
    press(Key.Key_Return)  # pressed twice
    press(Key.Key_4)
    waits = False
    ahead.hand_over()
    waits = True
    press(Key.Key_Return)
    waits = False
    ahead.hand_over()

    assert pages.keys == [Key.Key_4, Key.Key_Return]
