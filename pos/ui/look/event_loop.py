"""Calls work in a later turn, so that the event loop handles input and paints first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_SOON = 1
"""Milliseconds. A timer of 0 does not work: Qt delivers it in the turn that started it."""


def call_soon(owner: QObject, call: Callable[[], None]) -> None:
    """Call in another turn of the event loop, unless `owner` is deleted by then."""
    QTimer.singleShot(_SOON, owner, call)
