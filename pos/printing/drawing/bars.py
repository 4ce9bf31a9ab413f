"""Bar codes of labels as widths of bars: which symbology a code is drawn in, and how wide its modules may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Any

from barcode.codex import Code128
from barcode.ean import EuropeanArticleNumber8, EuropeanArticleNumber13
from barcode.itf import ITF
from barcode.upc import UniversalProductCodeA

from pos.domain.catalogue.barcode import check_digit

_DIGITS = re.compile(r"[0-9]+")
_PRINTABLE = re.compile(r"[ -~]+")


class Symbology(Enum):
    """How a code is drawn."""

    EAN_13 = "EAN-13"
    EAN_8 = "EAN-8"
    UPC_A = "UPC-A"
    ITF_14 = "ITF-14"
    CODE_128 = "Code 128"


_ENCODERS: dict[Symbology, Any] = {
    Symbology.EAN_13: EuropeanArticleNumber13,
    Symbology.EAN_8: EuropeanArticleNumber8,
    Symbology.UPC_A: UniversalProductCodeA,
    Symbology.ITF_14: ITF,
    Symbology.CODE_128: Code128,
}
_QUIET = {
    Symbology.EAN_13: (11, 7),
    Symbology.EAN_8: (7, 7),
    Symbology.UPC_A: (9, 9),
    Symbology.ITF_14: (10, 10),
    Symbology.CODE_128: (10, 10),
}
"""Light modules left and right of the bars (GS1 General Specifications, 5.2.3.4, 5.3.2.2; ISO/IEC 15417)."""

_BY_LENGTH = {8: Symbology.EAN_8, 13: Symbology.EAN_13, 14: Symbology.ITF_14}
_NARROW, _WIDE = 2, 5
"""How many units the encoder makes a narrow and a wide element of ITF."""


@dataclass(frozen=True, slots=True)
class BarCode:
    """A code ready to be drawn: widths of its elements in dots, dark and light by turns, the first one dark.

    `before` and `after` are the quiet zones in dots, `text` what stands beneath, `bearer` whether a thick line runs
    above and below (ITF-14: a scan across the corner would read a part of it).
    """

    symbology: Symbology
    dots: tuple[int, ...]
    before: int
    after: int
    text: str
    bearer: bool = False

    @property
    def width(self) -> int:
        """Its width without the quiet zones, in dots."""
        return sum(self.dots)

    @property
    def room(self) -> int:
        """The width that it needs, in dots."""
        return self.before + self.width + self.after


def symbology_of(code: str) -> Symbology | None:
    """How a code of the catalogue is drawn; None for what no bar code can hold.

    The encoder mends a wrong check digit without a word, and the label would name other goods: a code of GTIN length
    whose digit is wrong is drawn as it is, in Code 128.
    """
    if not _PRINTABLE.fullmatch(code):
        return None
    known = _BY_LENGTH.get(len(code)) if _DIGITS.fullmatch(code) else None
    if known is None or check_digit(code[:-1]) != code[-1]:
        return Symbology.CODE_128
    return Symbology.UPC_A if known is Symbology.EAN_13 and code[0] == "0" else known


def bars_of(code: str, room: int, narrowest: int) -> BarCode | None:
    """The bars of a code in `room` dots; None where they do not fit.

    Modules are `narrowest` dots wide, and those of codes without a size of their own three where there is room, else
    two (0.25 mm).
    """
    symbology = symbology_of(code)
    if symbology is None:
        return None
    drawn = code[1:] if symbology is Symbology.UPC_A else code
    runs = [len(list(run)) for _, run in groupby(str(_ENCODERS[symbology](drawn).build()[0]))]
    left, right = _QUIET[symbology]
    has_size = symbology not in (Symbology.ITF_14, Symbology.CODE_128)
    for dots in (narrowest,) if has_size else (3, 2):
        wide = dots * _WIDE // _NARROW
        widths = [(wide if run == _WIDE else dots) if symbology is Symbology.ITF_14 else run * dots for run in runs]
        found = BarCode(
            symbology, tuple(widths), left * dots, right * dots, _grouped(drawn, symbology),
            symbology is Symbology.ITF_14,
        )  # fmt: skip
        if found.room <= room:
            return found
    return None


def _grouped(code: str, symbology: Symbology) -> str:
    """The digits as they are printed beneath bars everywhere: 4 870204 320145."""
    match symbology:
        case Symbology.EAN_13:
            return f"{code[0]} {code[1:7]} {code[7:]}"
        case Symbology.EAN_8:
            return f"{code[:4]} {code[4:]}"
        case Symbology.UPC_A:
            return f"{code[0]} {code[1:6]} {code[6:11]} {code[11]}"
        case Symbology.ITF_14:
            return f"{code[0]} {code[1:3]} {code[3:8]} {code[8:13]} {code[13]}"
    return code
