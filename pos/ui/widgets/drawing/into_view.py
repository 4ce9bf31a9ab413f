"""Scrolls a widget into view that has just come, or got another place."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from pos.ui.look.theme import Space


def come_into_view(widget: QWidget) -> None:
    """Scroll the areas around `widget` until it is seen, once it has its place; the field with the cursor stays seen.

    A layout gives a place only after the step that has shown a widget.
    """
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    around: QWidget | None = widget.parentWidget()
    focused = QApplication.focusWidget()
    while around is not None and widget.isVisible():
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, Space.S)
            if focused is not None and around.isAncestorOf(focused):
                around.ensureWidgetVisible(focused, 0, Space.XS)
        around = around.parentWidget()
