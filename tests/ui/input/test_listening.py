"""The listeners for keys hear every window of the program, and are not asked about what goes on inside a page."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.input.event_filters import Listening


class Ear(QObject):
    """Notes who was touched, and by which keys."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[QObject] = set()
        self.keys: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 # as Qt calls it
        self.heard.add(watched)
        if event.type() == QEvent.Type.KeyPress and watched.isWindowType():
            self.keys.append(event.key())  # type: ignore[attr-defined]  # a key's event
        return False


def a_window(qtbot: QtBot) -> tuple[QWidget, list[QLabel], QLineEdit]:
    window, field = QWidget(), QLineEdit()
    column = QVBoxLayout(window)
    labels = [QLabel(str(number)) for number in range(40)]
    for part in (field, *labels):
        column.addWidget(part)
    qtbot.addWidget(window)
    return window, labels, field


def test_what_a_page_does_within_itself_is_not_asked_of_the_listeners(qapp: QApplication, qtbot: QtBot) -> None:
    ear = Ear()
    listening = Listening(qapp, (ear,))
    window, labels, field = a_window(qtbot)
    window.show()
    window.activateWindow()
    field.setFocus()
    for label in labels:
        label.setText("another and longer word")
    qapp.processEvents()
    listening.stop()
    assert ear.heard <= {window.windowHandle(), field}


def test_a_second_window_is_heard_as_soon_as_it_has_the_focus_and_nothing_after_the_end(
    qapp: QApplication, qtbot: QtBot
) -> None:
    ear = Ear()
    listening = Listening(qapp, (ear,))
    first, _, _ = a_window(qtbot)
    second, _, _ = a_window(qtbot)
    for window, key in ((first, Qt.Key.Key_F1), (second, Qt.Key.Key_F2), (first, Qt.Key.Key_F3)):
        window.show()
        window.activateWindow()
        qapp.processEvents()
        QTest.keyClick(window.windowHandle(), key)
    assert ear.keys == [Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F3]
    listening.stop()
    QTest.keyClick(first.windowHandle(), Qt.Key.Key_F4)
    assert len(ear.keys) == 3


def test_a_window_goes_on_hearing_when_one_listener_was_deleted_with_its_own_window(
    qapp: QApplication, qtbot: QtBot
) -> None:
    gone, ear = Ear(), Ear()
    listening = Listening(qapp, (gone, ear))
    shiboken6.delete(gone)
    window, _, _ = a_window(qtbot)
    window.show()
    window.activateWindow()
    qapp.processEvents()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)
    assert ear.keys == [Qt.Key.Key_F1]
    listening.stop()
