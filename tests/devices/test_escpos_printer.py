"""Receipts, drawer and cut on a printer of our own: every byte is obeyed by a printer made of bytes."""

from __future__ import annotations

import os
import socket
import stat
import threading
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pos.application.settings.device_addresses import EscposAddress
from pos.devices import escpos_lines, escpos_printer
from pos.devices.connected_devices import DevicesAtTill
from pos.devices.escpos_printer import EscposPrinter, picture
from pos.domain.errors import PrinterError
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.pdf import strip_pdf
from pos.printing.drawing.raster import every_page, head_dots, page_dots
from pos.printing.drawing.rows import Barcode, Paragraph
from tests.devices.fake_printer import FakePrinter, Paper
from tests.printing import sales

DEVICES = DevicesAtTill(page_dots, head_dots, every_page)


@pytest.fixture(scope="module")
def receipt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The receipt of a mixed sale."""
    file = tmp_path_factory.mktemp("receipt") / "T1-000123.pdf"
    file.write_bytes(sales.pdf_of(sales.rows_of(sales.a_mixed_sale())))
    return file


def trouble(printer: FakePrinter, file: Path) -> str:
    with pytest.raises(PrinterError) as caught:
        DEVICES.print_file(printer.setting, file)
    assert caught.value.where in printer.setting
    return caught.value.what


def test_a_receipt_comes_out_dot_by_dot_as_it_was_drawn_and_its_codes_are_read(receipt: Path) -> None:
    with FakePrinter() as printer:
        DEVICES.print_file(printer.setting, receipt)

    drawn = sales.picture_of(receipt.read_bytes(), dots_per_inch=203.2)
    drawn = drawn.crop((32, 0, 608, drawn.height)).point([0] * 128 + [255] * 128)
    width, height, dots = printer.paper.grey()
    assert (width, height) == drawn.size
    assert dots == drawn.tobytes()
    assert printer.paper.done == ["init", "picture", "feed 6", "cut"]
    printed = Image.frombytes("L", (width, height), dots)
    white = Image.new("L", (width + 80, height + 80), 255)
    white.paste(printed, (40, 40))
    read = {code.format: code.text for code in zxingcpp.read_barcodes(white)}
    assert read[zxingcpp.BarcodeFormat.Code128] == "T1-000123"
    assert read[zxingcpp.BarcodeFormat.QRCode].startswith("BPOS1|")


def test_on_narrow_paper_a_receipt_has_a_layout_of_its_own_and_its_codes_are_read(tmp_path: Path) -> None:
    rows = sales.rows_of(sales.a_mixed_sale())
    file = tmp_path / "narrow.pdf"
    file.write_bytes(strip_pdf(rows, Fonts(sales.FONTS), "T1-000123", millimetres=58))
    with FakePrinter() as printer:
        printer.paper = Paper(384)
        DEVICES.print_file(f"{printer.setting};58mm;no-cut", file)

    width, height, dots = printer.paper.grey()
    assert width == 384
    assert printer.paper.done == ["init", "picture", "feed 6"]
    white = Image.new("L", (width + 80, height), 255)
    white.paste(Image.frombytes("L", (width, height), dots), (40, 0))
    assert {code.text[:2] for code in zxingcpp.read_barcodes(white)} == {"T1", "BP"}


def test_a_sheet_is_made_as_narrow_as_the_paper(tmp_path: Path) -> None:
    wide = list(head_dots(a_sheet(tmp_path), 80))
    assert [(page[0], page[1]) for page in wide] == [(576, 815)]


def a_sheet(folder: Path) -> Path:
    file = folder / "sheet.pdf"
    canvas = Canvas(str(file))
    canvas.showPage()
    canvas.save()
    return file


def test_no_name_of_goods_is_ever_a_command(tmp_path: Path) -> None:
    evil = "\x1bp\x00\x19\xfa\x1dV\x00 Vodka \x10\x14\x01\x00\x05"
    file = tmp_path / "evil.pdf"
    file.write_bytes(strip_pdf([Paragraph(evil), Barcode("T1-000001")], Fonts(sales.FONTS), "evil"))
    with FakePrinter() as printer:
        DEVICES.print_file(f"{printer.setting};no-cut", file)
    assert printer.paper.done == ["init", "picture", "feed 6"]
    assert printer.paper.texts == b""


def test_the_bits_of_a_picture_that_look_like_commands_stay_a_picture() -> None:
    paper = Paper(576)
    dots = bytes(0 if bit == "1" else 255 for byte in b"\x1bp\x00\x19\xfa" * 20 for bit in f"{byte:08b}")
    page = 8 * 5, len(dots) // 40, dots
    assert list(paper.obey(picture(page))) == []
    assert paper.done == ["picture"]


@pytest.mark.parametrize("kind", [stat.S_IFBLK, stat.S_IFREG, stat.S_IFSOCK])
def test_a_disk_is_a_device_and_no_printer(
    receipt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: int
) -> None:
    disk = tmp_path / "sda"
    disk.write_bytes(b"the first block")
    as_it_is = os.fstat

    def as_a_disk(handle: int) -> os.stat_result:
        status = as_it_is(handle)
        is_it = (status.st_dev, status.st_ino) == (disk.stat().st_dev, disk.stat().st_ino)
        return os.stat_result((kind | 0o660, *status[1:])) if is_it else status

    monkeypatch.setattr("pos.devices.escpos_lines.os.fstat", as_a_disk)
    with pytest.raises(PrinterError) as caught:
        EscposPrinter(EscposAddress("file", str(disk)), head_dots)(receipt)

    assert (caught.value.what, disk.read_bytes()) == ("not_a_device", b"the first block")


def test_a_folder_is_no_printer(receipt: Path, tmp_path: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        EscposPrinter(EscposAddress("file", str(tmp_path)), head_dots)(receipt)

    assert caught.value.what == "not_a_device"


@pytest.mark.parametrize(("option", "pin"), [("", 2), (";pin5", 5)])
def test_the_drawer_opens_on_its_pin(option: str, pin: int) -> None:
    with FakePrinter() as printer:
        assert DEVICES.open_drawer(printer.setting + option)
    assert printer.paper.done == ["init", f"pulse on pin {pin}"]


def test_where_no_drawer_hangs_none_is_opened() -> None:
    with FakePrinter() as printer:
        assert not DEVICES.open_drawer(f"{printer.setting};no-drawer")
    assert printer.calls == 0
    assert not DEVICES.open_drawer("folder")
    assert not DEVICES.open_drawer("system:POS-80")


def test_a_printer_without_paper_or_with_its_cover_open_says_so_and_prints_nothing(receipt: Path) -> None:
    with FakePrinter(paper=False) as printer:
        assert trouble(printer, receipt) == "paper_out"
        printer.has_paper, printer.is_shut = True, False
        assert trouble(printer, receipt) == "cover_open"
        assert printer.paper.done == []
        printer.is_shut = True
        DEVICES.look_at_printer(printer.setting)
        DEVICES.print_file(printer.setting, receipt)
    assert printer.paper.done[-1] == "cut"


def test_the_paper_may_end_within_a_receipt(receipt: Path) -> None:
    with FakePrinter(reports_the_end=False) as printer:
        obey = printer.paper.obey

        def ends(content: bytes):  # type: ignore[no-untyped-def] # as obey
            yield from obey(content)
            printer.has_paper = printer.has_paper and "picture" not in printer.paper.done

        printer.paper.obey = ends  # type: ignore[method-assign] # the roll runs out under the picture
        assert trouble(printer, receipt) == "paper_out"


def test_a_cable_that_carries_nothing_back_prints_all_the_same(receipt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escpos_printer, "_ANSWER", 0.02)
    with FakePrinter(answers=False) as printer:
        DEVICES.print_file(printer.setting, receipt)
    assert printer.paper.done[-1] == "cut"


def test_a_printer_that_does_not_tell_its_end_is_waited_for_once(
    receipt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escpos_printer, "_DONE", 0.2)
    with FakePrinter(reports_the_end=False) as printer:
        DEVICES.print_file(printer.setting, receipt)
        assert printer.setting.removeprefix("escpos:tcp:") in escpos_printer._never_done
        DEVICES.print_file(printer.setting, receipt)
    assert printer.paper.done.count("cut") == 2


def test_a_printer_that_is_not_there_is_named(receipt: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(PrinterError) as caught:
        DEVICES.print_file(f"escpos:tcp:127.0.0.1:{port}", receipt)
    assert (caught.value.what, caught.value.where) == ("not_answering", f"127.0.0.1:{port}")


def test_a_printer_that_takes_nothing_does_not_hold_the_till(receipt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escpos_lines, "TAKE", 0.05)
    monkeypatch.setattr(escpos_printer, "_ANSWER", 0.02)
    hung = socket.create_server(("127.0.0.1", 0), backlog=4)
    hung.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    big = EscposPrinter(
        EscposAddress("tcp", "127.0.0.1", hung.getsockname()[1]), lambda *_: [(576, 60_000, bytes(576 * 60_000))]
    )
    with hung, pytest.raises(PrinterError) as caught:
        big(receipt)
    assert caught.value.what == "not_answering"


def test_a_device_takes_the_same_bytes_and_no_file_is_one(receipt: Path, tmp_path: Path) -> None:
    fifo, taken = tmp_path / "lp0", bytearray()
    os.mkfifo(fifo)
    device = EscposPrinter(EscposAddress("file", str(fifo)), head_dots)
    handle = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    ended = threading.Event()

    def drain() -> None:
        while not ended.is_set() or taken[-3:] != b"\x1dV\x01":
            try:
                taken.extend(os.read(handle, 65_536))
            except BlockingIOError:
                ended.wait(0.005)

    thread = threading.Thread(target=drain, daemon=True)
    thread.start()
    device.open_drawer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(escpos_lines._Device, "hear", lambda *_: b"")  # what is read of a pipe is what was written
        device(receipt)
    ended.set()
    thread.join(10)
    os.close(handle)
    paper = Paper()
    list(paper.obey(bytes(taken)))
    assert paper.done == ["init", "pulse on pin 2", "init", "picture", "feed 6", "cut"]

    plain = tmp_path / "plain"
    plain.write_text("kept")
    with pytest.raises(PrinterError) as caught:
        EscposPrinter(EscposAddress("file", str(plain)), head_dots)(receipt)
    assert (caught.value.what, plain.read_text()) == ("not_a_device", "kept")


def test_usb_without_its_library_or_its_printer_is_a_sentence(receipt: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        DEVICES.print_file("escpos:usb:04b8:ffff", receipt)
    assert caught.value.what in ("no_usb_library", "not_answering")
    assert caught.value.where == "04b8:ffff"


def test_an_address_that_is_none_is_named(receipt: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        DEVICES.print_file("escpos:tcp:", receipt)
    assert caught.value.what == "unknown_printer"
