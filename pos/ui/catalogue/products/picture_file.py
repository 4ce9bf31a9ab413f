"""Reads a picture file, scaled down for a list; other files and oversized pictures are refused unread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter

from pos.application.catalogue.edit_product import WIDEST_PICTURE
from pos.ui.look.picture_reader import content_of, unpacked

LARGEST_FILE = 10 * 1024 * 1024
_BOX = QSize(WIDEST_PICTURE, WIDEST_PICTURE)


def read_picture(path: Path) -> bytes:
    """The picture as PNG of at most 256 pixels a side; runs on any thread but the store's. Raises BadField."""
    return _png(unpacked(content_of(path, LARGEST_FILE, "picture"), "picture", path.name, _fitting))


def _fitting(sides: QSize) -> QSize:
    if max(sides.width(), sides.height()) <= WIDEST_PICTURE:
        return sides
    return sides.scaled(_BOX, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(held.data())
