"""Bar codes of labels as widths of bars: the symbology of a code, and the width of its modules."""

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
    """The symbology of a code."""

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
"""Quiet zones in modules, left and right of the bars (GS1 General Specifications, 5.2.3.4, 5.3.2.2; ISO/IEC 15417)."""

_BY_LENGTH = {8: Symbology.EAN_8, 13: Symbology.EAN_13, 14: Symbology.ITF_14}
_NARROW, _WIDE = 2, 5
"""Encoder units of a narrow and a wide element of ITF."""


@dataclass(frozen=True, slots=True)
class BarCode:
    """A bar code ready to draw: widths of its elements in dots, dark and light in turn, the first one dark.

    `before` and `after` are the quiet zones in dots, `text` is printed below, `bearer` adds a thick line above and
    below (ITF-14: a diagonal scan would read a part of it).
    """

    dots: tuple[int, ...]
    before: int
    after: int
    text: str
    bearer: bool = False

    @property
    def width(self) -> int:
        """Width without the quiet zones, in dots."""
        return sum(self.dots)

    @property
    def room(self) -> int:
        """Width with the quiet zones, in dots."""
        return self.before + self.width + self.after


def symbology_of(code: str) -> Symbology | None:
    """The symbology of a catalogue code; None for a code that no bar code can hold.

    The encoder silently corrects a wrong check digit, and the label would name other goods: a code of GTIN length with
    a wrong check digit is drawn as it is, in Code 128.
    """
    if not _PRINTABLE.fullmatch(code):
        return None
    known = _BY_LENGTH.get(len(code)) if _DIGITS.fullmatch(code) else None
    if known is None or check_digit(code[:-1]) != code[-1]:
        return Symbology.CODE_128
    return Symbology.UPC_A if known is Symbology.EAN_13 and code[0] == "0" else known


def bars_of(code: str, room: int, narrowest: int) -> BarCode | None:
    """The bars of a code in `room` dots; None where they do not fit.

    Modules are `narrowest` dots wide; codes without a size of their own have three dots where there is room, else two
    (0.25 mm).
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
        text, bearer = _grouped(drawn, symbology), symbology is Symbology.ITF_14
        bars = BarCode(tuple(widths), left * dots, right * dots, text, bearer)
        if bars.room <= room:
            return bars
    return None


def _grouped(code: str, symbology: Symbology) -> str:
    """The digits grouped as below printed bars: 4 870204 320145."""
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
