"""The pages of a paper as they will be printed, white in every theme, below each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Theme
from pos.ui.widgets.drawing.drawing import draw_box

_GAP = 12
_WIDEST = 900
"""Pixels: a page is not shown larger than it is easy to read."""


class PaperPages(QWidget):
    """Draws the pages as wide as there is room; it is as high as all of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._images: list[QImage] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def count(self) -> int:
        """How many pages are on show."""
        return len(self._images)

    def present(self, pictures: Sequence[tuple[int, int, bytes]]) -> None:
        """Show these pages; none clears the room."""
        grey = QImage.Format.Format_Grayscale8
        self._images = [QImage(dots, width, height, width, grey).copy() for width, height, dots in pictures]
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(box.height() + _GAP for box in self._boxes(width)) + _GAP

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        for image, box in zip(self._images, self._boxes(self.width())):
            if not box.intersects(event.rect()):
                continue
            fine = image.scaled(
                round(box.width() * ratio), round(box.height() * ratio),
                Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
            painter.drawImage(box, fine)
            draw_box(painter, box, fill=None, line=self._theme.colour("line_strong"), radius=0)

    def _boxes(self, width: int) -> list[QRect]:
        wide, top = min(width - 2 * _GAP, _WIDEST), _GAP
        boxes = []
        for image in self._images:
            high = round(image.height() * wide / max(image.width(), 1))
            boxes.append(QRect((width - wide) // 2, top, wide, high))
            top += high + _GAP
        return boxes
