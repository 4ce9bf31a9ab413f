"""A picture from a file, made small enough for a list; what is none, or too much of one, is refused unread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from pos.application.edit_product import WIDEST_PICTURE
from pos.domain.errors import BadField

LARGEST_FILE = 10 * 1024 * 1024
_LONGEST_SIDE, _MOST_PIXELS = 20_000, 100_000_000


def read_picture(path: Path) -> bytes:
    """The picture as PNG of at most 256 pixels a side; on any thread. Raises BadField."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise BadField("picture", "not_readable", path.name) from error
    if size > LARGEST_FILE:
        raise BadField("picture", "too_large", path.name)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    sides = reader.size()  # from the head of the file, before anything is unpacked
    if not reader.canRead() or not sides.isValid() or sides.isEmpty():
        raise BadField("picture", "not_a_picture", path.name)
    if max(sides.width(), sides.height()) > _LONGEST_SIDE or sides.width() * sides.height() > _MOST_PIXELS:
        raise BadField("picture", "too_large", path.name)
    if max(sides.width(), sides.height()) > WIDEST_PICTURE:
        scaled = sides.scaled(QSize(WIDEST_PICTURE, WIDEST_PICTURE), Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(scaled.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise BadField("picture", "not_a_picture", path.name)
    return _png(image)


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(held.data())
