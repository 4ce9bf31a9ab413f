"""Addresses of devices: what is meant by them, and what is refused before it is saved."""

from __future__ import annotations

import pytest

from pos.application.settings.device_addresses import EscposAddress, SerialPort, read_port, read_printer, read_scale
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("escpos:tcp:192.168.1.50", EscposAddress("tcp", "192.168.1.50")),
        ("escpos:tcp:bar-printer.shop:9101;58mm", EscposAddress("tcp", "bar-printer.shop", 9101, millimetres=58)),
        ("escpos:tcp:[fe80::1]:9100", EscposAddress("tcp", "fe80::1")),
        ("escpos:file:/dev/usb/lp0;no-cut;pin5", EscposAddress("file", "/dev/usb/lp0", cuts=False, pin=5)),
        ("escpos:usb:04b8:0202;no-drawer", EscposAddress("usb", "04b8:0202", pin=0)),
        ("escpos:spool:POS-80 (копия 2);58mm", EscposAddress("spool", "POS-80 (копия 2)", millimetres=58)),
        ("escpos:spool:\\\\till-2\\Receipt", EscposAddress("spool", "\\\\till-2\\Receipt")),
        (
            "escpos:serial:/dev/ttyS0;19200",
            EscposAddress("serial", "/dev/ttyS0", serial=SerialPort("/dev/ttyS0", 19200)),
        ),
        ("folder", None),
        ("system:escpos:tcp:x", None),
    ],
)
def test_an_address_says_where_a_printer_is_and_how_it_prints(text: str, address: EscposAddress | None) -> None:
    assert read_printer(text) == address
    assert Settings().with_text("printer", text).printer == text


@pytest.mark.parametrize(
    "text",
    [
        "escpos:", "escpos:tcp:", "escpos:tcp:-x", "escpos:tcp:host:0", "escpos:tcp:host:70000", "escpos:tcp:a b",
        "escpos:tcp:host;58mm;80mm", "escpos:tcp:host;", "escpos:tcp:host;9600", "escpos:tcp:host,T2=folder",
        "escpos:file:/etc/passwd", "escpos:file:/dev/../etc/passwd", "escpos:file:lp0", "escpos:usb:04b8",
        "escpos:usb:xyz1:0202", "escpos:serial:/dev/ttyS0;1234", "escpos:fax:1",
        "escpos:spool:", "escpos:spool: POS-80", "escpos:spool:-o", "escpos:spool:a\tb", "escpos:spool:" + "a" * 81,
        "ESCPOS:tcp:host", "cups",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BadField) as caught:
        Settings().with_text("printer", text)
    assert caught.value.field == "printer"


def test_a_port_and_a_scale_say_how_they_speak() -> None:
    assert read_port("COM3;115200") == SerialPort("COM3", 115200)
    assert read_port("/dev/ttyS0;7O2").description == "/dev/ttyS0 · 9600 7O2"
    assert read_scale("toledo:/dev/ttyUSB0").port == SerialPort("/dev/ttyUSB0", 9600, 7, "E", 1)
    assert read_scale("ascii:COM4;4800;8N1").port == SerialPort("COM4", 4800)
    settings = Settings().with_text("till_scales", "T2=ascii:COM4, T1=toledo:/dev/ttyUSB0")
    assert (settings.scale_of("T2"), settings.scale_of("T9")) == ("ascii:COM4", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("till_scanners", "T1=/tmp/scans"), ("till_scanners", "T1=COM3;58mm"), ("till_scanners", "COM3"),
        ("till_scanners", "T1=COM3,T1=COM4"), ("till_scales", "T1=/dev/ttyUSB0"), ("till_scales", "T1=cas:COM3"),
        ("till_scales", "T1=ascii:COM3;8X1"), ("till_printers", "T1=escpos:tcp:"),
    ],
)  # fmt: skip
def test_what_is_no_port_of_a_till_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadField):
        Settings().with_text(name, text)
