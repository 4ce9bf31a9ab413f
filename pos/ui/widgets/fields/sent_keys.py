"""Keys that a pad on the screen presses in a field, as a keyboard would."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_NONE = Qt.KeyboardModifier.NoModifier


def send_text(field: QWidget, text: str) -> None:
    """Type the characters of `text` one by one."""
    for char in text:
        _press(field, Qt.Key.Key_unknown if ord(char) > 0xFF else Qt.Key(ord(char.upper())), char)


def send_key(field: QWidget, key: Qt.Key) -> None:
    """Press a key that is no character."""
    _press(field, key, "\r" if key is Qt.Key.Key_Return else "")


def _press(field: QWidget, key: Qt.Key, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, key, _NONE, text))
