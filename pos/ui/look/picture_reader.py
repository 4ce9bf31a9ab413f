"""Reads an untrusted picture file within limits; no other content of the file is read.

Only raster formats, each recognized by its own first bytes and read by its own reader: a drawing (SVG) names other
files, grows without limit and takes any time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from pos.domain.errors import BadField

LONGEST_SIDE, MOST_PIXELS = 20_000, 50_000_000
MOST_SCANS = 64
"""The most scans of a JPEG over its pixels; a program that writes one makes about ten."""
_FORMATS: tuple[tuple[bytes, bytes], ...] = (
    (b"\x89PNG\r\n\x1a\n", b"png"),
    (b"\xff\xd8\xff", b"jpeg"),
    (b"GIF87a", b"gif"),
    (b"GIF89a", b"gif"),
    (b"BM", b"bmp"),
)
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
"""The start of a segment of a JPEG; in its pixel data FF is never followed by any other byte."""
_SCAN, _END, _ALONE = 0xDA, 0xD9, (0x01, 0xD8)


def content_of(path: Path, most: int, field: str) -> bytes:
    """The bytes of a file, `most` at most. Raises BadField of `field`."""
    try:
        if path.stat().st_size > most:
            raise BadField(field, "too_large", path.name)
        if not path.is_file():
            raise BadField(field, "not_readable", path.name)
        return path.read_bytes()
    except OSError as error:
        raise BadField(field, "not_readable", path.name) from error


def unpacked(content: bytes, field: str, name: str, fitting: Callable[[QSize], QSize]) -> QImage:
    """The pixels of a picture, its sides no longer than `fitting` allows. Raises BadField: not_a_picture, too_large."""
    kind = format_of(content)
    if kind is None or (kind == b"jpeg" and _scans(content) > MOST_SCANS):
        raise BadField(field, "not_a_picture", name)
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    sides = reader.size()  # from the file's header, before anything is unpacked
    if not sides.isValid() or sides.isEmpty():
        raise BadField(field, "not_a_picture", name)
    if max(sides.width(), sides.height()) > LONGEST_SIDE or sides.width() * sides.height() > MOST_PIXELS:
        raise BadField(field, "too_large", name)
    size = fitting(sides)
    if size != sides:
        reader.setScaledSize(size)
    image = reader.read()
    if image.isNull():
        raise BadField(field, "not_a_picture", name)
    return image


def of_the_store(png: bytes) -> QImage:
    """A picture stored by the shop, a PNG; null for any other content."""
    held = QByteArray(png)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"png"))
    reader.setAutoDetectImageFormat(False)
    return reader.read()


def format_of(content: bytes) -> bytes | None:
    """The raster format with which a file begins; None for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return b"webp"
    return next((name for prefix, name in _FORMATS if content.startswith(prefix)), None)


def _scans(jpeg: bytes) -> int:
    """The number of scans of a JPEG: each costs as much as all its pixels, and needs only a few bytes of the file.

    The content of segments, and bytes behind the end, are skipped: a thumbnail, a film.
    """
    scans, position = 0, 2
    while (match := _MARKER.search(jpeg, position)) is not None and scans <= MOST_SCANS:
        marker, position = match[0][1], match.end()
        if marker == _END:
            break
        scans += marker == _SCAN
        if marker not in _ALONE:
            position += int.from_bytes(jpeg[position : position + 2])
    return scans
