"""Customer orders: a stream is taken and its orders are packed, handed out and paid; the workshop beside it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from PySide6.QtCore import Qt

from pos.application.pickup import take_order
from pos.application.ports.pickup_ports import OrderFilter
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.input.actions import CHECKOUT, PICKUP, TAKE_ORDERS, WORKSHOP
from pos.ui.pickup.screen import PickupScreen
from pos.ui.pickup.take_screen import TakeOrdersScreen
from tools.counter_hand import CounterHand
from tools.counter_walk import PARTY, seen_by_the_customer

Key = Qt.Key
CONTROL, SHIFT_KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CALLED = (("1", "小雨 4567"), ("2x2", "Айгуль 1188"), ("1", "王芳 3020"), ("5", "Елена 7741"), ("3", "8809"))
"""What is called out in a stream, and by whom."""
_MOST = 50
_UNKNOWN, _PLACE = "99", "C-4"


class DrawnCodes:
    """Stands for `secrets` where the code of an order is drawn: the same program draws the same codes."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def randbelow(self, above: int) -> int:
        """A number from 0 up to the one given."""
        return self._random.randrange(above)

    @classmethod
    def draw_from_here(cls, seed: int) -> None:
        """Draw the codes of this process from here on; another `seed` draws others."""
        vars(take_order)["secrets"] = cls(seed)


def orders_of_the_morning(hand: CounterHand) -> Iterator[str]:
    """A stream, the board, a deposit, an order that is packed, and one that is picked up and paid."""
    hand.sign_in("amina")
    yield from _a_stream(hand)
    yield from _the_board(hand)
    yield from _handed_out(hand)


def _a_stream(hand: CounterHand) -> Iterator[str]:
    """Claims as they are called out; one of unknown goods, one withdrawn; the sheet, and what the streamer sees."""
    hand.go(TAKE_ORDERS)
    page = hand.screen()
    assert isinstance(page, TakeOrdersScreen)
    yield "stream-begins"
    for goods, buyer in CALLED:
        hand.type(goods, Key.Key_Return)
        paste(hand, buyer)
    hand.type(str(page.sheet.rows_of[-1].number), Key.Key_Return)  # what is scarce waits
    paste(hand, "李娜 6262")
    hand.type(_UNKNOWN, Key.Key_Return)
    hand.type("5150", Key.Key_Return)
    yield "stream-refused"
    hand.without_notices()
    hand.type("3")
    yield "stream"
    hand.press(Key.Key_Escape, Key.Key_F4)
    yield "stream-sheet"
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_P, with_=CONTROL | SHIFT_KEY)
    yield "stream-cards"
    hand.press(Key.Key_Escape, Key.Key_F9)
    live = page.live
    assert live is not None
    hand.settle()
    hand.looked_at = live
    yield "streamer"
    hand.looked_at = hand.till.window
    live.close()
    hand.till.window.activateWindow()
    hand.settle()
    hand.press(Key.Key_Z, with_=CONTROL)
    yield "stream-withdrawn"
    hand.without_notices()


def paste(hand: CounterHand, buyer: str) -> None:
    """The buyer of a claim in the second field, whose script has no keys here; Enter."""
    page = hand.screen()
    assert isinstance(page, TakeOrdersScreen)
    page.buyer.setText(buyer)
    hand.press(Key.Key_Return)


def _the_board(hand: CounterHand) -> Iterator[str]:
    """Whom to tell, what is ready with its deposit, one that is packed, one that is held longer, a search."""
    _one_moves_up(hand)
    hand.go(PICKUP)
    page = hand.screen()
    assert isinstance(page, PickupScreen)
    yield "pickup-tell"
    hand.press(Key.Key_F9)
    yield "pickup-copied"
    hand.without_notices()
    with_deposit = next(one for one in of_state(hand, OrderState.READY) if one.deposit is not None)
    page.show_list(OrderState.READY.value)
    hand.settle()
    page.list.table.choose([one.code for one in page.list.pager.rows].index(with_deposit.code))
    hand.settle()
    yield "pickup-deposit"
    page.show_list(OrderState.CONFIRMED.value)
    hand.settle()
    hand.press(Key.Key_F5)
    order = page.panel.order
    assert order is not None
    hand.scan(order.lines[0].code)
    hand.type(_PLACE)
    yield "pickup-pack"
    hand.press(Key.Key_Return)
    yield "pickup-packed"
    hand.without_notices()
    hand.press(Key.Key_F7)
    yield "pickup-held"
    hand.press(Key.Key_Escape)
    page.show_list(OrderState.CLAIMED.value)
    hand.settle()
    hand.press(Key.Key_F10)
    hand.type("20")
    yield "pickup-pays"
    hand.press(Key.Key_Escape, Key.Key_F6)
    yield "pickup-cancels"
    hand.press(Key.Key_Escape, Key.Key_F2)
    hand.type("4567")
    hand.settle()
    yield "pickup-found"
    hand.press(Key.Key_Escape)
    page.show_list(OrderState.PICKED_UP.value)
    hand.settle()
    yield "pickup-done"
    hand.without_notices()


def _one_moves_up(hand: CounterHand) -> None:
    """A buyer calls off what another one waits for."""
    waits = of_state(hand, OrderState.WAITING)[-1].lines[0].product
    held = next(one for one in of_state(hand, OrderState.CONFIRMED) if one.lines[0].product == waits)
    hand.shop.pickup.steps.cancel(held.code, "", hand.person("amina"))


def _handed_out(hand: CounterHand) -> Iterator[str]:
    """The QR of an order opens its basket; its deposit is the first tender."""
    order = next(one for one in of_state(hand, OrderState.READY) if one.deposit is not None and one.deposit.open)
    hand.go(CHECKOUT)
    hand.show_document(PARTY[0])
    hand.scan(PickupCode(order.code).qr)
    hand.settle()
    yield "checkout-order"
    yield from seen_by_the_customer(hand, "customer-order")
    hand.open_payment()
    yield "payment-deposit"
    hand.press(Key.Key_F12)
    hand.wait_for_document()
    yield "paid-order"
    hand.press(Key.Key_Return)
    hand.without_notices()
    hand.scan(PickupCode(order.code).qr)
    yield "checkout-order-again"
    hand.without_notices()


def of_state(hand: CounterHand, state: OrderState) -> list[CustomerOrder]:
    """The orders of a list of the board."""
    return list(hand.shop.pickup.find.listed(hand.person("amina"), OrderFilter(states=(state,)), _MOST, None))


def workshop_of_the_morning(hand: CounterHand) -> Iterator[str]:
    """Batches in all states, a plan, the end of one that runs, recipes, what became of each lot, the report."""
    hand.sign_in("clerk")
    hand.go(WORKSHOP)
    yield "batches"
    hand.press(Key.Key_Down)
    yield "batch-started"
    hand.press(Key.Key_F12)
    hand.type("2")
    yield "batch-end"
    hand.press(Key.Key_F12)
    yield "batch-end-asked"
    hand.press(Key.Key_F12)
    yield "batch-done"
    hand.without_notices()
    hand.press(Key.Key_F8)
    yield "recipes"
    hand.press(Key.Key_F5)
    yield "recipe-change"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    hand.press(Key.Key_F12)
    hand.type("6")
    yield "batch-plan"
    hand.press(Key.Key_Escape, Key.Key_Escape, Key.Key_F8, Key.Key_F8)
    yield "processing-account"
    hand.press(Key.Key_F8)
    yield "workshop-figures"
