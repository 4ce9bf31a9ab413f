"""The picture of a product at the head of its form, or the icon of its category."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Theme
from pos.ui.page.thumbnails import draw_picture
from pos.ui.widgets.drawing.drawing import draw_box

_PICTURE, _ICON = 72, 32


class ProductTile(QWidget):
    """The picture of the product, or the icon of its category."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: QPixmap | None = None
        self._icon = "package"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, picture: QPixmap | None, icon: str) -> None:
        """Show a picture or an icon."""
        self._picture, self._icon = picture, icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_PICTURE, _PICTURE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRect(0, 0, _PICTURE, _PICTURE)
        draw_box(painter, box, fill=self._theme.colour("sunken"), line=self._theme.colour("line"))
        if self._picture is not None:
            draw_picture(painter, self._picture, box)
            return
        inset = (_PICTURE - _ICON) // 2
        self._theme.icons.paint(painter, self._icon, "muted", inset, inset, _ICON)
