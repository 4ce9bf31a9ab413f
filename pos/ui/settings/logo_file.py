"""A logo from a file: in grey on white, as many dots as a strip takes; what is no picture, or a trap, is refused."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from pos.application.setting_kinds import LOGO_HIGH, LOGO_WIDE
from pos.domain.errors import BadField

LARGEST_FILE, LARGEST_DRAWING = 5 * 1024 * 1024, 512 * 1024
"""Bytes of a picture and of a drawing."""
_LONGEST_SIDE, _MOST_PIXELS = 20_000, 50_000_000
_MOST_BYTES = 32_000
"""Bytes of the picture that is kept: every till reads it with the other options."""
_BOX = QSize(LOGO_WIDE, LOGO_HIGH)
_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_TRAPS = re.compile(
    rb"<!ENTITY|<!DOCTYPE[^>]*\[|<\s*(?:\w+:)?(?:image|script|foreignObject|use)\b|@import|javascript:"
    rb"|(?:href|src)\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)
"""What reads other files, runs, or grows without end: no logo needs it."""


def read_logo(path: Path) -> str:
    """The text of the setting `logo`; on any thread. Raises BadField."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise BadField("logo", "too_large", path.name)
        content = path.read_bytes()
    except OSError as error:
        raise BadField("logo", "not_readable", path.name) from error
    image = _picture(content, path.name) if content.startswith(_SIGNS) else _drawing(content, path.name)
    return b64encode(_png(_on_paper(image), path.name)).decode("ascii")


def _picture(content: bytes, name: str) -> QImage:
    """A PNG or a JPEG, whatever the file is called."""
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    sides = reader.size()  # from the head of the file, before anything is unpacked
    if not sides.isValid() or sides.isEmpty():
        raise BadField("logo", "not_a_picture", name)
    if max(sides.width(), sides.height()) > _LONGEST_SIDE or sides.width() * sides.height() > _MOST_PIXELS:
        raise BadField("logo", "too_large", name)
    reader.setScaledSize(_fitting(sides))
    image = reader.read()
    if image.isNull():
        raise BadField("logo", "not_a_picture", name)
    return image


def _drawing(content: bytes, name: str) -> QImage:
    """An SVG of its own: one that names anything outside itself is refused before it is read."""
    if len(content) > LARGEST_DRAWING:
        raise BadField("logo", "too_large", name)
    if b"<svg" not in content[:4096] or b"\x00" in content or _TRAPS.search(content):
        raise BadField("logo", "not_a_picture", name)
    renderer = QSvgRenderer(QByteArray(content))
    sides = renderer.defaultSize()
    if not renderer.isValid() or sides.isEmpty():
        raise BadField("logo", "not_a_picture", name)
    size = sides.scaled(_BOX, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return image


def _fitting(sides: QSize) -> QSize:
    """As large as it is, or as the strip takes."""
    if sides.width() <= LOGO_WIDE and sides.height() <= LOGO_HIGH:
        return sides
    return sides.scaled(_BOX, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _on_paper(image: QImage) -> QImage:
    """In grey on white: what can be seen through is paper."""
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper.convertToFormat(QImage.Format.Format_Grayscale8)


def _png(image: QImage, name: str) -> bytes:
    """As PNG; a photograph that is too much in grey becomes dots of black."""
    for format_ in (QImage.Format.Format_Grayscale8, QImage.Format.Format_Mono):
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"PNG"))
        writer.setCompression(100)
        writer.write(image.convertToFormat(format_))
        if held.size() <= _MOST_BYTES:
            return bytes(held.data())
    raise BadField("logo", "too_large", name)
