"""Serves screen readers; a till without one does not even import the answers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface


@cache
def serve_screen_readers() -> None:
    """Answer for the widgets that draw themselves, from now on."""
    QAccessible.installFactory(_interface_of)


def _interface_of(name: str, asked: QObject) -> QAccessibleInterface | None:
    """Asked only while a screen reader listens."""
    from pos.ui.widgets.spoken.interfaces import interface_of

    return interface_of(name, asked)
