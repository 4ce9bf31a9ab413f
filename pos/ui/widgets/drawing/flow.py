"""A row of widgets that goes on in a further line where the width ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space

_CHANGES = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class Flow(QWidget):
    """Places its parts from left to right, each in its preferred width; `aligns_right` puts every line at the right.

    It is no QLayout: Qt calls a layout written in Python even while its window is being destroyed.
    """

    def __init__(
        self,
        *parts: QWidget,
        spacing: int = Space.S,
        margins: QMargins | None = None,
        aligns_right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._spacing, self._aligns_right = parts, spacing, aligns_right
        self._around = margins or QMargins()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for part in parts:
            part.setParent(self)
            part.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [_wanted(part) for part in self._shown()]
        width = sum(hint.width() for hint in hints) + self._spacing * max(0, len(hints) - 1)
        height = max((hint.height() for hint in hints), default=0)
        return QRect(0, 0, width, height).marginsAdded(self._around).size()

    def minimumSizeHint(self) -> QSize:
        """One under another."""
        width = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(width, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width - self._around.left() - self._around.right())
        high = sum(height for _, height in lines) + self._spacing * max(0, len(lines) - 1)
        return high + self._around.top() + self._around.bottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width the parts take another height, and the layout around still has the height of before."""
        super().resizeEvent(event)
        self._place()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt does not say that the words of a part have changed while it was hidden: the layout around asks again."""
        super().showEvent(event)
        self._place()
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A part that comes, goes or says something else moves the others."""
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
        room = self.rect().marginsRemoved(self._around)
        y = room.y()
        for line, height in self._lines(room.width()):
            widths = [min(_wanted(part).width(), room.width()) for part in line]
            x = room.x()
            if self._aligns_right:
                x += max(0, room.width() - sum(widths) - self._spacing * (len(line) - 1))
            for part, width in zip(line, widths, strict=True):
                part.setGeometry(QRect(x, y, width, height))
                x += width + self._spacing
            y += height + self._spacing

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _lines(self, width: int) -> Sequence[tuple[list[QWidget], int]]:
        """The parts of each line, with its height."""
        lines: list[list[QWidget]] = [[]]
        used = 0
        for part in self._shown():
            wide = _wanted(part).width()
            if lines[-1] and used + self._spacing + wide > width:
                lines.append([])
                used = 0
            used += wide + (self._spacing if lines[-1] else 0)
            lines[-1].append(part)
        return [(line, max(_wanted(part).height() for part in line)) for line in lines if line]


def _wanted(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())
