"""The receipt printer: files that are whole or not there, and troubles that name what to look at."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.application.receipts.receipt_seal import read_seal
from pos.domain.errors import PrinterError
from pos.domain.receipt_number import NoSuchReceipt
from pos.printing.drawing.atomic_file import write_whole
from pos.printing.drawing.raster import page_dots
from pos.printing.printers import ReceiptPdfPrinter
from tests.horgos import CNY
from tests.printing import sales


def a_printer(folder: Path, fonts: Path = sales.FONTS, spooled: list[Path] | None = None) -> ReceiptPdfPrinter:
    sheets = [] if spooled is None else spooled
    return ReceiptPdfPrinter(
        folder, fonts, sales.the_shop, sales.the_translators(), dict, sales.the_regimes, sales.SECRETS, sheets.append
    )


def test_a_receipt_lies_below_its_day_and_a_copy_beside_it(tmp_path: Path) -> None:
    printer, sale = a_printer(tmp_path), sales.a_mixed_sale()

    original, copy = printer.draw(sale, 0), printer.draw(sale, 1)

    assert original == tmp_path / "receipts/2026/11/24/T1-000123.pdf"
    assert copy == tmp_path / "receipts/2026/11/24/T1-000123-copy-1.pdf"
    assert "副本 1" in sales.text_of(copy.read_bytes())
    assert sorted(path.name for path in original.parent.iterdir()) == ["T1-000123-copy-1.pdf", "T1-000123.pdf"]


def test_the_day_is_that_of_the_shops_clock(tmp_path: Path) -> None:
    late = replace(sales.a_mixed_sale(), at=datetime(2026, 11, 24, 16, 0, tzinfo=UTC))

    assert a_printer(tmp_path).draw(late, 0).parent == tmp_path / "receipts/2026/11/25"


def test_drawing_again_makes_the_same_file(tmp_path: Path) -> None:
    printer, sale = a_printer(tmp_path), sales.a_mixed_sale()

    first = printer.draw(sale, 0).read_bytes()

    assert printer.draw(sale, 0).read_bytes() == first


def test_a_finished_file_goes_to_the_spool(tmp_path: Path) -> None:
    spooled: list[Path] = []
    printer = a_printer(tmp_path, spooled=spooled)

    path = printer.draw(sales.a_mixed_sale(), 0)
    assert spooled == []
    printer.print_file(path)

    assert spooled == [path]


def test_a_file_in_the_folders_place_is_a_trouble_with_the_path_in_it(tmp_path: Path) -> None:
    (tmp_path / "receipts").write_text("in the way")

    with pytest.raises(PrinterError) as caught:
        a_printer(tmp_path).draw(sales.a_mixed_sale(), 0)

    assert caught.value.what == "folder_not_writable"
    assert caught.value.where == str(tmp_path / "receipts/2026/11/24")
    assert caught.value.detail


def test_a_full_disk_leaves_the_old_file_and_no_half_of_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "T1-000123.pdf"
    write_whole(path, b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PrinterError, match="No space left"):
        write_whole(path, b"new")

    assert [file.name for file in tmp_path.iterdir()] == ["T1-000123.pdf"]
    assert path.read_bytes() == b"old"


def test_a_missing_font_stops_the_drawing_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        a_printer(tmp_path, fonts=tmp_path / "no fonts").draw(sales.a_mixed_sale(), 0)

    assert caught.value.what == "font_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("till", ["../..", "T1/..", "", "T" * 20])
def test_only_a_tills_own_letters_become_a_file_name(tmp_path: Path, till: str) -> None:
    with pytest.raises(NoSuchReceipt):
        a_printer(tmp_path).draw(replace(sales.a_mixed_sale(), till=till), 0)


def test_a_slip_lies_beside_its_receipt_and_a_copy_beside_it(tmp_path: Path) -> None:
    printer, sale = a_printer(tmp_path), sales.a_family_to_kazakhstan()

    paths = [printer.draw_slip(sale, label, copy) for label in sale.carriers for copy in (0, 1)]

    folder = tmp_path / "receipts/2026/11/24"
    assert [path.relative_to(folder).as_posix() for path in paths] == [
        f"T1-000123-{label}{copy}.pdf" for label in "ABC" for copy in ("", "-copy-1")
    ]
    assert "TESTOVA G••" in sales.text_of(paths[2].read_bytes())
    assert printer.draw_slip(sale, "B", 0).read_bytes() == paths[2].read_bytes()


def test_a_label_from_a_ticket_is_never_more_than_a_name_of_a_file(tmp_path: Path) -> None:
    labels = ["../x", "a", "A", "C:\\", "\u0416", "\n"]
    visitors = [sales.a_traveller(label) for label in labels]
    goods: list[sales.Sold] = [(sales.a_chocolate(), n + 1) for n in range(len(labels))]
    sale = sales.sold(goods, [sales.cash(CNY, 26300)], visitors=visitors, carriers=labels)
    printer = a_printer(tmp_path)

    names = [printer.draw_slip(sale, label, 0) for label in labels]

    assert {path.parent for path in names} == {tmp_path / "receipts/2026/11/24"}
    assert [path.stem.removeprefix("T1-000123-") for path in names] == [
        "visitor-1", "visitor-2", "A", "visitor-4", "visitor-5", "visitor-6"
    ]  # fmt: skip
    assert len({path.name.lower() for path in names}) == len(labels)


def test_a_visitor_without_goods_has_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoSuchReceipt):
        a_printer(tmp_path).draw_slip(sales.a_party_to_china(40, 2), "3", 0)

    assert list(tmp_path.iterdir()) == []


def test_the_picture_of_a_page_is_as_wide_as_the_paper(tmp_path: Path) -> None:
    path = a_printer(tmp_path).draw(sales.a_mixed_sale(), 0)

    width, height, rows = page_dots(path)

    assert width == pytest.approx(640, abs=1)
    assert len(rows) == width * height
    assert 0 in rows
    assert 255 in rows


@pytest.mark.parametrize("content", [b"", b"not a pdf", None])
def test_what_is_no_pdf_has_no_picture(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.pdf"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(PrinterError) as caught:
        page_dots(path)

    assert caught.value.what == "not_a_pdf"


def test_the_seal_on_paper_is_that_of_the_sale(tmp_path: Path) -> None:
    import zxingcpp

    path = a_printer(tmp_path).draw(sales.a_mixed_sale(), 0)
    codes = zxingcpp.read_barcodes(sales.picture_of(path.read_bytes()))
    text = next(code.text for code in codes if code.format == zxingcpp.BarcodeFormat.QRCode)

    assert read_seal(text).receipt == "T1-000123"
