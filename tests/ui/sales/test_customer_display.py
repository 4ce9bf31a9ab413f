"""What the customer sees beside the till: goods, total and allowance in their own language, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import zxingcpp
from PIL.ImageQt import fromqimage
from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.application.receipts.receipt_seal import read_seal
from pos.application.settings.settings import Settings
from pos.ui.look.theme import Mode
from pos.ui.sales.customer.allowance import party_texts
from pos.ui.sales.customer.display import CustomerDisplay
from pos.ui.sales.customer.display_element import DisplayPart
from pos.ui.sales.customer.view_models import ClosedView, DisplayedBasket, Paying, Thanks, Welcome
from pos.ui.sales.customer.window import CustomerWindow
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.at_the_counter import PASSPORT, Hand, close_till, open_till

Key = Qt.Key
SIZES = ((1024, 600), (1366, 768), (1920, 1080))


class Screens(QObject):
    """Stands for the desktop with a second screen that can be unplugged."""

    screenAdded = Signal(object)  # noqa: N815  Qt's own names
    screenRemoved = Signal(object)  # noqa: N815

    def __init__(self, own: object, size: tuple[int, int] = (1366, 768)) -> None:
        super().__init__()
        at = QRect(9_000, 0, *size)
        self.own, self.second = own, SimpleNamespace(geometry=lambda: at, availableGeometry=lambda: at)
        self.plugged = True

    def screens(self) -> list[Any]:
        return [self.own, self.second] if self.plugged else [self.own]

    def mirror(self) -> None:
        """The second screen shows the same as the first."""
        own: Any = self.own
        self.second.geometry = own.geometry
        self.screenAdded.emit(self.second)

    def unplug(self) -> None:
        self.plugged = False
        self.screenRemoved.emit(self.second)

    def plug(self) -> None:
        self.plugged = True
        self.screenAdded.emit(self.second)


class Looking:
    """A till, and someone who looks at its second screen."""

    def __init__(self, hand: Hand) -> None:
        window = hand.till.window
        self.hand = hand
        self.screens = Screens(window.screen())
        desktop: Any = self.screens
        self.display = CustomerDisplay(hand.till.session, window, desktop, window)
        self.display.reposition()
        self.see()

    def see(self) -> Any:
        """What stands there once everything has been shown."""
        self.hand.wait()
        self.hand.until(lambda: not self.display._soon.isActive())
        self.hand.wait()
        self.hand.until(lambda: not self.display._soon.isActive())
        return self.window.view

    @property
    def window(self) -> CustomerWindow:
        assert self.display.window is not None
        return self.display.window

    def basket(self) -> DisplayedBasket:
        view = self.see()
        assert isinstance(view, DisplayedBasket)
        return view

    def said(self) -> str:
        """All that can be read."""
        self.see()
        return read(self.window)


def read(window: CustomerWindow) -> str:
    """All that is written anywhere in a window, seen or not."""
    return " | ".join(part.accessibleName() for part in window.findChildren(QWidget) if part.accessibleName())


def around(part: DisplayPart) -> QRect:
    """The room that a part has."""
    parent = part.parentWidget()
    assert parent is not None
    return parent.rect()


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


@pytest.fixture
def looking(hand: Hand) -> Iterator[Looking]:
    looks = Looking(hand)
    yield looks
    looks.display.close()


def test_the_customer_reads_goods_total_and_allowance_in_their_own_language(looking: Looking) -> None:
    hand, sweet = looking.hand, looking.hand.goods("food.sweets")
    before = looking.see()
    hand.scan(sweet.code)
    in_the_shops_pair = looking.basket()
    hand.show_passport()
    hand.scan(sweet.code)
    view = looking.basket()

    assert isinstance(before, Welcome)
    assert {"欢迎光临", "Добро пожаловать", "Welcome", "Қош келдіңіз"} == set(before.greetings)
    assert [row.code for row in before.rates] == ["CNY", "USD", "EUR", "RUB"]
    assert in_the_shops_pair.total.heading.startswith("合计 · Итого")
    assert in_the_shops_pair.holders == ()
    assert hand.till.session.language == "en"
    assert [(row.quantity, row.name) for row in view.rows] == [("2", sweet.name_in("zh"))]
    assert view.newest == view.rows[0].id
    assert view.title == "您的免税限额"
    assert len(view.others) == 4
    assert view.holders[0].letter == ""
    assert view.holders[0].tone is Tone.WITHIN
    assert all(bar.figure for bar in view.holders[0].bars)


def test_what_is_taken_off_the_whole_basket_stands_below_its_goods_and_they_add_up_to_the_total(
    looking: Looking,
) -> None:
    hand = looking.hand
    for category in ("food.sweets", "perfume"):
        hand.scan(hand.goods(category).code)
    hand.show_passport()
    full = looking.basket()
    hand.press(Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    hand.type("5")
    hand.press(Key.Key_Return)
    seen = looking.basket()

    assert [(row.name, row.off) for row in seen.rows[len(full.rows) :]] == [("整单优惠", "−5%")]
    assert sum(map(yuan, (row.total for row in seen.rows))) == yuan(seen.total.amount) < yuan(full.total.amount)

    hand.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert looking.basket() == full


def yuan(text: str) -> Decimal:
    return Decimal(
        text.replace("−", "-").replace("¥", "").replace("\N{NO-BREAK SPACE}", "").replace(",", "").replace(" ", "")
    )


def test_who_they_are_and_what_the_staff_says_stand_nowhere_and_nothing_stays_after_the_sale(looking: Looking) -> None:
    hand = looking.hand
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    name = looking.basket().rows[0].name
    during = looking.said()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    thanks = looking.see()
    hand.press(Key.Key_Return)
    still = looking.see()
    looking.display._forget_thanks()
    after = looking.see()

    assert name in during
    assert not any(word in during for word in ("ZHANG", "E00", "••", PASSPORT[:5]))
    assert isinstance(thanks, Thanks)
    assert thanks.thanks == "谢谢！"
    assert still == thanks
    assert isinstance(after, Welcome)
    assert name not in read(looking.window)
    assert "您的免税限额" not in read(looking.window)


def sell(hand: Hand) -> str:
    """Sell for cash; the receipt's number."""
    numbers: list[str] = []
    hand.till.session.sale_news.sold.connect(lambda sale: numbers.append(sale.receipt))
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    return numbers[-1]


@pytest.mark.parametrize(
    ("mode", "come"), [(Mode.LIGHT, "document"), (Mode.DARK, "document"), (Mode.CONTRAST, "goods")]
)
def test_the_receipt_is_read_by_a_phone_until_the_next_customer_comes(looking: Looking, mode: Mode, come: str) -> None:
    hand = looking.hand
    hand.till.theme.switch(mode)
    receipt = sell(hand)
    hand.until(lambda: bool(looking.see().code))
    picture = fromqimage(looking.window.grab().toImage())
    read = zxingcpp.read_barcodes(picture)
    codes = [one for one in read if one.format == zxingcpp.BarcodeFormat.QRCode]  # edges may look like bars
    hand.press(Key.Key_Return)
    stays = bool(looking.see().code)
    if come == "document":
        hand.show_passport()
    else:
        hand.scan(hand.goods("food.honey").code)
    looking.see()
    gone = looking.display._thanks

    [text] = [code.text for code in codes]
    lines = text.split("\n")
    assert lines[1].endswith(receipt)
    assert read_seal(lines[-1]).receipt == receipt
    assert "ZHANG" not in text
    assert (stays, gone) == (True, None)


def test_a_shop_that_does_not_want_it_shows_no_code(looking: Looking) -> None:
    hand = looking.hand
    hand.till.session.take_settings(replace(hand.till.session.settings, phone_receipt=False))
    sell(hand)
    thanks = looking.see()

    assert isinstance(thanks, Thanks)
    assert thanks.code == ()


def test_companions_are_letters_and_only_what_each_has_left_is_reported(looking: Looking) -> None:
    looking.hand.show_passport()
    looking.hand.show_companions(2)
    looking.hand.scan(looking.hand.goods("food.sweets").code)
    view = looking.basket()

    assert [holder.letter for holder in view.holders] == ["A", "B", "C"]
    assert all(len(holder.bars) <= 1 for holder in view.holders)
    assert "AKHMETOVA" not in looking.said()


def test_what_is_left_for_each_of_a_party_names_its_allowance(looking: Looking) -> None:
    looking.hand.show_passport()
    looking.hand.show_companions(1)
    looking.hand.scan(looking.hand.goods("food.sweets").code)
    first = looking.basket().holders[0]
    [bar] = first.bars

    wide, narrow = party_texts(first, lambda *_: True), party_texts(first, lambda *texts: len(texts) == 1)
    assert wide == (f"{bar.title}：{bar.figure}", first.word)
    assert narrow == (f"{bar.title}：{bar.figure}", "")
    assert party_texts(first, lambda *_: False) == (bar.figure, "")
    assert party_texts(replace(first, tone=Tone.OVER), lambda *_: False) == ("", first.word)


def test_a_card_that_is_not_approved_yet_has_paid_nothing_for_the_customer_either(looking: Looking) -> None:
    hand = looking.hand
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_D, Qt.KeyboardModifier.AltModifier)
    hand.press(Key.Key_F12)
    view = looking.see()

    assert isinstance(view, Paying)
    assert (view.result.heading, view.result.amount) == ("等待支付确认", view.due.amount)
    assert view.tone is Tone.INFO


def test_what_is_given_and_what_comes_back_are_seen_as_the_cashier_types(looking: Looking) -> None:
    hand = looking.hand
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    open_ = looking.see()
    hand.type("20")
    hand.press(Key.Key_Return)
    paid = looking.see()
    hand.press(Key.Key_Escape)
    left = looking.see()

    assert isinstance(open_, Paying)
    assert open_.result.heading == "还差"
    assert open_.result.amount == open_.due.amount
    assert isinstance(paid, Paying)
    assert [one.amount for one in paid.given] == ["¥\xa020.00"]
    assert (paid.result.heading, paid.tone) == ("找零", Tone.WITHIN)
    assert isinstance(left, DisplayedBasket)


def test_a_scan_goes_to_the_checkout_and_the_display_never_has_the_focus(looking: Looking) -> None:
    hand, window = looking.hand, looking.window
    hand.scan(hand.goods("food.sweets").code)

    assert len(looking.basket().rows) == 1
    assert not window.isActiveWindow()
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert {part.focusPolicy() for part in window.findChildren(QWidget)} == {Qt.FocusPolicy.NoFocus}
    assert all(isinstance(part, DisplayPart) for part in window.findChildren(QWidget))


def test_a_screen_that_is_unplugged_in_the_midst_of_a_sale_changes_nothing_at_the_till(looking: Looking) -> None:
    hand = looking.hand
    hand.scan(hand.goods("food.sweets").code)
    looking.see()
    looking.screens.unplug()
    hand.until(lambda: not looking.display.is_shown)
    hand.scan(hand.goods("food.honey").code)
    hidden = looking.window.view
    looking.screens.plug()
    hand.until(lambda: looking.display.is_shown)
    back_again = len(looking.basket().rows)
    looking.screens.mirror()
    hand.until(lambda: not looking.display.is_shown)

    assert isinstance(hidden, DisplayedBasket)
    assert len(hidden.rows) == 1
    assert back_again == 2
    assert hand.screen_id == "checkout"


def test_a_till_that_is_locked_closed_or_without_its_database_is_calm(looking: Looking) -> None:
    hand, session = looking.hand, looking.hand.till.session
    hand.till.window.lock()
    closed = looking.see()
    hand.sign_in()
    hand.show_passport()
    hand.till.window.lock()
    waiting = looking.see()
    hand.sign_in()
    session.is_away = True
    looking.display._present()
    away = looking.window.view
    session.is_away = False

    assert isinstance(closed, ClosedView)
    assert closed.sentences[:2] == ("本收银台暂停服务。", "Касса закрыта.")
    assert isinstance(waiting, ClosedView)
    assert waiting == away
    assert "One moment, please." in waiting.sentences


def test_another_language_is_for_this_customer_only(looking: Looking) -> None:
    hand = looking.hand
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    looking.display.next_language()
    chosen = looking.basket().title
    hand.sell()
    hand.show_passport()

    assert chosen == "Ваша норма"
    assert looking.basket().title == "您的免税限额"


def test_on_one_screen_there_is_no_display_until_someone_asks_for_it(hand: Hand) -> None:
    display = hand.till.looking_on.display
    assert display is not None
    hand.scan(hand.goods("food.sweets").code)
    never = display.window
    hand.press(Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    shown = display.is_shown
    framed = display.window is not None and not display.window.windowFlags() & Qt.WindowType.FramelessWindowHint
    hand.press(Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert never is None
    assert shown
    assert framed
    assert not display.is_shown
    hand.till.session.take_settings(Settings(till_displays=(f"{hand.shop.till}=window",)))
    display._asked = None
    hand.until(lambda: display.is_shown)
    hand.till.session.take_settings(Settings(customer_display="off"))
    hand.until(lambda: not display.is_shown)
    hand.till.session.display_requested.emit()
    assert display.is_shown


def test_everything_fits_every_screen_and_has_a_name(looking: Looking) -> None:
    hand, window = looking.hand, looking.window
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    looking.basket()
    for size in SIZES:
        window.setGeometry(QRect(0, 0, *size))
        QGuiApplication.processEvents()
        shown = [part for part in window.findChildren(DisplayPart) if part.isVisible()]
        outside = [part for part in shown if not around(part).contains(part.geometry())]
        nameless = [part for part in shown if not part.accessibleName() and part is not window.page]

        assert outside == []
        assert nameless == []
        assert window.basket.goods.height() >= window.basket.goods.px(64) * 6


def test_the_training_says_so_there_too(hand: Hand, qapp: QApplication) -> None:
    hand.till.session.shop = replace(hand.shop, training=True)
    looks = Looking(hand)
    try:
        assert looks.window.accessibleDescription() == "培训模式 · УЧЕБНЫЙ РЕЖИМ"
    finally:
        looks.display.close()
