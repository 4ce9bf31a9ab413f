"""Parts of one width side by side, in as many columns as have room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space

_CHANGES = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class Cells(QWidget):
    """Places its parts from left to right in at most `most` columns of one width, none narrower than `least` px.

    It is no QLayout: Qt calls a layout written in Python even while its window is being destroyed.
    """

    def __init__(
        self, *parts: QWidget, least: int, most: int = 0, gap: int = Space.M, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts, self._least, self._gap = parts, least, gap
        self._most = most or len(parts)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for part in parts:
            part.setParent(self)
            part.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """All columns."""
        width = self._most * self._least + (self._most - 1) * self._gap
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One column."""
        width = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(min(width, self._least), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        rows, wide = self._rows(width), self._width(width)
        return sum(_height(row, wide) for row in rows) + Space.S * max(0, len(rows) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width the parts take another height, and the layout around still has the height of before."""
        super().resizeEvent(event)
        self._place()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A part that comes or goes moves the others."""
        if event.type() in _CHANGES:
            self._place()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
            self.updateGeometry()
        return super().event(event)

    def _place(self) -> None:
        y, width = 0, self._width(self.width())
        for row in self._rows(self.width()):
            height = _height(row, width)
            for column, part in enumerate(row):
                part.setGeometry(QRect(column * (width + self._gap), y, width, height))
            y += height + Space.S

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _columns(self, width: int) -> int:
        return max(1, min(self._most, (width + self._gap) // (self._least + self._gap)))

    def _width(self, width: int) -> int:
        columns = self._columns(width)
        return (width - (columns - 1) * self._gap) // columns

    def _rows(self, width: int) -> list[list[QWidget]]:
        shown, columns = self._shown(), self._columns(width)
        return [shown[at : at + columns] for at in range(0, len(shown), columns)]


def _height(row: list[QWidget], width: int) -> int:
    return max(_high(part, width) for part in row)


def _high(part: QWidget, width: int) -> int:
    high = part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
    return max(high, part.minimumHeight())
