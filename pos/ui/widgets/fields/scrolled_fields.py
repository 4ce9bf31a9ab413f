"""A form that scrolls where there is no room for all fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.see_through import AsHigh, Packed, SeeThrough


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


class FieldsAsHigh(ScrolledFields, AsHigh):
    """The same, as high as its fields where there is room."""


def scroll_over(scrolled: QLayout, foot: QWidget, margins: QMargins, parent: QWidget, spacing: int) -> QVBoxLayout:
    """Lay a panel out: `scrolled` is scrolled where it does not fit, the button at the foot stays. Returns the layout.

    The right margin belongs to both, so that the scroll bar stands in it.
    """
    edge = margins.right()
    below = vbox(foot, margins=(0, 0, edge, 0))
    around = (margins.left(), margins.top(), 0, margins.bottom())
    area = ScrolledFields(Packed(scrolled), edge=edge)
    return vbox(Stretched(area), below, spacing=spacing, margins=around, parent=parent)
