"""The queue of orders whose goods are not free: it moves up by itself, by the time of the claim.

It runs in the transaction that frees goods of orders, sales and returns, and before goods are held for a claim. What a
delivery, a count or a discarded basket brings to the shelf, the idle till gives to it. An order that wants more than
there is does not stop those behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from pos.application.pickup.holding import goods_of_orders, hold_goods, journaled_order, sellable, short_of
from pos.application.ports.store import UnitOfWork
from pos.application.settings.settings import Settings
from pos.domain.catalogue.product import Product
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.stock.stock_policy import StockPolicy

MOVED_UP = "move_up_customer_order"
"""Journal act of an order that got its goods from the queue."""


def move_up(
    work: UnitOfWork, at: datetime, till: str, person: str, products: Collection[int] | None = None
) -> list[CustomerOrder]:
    """Hold goods for the orders that wait for any of these products (None: for any), as far as they are free.

    Who claimed before and is not confirmed yet comes first. Expired reservations were released before.
    """
    return _move_up(work, Settings.read(work.settings.all()), at, till, person, products)


def _move_up(
    work: UnitOfWork, settings: Settings, at: datetime, till: str, person: str, products: Collection[int] | None
) -> list[CustomerOrder]:
    queue, goods = near_to_move(work, at, settings.stock_policy(at), products)
    if not queue:
        return []
    locked = work.pickups.lock([order.code for order in queue])
    work.pickups.lock_goods({product for order in queue for product in order.goods()})
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


def move_up_before(
    work: UnitOfWork, order: CustomerOrder, goods: Mapping[int, Product], at: datetime, till: str, person: str
) -> None:
    """Waiting orders get the free goods that another order asks for, before they are held for that one.

    While nothing of them is free, the queue is not read: of goods that are sold out it is long, and claims are quick.
    """
    settings = Settings.read(work.settings.all())
    policy = settings.stock_policy(at)
    if any(sellable(work, product, at, policy) > 0 for product in goods.values()):
        _move_up(work, settings, at, till, person, order.goods())


def near_to_move(
    work: UnitOfWork, at: datetime, policy: StockPolicy, products: Collection[int] | None = None
) -> tuple[Sequence[CustomerOrder], Mapping[int, Product]]:
    """The part of the queue that could have its goods if it were alone, and its goods; nothing is locked for that."""
    queue = [order for order in work.pickups.waiting(products) if not order.is_over(at)]
    goods = goods_of_orders(work, queue, at)
    free = {one.id: sellable(work, one, at, policy) for one in goods.values()}
    return [
        order
        for order in queue
        if all(
            wanted <= free[product] or policy.sells_below(goods[product].category)
            for product, wanted in order.goods().items()
        )
    ], goods


def claimed_before(work: UnitOfWork, products: Sequence[int], order: CustomerOrder | None = None) -> dict[int, int]:
    """Pieces of these products that were claimed before an order (None: by now) and are not held yet."""
    pieces: dict[int, int] = {}
    for claim in work.pickups.claimed(products):
        if order is None or (claim.claimed_at, claim.order) < (order.claimed_at, order.id):
            pieces[claim.product] = pieces.get(claim.product, 0) + claim.pieces
    return pieces
