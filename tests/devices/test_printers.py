"""Handing a file to paper: the folder, the system's spooler, a picture where the spooler takes no PDF."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from pos.devices import printers
from pos.devices.picture_printer import paint_page, paint_pages, print_picture
from pos.devices.printers import FolderSpool, SystemSpool, open_file, spool_content, spool_for
from pos.domain.errors import PrinterError


def a_program(folder: Path, name: str, script: str) -> None:
    """A program of the system, as the path finds it."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands first and alone on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    path = tmp_path / "T1-000123.pdf"
    path.write_bytes(b"%PDF-1.4")
    return path


def test_the_setting_says_where_receipts_go() -> None:
    assert spool_for("folder") == FolderSpool()
    assert spool_for("system:POS-80") == SystemSpool("POS-80")
    assert spool_for("system:") == SystemSpool("")
    with pytest.raises(PrinterError) as caught:
        spool_for("lpt1")
    assert (caught.value.what, caught.value.where) == ("unknown_printer", "lpt1")


def test_a_folder_leaves_the_file_as_it_is(a_file: Path) -> None:
    FolderSpool()(a_file)

    assert a_file.read_bytes() == b"%PDF-1.4"


@pytest.mark.parametrize(
    ("program", "name", "said"),
    [
        ("lp", "POS-80", "-d POS-80 -o print-scaling=none"),
        ("lp", "", "-o print-scaling=none"),
        ("lpr", "POS 80", "-P POS 80 -o print-scaling=none"),
    ],
)
def test_the_systems_spooler_gets_the_file(programs: Path, a_file: Path, program: str, name: str, said: str) -> None:
    a_program(programs, program, f'echo "$@" > "{programs}/said"')

    SystemSpool(name)(a_file)

    assert (programs / "said").read_text() == f"{said} {a_file}\n"


def test_a_refusing_spooler_is_a_trouble_in_its_own_words(programs: Path, a_file: Path) -> None:
    a_program(programs, "lp", 'echo "lp: The printer or class does not exist." >&2; exit 1')

    with pytest.raises(PrinterError) as caught:
        SystemSpool("POS-80")(a_file)

    assert (caught.value.what, caught.value.where) == ("not_printed", "POS-80")
    assert caught.value.detail == "lp: The printer or class does not exist."


def test_a_spooler_that_hangs_does_not_hang_the_till(
    programs: Path, a_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_program(programs, "lp", "while :; do :; done")
    monkeypatch.setattr(printers, "_PATIENCE", 0.2)

    with pytest.raises(PrinterError) as caught:
        SystemSpool("POS-80")(a_file)

    assert caught.value.what == "not_printed"


def test_a_name_with_characters_of_the_shell_is_only_a_name(programs: Path, a_file: Path) -> None:
    a_program(programs, "lp", f'echo "$2" > "{programs}/said"')

    SystemSpool("x; rm -rf $HOME")(a_file)

    assert (programs / "said").read_text() == "x; rm -rf $HOME\n"


def test_a_system_without_a_spooler_says_so(programs: Path, a_file: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        SystemSpool("POS-80")(a_file)

    assert caught.value.what == "no_spooler"


def dots(path: Path, dots_per_inch: int) -> tuple[int, int, bytes]:
    """A black page of 80 × 25 mm."""
    return 640, 200, b"\x00" * (640 * 200)


def test_a_printer_that_is_not_there_is_named(qtbot: QtBot, programs: Path, a_file: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        SystemSpool("no such printer", dots)(a_file)

    assert (caught.value.what, caught.value.where) == ("no_such_printer", "no such printer")
    with pytest.raises(PrinterError):
        print_picture(dots, a_file)


def test_a_picture_fills_paper_of_its_own_size(qtbot: QtBot, tmp_path: Path, a_file: Path) -> None:
    out = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))

    paint_page(printer, dots, a_file)
    size = printer.pageLayout().fullRectPoints()

    assert (size.width(), size.height()) == (227, 71)
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_paper_that_cannot_be_painted_is_a_trouble(qtbot: QtBot, tmp_path: Path, a_file: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no folder" / "printed.pdf"))

    with pytest.raises(PrinterError) as caught:
        paint_page(printer, dots, a_file)

    assert caught.value.what == "not_printed"


def test_a_receipt_opens_in_the_desktops_viewer(qtbot: QtBot, programs: Path, a_file: Path) -> None:
    a_program(programs, "xdg-open", f'echo "$1" > "{programs}/half"; exec /bin/mv "{programs}/half" "{programs}/said"')

    open_file(a_file)

    qtbot.waitUntil((programs / "said").exists)
    assert (programs / "said").read_text() == f"{a_file}{os.linesep}"


def test_without_a_viewer_or_a_file_nothing_opens_and_it_is_said(programs: Path, a_file: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        open_file(a_file)
    assert (caught.value.what, caught.value.where) == ("no_viewer", str(a_file))
    with pytest.raises(PrinterError) as caught:
        open_file(a_file.with_name("gone.pdf"))
    assert caught.value.what == "no_such_file"


def test_what_is_printed_from_memory_reaches_the_spooler_and_no_file(
    programs: Path, a_file: Path, tmp_path: Path
) -> None:
    a_program(programs, "lp", f'echo "$@" > "{programs}/said"; /bin/cat > "{programs}/read"')
    before = set(tmp_path.rglob("*"))

    spool_content("system:A4", b"%PDF filled in", "T1-000123 A", lambda _content, _dpi: ())

    assert (programs / "said").read_text() == "-d A4 -t T1-000123 A\n"
    assert (programs / "read").read_bytes() == b"%PDF filled in"
    assert set(tmp_path.rglob("*")) - before == {programs / "said", programs / "read"}


def test_content_in_memory_is_never_left_in_the_folder(programs: Path) -> None:
    for setting, what in (("folder", "no_printer"), ("lpt1", "unknown_printer"), ("system:A4", "no_such_printer")):
        with pytest.raises(PrinterError) as caught:
            spool_content(setting, b"%PDF", "T1-000123 A", lambda _content, _dpi: [dots(Path(), 203)] * 3)
        assert caught.value.what == what


def test_every_page_of_a_paper_is_painted(qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))

    paint_pages(printer, [dots(Path(), 203)] * 3, "T1-000123 A")

    assert out.read_bytes().count(b"/Type /Page\n") == 3
