"""Tasks with customer orders, and a batch of the workshop: what a stream, a shelf and a work table ask for."""

from __future__ import annotations

from pos.application.pickup.take_order import ClaimLine, OrderDraft
from pos.application.ports.pickup_ports import OrderFilter
from pos.domain.pickup.buyer import read_called
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.input.actions import CHECKOUT, PICKUP, TAKE_ORDERS, WORKSHOP
from tools.counter_walk import CHOCOLATE, PARTY
from tools.task_hand import FingerHand, TaskHand
from tools.task_table import Task

_SWEETS = "4870204320060"
_LISTED = 100


def claim(hand: TaskHand) -> None:
    """A buyer calls out the first goods of the sheet, and the last digits of their phone."""
    hand.begin_at("amina", TAKE_ORDERS)
    before = {order.code for order in _orders(hand)}
    with hand.counted():
        hand.entry("1")
        hand.entry("4821")
    [made] = [order for order in _orders(hand) if order.code not in before]
    [first, *_] = hand.shop.pickup.stream.goods(hand.person("amina"))
    hand.expect("the goods of the number", [line.code for line in made.lines], [first.product.code])
    hand.expect("held for the buyer", (made.state, made.buyer.tail), (OrderState.CONFIRMED, "4821"))


def pack(hand: TaskHand) -> None:
    """An order of two goods is packed: found by its QR, both scanned, and laid on a shelf."""
    lines = (ClaimLine(CHOCOLATE), ClaimLine(_SWEETS))
    clerk = hand.person("clerk")
    order = hand.shop.pickup.take(OrderDraft("douyin", lines, read_called("4821", "zh")), clerk, "task-pack")
    hand.begin_at("clerk", PICKUP)
    with hand.counted():
        hand.scan(PickupCode(order.code).qr)
        hand.act("pack_pickup")
        hand.scan(CHOCOLATE, _SWEETS)
        hand.words("b7")
    packed = hand.shop.pickup.find.show(order.code, clerk)
    hand.expect("it is ready on its shelf", (packed.state, packed.place), (OrderState.READY, "b7"))


def hand_out(hand: TaskHand) -> None:
    """An order with a deposit: its QR, the passport, and the rest in cash."""
    order = next(one for one in _orders(hand) if one.state is OrderState.READY and one.deposit is not None)
    hand.begin_at("amina", CHECKOUT)
    with hand.counted():
        hand.scan(PickupCode(order.code).qr, PARTY[0])
        hand.act("pay")
        if isinstance(hand, FingerHand):
            hand.press_button("Exact")
            hand.confirm()
        else:
            hand.act("pay_rest")
    hand.wait_for_document()
    sale = hand.last_sale()
    gone = hand.shop.pickup.find.show(order.code, hand.person("amina"))
    hand.expect("it is picked up", (gone.state, gone.receipt), (OrderState.PICKED_UP, sale.receipt))
    hand.expect("the deposit is the first payment", [one.tender.method for one in sale.paid], ["deposit", "cash"])
    hand.expect("nothing of it is left", gone.deposit is not None and not gone.deposit.open)


def batch(hand: TaskHand) -> None:
    """Three boxes are planned, begun and finished."""
    clerk, workshop = hand.person("clerk"), hand.shop.workshop
    hand.begin_at("clerk", WORKSHOP)
    [newest, *_] = workshop.batches(clerk)
    box, number = newest.product.code, newest.batch.number + 1
    had = hand.shop.find.show(box).on_hand
    with hand.counted():
        hand.act("workshop_new")
        hand.scan(box)
        hand.entry("3", enter=False)
        for _ in ("planned", "asked", "started", "its end"):
            hand.act("workshop_next")
        hand.entry("3", enter=False)
        hand.act("workshop_next", 2)
    done = workshop.batches.show(clerk, number)
    hand.expect("it is finished", (done.batch.state, done.batch.made), ("finished", 3))
    hand.expect("three boxes more", hand.shop.find.show(box).on_hand - had, 3)


def _orders(hand: TaskHand) -> list[CustomerOrder]:
    return list(hand.shop.pickup.find.listed(hand.person("amina"), OrderFilter(), _LISTED, None))


ORDER_TASKS = (
    Task("claim", "a claim called out in a stream", "none", claim),
    Task("pack", "pack an order of two goods", "none", pack),
    Task("hand-out", "hand an order with a deposit out, passport, rest in cash", "none", hand_out),
    Task("batch", "clerk: plan, start and finish a batch", "none", batch),
)
