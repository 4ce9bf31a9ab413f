"""The pictures of goods in lists: read and decoded outside the window's thread, a few hundred cached."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from pos.ui.look.picture_reader import of_the_store
from pos.ui.look.theme import Size
from pos.ui.session.session import Session

_KEPT = 400
_SIDE = 128
"""Pixels per side, enough for a tile on a screen of three device pixels each."""


class Thumbnails(QObject):
    """Returns cached pictures and loads missing ones; `came` is emitted when some are loaded."""

    came = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._held: OrderedDict[int, QPixmap | None] = OrderedDict()

    def want(self, ids: Iterable[int]) -> None:
        """Load the pictures of these products."""
        lacking = [product_id for product_id in ids if product_id not in self._held]
        if not lacking:
            return
        pictures = self._session.shop.edit_product.pictures

        def read() -> dict[int, QImage]:
            return {product_id: _unpacked(png) for product_id, png in pictures(lacking).items()}

        for product_id in lacking:
            self._keep(product_id, None)
        self._session.run(read, self._take)

    def forget(self, product_id: int) -> None:
        """Drop a picture that has changed."""
        self._held.pop(product_id, None)

    def pixmap(self, product_id: int) -> QPixmap | None:
        """The picture, if the product has one and it is loaded."""
        held = self._held.get(product_id)
        if held is not None:
            self._held.move_to_end(product_id)
        return held

    def paint(self, painter: QPainter, product_id: int, tile: QRect) -> bool:
        """Draw the picture in the middle of a tile, with the tile's corner radius; return whether there was one."""
        picture = self.pixmap(product_id)
        if picture is None:
            return False
        draw_picture(painter, picture, tile)
        return True

    def _take(self, images: dict[int, QImage]) -> None:
        for product_id, image in images.items():
            if not image.isNull():
                self._keep(product_id, QPixmap.fromImage(image))
        if images:
            self.came.emit()

    def _keep(self, product_id: int, picture: QPixmap | None) -> None:
        self._held[product_id] = picture
        self._held.move_to_end(product_id)
        while len(self._held) > _KEPT:
            self._held.popitem(last=False)


def draw_picture(painter: QPainter, picture: QPixmap, tile: QRect) -> None:
    """Draw a picture as large as fits into a tile, with the tile's corner radius."""
    room = tile.adjusted(1, 1, -1, -1)
    size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    box = QRect(room.x() + (room.width() - size.width()) // 2, room.y() + (room.height() - size.height()) // 2, 0, 0)
    box.setSize(size)
    shape = QPainterPath()
    shape.addRoundedRect(room, Size.RADIUS - 1, Size.RADIUS - 1)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(shape)
    painter.drawPixmap(box, picture)
    painter.restore()


def _unpacked(png: bytes) -> QImage:
    image = of_the_store(png)
    if image.isNull() or max(image.width(), image.height()) <= _SIDE:
        return image
    how = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(QSize(_SIDE, _SIDE), *how)
