"""The fields of a form, which scroll where there is no room for all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from pos.ui.widgets.drawing.see_through import SeeThrough


class ScrolledFields(SeeThrough):
    """Holds the fields, never the button that ends the form: that stands beneath, whatever a notice takes of the page.

    The field that gets the focus is brought into sight.
    """

    def hold(self, inside: QWidget) -> None:
        super().hold(inside)
        for part in inside.findChildren(QWidget):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)
