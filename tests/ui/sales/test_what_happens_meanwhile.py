"""What happens at another till or on another page while a basket is open: what visitors do there, and new prices."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.pricing.set_rates import RateDraft
from pos.ui.input.actions import CHECKOUT, SEARCH
from pos.ui.sales.search.screen import SearchScreen
from tests.builders import money
from tests.horgos import EUR
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.returns.test_returns_page import open_receipt, sell, with_returns

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    opened.till.window.plug(SearchScreen(opened.till.session))
    yield opened
    close_till(opened)


def look(hand: Hand, screen_id: str) -> None:
    hand.till.window.show_screen(screen_id)
    hand.wait()


def verdict(hand: Hand) -> str:
    return hand.checkout.panel.verdict.accessibleName()


def fits(hand: Hand) -> list[str]:
    page = hand.till.window.screen_at(SEARCH)
    assert isinstance(page, SearchScreen)
    return page.fit.sentences


def test_goods_that_a_visitor_brings_back_are_not_counted_at_the_checkout(hand: Hand) -> None:
    """They brought two bottles back while the basket waited; the card went on to ask for duty."""
    cognac = hand.goods("alcohol.spirit")
    sold = sell(hand, (cognac, 2))
    hand.show_passport()
    hand.scan(cognac.code)
    before = verdict(hand)
    open_receipt(hand, sold.receipt)
    for key in (Key.Key_F5, Key.Key_F8, Key.Key_F12):
        hand.press(key)
    look(hand, CHECKOUT)

    assert before == "Over: to declare"
    assert verdict(hand) == "Depends on the entry days"


def test_what_a_visitor_buys_at_another_till_counts_when_the_checkout_is_shown_again(hand: Hand) -> None:
    cognac = hand.goods("alcohol.spirit")
    hand.show_passport()
    for _ in range(2):
        hand.scan(cognac.code)
    hand.open_payment()
    hand.press(Key.Key_Escape)
    before = verdict(hand)
    look(hand, "returns")
    sell(hand, (cognac, 2))
    look(hand, CHECKOUT)

    assert before == "Within the allowance"
    assert verdict(hand) == "Over: to declare"
    assert len(hand.view.lines) == 1


def test_the_price_check_counts_what_a_visitor_buys_at_another_till(hand: Hand) -> None:
    cognac = hand.goods("alcohol.spirit")
    hand.show_passport()
    hand.scan(cognac.code)
    hand.open_payment()
    hand.press(Key.Key_Escape)
    look(hand, SEARCH)
    hand.till.window.scanned(cognac.code)
    hand.wait()
    before = fits(hand)
    look(hand, "returns")
    sell(hand, (cognac, 1))
    look(hand, SEARCH)

    assert before != []
    assert fits(hand) != before


def test_a_price_that_is_saved_holds_for_what_is_scanned_from_then_on(hand: Hand) -> None:
    honey, manager = hand.goods("food.honey"), next(p for p in hand.shop.sign_in.people() if p.name == "manager")
    hand.scan(honey.code)
    [first] = hand.rows()
    hand.shop.set_price(honey.id, money("470.00"), manager)
    hand.scan(honey.code)

    assert hand.rows()[0] == first
    assert hand.rows()[1].endswith("470.00")


def test_a_basket_that_is_open_is_paid_in_a_currency_whose_first_rate_was_entered_meanwhile(
    hand: Hand, tmp_path: Path
) -> None:
    """*There is no exchange rate for EUR. Set it first.* stood there after the manager had set it."""
    with closing(sqlite3.connect(tmp_path / "shop" / "shop.db")) as store, store:
        store.execute("DROP TRIGGER rate_is_never_deleted")
        store.execute("DELETE FROM rate WHERE currency = 'EUR'")
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    shown = [amount.currency.code for amount in hand.view.others]
    manager = next(one for one in hand.shop.sign_in.people() if one.name == "manager")
    hand.shop.set_rate.all(manager, [RateDraft(EUR, Decimal(590), Decimal(596))], anyway=True)
    hand.open_payment()
    hand.press(Key.Key_4, Qt.KeyboardModifier.AltModifier)
    payment = hand.payment.payment
    assert payment is not None

    assert "EUR" not in shown
    assert payment.currency == EUR
    assert "EUR" in [amount.currency.code for amount in hand.view.others]
