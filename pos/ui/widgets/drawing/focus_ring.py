"""The soft ring around the focused widget: drawn over the window, so that no layout must reserve room for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from pos.ui.look.theme import Size, Theme
from pos.ui.widgets.drawing.drawing import draw_box
from pos.ui.widgets.drawing.place_watch import PlaceWatch

REACH = 3
"""Pixels that the ring reaches beyond its widget."""
_ROUND = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QPushButton)


class FocusRing(QObject):
    """Follows the focus through every window of the application.

    A widget asks for the ring by the property `focus_ring`: `self`, `parent` (a bare field in a drawn frame) or `none`;
    Qt's own fields and buttons get it by default. Keep a reference: the object lives as long as the application.
    """

    def __init__(self, theme: Theme, app: QApplication) -> None:
        super().__init__()
        self._theme = theme
        self._ring: _Ring | None = None
        self._app = app
        self._place = PlaceWatch(self)
        self._place.changed.connect(self._move_ring)
        app.focusChanged.connect(self._follow)

    def stop(self) -> None:
        """Stop following the focus when the window closes; another window of the same application has its own ring."""
        self._app.focusChanged.disconnect(self._follow)
        self._follow(None, None)

    def _move_ring(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.reposition()

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        target = _target(now)
        self._place.watch(target)
        if target is not None:
            self._ring = _Ring(self._theme, target)
            self._ring.reposition()


def _target(widget: QWidget | None) -> QWidget | None:
    if widget is None:
        return None
    wish = widget.property("focus_ring")
    if wish is None and isinstance(widget, QAbstractItemView) and not widget.currentIndex().isValid():
        return widget  # no row could show it
    if wish == "parent":
        return widget.parentWidget()
    if wish == "self" or (wish is None and isinstance(widget, _ROUND) and not widget.property("bare")):
        return widget
    return None


class _Ring(QWidget):
    def __init__(self, theme: Theme, target: QWidget) -> None:
        super().__init__(target.window())
        self._theme = theme
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def reposition(self) -> None:
        """Place the ring round the target, clipped where a scroll area clips it."""
        target = self._target
        if not isValid(target):
            self.hide()
            return
        window = target.window()
        if not target.isVisible() or self.parentWidget() is not window:
            self.hide()
            return
        origin = target.mapTo(window, QPoint(0, 0))
        self.setGeometry(QRect(origin, target.size()).adjusted(-REACH, -REACH, REACH, REACH))
        seen = QRegion(self.rect())
        holder = target.parentWidget()
        while holder is not None and holder is not window:
            if holder.parentWidget() is not None and holder.objectName() == "qt_scrollarea_viewport":
                seen &= QRegion(QRect(self.mapFrom(window, holder.mapTo(window, QPoint(0, 0))), holder.size()))
            holder = holder.parentWidget()
        inner = self.rect().adjusted(REACH, REACH, -REACH, -REACH)
        mask = seen - QRegion(inner.adjusted(2, 2, -2, -2))
        if mask.isEmpty():
            self.hide()  # Qt takes an empty mask for none
            return
        self.setMask(mask)
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = self._target.property("focus_radius") or Size.RADIUS
        draw_box(painter, self.rect(), line=self._theme.colour("accent_soft"), width=REACH, radius=radius + REACH)
