"""A logo from a file: grey on white, at most the width of a receipt; non-pictures and malicious files are refused."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from pos.application.settings.setting_kinds import LOGO_HIGH, LOGO_WIDE
from pos.domain.errors import BadField
from pos.ui.look.picture_reader import content_of, format_of, unpacked

LARGEST_FILE, LARGEST_DRAWING = 5 * 1024 * 1024, 512 * 1024
"""Maximum bytes of a picture and of a drawing."""
_MOST_BYTES = 32_000
"""Maximum bytes of the stored picture: every till reads it with the other settings."""
_BOX = QSize(LOGO_WIDE, LOGO_HIGH)
_TRAPS = re.compile(
    rb"<!ENTITY|<!DOCTYPE[^>]*\[|<\s*(?:\w+:)?(?:image|script|foreignObject|use)\b|@import|javascript:"
    rb"|(?:href|src)\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)
"""Elements that read other files, run code, or grow without end: no logo needs them."""


def read_logo(path: Path) -> str:
    """The text of the setting `logo`; runs on any thread but the store's. Raises BadField."""
    content = content_of(path, LARGEST_FILE, "logo")
    if format_of(content) is None:
        image = _drawing(content, path.name)
    else:
        image = unpacked(content, "logo", path.name, _fitting)
    return b64encode(_png(_on_paper(image), path.name)).decode("ascii")


def _drawing(content: bytes, name: str) -> QImage:
    """A self-contained SVG: one with external references is refused before it is parsed."""
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
    """Scale down to the width of a receipt if necessary."""
    if sides.width() <= LOGO_WIDE and sides.height() <= LOGO_HIGH:
        return sides
    return sides.scaled(_BOX, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _on_paper(image: QImage) -> QImage:
    """Convert to grey on white: transparent parts become white."""
    white = QImage(image.size(), QImage.Format.Format_RGB32)
    white.fill(QColor("white"))
    painter = QPainter(white)
    painter.drawImage(0, 0, image)
    painter.end()
    return white.convertToFormat(QImage.Format.Format_Grayscale8)


def _png(image: QImage, name: str) -> bytes:
    """Encode as PNG; a photograph that is too large in grey is dithered to black."""
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
