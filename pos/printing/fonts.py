"""The one font family of all paper: Latin, Cyrillic with the Kazakh letters, Chinese, the signs of five currencies."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from pos.domain.errors import PrinterTrouble

DRAWING = threading.RLock()
"""Held while a document is drawn: a font has one reading position, whichever document reads it."""

_registered: dict[Path, TTFont] = {}

_NOT_DRAWN = "□"


@dataclass(frozen=True, slots=True)
class Fonts:
    """Border Sans in `folder`, read when first drawn with (0.1 s), once in the life of the program."""

    folder: Path

    @property
    def regular(self) -> TTFont:
        """The regular face; raises PrinterTrouble("font_missing", path) or ("font_damaged", path)."""
        return _font(self.folder / "BorderSans-Regular.ttf")

    @property
    def bold(self) -> TTFont:
        """The bold face; raises as `regular`."""
        return _font(self.folder / "BorderSans-Bold.ttf")

    def lacks(self, text: str) -> bool:
        """Whether the text has letters and the font has none of them."""
        glyphs = self.regular.face.charToGlyph
        letters = [ord(character) for character in text if character.isalnum() or not character.isascii()]
        return bool(letters) and not any(letter in glyphs for letter in letters if chr(letter) != " ")


def drawable(text: str, font: TTFont) -> str:
    """The text with □ for each run of letters that the font lacks; reportlab would copy them out as zeros."""
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
        raise PrinterTrouble("font_missing", str(path))
    try:
        # ASCII as a whole would cost 8 KB a face in every document; the letters in use cost half.
        font = TTFont(path.stem, str(path), asciiReadable=0)
    except (OSError, TTFError, struct.error, IndexError) as error:
        raise PrinterTrouble("font_damaged", str(path), str(error)[:200]) from error
    face: Any = font.face
    face.get_table = _tables_of(face)
    pdfmetrics.registerFont(font)
    return font


def _tables_of(face: Any) -> Callable[[str], object]:
    """The face's tables, its outlines as a window: the library copies all 10 MB of them for each document (2 ms)."""
    copied: Callable[[str], bytes] = face.get_table
    outlines = _Window(face._ttf_data, *face.get_table_pos("glyf"))
    return lambda tag: outlines if tag == "glyf" else copied(tag)


class _Window:
    """A part of some bytes, of which slices are taken."""

    def __init__(self, data: bytes, start: int, length: int) -> None:
        self._data = data
        self._start = start
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._length)
        return self._data[self._start + start : self._start + stop]
