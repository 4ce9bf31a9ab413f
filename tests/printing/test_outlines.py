"""Letters as documents get them: coarser than in the font's file, and the same to every eye."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from PIL import ImageChops
from reportlab.pdfbase.ttfonts import TTFont

from db.seed.goods import demo_goods
from pos.domain.catalogue.product import Product
from pos.printing.drawing import outlines
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.outlines import STEP, coarser
from pos.printing.drawing.rows import Row
from tests.horgos import CNY
from tests.printing import sales

FACES = (Fonts(sales.FONTS).regular, Fonts(sales.FONTS).bold)


def ten_lines() -> tuple[Row, ...]:
    """A receipt in Chinese and Russian of ten different things from the shelf."""
    shelf = [goods for goods in demo_goods(300) if goods.category and goods.price and goods.price.minor < 4000][:10]
    sold: list[sales.Sold] = [
        (Product(n, g.code, g.codes, g.names["en"], g.names, g.category, g.price, g.attributes), 1)
        for n, g in enumerate(shelf, start=1)
    ]
    return sales.rows_of(sales.sold(sold, [sales.cash(CNY, 100_000)], visitors=[sales.mr_zhang()]))


def glyph(font: TTFont, character: str) -> bytes:
    """The outline in the font's file."""
    face: Any = font.face
    number = face.charToGlyph[ord(character)]
    start = face.get_table_pos("glyf")[0]
    return bytes(face._ttf_data[start + face.glyphPos[number] : start + face.glyphPos[number + 1]])


def positions(outline: bytes) -> list[tuple[int, int]]:
    """The points of a glyph as the specification of OpenType reads them."""
    contours = struct.unpack_from(">h", outline)[0]
    count = struct.unpack_from(">H", outline, 8 + 2 * contours)[0] + 1
    at = 12 + 2 * contours + struct.unpack_from(">H", outline, 10 + 2 * contours)[0]
    flags: list[int] = []
    while len(flags) < count:
        times = 1
        if outline[at] & 8:
            times += outline[at + 1]
        flags += [outline[at]] * times
        at += 2 if outline[at] & 8 else 1
    axes = []
    for is_short, is_same in ((2, 16), (4, 32)):
        axis, here = [], 0
        for flag in flags:
            if flag & is_short:
                here += outline[at] * (1 if flag & is_same else -1)
                at += 1
            elif not flag & is_same:
                here += struct.unpack_from(">h", outline, at)[0]
                at += 2
            axis.append(here)
        axes.append(axis)
    return list(zip(*axes, strict=True))


@pytest.mark.parametrize("font", FACES, ids=("regular", "bold"))
def test_no_point_of_a_letter_is_moved_by_more_than_its_rounding(font: TTFont) -> None:
    for character in "AgЖщқәң%₸¥0123456789收银台免税烈酒霍尔果斯":
        exact = glyph(font, character)
        drawn = coarser(exact)
        assert len(drawn) == len(exact)
        if struct.unpack_from(">h", exact)[0] > 0:
            moved = [abs(a - b) for one, other in zip(positions(exact), positions(drawn)) for a, b in zip(one, other)]
            assert max(moved) <= STEP // 2, character


def test_a_space_and_a_letter_made_of_others_stay_as_they_are() -> None:
    assert coarser(b"") == b""
    made_of_others = struct.pack(">hhhhh", -1, 0, 0, 500, 700) + b"\x00\x02\x00\x05\x00\x00"
    assert coarser(made_of_others) == made_of_others


def test_a_receipt_of_ten_lines_looks_the_same_and_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ten_lines()
    small = sales.pdf_of(rows)
    with monkeypatch.context() as patch:
        patch.setattr(outlines, "coarser", lambda outline: outline)
        _forget()
        exact = sales.pdf_of(rows)
    _forget()

    assert len(small) <= 40 * 1024 < len(exact)
    apart: object = ImageChops.difference(sales.picture_of(small), sales.picture_of(exact)).getextrema()
    assert isinstance(apart, tuple)
    assert apart[1] < 128  # no dot of a thermal head is white in the one and black in the other


def _forget() -> None:
    for font in FACES:
        face: Any = font.face
        face.get_table("glyf")._drawn.clear()
