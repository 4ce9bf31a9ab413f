"""The shortest way past every page of the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt

from pos.application.sales.complete_sale import Payment
from pos.domain.payment.tender import Tender
from pos.domain.staff.staff import Approval
from pos.domain.visitors.document import read_scanned
from pos.ui.declarations.screen import DeclarationScreen
from pos.ui.input.actions import (
    CHECKOUT,
    CLOSE_SHIFT,
    DECLARATION,
    PARKED,
    PICKUP,
    SEARCH,
    SHIFT,
    TAKE_ORDERS,
    VISITORS,
)
from pos.ui.session.rail_entries import RAIL_ENTRIES
from tools.counter_hand import CounterHand
from tools.counter_walk import a_parcel

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_PASSPORTS = (
    "P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000019CHN8505051F3405042<<<<<<<<<<<<<<04",
    "P<CHNLI<<NA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000020CHN8505051F3405042<<<<<<<<<<<<<<02",
)
TYPED = ("ZHANG WEI", "LI NA", "Kazpost EMS", "A. Seitova", "050000 Almaty, Abay 7-12")
"""Names on the documents that are shown, and to whom a parcel goes."""
_CARTON, _COGNAC = "4607204303508", "4870204321111"
_SEEN_BY_CASHIER = frozenset({CHECKOUT, SEARCH, VISITORS, PARKED, SHIFT, PICKUP, "returns"})
_FORMS = {"staff": Key.Key_F3, "prices": Key.Key_F4, "products": Key.Key_F4, "workshop": Key.Key_F4}
"""Pages whose key opens a form that is empty."""


def short_walk(hand: CounterHand) -> Iterator[str]:
    """Yield the name of each stop when the window stands there."""
    yield "sign-in"
    hand.sign_in("amina")
    yield from _a_sale(hand)
    yield from a_parcel(hand)
    yield from _beside_the_sale(hand)
    hand.sign_in("li")
    yield "foreign-shift"
    hand.press(Key.Key_F12)
    yield "hand-over"
    yield from _the_office(hand)


def _a_sale(hand: CounterHand) -> Iterator[str]:
    hand.show_document(_PASSPORTS[0])
    hand.scan(_COGNAC, *[_CARTON] * 2)
    yield "over"
    hand.show_document(_PASSPORTS[1])
    hand.press(Key.Key_F5)
    yield "party-and-discount"
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F9)
    hand.press(Key.Key_L, with_=CONTROL)
    hand.open_payment()
    hand.type("100", Key.Key_Return)
    hand.press(Key.Key_2, with_=ALT)
    hand.type("90000", Key.Key_Return)
    yield "payment"
    hand.press(Key.Key_Return)
    hand.wait_for_document()
    yield "paid"
    hand.press(Key.Key_Return)


def _beside_the_sale(hand: CounterHand) -> Iterator[str]:
    hand.press(Key.Key_F11)
    hand.type("1", Key.Key_Return)
    yield "return"
    hand.press(Key.Key_Escape, Key.Key_F3)
    yield "blind-return"
    hand.press(Key.Key_Escape)
    hand.go(VISITORS)
    hand.show_document(_PASSPORTS[0])
    yield "visitor"
    yield from _a_declaration(hand)
    for entry in (PARKED, SEARCH, SHIFT, CLOSE_SHIFT):
        hand.go(entry)
        yield entry
        if entry == SHIFT:
            hand.press(Key.Key_F10)
            yield "drawer"
            hand.press(Key.Key_Escape)
    yield from _customer_orders(hand)
    hand.press(Key.Key_F1)
    yield "help"
    hand.press(Key.Key_F1)
    hand.go(CHECKOUT)


def _customer_orders(hand: CounterHand) -> Iterator[str]:
    """A claim, the question about the sheet, and what is asked about an order: where it lies, what is paid ahead."""
    hand.go(TAKE_ORDERS)
    hand.type(_COGNAC, Key.Key_Return)
    hand.type("4567", Key.Key_Return)
    hand.press(Key.Key_F4)
    yield TAKE_ORDERS
    hand.press(Key.Key_Escape)
    hand.go(PICKUP)
    hand.type("4567")
    hand.settle()
    for key, asked in ((Key.Key_F5, "pack"), (Key.Key_F10, "deposit")):
        hand.press(key)
        yield asked
        hand.press(Key.Key_Escape)
    hand.press(Key.Key_Escape)


def _a_declaration(hand: CounterHand) -> Iterator[str]:
    """The customs declaration of a sale over the allowance, which the manager has allowed."""
    session = hand.till.session
    people = {person.name: person for person in session.shop.sign_in.people()}
    basket = session.shop.new_checkout()
    basket.identify(read_scanned(_PASSPORTS[1], session.today))
    basket.leave_to("CN")
    basket.scan(_COGNAC, 6)
    order = replace(basket.order(people["amina"]), over_quota="duty")
    payment = Payment((Tender("cash", session.settings.cash().asked_of(order.cart.total)),))
    sale = session.shop.complete_sale.from_counter(order, payment, Approval(people["manager"], None, order.key))
    page = hand.till.window.screen_at(DECLARATION)
    assert isinstance(page, DeclarationScreen), "the pages of cashiers are built"
    page.show_of(sale.receipt, sale.visitors)
    hand.settle()
    yield DECLARATION
    hand.press(Key.Key_Escape)


def _the_office(hand: CounterHand) -> Iterator[str]:
    hand.sign_in("manager")
    for entry in RAIL_ENTRIES:
        if entry.key in _SEEN_BY_CASHIER:
            continue
        hand.go(entry.key)
        if entry.key in _FORMS:
            hand.press(_FORMS[entry.key])
        yield entry.key
        hand.press(Key.Key_Escape, Key.Key_Escape)
