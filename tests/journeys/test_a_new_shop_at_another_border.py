"""A new shop chooses its border at the first start: all of the window stands there, and it sells in the money there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.settings.options import Options
from pos.application.settings.settle_border import BORDER, CURRENCIES_KEPT
from pos.domain.border import border_in_force, use_border
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money
from pos.ui.shell import application, plain_imports
from tests.horgos import HORGOS
from tests.ui.at_the_counter import Hand, sale_pages
from tests.ui.fakes_shop import PIN

TEA = "4820000000017"
Key = Qt.Key
Step = Callable[[Hand], None]
Days = Callable[..., list[Hand]]


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Days]:
    """Opens the program's window on an empty folder: each step is what a person does in one window after another."""
    folder = tmp_path / "shop"
    monkeypatch.setattr(plain_imports, "keep_imports_plain", lambda: None)
    monkeypatch.setattr(main, "opened_till", partial(main.opened_till, quick_pins=True))

    def open_it(*steps: Step) -> list[Hand]:
        hands: list[Hand] = []
        left = list(steps)
        begin = application.TillWindow.__init__

        def remember(till: Any, *given: Any, **named: Any) -> None:
            begin(till, *given, **named | {"screens": sale_pages})
            till.session.sounds.volume = 0
            hands.append(Hand(till, till.session.shop, qtbot))

        def exec_(*_: object) -> int:
            hand = hands[-1]
            qtbot.waitUntil(lambda: hand.screen_id != "", timeout=30_000)
            hand.wait()
            left.pop(0)(hand)
            return 0

        with monkeypatch.context() as patch:
            patch.setattr(application.TillWindow, "__init__", remember)
            patch.setattr(QApplication, "exec", exec_)
            patch.setattr(QApplication, "exit", lambda *_: None)  # without a loop it would end the next ones
            assert main.open_window(Options(data=folder, language="en")) == 0
        assert not left
        return hands

    yield open_it
    use_border(HORGOS)


def answer(hand: Hand, *, border: str) -> None:
    """Fill the first start in by keys: the border is chosen with the arrows."""
    page = hand.till.way_in.first_start
    hand.type("Bridge")
    hand.press(Key.Key_Return)
    while page.borders.border.id != border:
        hand.press(Key.Key_Down)
    for text in ("", "Dana K.", PIN, PIN):
        hand.press(Key.Key_Return)
        for char in text:
            hand.typing.press(char)
    hand.press(Key.Key_Return)


def sell_tea(hand: Hand) -> None:
    """The manager opens a shift with an empty drawer and sells two packs of tea to somebody without a document."""
    dana, shop = hand.till.session.person, hand.shop
    assert dana is not None, "who has just typed the PIN twice is signed in"
    with shop.context.store.begin() as work:
        price = Money(1_250, shop.settings().price)
        row = GoodsRow(TEA, "Tea", {}, "other", price, Attributes(), None)
        work.stock.move(work.products.add(row, shop.now()), 20, "opening", shop.now(), dana.name)
        work.commit()
    shop.office.set_setting(dana, "sell_without_visitor", "yes")
    shop.open_shift(dana, {})
    hand.sign_in(dana.name)
    hand.scan(TEA)
    hand.scan(TEA)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)


def test_a_shop_founded_at_terespol_sells_in_zlotys(program: Days) -> None:
    seen: list[object] = []

    def sell(hand: Hand) -> None:
        seen.append(hand.screen_id)
        sell_tea(hand)
        seen.append(list(hand.payment.entry.currencies))
        sale = hand.shop.show_sale.last()
        assert sale is not None
        seen.append(str(sale.total) + sale.total.currency.code)
        with hand.shop.context.store.reading() as work:
            kept = work.settings.all()
        seen.append((kept[BORDER], json.loads(kept[CURRENCIES_KEPT])))

    first, second = program(lambda hand: answer(hand, border="polish-land"), sell)

    assert first.till is not second.till
    money = ["PLN", "EUR", "BYN", "USD"]
    assert seen == ["open_shift", money, "25.00PLN", ("polish-land", dict.fromkeys(money, 2))]
    assert border_in_force().id == "polish-land"
