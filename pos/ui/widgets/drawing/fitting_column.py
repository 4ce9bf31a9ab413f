"""Widgets below each other at the foot of a column: the enabled ones that fit, from the first on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FittingColumn(QWidget):
    """Hides what does not fit, so that nothing overlaps; meant for key hints, whose keys work without the hint."""

    def __init__(self, parts: Sequence[QWidget], gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts, self._gap = list(parts), gap
        for part in parts:
            part.setParent(self)
            part.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Room for all of them."""
        hints = [part.sizeHint() for part in self._parts]
        high = sum(hint.height() + self._gap for hint in hints) - self._gap
        return QSize(max(hint.width() for hint in hints), high)

    def minimumSizeHint(self) -> QSize:
        """Room for the first."""
        return self._parts[0].sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.reposition()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A disabled part gives its room to an enabled one."""
        if event.type() == QEvent.Type.EnabledChange:
            self.reposition()
        return super().eventFilter(watched, event)

    def reposition(self) -> None:
        """Lay the parts out again after their texts have changed."""
        fits = self.sizeHint().height() <= self.height()
        visible, high = [], -self._gap
        for part in self._parts:
            high += part.sizeHint().height() + self._gap if fits or part.isEnabled() else 0
            is_shown = (fits or part.isEnabled()) and high <= self.height()
            part.setVisible(is_shown)
            if is_shown:
                visible.append(part)
        y = self.height()
        for part in reversed(visible):
            y -= part.sizeHint().height()
            part.setGeometry(0, y, min(part.sizeHint().width(), self.width()), part.sizeHint().height())
            y -= self._gap
