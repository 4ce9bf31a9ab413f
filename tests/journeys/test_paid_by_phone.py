"""A phone pays, goods come back, and the Z names the provider: by scanner and keys, in four languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.partner_ports import PracticeOutcome
from pos.application.reports.shift_json import shift_json
from pos.application.text.translator import LANGUAGE_NAMES
from pos.domain.outside_partners.attempt import AttemptKind, AttemptState
from pos.domain.staff.staff import Person
from pos.ui.returns.screen import ReturnsScreen
from tests.ui.at_the_counter import PASSPORT, Hand, a_demo_shop, whole_window
from tests.ui.sales.provider_counter import CODE, Customers

Key = Qt.Key
CHOCOLATE = "4870204320145"  # 12.50
TO_DO = {
    "en": "The customer enters the PIN on the phone",
    "zh": "顾客在手机上输入密码",
    "ru": "Покупатель вводит PIN на телефоне",
    "kk": "Сатып алушы телефонда PIN енгізеді",
}


@pytest.fixture
def at_counter(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Hand, Customers]]:
    """Someone before the sign-in of a shop whose customers pay by WeChat."""
    shop, customers = a_demo_shop(tmp_path / "shop"), Customers()
    vars(shop.adapters)["providers"] = customers
    shop.office.set_setting(Person.at_the_console("root"), "provider_qr", "wechat")
    with whole_window(qapp, qtbot, tmp_path, shop, Hand, "amina") as hand:
        yield hand, customers


def test_a_phone_pays_and_what_comes_back_goes_the_same_way(at_counter: tuple[Hand, Customers], qtbot: QtBot) -> None:
    hand, customers = at_counter
    hand.type(hand.shop.demo_pins["amina"])
    hand.press(Key.Key_Return)
    qtbot.waitUntil(lambda: hand.screen_id == "checkout", timeout=30_000)

    # two chocolates; the customer shows the code of the phone, and their PIN is waited for
    customers.choose(PracticeOutcome.WAITS)
    hand.scan(PASSPORT)
    for _ in range(2):
        hand.scan(CHOCOLATE)
    hand.open_payment()
    hand.scan(CODE)
    said = {}
    for language in LANGUAGE_NAMES:
        hand.till.session.speak(language)
        hand.wait()
        said[language] = hand.payment.charged.column.card.accessibleName()
    hand.till.session.speak("en")
    assert said == TO_DO

    # paid: the sale is recorded without another key, and its receipt names the provider
    customers.choose(PracticeOutcome.PAYS)
    for _ in range(4):
        hand.wait(1_000)
    assert hand.screen_id == "paid"
    sale = hand.shop.show_sale.last()
    assert sale is not None
    assert [(paid.tender.provider, str(paid.tender.amount)) for paid in sale.paid] == [("wechat", "25.00")]
    hand.press(Key.Key_F12)

    # one comes back: the money goes through the provider by itself
    hand.press(Key.Key_F11)
    hand.scan(sale.receipt)
    hand.type("1")
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    for _ in range(3):
        hand.wait(1_000)
    page = hand.till.window.page
    assert isinstance(page, ReturnsScreen)
    assert page.done.summary_text() == "Goes back automatically: WeChat Pay\n¥\xa012.50"  # and by no hand
    [back] = hand.shop.return_goods.look(sale.receipt).returns
    refunds = hand.shop.open_attempts.of_receipt(back.receipt)
    assert [(one.kind, str(one.amount), one.state) for one in refunds] == [
        (AttemptKind.REFUND, "12.50", AttemptState.DONE)
    ]
    assert customers.line.calls[-1] == "refund"

    # the Z names what the provider took and gave back
    manager = next(person for person in hand.shop.sign_in.people() if person.name == "manager")
    held = hand.shop.read_shift.drawer() or {}
    z = shift_json(hand.shop.close_shift(manager, {code: held.get(code, {}) for code in held}).report)
    took = {"provider": "wechat", "currency": "CNY", "payments": 1, "paid": "25.00", "refunded": "12.50"}
    assert z["providers"] == [took]
    assert z["unsettled"] == []
