"""An order lies in a basket, parked or in hand, and is closed meanwhile: the window says so where it matters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.application.pickup.take_order import ClaimLine
from pos.domain.money import Money
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.sales.parked.screen import ParkedScreen
from pos.ui.shell.page_builder import Screens
from tests.horgos import CNY
from tests.ui.pickup.conftest import CHOCOLATE, SWEETS, Counter, the_board_and_sales

Key = Qt.Key


@pytest.fixture
def pages() -> Screens:
    """No order is taken here."""
    return the_board_and_sales


def opened_with(counter: Counter, *more: str) -> CustomerOrder:
    """Two pieces at less than is on file are in the basket, with other goods."""
    order = counter.claim(lines=(ClaimLine(CHOCOLATE, 2, Money(100, CNY)),))
    counter.show("checkout")
    counter.scan(PickupCode(order.code).qr)
    for code in more:
        counter.scan(code)
    return order


def cancel(counter: Counter, order: CustomerOrder) -> None:
    """At another till."""
    person = counter.till.session.person
    assert person is not None
    counter.shop.pickup.steps.cancel(order.code, "", person)


def said_of(order: CustomerOrder) -> str:
    spaced = PickupCode(order.code).spaced
    return (
        f"The customer order {spaced} was cancelled and is no longer in this basket; "
        "its goods now have the shop's prices."
    )


def states(counter: Counter) -> list[str]:
    page = counter.till.window.screen_at("parked")
    assert isinstance(page, ParkedScreen)
    model = page.baskets.model()
    return [model.text(index).state for index in range(model.rowCount())]  # type: ignore[attr-defined] # ours


def test_an_order_is_cancelled_while_it_lies_in_a_parked_basket(counter: Counter) -> None:
    for more in ((SWEETS,), ()):
        order = opened_with(counter, *more)
        counter.press(Key.Key_F7)
        counter.wait(600)
        counter.press(Key.Key_Return)
        counter.show("pickup")
        counter.board.show_order(order.code)
        counter.wait(600)
        counter.press(Key.Key_F6)
        counter.press(Key.Key_Return)
        assert "It lies in a parked sale of T1." in counter.said

    counter.show("parked")
    assert states(counter) == ["part not held, 120 min left", "goods not held"]
    counter.press(Key.Key_Down)
    counter.press(Key.Key_Return)

    assert counter.screen_id == "checkout"
    first, second, *_ = counter.news.splitlines()
    assert first == said_of(order)
    assert second.startswith("Prices have changed: ")


def test_an_order_is_cancelled_while_it_lies_in_the_basket_in_hand(counter: Counter) -> None:
    order = opened_with(counter)
    counter.show_passport()
    cancel(counter, order)
    counter.open_payment()

    assert counter.screen_id == "checkout"  # no money was taken for another total than was on show
    first, second = counter.news.splitlines()
    assert first == said_of(order)
    assert second.startswith("Prices have changed: ")
    counter.open_payment()
    assert counter.screen_id == "payment"


def test_an_order_is_cancelled_on_its_page_while_its_basket_is_in_hand(counter: Counter) -> None:
    order = opened_with(counter)
    counter.show("pickup")
    cancel(counter, order)
    counter.show("checkout")
    assert counter.news.splitlines()[0] == said_of(order)
