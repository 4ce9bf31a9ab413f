"""The devices of a till in its window: set and tried on the settings page, shown in the status line, and used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.application.settings.device_addresses import ScaleAddress, SerialPort
from pos.application.settings.device_ports import Heard, KnownDevices, OnProblem
from pos.domain.errors import DeviceError
from pos.ui.settings.device_editors import DeviceBox
from pos.ui.settings.screen import SettingsScreen
from tests.devices.fake_printer import FakePrinter
from tests.goods_codes import CHEESE, with_cheese
from tests.shops import CHOCOLATE, DemoShop
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.slow_store import SlowStore

Key = Qt.Key


@dataclass
class Cables:
    """Stands for the serial ports: a scanner that a test speaks through, and a scale."""

    on_the_scale: int | str = 0
    weighings: int = 0
    heard: Heard | None = None
    on_problem: OnProblem | None = None
    ports: list[str] = field(default_factory=list)

    def weigh(self, _scale: ScaleAddress) -> int:
        self.weighings += 1
        if isinstance(self.on_the_scale, str):
            raise DeviceError(self.on_the_scale, "/dev/ttyUSB0" if self.on_the_scale == "scale_unplugged" else "")
        return self.on_the_scale

    def scan(self, port: SerialPort, heard: Heard, on_problem: OnProblem) -> Callable[[], None]:
        self.ports.append(port.name)
        self.heard, self.on_problem = heard, on_problem
        on_problem(None)
        return lambda: None

    def known(self) -> KnownDevices:
        return KnownDevices((), ("/dev/usb/lp0",), (("/dev/ttyUSB0", "USB serial"),))


@pytest.fixture
def cables() -> Cables:
    return Cables()


@pytest.fixture
def hand(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, cables: Cables, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hand]:
    """The manager at the settings of a till whose serial ports are the test's."""
    opened = open_till(qapp, qtbot, tmp_path, "manager")
    at_hand: Any = opened.shop.office.devices.at_hand
    for name in ("weigh", "scan", "known"):
        monkeypatch.setattr(at_hand, name, getattr(cables, name))
    opened.till.window.plug(SettingsScreen(opened.till.session))
    opened.till.window.show_screen("settings")
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> SettingsScreen:
    screen = hand.till.window.screen_at("settings")
    assert isinstance(screen, SettingsScreen)
    return screen


def choose(hand: Hand, name: str) -> None:
    rows = page(hand).list.rows
    index = next(index for index in range(rows.rowCount()) if rows.text(index).key == name)
    page(hand).list.setCurrentIndex(rows.index(index, 0))
    page(hand).form.begin()


def set_to(hand: Hand, name: str, text: str) -> None:
    """As another till or a command would; the window follows as after a sign-in."""
    hand.shop.office.set_setting(hand.till.session.person, name, text)  # type: ignore[arg-type] # the manager
    hand.till.session.take_settings(hand.shop.settings())
    answered(hand)


def answered(hand: Hand) -> None:
    hand.until(lambda: hand.till.session.devices.is_idle)
    hand.wait()


def news(hand: Hand) -> str:
    notice = page(hand).news.notice
    return "" if notice is None else notice.text


def marks(hand: Hand) -> list[tuple[str, str]]:
    """The words of the marks that are shown, each with its tooltip."""
    devices = hand.till.window.work.status.devices
    return [
        (mark.accessibleName(), mark.toolTip())
        for mark in (devices.printer, devices.scanner, devices.scale)
        if not mark.isHidden()
    ]


def test_a_printer_is_typed_tried_and_set_and_its_drawer_opens(hand: Hand) -> None:
    with FakePrinter() as printer:
        choose(hand, "printer")
        hand.type(printer.setting)
        page(hand).form.trials["page"].click()
        answered(hand)
        assert news(hand) == "The printer accepted the page. Check that it is complete."
        assert printer.paper.done == ["init", "picture", "feed 6", "cut"]
        page(hand).form.trials["drawer"].click()
        answered(hand)
        hand.until(lambda: printer.paper.done[4:] == ["init", "pulse on pin 2"])
        assert hand.shop.settings().printer == "folder"  # tried, not set
        hand.press(Key.Key_Return)
        answered(hand)
        assert hand.shop.settings().printer == printer.setting
    with connect(hand.shop.folder / "shop.db") as books:
        assert books.execute("SELECT count(*) FROM journal WHERE act = 'try_drawer'").fetchone() == (1,)
    books.close()


def test_a_bad_address_is_refused_with_what_it_takes(hand: Hand) -> None:
    choose(hand, "printer")
    hand.type("escpos:tcp:")
    hand.press(Key.Key_F12)
    assert page(hand).form.complaint.startswith("“escpos:tcp:” is not valid. folder, system:NAME")
    assert hand.shop.settings().printer == "folder"


def test_a_till_chooses_its_ports_from_what_this_machine_has(hand: Hand) -> None:
    choose(hand, "till_scales")
    box = page(hand).form.till_scales.box("T1")
    assert [box.itemText(index) for index in range(box.count())] == [
        "No scale",
        "toledo:/dev/ttyUSB0",
        "ascii:/dev/ttyUSB0",
    ]
    hand.press(Key.Key_Down)
    hand.press(Key.Key_F12)
    assert hand.shop.settings().till_scales == ("T1=toledo:/dev/ttyUSB0",)

    QTest.mouseClick(line_of(box), Qt.MouseButton.LeftButton)
    hand.wait()
    hand.type("ascii:COM4;4800")  # in the place of what stood there
    hand.press(Key.Key_F12)
    assert hand.shop.settings().till_scales == ("T1=ascii:COM4;4800",)


def line_of(box: DeviceBox) -> QLineEdit:
    line = box.lineEdit()
    assert line is not None
    return line


def test_a_printer_is_called_ready_once_it_has_answered(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer of the system, switched off, was *ready* at the sign-in."""
    mark = hand.till.window.front.devices.printer
    in_a_folder = mark.accessibleName()
    set_to(hand, "printer", "system:Office")
    of_the_system = mark.accessibleName()
    with FakePrinter() as printer:
        set_to(hand, "printer", printer.setting)
        answered(hand)
        of_its_own = mark.accessibleName()

    assert (in_a_folder, of_the_system, of_its_own) == ("Printer", "Printer", "Printer ready")


def test_a_printer_in_trouble_stands_in_the_status_line_until_it_is_well(hand: Hand) -> None:
    with FakePrinter(paper=False) as printer:
        set_to(hand, "printer", printer.setting)
        where = printer.setting.removeprefix("escpos:tcp:")
        assert marks(hand) == [
            ("No paper", f"Printer {where} is out of paper. Load a new roll and print again.\n{where}")
        ]
        hand.till.session.speak("ru")
        assert marks(hand)[0][0] == hand.till.session.translator("No paper") != "No paper"
        hand.till.session.speak("en")
        printer.has_paper = True
        hand.till.session.devices._tick()
        answered(hand)
        assert marks(hand) == [("Printer", where)]


def test_a_serial_scanner_scans_and_its_cable_is_reported(hand: Hand, cables: Cables) -> None:
    set_to(hand, "till_scanners", "T1=/dev/ttyACM0;115200")
    assert cables.ports == ["/dev/ttyACM0"]
    assert marks(hand)[1:] == [("Scanner", "/dev/ttyACM0 · 115200 8N1")]
    hand.sign_in("amina")
    assert cables.heard is not None
    assert cables.on_problem is not None
    cables.heard(CHOCOLATE)
    hand.until(lambda: bool(hand.checkout.page.rows.rows.rowCount()))
    cables.on_problem(DeviceError("scanner_gone", "/dev/ttyACM0"))
    hand.until(lambda: marks(hand)[1][0] == "No scanner")
    cables.on_problem(None)
    hand.until(lambda: marks(hand)[1][0] == "Scanner")


def test_a_scanner_is_tried_on_its_page(hand: Hand, cables: Cables) -> None:
    choose(hand, "till_scanners")
    hand.type("/dev/ttyUSB0")
    page(hand).form.trials["scan"].click()
    answered(hand)
    assert news(hand) == "Scan something now."
    assert cables.heard is not None
    cables.heard("4607204303508")
    hand.until(lambda: news(hand) == "Scanned: 4607204303508")


def test_a_scale_is_tried_on_its_page_and_what_is_wrong_is_said(hand: Hand, cables: Cables) -> None:
    choose(hand, "till_scales")
    hand.type("ascii:/dev/ttyUSB0")
    cables.on_the_scale = 1_234
    page(hand).form.trials["weigh"].click()
    answered(hand)
    assert news(hand) == "The scale shows 1.234\xa0kg."
    cables.on_the_scale = "scale_unplugged"
    page(hand).form.trials["weigh"].click()
    answered(hand)
    assert news(hand).startswith("The scale on /dev/ttyUSB0 is not connected.")


def test_goods_by_weight_take_the_steady_weight_of_the_scale_and_typing_stays_possible(
    hand: Hand, cables: Cables
) -> None:
    set_to(hand, "till_scales", "T1=ascii:/dev/ttyUSB0")
    hand.sign_in("amina")
    cables.on_the_scale = "scale_moving"
    goods = weighed_goods(hand)
    hand.checkout.counter.scan(goods)
    panel = hand.checkout.page.weigh
    hand.until(lambda: cables.weighings > 1)
    hand.wait()
    assert panel.field.text() == ""
    hand.press(Key.Key_Return)
    assert panel._wrong.text() == "The weight is not stable yet."
    cables.on_the_scale = 1_250
    hand.until(lambda: panel.field.text() == "1250")
    cables.on_the_scale = "scale_overload"
    hand.until(lambda: panel.field.text() == "")
    cables.on_the_scale = 800
    hand.until(lambda: panel.field.text() == "800")
    hand.press(Key.Key_Return)
    assert grams(hand) == [800]

    hand.checkout.counter.scan(goods)
    hand.until(lambda: panel.isVisible() and panel.field.text() == "800")
    hand.type("455")  # over what the scale has put there
    cables.on_the_scale = 900
    hand.wait(300)
    assert panel.field.text() == "455"
    hand.press(Key.Key_Return)
    assert grams(hand) == [800, 455]


def test_enter_pressed_twice_takes_the_weight_on_the_scale_for_one_of_two_goods(hand: Hand, cables: Cables) -> None:
    set_to(hand, "till_scales", "T1=ascii:/dev/ttyUSB0")
    hand.sign_in("amina")
    cables.on_the_scale = 800
    goods, panel = weighed_goods(hand), hand.checkout.page.weigh
    hand.checkout.counter.scan(goods)
    hand.checkout.counter.scan(goods)
    hand.until(lambda: panel.isVisible() and panel.field.text() == "800")
    hand.press(Key.Key_Return)
    hand.until(lambda: panel.field.text() == "800")  # the next one is not on the scale yet
    hand.typing.press_again(Key.Key_Return)
    hand.wait()
    first = grams(hand), panel.isVisible()
    cables.on_the_scale = 450
    hand.until(lambda: panel.field.text() == "450")
    hand.press(Key.Key_Return)

    assert first == ([800], True)
    assert grams(hand) == [800, 450]


def test_goods_whose_scan_is_answered_late_are_weighed_in_their_field(hand: Hand, cables: Cables) -> None:
    set_to(hand, "till_scales", "T1=ascii:/dev/ttyUSB0")
    hand.sign_in("amina")
    cables.on_the_scale = 800
    goods, panel = weighed_goods(hand), hand.checkout.page.weigh
    hand.checkout.counter.scan(goods)
    hand.until(lambda: panel.isVisible() and panel.field.text() == "800")
    with SlowStore(hand) as store:
        hand.checkout.counter.scan(goods)
        store.press(Key.Key_Return)
    hand.until(lambda: panel.isVisible() and panel.field.text() == "800")
    hand.typing.press_again(Key.Key_Return)  # the same press, twice
    hand.wait()
    first = grams(hand), panel.isVisible()
    cables.on_the_scale = 450
    hand.until(lambda: panel.field.text() == "450")
    hand.press(Key.Key_Return)

    assert first == ([800], True)
    assert grams(hand) == [800, 450]


def test_a_scale_that_is_gone_leaves_the_typing_and_stands_in_the_status_line(hand: Hand, cables: Cables) -> None:
    set_to(hand, "till_scales", "T1=ascii:/dev/ttyUSB0")
    hand.sign_in("amina")
    cables.on_the_scale = "scale_unplugged"
    hand.checkout.counter.scan(weighed_goods(hand))
    hand.until(lambda: marks(hand)[1][0] == "No scale")
    hand.type("300")
    hand.press(Key.Key_Return)
    assert grams(hand) == [300]


def weighed_goods(hand: Hand) -> str:
    books = DemoShop(hand.shop.folder, now=hand.shop.now)  # type: ignore[arg-type] # the till's own clock
    with_cheese(books)
    books.close()
    return CHEESE


def grams(hand: Hand) -> list[int | None]:
    view = hand.checkout.counter.view
    assert view is not None
    return [row.line.piece.grams for row in view.lines]


def test_f10_opens_the_drawer_once_it_is_recorded_and_says_where_it_does_not(hand: Hand) -> None:
    with FakePrinter() as printer:
        set_to(hand, "printer", f"{printer.setting};pin5")
        hand.sign_in("manager")
        open_drawer(hand)
        hand.until(lambda: printer.paper.done == ["init", "pulse on pin 5"])
    open_drawer(hand)
    notices = hand.till.window.work.notices
    hand.until(lambda: notices.notice is not None)
    notice = notices.notice
    assert notice is not None
    assert notice.text.startswith("The drawer did not open. Printer 127.0.0.1:")
    assert marks(hand)[0][0] == "No printer"


def open_drawer(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    panel = hand.checkout.drawer
    panel.kinds["no_sale"].click()
    panel.reason.setText("a coin fell in")
    panel.button.click()
    answered(hand)
    hand.wait()


def test_a_sale_in_cash_opens_the_drawer_and_prints_it(hand: Hand) -> None:
    with FakePrinter() as printer:
        set_to(hand, "printer", printer.setting)
        hand.sign_in("amina")
        hand.show_passport()
        hand.checkout.counter.scan(CHOCOLATE)
        hand.wait()
        hand.press(Key.Key_F12)
        hand.press(Key.Key_F12)
        hand.until(lambda: printer.paper.done[-1:] == ["cut"])
        assert printer.paper.done == ["init", "pulse on pin 2", "init", "picture", "feed 6", "cut"]
        hand.until(lambda: hand.checkout.receipts.is_idle)
