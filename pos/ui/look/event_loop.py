"""Work that is done a turn later: the event loop hears and paints first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_SOON = 1
"""Milliseconds. A timer of none will not do: Qt hands it over among the events of the very turn that asked for it."""


def call_soon(owner: QObject, call: Callable[[], None]) -> None:
    """Call in another turn of the event loop, unless `owner` is gone by then."""
    QTimer.singleShot(_SOON, owner, call)
