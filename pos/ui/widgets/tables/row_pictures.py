"""Cache of painted rows: a row whose text has not changed is blitted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

Draw = Callable[[QPainter, QRect], None]


class RowPictures:
    """Keeps pictures of the `most` recently painted rows.

    With a fractional device pixel ratio the rows are painted each time, because a picture would blur when scrolled.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, box: QRect, says: Hashable, draw: Draw) -> None:
        """Paint a row into `box`, all of which `draw` covers; `says` is everything on which its picture depends."""
        scale = painter.device().devicePixelRatio()
        if scale != int(scale):
            draw(painter, box)
            return
        key = (says, box.width(), box.height(), scale)
        picture = self._kept.get(key)
        if picture is None:
            picture = self._kept[key] = _drawn(painter, box, int(scale), draw)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        painter.drawPixmap(box.topLeft(), picture)


def _drawn(painter: QPainter, box: QRect, scale: int, draw: Draw) -> QPixmap:
    picture = QPixmap(box.size() * scale)
    picture.setDevicePixelRatio(scale)
    inside = QPainter(picture)
    inside.setRenderHints(painter.renderHints())
    draw(inside, QRect(0, 0, box.width(), box.height()))
    inside.end()
    return picture
