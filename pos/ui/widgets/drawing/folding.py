"""A row of parts that stand below each other where the row is too narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from pos.ui.look.theme import Space
from pos.ui.widgets.drawing.layouts import Stretched, hbox


class Folding(QWidget):
    """Parts side by side while those that are `Stretched` keep `room` px in all; else they stand below each other."""

    def __init__(
        self, *parts: QWidget | Stretched, room: int, spacing: int = Space.M, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._room, self._spacing = room, spacing
        self._fixed = [part for part in parts if isinstance(part, QWidget)]
        self._box: QBoxLayout = hbox(*parts, spacing=spacing, margins=0, parent=self)

    @property
    def is_folded(self) -> bool:
        """Whether the parts stand below each other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def keep(self, room: int) -> None:
        """The stretched parts need another room: their words have changed."""
        self._room = room
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest part."""
        parts = [self._box.itemAt(at) for at in range(self._box.count())]
        width = max((part.minimumSize().width() for part in parts if part is not None), default=0)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        """Words of a part have changed, and with them its width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        is_wide = self.width() >= self._room + sum(self._wanted(part) for part in self._fixed if not part.isHidden())
        if is_wide is self.is_folded:
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._box.setDirection(across if is_wide else down)
            self.updateGeometry()

    def _wanted(self, part: QWidget) -> int:
        size = part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())
        return size.width() + self._spacing
