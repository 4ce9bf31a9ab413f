"""A form that scrolls where there is no room for all fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from pos.ui.widgets.drawing.see_through import SeeThrough


class ScrolledFields(SeeThrough):
    """Holds the fields, never the submit button: that stays visible beneath, even when a notice takes room.

    The focused field is scrolled into view.
    """

    def hold(self, inside: QWidget) -> None:
        super().hold(inside)
        for part in inside.findChildren(QWidget):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)
