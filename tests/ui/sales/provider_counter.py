"""A counter whose customers pay at providers: each answers as the test says, over a line that may lose it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.partner_ports import PaymentProvider, PracticeOutcome
from pos.application.shop.shop import Shop
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.domain.staff.staff import Person
from pos.payments.practice_provider import PracticeProvider
from pos.payments.typed_terminal import TypedTerminal
from pos.ui.shell.page_builder import Screens
from tests.payments.desk import Line
from tests.ui import at_the_counter
from tests.ui.at_the_counter import Hand, close_till, open_till, sale_pages

CODE = "134567890123456784"
"""A payment code of WeChat."""
ALIPAY_CODE = "284567890123456789"
IDENTITY = "110101199003074258"
"""An identity number of Beijing, with the shape of a payment code."""
QUICK = PartnerRhythm(first_ask=0, ask_every=0, time_over=3600, call=0)
"""Each turn asks."""


@dataclass
class Customers:
    """Implements `PaymentProviders`: WeChat and Alipay over a line, a typed terminal; the line and what they do."""

    wechat: PracticeProvider = field(default_factory=lambda: PracticeProvider("wechat", QUICK))
    is_practice: bool = False

    def __post_init__(self) -> None:
        self.line = Line(self.wechat)
        self._others: dict[str, PaymentProvider] = {
            "alipay": PracticeProvider("alipay", QUICK),
            "terminal": TypedTerminal(),
        }

    def named(self, name: str) -> PaymentProvider | None:
        return self.line if name == "wechat" else self._others.get(name)

    def choose(self, outcome: PracticeOutcome) -> None:
        """What the customer of WeChat does from now on."""
        self.wechat.choose(outcome)


@contextmanager
def counter(
    app: QApplication,
    qtbot: QtBot,
    folder: Path,
    *,
    qr: str = "wechat,alipay",
    card: str = "terminal",
    closes: bool = True,
    who: str = "amina",
    screens: Screens = sale_pages,
) -> Iterator[tuple[Hand, Customers]]:
    """The window, with these providers in its settings, and `who` at it. `closes`: it is closed at the end."""
    customers, usual = Customers(), at_the_counter.a_demo_shop

    def a_shop(folder: Path, *how: object) -> Shop:
        shop = usual(folder, *how)  # type: ignore[arg-type]  # as it was called
        vars(shop.adapters)["providers"] = customers
        boss = Person.at_the_console("root")
        shop.office.set_setting(boss, "provider_qr", qr)
        shop.office.set_setting(boss, "provider_card", card)
        return shop

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(at_the_counter, "a_demo_shop", a_shop)
        hand = open_till(app, qtbot, folder, who, screens=screens)
    try:
        yield hand, customers
    finally:
        if closes:
            close_till(hand)


def attempts(hand: Hand) -> list[PartnerAttempt]:
    """What was asked for the sale on show, oldest first."""
    return list(hand.shop.open_attempts.of_sale(hand.payment.charged.key))


def pay_by_code(hand: Hand, code: str = CODE) -> None:
    """Sweets for a visitor, the payment open, and the code of their phone."""
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.open_payment()
    hand.scan(code)
