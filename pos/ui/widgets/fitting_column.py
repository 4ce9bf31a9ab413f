"""Things below each other at the foot of a column: as many of them, from the first, as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FittingColumn(QWidget):
    """Hides what does not fit, so that nothing overlaps; meant for hints of keys, which work without their hint."""

    def __init__(self, parts: Sequence[QWidget], gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts, self._gap = list(parts), gap
        for part in parts:
            part.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint: room for all of them."""
        hints = [part.sizeHint() for part in self._parts]
        high = sum(hint.height() + self._gap for hint in hints) - self._gap
        return QSize(max(hint.width() for hint in hints), high)

    def minimumSizeHint(self) -> QSize:
        """Override QWidget.minimumSizeHint: room for the first."""
        return self._parts[0].sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent."""
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Put the parts where they belong: after their words have changed."""
        shown, high = [], -self._gap
        for part in self._parts:
            high += part.sizeHint().height() + self._gap
            part.setVisible(high <= self.height())
            if high <= self.height():
                shown.append(part)
        y = self.height()
        for part in reversed(shown):
            y -= part.sizeHint().height()
            part.setGeometry(0, y, min(part.sizeHint().width(), self.width()), part.sizeHint().height())
            y -= self._gap
