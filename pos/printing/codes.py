"""Bar and QR codes as their dark and light modules; whoever draws them chooses the pen."""

from __future__ import annotations

from functools import cache
from typing import Any

from barcode.codex import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

_MASK = 0
"""Trying all eight masks costs 10 ms; a signature is noise already, and every mask of it can be read."""


def code128_modules(text: str) -> str:
    """The bars of a Code 128, "1" dark and "0" light, without quiet zones; printable ASCII only."""
    return str(Code128(text).build()[0])


def qr_modules(text: str) -> list[list[bool]]:
    """The rows of a QR code (ASCII text, error correction M), True dark, without the quiet zone of four modules."""
    code: Any = _Code(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, _MASK)
    return [[bool(dark) for dark in row] for row in code.modules]


class _Code(QRCode):
    """A QR code that works out where the data go once for each size."""

    def dataPosIterator(self) -> list[tuple[int, int]]:  # noqa: N802 - the library's name
        return _places_of_data(self.version)


@cache
def _places_of_data(version: int) -> list[tuple[int, int]]:
    code: Any = QRCode(version, QRErrorCorrectLevel.M)
    code.moduleCount = version * 4 + 17
    return list(code._dataPosIterator())
