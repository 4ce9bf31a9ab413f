"""The strip as it leaves the printer: read back by machines that did not draw it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pos.domain.errors import PrinterError
from pos.printing.drawing.codes import qr_modules
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.pdf import strip_pdf
from pos.printing.drawing.rows import Barcode, Cells, Pair, Paragraph, Qr, Row
from tests.horgos import CNY
from tests.printing import sales


def plain(text: str) -> str:
    """Without the blanks that a reader of PDF makes of positions."""
    return re.sub(r"[\s\u00a0\u202f]+", "", text)


def said_by(rows: tuple[Row, ...]) -> list[str]:
    """Every text that a row shows, the code's content apart."""
    said: list[str] = []
    for row in rows:
        if isinstance(row, Qr):
            said += row.beside
        elif isinstance(row, Cells):
            said += row.cells
        else:
            said += [text for name in ("text", "left", "right") if (text := getattr(row, name, ""))]
    return said


@pytest.mark.parametrize("languages", [("zh", "ru"), ("kk", "ru"), ("en",)])
def test_everything_that_the_rows_say_can_be_copied_out_as_written(languages: tuple[str, ...]) -> None:
    for sale in (sales.a_mixed_sale(), sales.a_dutiable_sale(), sales.a_sale_to_kazakhstan(), sales.an_unknown_sale()):
        rows = sales.rows_of(sale, sales.the_shop(*languages), copy=1)
        copied = plain(sales.text_of(sales.pdf_of(rows)))

        assert [word for text in said_by(rows) for word in text.split() if word not in copied] == []


@pytest.mark.parametrize("languages", [("zh", "ru"), ("kk", "ru"), ("en",)])
def test_everything_on_a_slip_can_be_copied_out_as_written(languages: tuple[str, ...]) -> None:
    for sale in (sales.a_dutiable_sale(), sales.a_family_to_kazakhstan(), sales.a_sale_without_weight()):
        rows = sales.slip_of(sale, "A", sales.the_shop(*languages), copy=1)
        copied = plain(sales.text_of(sales.pdf_of(rows)))

        assert [word for text in said_by(rows) for word in text.split() if word not in copied] == []


def test_bars_and_qr_are_read_from_the_page_as_a_thermal_head_prints_it() -> None:
    rows = sales.rows_of(sales.a_mixed_sale())
    picture = sales.picture_of(sales.pdf_of(rows)).point(lambda grey: 255 if grey > 127 else 0)

    read = {code.format: code.text for code in zxingcpp.read_barcodes(picture)}

    assert read[zxingcpp.BarcodeFormat.Code128] == "T1-000123"
    assert read[zxingcpp.BarcodeFormat.QRCode] == next(row for row in rows if isinstance(row, Qr)).content


def test_the_longest_receipt_number_still_fits_and_reads() -> None:
    picture = sales.picture_of(sales.pdf_of([Barcode("TILL9999-123456789")]))

    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["TILL9999-123456789"]


@pytest.mark.parametrize("length", [1, 14, 60, 107, 154, 180, 214, 700])
def test_a_qr_of_any_size_is_read(length: int) -> None:
    content = ("BPOS1|x-Ж;" * 100)[:length]
    modules = qr_modules(content)
    side = len(modules) + 8
    rows = [[False] * 4 + row + [False] * 4 for row in modules]
    grid = [[False] * side] * 4 + rows + [[False] * side] * 4
    picture = Image.new("L", (side, side))
    picture.putdata([0 if dark else 255 for row in grid for dark in row])

    read = zxingcpp.read_barcodes(picture.resize((side * 4, side * 4), Image.Resampling.NEAREST))

    assert [code.text for code in read] == [content]


def test_a_strip_is_80_mm_wide_and_one_page_however_many_lines() -> None:
    goods: list[sales.Sold] = [(sales.resolve_scan(f"Article {n}", id=n), 1) for n in range(1, 201)]
    sale = sales.sold(goods, [sales.cash(CNY, 600000)], visitors=[sales.mr_zhang()])

    pdf = sales.pdf_of(sales.rows_of(sale))

    assert "Article 200" in sales.text_of(pdf)
    assert sales.picture_of(pdf, 254).width == pytest.approx(800, abs=1)


def test_a_receipt_is_small_and_the_same_file_each_time() -> None:
    rows = sales.rows_of(sales.a_mixed_sale())

    assert sales.pdf_of(rows) == sales.pdf_of(rows)
    assert len(sales.pdf_of(rows)) <= 40 * 1024


@given(st.text(max_size=200), st.text(max_size=40))
def test_whatever_a_name_holds_the_price_beside_it_is_never_lost(name: str, other: str) -> None:
    goods = sales.resolve_scan(name, {"ru": other})
    sale = sales.sold([(goods, 1)], [sales.cash(CNY, 3000)], visitors=[sales.mr_zhang()])

    text = sales.text_of(sales.pdf_of(sales.rows_of(sale)))

    assert "30.00" in text
    assert not {"\u202e", "\x1b", "\x00"} & set(text)


@given(st.text(alphabet="aЖ价 ,。（%", max_size=120), st.integers(1, 10**9))
def test_nothing_is_printed_outside_the_72_mm(name: str, minor: int) -> None:
    pdf = sales.pdf_of([Pair(name, str(minor), bold=True), Paragraph(name)])
    picture = sales.picture_of(pdf, 254)
    ink = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()

    assert ink is not None
    assert ink[0] >= 38
    assert ink[2] <= 762


def test_a_missing_font_is_one_clear_trouble_and_the_other_folder_prints_on(tmp_path: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        strip_pdf([Paragraph("x")], Fonts(tmp_path), "x")

    assert (caught.value.what, caught.value.where) == ("font_missing", str(tmp_path / "BorderSans-Regular.ttf"))
    assert sales.text_of(sales.pdf_of([Paragraph("x")])).strip() == "x"


@pytest.mark.parametrize("content", [b"", b"not a font", b"\x00\x01\x00\x00\x00\x0a"])
def test_a_damaged_font_is_one_clear_trouble(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "BorderSans-Regular.ttf").write_bytes(content)

    with pytest.raises(PrinterError) as caught:
        strip_pdf([Paragraph("x")], Fonts(tmp_path), "x")

    assert caught.value.what == "font_damaged"


def test_both_faces_know_the_letters_of_four_languages_and_the_symbols_of_five_currencies() -> None:
    fonts = Fonts(sales.FONTS)
    needed = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё¥₸$€₽×·−—•★□…限额镕喆“”«»"

    for font in (fonts.regular, fonts.bold):
        assert [letter for letter in needed if ord(letter) not in font.face.charToGlyph] == []


def test_a_name_without_one_letter_in_the_font_bears_the_code_of_its_goods() -> None:
    fonts = Fonts(sales.FONTS)

    assert fonts.lacks("قوي گۆشى")
    assert fonts.lacks("😀🎁")
    assert not fonts.lacks("Gift 🎁")
    assert not fonts.lacks("")
