"""Pick customer orders up in the transaction of a sale: it takes their goods and deposits, and the rest goes back.

The locks are taken in the order key, visitors, orders, stock, register. What ends or moves up by it locks other orders
and their stock once more: where two tills wait for each other by that, the database rolls one back, and it tries again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.fiscal.queue_deposits import queue_deposit_back
from pos.application.pickup.holding import journaled_order, step_of
from pos.application.pickup.lapsed_holds import release_lapsed
from pos.application.pickup.waiting_queue import move_up
from pos.application.ports.store import UnitOfWork
from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator
from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.payment.tender import DEPOSIT, CashRules, Paid, Tender
from pos.domain.pickup.customer_order import CustomerOrder, NoSuchCustomerOrder, OrderState
from pos.domain.pickup.deposit import DepositChanged, DepositEntry, EntryKind
from pos.domain.sales.cart import Cart
from pos.domain.sales.sale import Sale

PICKED_UP = "pick_up"
"""Journal act of an order that a sale has picked up."""


@dataclass(eq=False)
class PickUpChanged(Refused):
    """Goods or prices of the order are not those with which its basket was opened."""

    fact = "pick_up_changed"

    code: str


def lock_pickups(
    work: UnitOfWork, opened: Sequence[CustomerOrder], at: datetime, till: str, person: str
) -> tuple[CustomerOrder, ...]:
    """The orders of a basket as they are now, locked. Raises AlreadyPickedUp, CustomerOrderClosed, PickUpChanged.

    Reservations that are over end first: an order that waited for their goods moves up before it is read. One whose
    time was over while its basket stood open may still be picked up, where its goods are free.
    """
    if not opened:
        return ()
    release_lapsed(work, at, till, person)
    locked = work.pickups.lock([order.code for order in opened])
    orders = []
    for before in opened:
        order = locked.get(before.code)
        if order is None:
            raise NoSuchCustomerOrder(before.code)
        if order.state is not OrderState.EXPIRED:
            order.check_can_go()
        if [(x.no, x.product, x.quantity, x.agreed) for x in order.lines] != [
            (x.no, x.product, x.quantity, x.agreed) for x in before.lines
        ]:
            raise PickUpChanged(order.code)
        orders.append(order)
    return tuple(orders)


def held_pieces(orders: Iterable[CustomerOrder], at: datetime) -> dict[int, int]:
    """Pieces by product that are held for these orders at an instant."""
    pieces: dict[int, int] = {}
    for order in orders:
        if order.is_held and not order.is_over(at):
            for product, quantity in order.goods().items():
                pieces[product] = pieces.get(product, 0) + quantity
    return pieces


def with_pieces(one: Mapping[int, int], more: Mapping[int, int]) -> dict[int, int]:
    """Pieces by product, added up."""
    return {product: one.get(product, 0) + more.get(product, 0) for product in (*one, *more)}


def hold_longer(work: UnitOfWork, orders: Iterable[CustomerOrder], at: datetime, until: datetime) -> None:
    """Let what is held for orders outlast an open payment."""
    for order in orders:
        if order.is_held and at < order.hold_until < until:
            work.holds.set_until(order.hold_key, until)
            work.pickups.save(replace(order, hold_until=until))


def take_held(work: UnitOfWork, orders: Iterable[CustomerOrder]) -> dict[int, int]:
    """End the reservations of orders for their sale: what they held, by product, which the caller must deduct."""
    pieces: dict[int, int] = {}
    for order in orders:
        for product, quantity in work.holds.take(order.hold_key).items():
            pieces[product] = pieces.get(product, 0) + quantity
    return pieces


def deposit_tenders(orders: Sequence[CustomerOrder], due: Money, cash: CashRules) -> tuple[Tender, ...]:
    """What the deposits on orders pay of a sale: each as far as there is something left to pay."""
    tenders, left = [], due
    for order in orders:
        deposit = order.deposit
        if deposit is None or not deposit.open or left.minor <= 0:
            continue
        amount = deposit.towards(left, cash)
        if amount:
            rate = deposit.rate
            tenders.append(Tender(DEPOSIT, amount, order.code, origin=deposit.method, id=order.code, rate=rate))
            left = left - deposit.worth(amount)
    return tuple(tenders)


def deposits_left(orders: Iterable[CustomerOrder], paid: Iterable[Paid]) -> Iterator[tuple[str, Money]]:
    """What is left of the deposits on orders that a sale has picked up, by their codes; `orders` as before the sale."""
    used = {one.tender.reference: one.tender.amount for one in paid if one.tender.method == DEPOSIT}
    for order in orders:
        if order.deposit is not None:
            left = order.deposit.open - used.get(order.code, Money.zero(order.deposit.amount.currency))
            if left:
                yield order.code, left


def check_deposits(orders: Sequence[CustomerOrder], tenders: Sequence[Tender]) -> None:
    """Refuse deposits that are not those of the orders of the sale. Raises DepositChanged."""
    by_code = {order.code: order.deposit for order in orders}
    seen: set[str] = set()
    for tender in tenders:
        if tender.method != DEPOSIT:
            continue
        deposit = by_code.get(tender.reference)
        if (
            deposit is None
            or tender.reference in seen
            or (tender.rate, tender.origin) != (deposit.rate, deposit.method)
            or tender.amount.currency != deposit.amount.currency
            or not 0 < tender.amount.minor <= deposit.open.minor
        ):
            raise DepositChanged(tender.reference)
        seen.add(tender.reference)


def move_up_behind(
    work: UnitOfWork, orders: Iterable[CustomerOrder], cart: Cart, at: datetime, till: str, person: str
) -> None:
    """Pieces that were held for orders and are left out of their basket go to who waits for them."""
    left_out = {
        line.product
        for order in orders
        for line in order.lines
        if cart.agreed_pieces(order.code).get(line.no, 0) < line.quantity
    }
    if left_out:
        move_up(work, at, till, person, left_out)


def note_picked_up(
    work: UnitOfWork,
    sale: Sale,
    orders: Iterable[CustomerOrder],
    cart: Cart,
    settings: Settings,
    translators: Mapping[str, Translator],
) -> None:
    """The orders are picked up by this sale, and their deposits used as far as it was paid with them."""
    used = {paid.tender.reference: paid for paid in sale.paid if paid.tender.method == DEPOSIT}
    day = sale.at.astimezone(settings.zone).date()
    for order in orders:
        gone = replace(order, state=OrderState.CONFIRMED) if order.state is OrderState.EXPIRED else order
        gone = gone.picked_up(cart.agreed_pieces(order.code), sale.receipt, sale.at, sale.cashier)
        work.pickups.save(gone)
        details: dict[str, object] = {"receipt": sale.receipt}
        paid = used.get(order.code)
        if paid is not None and order.deposit is not None:
            entry = DepositEntry(
                EntryKind.USED,
                paid.tender.amount,
                paid.value,
                sale.at,
                sale.till,
                sale.cashier,
                sale.shift,
                sale.receipt,
            )
            work.pickups.add_entry(order, order.deposit, entry, day)
            step = step_of(work, order, order.deposit, entry, settings, translators)
            queue_deposit_back(work, settings, step, order.deposit.open)
            details |= {"deposit": str(entry.amount), "currency": entry.amount.currency.code}
        work.journal.write(sale.at, sale.till, sale.cashier, PICKED_UP, journaled_order(gone) | details)
