"""The queue of orders whose goods are not free: it moves up by itself, by the time of the claim.

It runs in the transaction that frees goods of orders, sales and returns, and before goods are held for a claim. What a
delivery, a count or a discarded basket brings to the shelf, the idle till gives to it. An order that wants more than
there is does not stop those behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from pos.application.pickup.holding import goods_of_orders, hold_goods, journaled_order, short_of
from pos.application.ports.store import UnitOfWork
from pos.application.settings.settings import Settings
from pos.domain.pickup.customer_order import CustomerOrder, OrderState

MOVED_UP = "move_up_customer_order"
"""Journal act of an order that got its goods from the queue."""


def move_up(
    work: UnitOfWork, at: datetime, till: str, person: str, products: Collection[int] | None = None
) -> list[CustomerOrder]:
    """Hold goods for the orders that wait for any of these products (None: for any), as far as they are free.

    Who claimed before and is not confirmed yet comes first. Expired reservations were released before.
    """
    queue = [order for order in work.pickups.waiting(products) if not order.is_over(at)]
    if not queue:
        return []
    settings = Settings.read(work.settings.all())
    locked = work.pickups.lock([order.code for order in queue])
    goods = goods_of_orders(work, queue, at)
    work.pickups.lock_goods(goods)
    moved = []
    for order in (locked[one.code] for one in queue):
        if order.state is not OrderState.WAITING:
            continue  # another till was faster
        taken = claimed_before(work, list(order.goods()), order)
        if short_of(work, order, goods, at, settings.stock_policy(at), taken):
            continue
        confirmed = order.confirmed(at, moved_up=True)
        hold_goods(work, confirmed, goods, at, settings)
        work.pickups.save(confirmed)
        work.journal.write(at, till, person, MOVED_UP, journaled_order(confirmed))
        moved.append(confirmed)
    return moved


def claimed_before(work: UnitOfWork, products: Sequence[int], order: CustomerOrder | None = None) -> dict[int, int]:
    """Pieces of these products that were claimed before an order (None: by now) and are not held yet."""
    pieces: dict[int, int] = {}
    for claim in work.pickups.claimed(products):
        if order is None or (claim.claimed_at, claim.order) < (order.claimed_at, order.id):
            pieces[claim.product] = pieces.get(claim.product, 0) + claim.pieces
    return pieces
