"""In a demo a newcomer pays by the code on the customer's display, and its buttons say what the customer does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL.ImageQt import fromqimage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from zxingcpp import Barcode

from pos.domain.outside_partners.payment_code import payment_code
from pos.domain.staff.staff import Person
from pos.payments.providers_of_till import PracticeProviders
from tests.ui.at_the_counter import close_till, open_till
from tests.ui.sales.provider_counter import QUICK
from tests.ui.sales.test_customer_display import Looking

Key = Qt.Key


@pytest.fixture
def looking(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Looking]:
    hand = open_till(qapp, qtbot, tmp_path)
    hand.shop.office.set_setting(Person.at_the_console("root"), "provider_qr", "wechat,alipay,kaspi")
    hand.till.session.take_settings(hand.shop.settings())
    providers = hand.shop.adapters.providers
    assert isinstance(providers, PracticeProviders)
    providers.practice.rhythm = QUICK
    looks = Looking(hand)
    looks.window.resize(1366, 768)
    yield looks
    looks.display.close()
    close_till(hand)


def press(looking: Looking, name: str) -> None:
    buttons = looking.window.paying.answers
    QTest.mouseClick(buttons, Qt.MouseButton.LeftButton, pos=QPoint(buttons.box_of(name).center()))
    looking.see()


def codes(looking: Looking) -> list[Barcode]:
    picture = fromqimage(looking.window.grab().toImage())
    return [one for one in zxingcpp.read_barcodes(picture) if one.format == zxingcpp.BarcodeFormat.QRCode]


def test_a_newcomer_pays_by_the_code_of_the_display(looking: Looking) -> None:
    hand = looking.hand
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.open_payment()
    looking.see()
    [code] = codes(looking)
    press(looking, "waits")
    hand.scan(code.text)
    waiting = hand.payment.charged.column.card.accessibleName(), looking.said()
    press(looking, "pays")
    for _ in range(3):
        hand.wait(1_000)

    found = payment_code(code.text)
    assert found is not None
    assert found.scheme == "wechat"
    assert waiting[0] == "The customer enters the PIN on the phone"
    assert "Pay on your phone or at the terminal" in waiting[1] or "请在手机或终端上付款" in waiting[1]
    assert hand.screen_id == "paid"
    sale = hand.shop.show_sale.last()
    assert sale is not None
    assert [paid.tender.provider for paid in sale.paid] == ["practice"]


def test_by_key_alone_the_practice_is_asked_without_a_code(looking: Looking) -> None:
    hand = looking.hand
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.open_payment()
    hand.press(Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    hand.press(Key.Key_F12)

    assert hand.screen_id == "paid"
