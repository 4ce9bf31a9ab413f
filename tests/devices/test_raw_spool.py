"""An ESC/POS printer behind the system's spooler: the same bytes as on a cable, one job for each receipt."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pos.devices.connected_devices import DevicesAtTill
from pos.devices.raw_spool import check_printer, send_raw
from pos.domain.errors import PrinterError
from pos.printing.drawing.raster import every_page, head_dots, page_dots
from tests.devices.fake_printer import FakePrinter, Paper
from tests.printing import sales

DEVICES = DevicesAtTill(page_dots, head_dots, every_page)
PRINTER = "escpos:spool:POS-80 (копия 2)"
KEEPS_ITS_JOBS = """
case "$0" in
*lpstat) echo "POS-80 (копия 2)" ;;
*) cat > "$(dirname "$0")/job-$(ls "$(dirname "$0")" | wc -l)"; echo "$@" > "$(dirname "$0")/../asked" ;;
esac
"""


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with programs of a spooler that knows one printer and keeps its jobs there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("lp", "lpstat"):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{KEEPS_ITS_JOBS}", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    file = tmp_path / "T1-000123.pdf"
    file.write_bytes(sales.pdf_of(sales.rows_of(sales.a_mixed_sale())))
    return file


def jobs(spooler: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(spooler.glob("job-*"))]


def test_a_receipt_is_one_job_of_the_bytes_that_a_printer_on_a_cable_gets(spooler: Path, receipt: Path) -> None:
    with FakePrinter() as printer:
        DEVICES.print_file(printer.setting, receipt)
    DEVICES.print_file(PRINTER, receipt)

    (job,) = jobs(spooler)
    paper = Paper()
    list(paper.obey(job))
    assert paper.grey() == printer.paper.grey()
    assert paper.done == ["init", "picture", "feed 6", "cut"]
    assert (spooler.parent / "asked").read_text(encoding="utf-8") == "-d POS-80 (копия 2) -o raw\n"


def test_the_drawer_behind_it_opens(spooler: Path) -> None:
    assert DEVICES.open_drawer(PRINTER) is True

    (job,) = jobs(spooler)
    paper = Paper()
    list(paper.obey(job))
    assert paper.done == ["init", "pulse on pin 2"]


def test_looking_whether_it_is_there_prints_nothing(spooler: Path) -> None:
    DEVICES.look_at_printer(PRINTER)

    assert jobs(spooler) == []


def test_a_printer_that_the_spooler_does_not_know_is_named(spooler: Path, receipt: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        DEVICES.print_file("escpos:spool:POS-58", receipt)

    assert (caught.value.what, caught.value.where) == ("no_such_printer", "POS-58")
    assert jobs(spooler) == []


def test_a_job_that_the_spooler_refuses_is_said_in_its_words(spooler: Path, receipt: Path) -> None:
    (spooler / "lp").write_text("#!/bin/sh\necho 'lp: too large' >&2; exit 1\n", encoding="utf-8")

    with pytest.raises(PrinterError) as caught:
        DEVICES.print_file(PRINTER, receipt)

    assert (caught.value.what, caught.value.detail) == ("not_printed", "lp: too large")


if sys.platform == "win32":

    @pytest.mark.parametrize("step", [check_printer, partial(send_raw, content=b"\x1b@")])
    def test_the_spooler_of_windows_names_a_printer_that_it_does_not_have(step: Callable[[str], None]) -> None:
        with pytest.raises(PrinterError) as caught:
            step("no such printer")
        assert (caught.value.what, caught.value.where) == ("no_such_printer", "no such printer")
