"""The font family of all documents: Latin, Cyrillic with Kazakh letters, Chinese, five currency symbols."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from pos.domain.errors import PrinterError
from pos.printing.drawing.outlines import Outlines

DRAWING = threading.RLock()
"""Held while a document is drawn: a font has one read position for all documents."""

_registered: dict[Path, TTFont] = {}

_NOT_DRAWN = "□"

_NOT_EMBEDDED = frozenset({"name", "OS/2"})
"""Tables that the font of a document does not need (PDF 32000-1, 9.9): half a kilobyte a face."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Border Sans in `folder`, read at the first use (0.1 s), once per process."""

    folder: Path

    @property
    def regular(self) -> TTFont:
        """The regular face. Raises PrinterError("font_missing", path) or ("font_damaged", path)."""
        return _font(self.folder / "BorderSans-Regular.ttf")

    @property
    def bold(self) -> TTFont:
        """The bold face. Raises as `regular`."""
        return _font(self.folder / "BorderSans-Bold.ttf")

    def lacks(self, text: str) -> bool:
        """Whether the text has letters and the font has none of them."""
        glyphs = self.regular.face.charToGlyph
        letters = [ord(character) for character in text if character.isalnum() or not character.isascii()]
        return bool(letters) and not any(letter in glyphs for letter in letters if chr(letter) != " ")


def drawable(text: str, font: TTFont) -> str:
    """The text with □ for each run of letters missing in the font; reportlab would write zeros instead."""
    glyphs = font.face.charToGlyph
    if all(ord(character) in glyphs for character in text):
        return text
    drawn: list[str] = []
    for character in text:
        if ord(character) in glyphs:
            drawn.append(character)
        elif drawn[-1:] != [_NOT_DRAWN]:
            drawn.append(_NOT_DRAWN)
    return "".join(drawn)


def _font(path: Path) -> TTFont:
    font = _registered.get(path)
    if font is None:
        with DRAWING:
            font = _registered.get(path) or _registered.setdefault(path, _read(path))
    return font


def _read(path: Path) -> TTFont:
    if not path.is_file():
        raise PrinterError("font_missing", str(path))
    try:
        # ASCII as a whole would add 8 KB a face to every document; the letters in use need half.
        font = TTFont(path.stem, str(path), asciiReadable=0)
    except (OSError, TTFError, struct.error, IndexError) as error:
        raise PrinterError("font_damaged", str(path), str(error)[:200]) from error
    face: Any = font.face
    face.get_table = _tables_of(face)
    pdfmetrics.registerFont(font)
    return font


def _tables_of(face: Any) -> Callable[[str], object]:
    """The tables of the face for documents: outlines, without the tables of installed fonts."""
    copied: Callable[[str], bytes] = face.get_table
    outlines = Outlines(face._ttf_data, *face.get_table_pos("glyf"))

    def table(tag: str) -> object:
        if tag in _NOT_EMBEDDED:
            raise KeyError(tag)  # the library continues without it
        return outlines if tag == "glyf" else copied(tag)

    return table
