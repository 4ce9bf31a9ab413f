"""The pictures of goods in lists: read and decoded outside the window's thread, a few hundred cached."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from pos.ui.look.picture_reader import of_the_store
from pos.ui.look.theme import Size
from pos.ui.session.session import Session

_KEPT = 400
_SIDE = 128
"""Pixels per side, enough for a tile on a screen of three device pixels each."""


class _Read(NamedTuple):
    """A picture as it was read outside the window's thread."""

    at: datetime
    image: QImage

    def cached(self) -> _Cached:
        """The picture to draw, made in the window's thread."""
        return _Cached(self.at, None if self.image.isNull() else QPixmap.fromImage(self.image))


class _Cached(NamedTuple):
    """A picture in the cache and when it was set; both None for a product without one."""

    at: datetime | None
    picture: QPixmap | None


_NONE = _Cached(None, None)


class Thumbnails(QObject):
    """Returns cached pictures and loads missing ones; `came` is emitted when some are loaded."""

    came = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._held: OrderedDict[int, _Cached] = OrderedDict()
        self._in_doubt: set[int] = set()
        """Cached pictures that may have been changed since they were read."""

    def want(self, ids: Iterable[int]) -> None:
        """Load the pictures of these products."""
        wanted = dict.fromkeys(ids)
        lacking = [product_id for product_id in wanted if product_id not in self._held or product_id in self._in_doubt]
        if not lacking:
            return
        for product_id in lacking:
            self._keep(product_id, self._held.get(product_id, _NONE))
        self._in_doubt.difference_update(lacking)
        known = {product_id: self._held[product_id].at for product_id in lacking if product_id in self._held}
        changed = self._session.shop.edit_product.changed_pictures

        def read() -> dict[int, _Read | None]:
            return {one: stored and _Read(stored.at, _unpacked(stored.png)) for one, stored in changed(known).items()}

        self._session.run(read, self._take)

    def renew(self) -> None:
        """Read each picture again when it is next wanted: it may have been changed at another till."""
        self._in_doubt.update(self._held)

    def forget(self, product_id: int) -> None:
        """Drop a picture that has changed."""
        self._held.pop(product_id, None)
        self._in_doubt.discard(product_id)

    def pixmap(self, product_id: int) -> QPixmap | None:
        """The picture, if the product has one and it is loaded."""
        held = self._held.get(product_id, _NONE)
        if held.picture is not None:
            self._held.move_to_end(product_id)
        return held.picture

    def paint(self, painter: QPainter, product_id: int, tile: QRect) -> bool:
        """Draw the picture in the middle of a tile, with the tile's corner radius; return whether there was one."""
        picture = self.pixmap(product_id)
        if picture is None:
            return False
        draw_picture(painter, picture, tile)
        return True

    def _take(self, changed: dict[int, _Read | None]) -> None:
        for product_id, read in changed.items():
            self._keep(product_id, _NONE if read is None else read.cached())
        if changed:
            self.came.emit()

    def _keep(self, product_id: int, cached: _Cached) -> None:
        self._held[product_id] = cached
        self._held.move_to_end(product_id)
        while len(self._held) > _KEPT:
            self._in_doubt.discard(self._held.popitem(last=False)[0])


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
