"""A shop that cannot open says so in a window of its own, and a machine without a screen in a line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError
from pos.ui.shell.cannot_open import check_screen, notice_window


def test_the_window_says_what_is_wrong_and_closes_with_enter(qtbot: QtBot) -> None:
    sentence = "shop.db: The database is damaged. Stop selling and restore the last backup."
    window = notice_window(sentence, Translator.english())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    assert [label.text() for label in window.findChildren(QLabel)] == [sentence]
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_without_a_screen_the_program_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(InfrastructureError) as trouble:
        check_screen()
    assert trouble.value.what == "no_screen"
