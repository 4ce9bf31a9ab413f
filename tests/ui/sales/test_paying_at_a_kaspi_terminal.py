"""The payment page with a Kaspi terminal on loopback: whole tenge, the customer at the device, refunds, trouble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.partner_ports import PaymentProvider
from pos.application.shop.shop import Shop
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person
from pos.payments.kaspi import KaspiTerminal
from tests.payments.conftest import no_live_host
from tests.payments.fake_kaspi import FakeKaspi
from tests.ui import at_the_counter
from tests.ui.at_the_counter import Hand, close_till, open_till

__all__ = ["no_live_host"]
Key = Qt.Key
BAG, CHOCOLATE = "6901204300016", "4870204320145"
"""For 1.00 and 12.50: 72.80 and 910 tenge."""
ALT = Qt.KeyboardModifier.AltModifier


@dataclass
class OneTerminal:
    """Implements `PaymentProviders` with the terminal of this counter alone."""

    terminal: KaspiTerminal
    is_practice: bool = False

    def named(self, name: str) -> PaymentProvider | None:
        return self.terminal if name == "kaspi" else None


At = tuple[Hand, FakeKaspi]


@pytest.fixture
def at_counter(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    usual = at_the_counter.a_demo_shop
    with FakeKaspi() as device:
        rhythm = PartnerRhythm(first_ask=0, ask_every=0, time_over=3600, call=8)
        terminal = KaspiTerminal(device.credentials(), lambda _fields: None, rhythm, actualize_every=0)

        def a_shop(folder: Path, *how: object) -> Shop:
            shop = usual(folder, *how)  # type: ignore[arg-type]  # as it was called
            vars(shop.adapters)["providers"] = OneTerminal(terminal)
            shop.office.set_setting(Person.at_the_console("root"), "provider_qr", "kaspi")
            return shop

        monkeypatch.setattr(at_the_counter, "a_demo_shop", a_shop)
        hand = open_till(qapp, qtbot, tmp_path)
        yield hand, device
        close_till(hand)
        terminal.close()


def choose_the_terminal(hand: Hand, *codes: str) -> None:
    """The payment of these goods in tenge by the QR wallet."""
    hand.show_passport()
    for code in codes:
        hand.scan(code)
    hand.open_payment()
    hand.press(Key.Key_2, ALT)
    hand.press(Key.Key_Q, ALT)


def some_turns(hand: Hand) -> None:
    for _ in range(4):
        hand.wait(1_000)


def last_sale(hand: Hand) -> Sale:
    sale = hand.shop.show_sale.last()
    assert sale is not None
    return sale


def test_the_customer_pays_at_the_device_and_the_sale_is_recorded(at_counter: At) -> None:
    hand, device = at_counter
    device.customers.appendleft("waits6")
    choose_the_terminal(hand, CHOCOLATE)
    hand.press(Key.Key_F12)
    hand.until(lambda: bool(device.books))
    for _ in range(2):
        hand.wait(1_000)
    waiting = hand.payment.charged.column.card.accessibleName()
    for _ in range(2):
        some_turns(hand)

    assert waiting == "The customer confirms on the phone"
    assert hand.screen_id == "paid"
    assert [(one.tender.provider, str(one.tender.amount)) for one in last_sale(hand).paid] == [("kaspi", "910.00")]
    assert device.kept == 91_000


def test_what_is_less_than_the_smallest_coin_is_rounded(at_counter: At) -> None:
    hand, device = at_counter
    choose_the_terminal(hand, BAG)
    hand.press(Key.Key_F12)
    some_turns(hand)

    sale = last_sale(hand)
    assert hand.screen_id == "paid"
    assert [str(one.tender.amount) for one in sale.paid] == ["72.00"]
    assert str(sale.rounding) == "-0.01"
    assert device.kept == 7_200
    assert hand.shop.verify_books() == []


def test_what_a_coin_can_pay_is_asked_for_in_cash(at_counter: At) -> None:
    hand, device = at_counter
    hand.shop.office.set_setting(Person.at_the_console("root"), "step_kzt", "1")
    hand.till.session.take_settings(hand.shop.settings())
    choose_the_terminal(hand, BAG)
    hand.press(Key.Key_F12)
    some_turns(hand)
    payment = hand.payment.payment
    assert payment is not None
    asked = payment.method, str(payment.remaining())
    hand.press(Key.Key_F12)
    hand.wait(500)

    assert asked == ("cash", "1.00")
    assert [(one.tender.method, str(one.tender.amount)) for one in last_sale(hand).paid] == [
        ("qr", "72.00"),
        ("cash", "1.00"),
    ]
    assert device.kept == 7_200
    assert hand.shop.verify_books() == []
