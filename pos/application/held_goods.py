"""Goods set aside for a sale, taken by it, and given back when their time is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pos.application.basket_text import summary_of
from pos.application.hold_ports import Hold
from pos.application.order import Order
from pos.application.ports import UnitOfWork
from pos.application.stock_ports import Taking
from pos.domain.cart import Cart
from pos.domain.errors import Refused
from pos.domain.hold import GoodsHeld
from pos.domain.product import Product
from pos.domain.stock import ExpiredGoods, OutOfStock, Part
from pos.domain.stock_policy import StockPolicy

_NOTHING: Mapping[int, int] = {}

Wanted = Mapping[int, tuple[Product, int]]
"""The goods and how many pieces of them, by product."""

Taken = Mapping[int, Sequence[Part]]
"""What went off the shelf, by product: of which lots, and what it cost."""


def wanted_of(cart: Cart) -> Wanted:
    """What a basket takes from the shelf, by product in the one order in which every till takes it."""
    wanted: dict[int, tuple[Product, int]] = {}
    for line in cart.lines:
        product, quantity = wanted.get(line.product.id, (line.product, 0))
        wanted[line.product.id] = (product, quantity + line.quantity)
    return dict(sorted(wanted.items()))  # one order for all tills, or they wait for each other for ever


def hold_goods(
    work: UnitOfWork, cart: Cart, at: datetime, policy: StockPolicy, coming: Mapping[int, int] = _NOTHING
) -> None:
    """Set a basket's goods aside, but for those `coming` back (pieces by product) with the same sale.

    Raises OutOfStock, GoodsHeld or ExpiredGoods. What has lapsed was given back before.
    """
    for product_id, (product, wanted) in wanted_of(cart).items():
        quantity = wanted - coming.get(product_id, 0)
        if quantity <= 0:
            continue
        check_sellable(work, product, quantity, policy)
        if not work.stock.hold(product_id, quantity, below=policy.sells_below(product.category)):
            raise _lack(work, product, quantity, at)


def take_goods(work: UnitOfWork, order: Order, at: datetime, policy: StockPolicy) -> Taken:
    """Take the goods of a sale: those that it holds, or free ones where its hold has lapsed or there never was one.

    What was taken. Raises OutOfStock, GoodsHeld or ExpiredGoods.
    """
    own = work.holds.take(order.key)
    wanted = wanted_of(order.cart)
    taken: dict[int, Sequence[Part]] = {}
    for product_id in sorted({**own, **wanted}):
        product, quantity = wanted.get(product_id, (None, 0))
        taking = Taking(product_id, quantity, own.get(product_id, 0), policy.today)
        if product is not None:
            category = product.category
            taking = replace(taking, expired=policy.sells_expired(category), below=policy.sells_below(category))
        parts = work.stock.take(taking)
        if parts is None and lapse_holds(work, at, order.till, order.cashier):
            parts = work.stock.take(taking)
        if parts is None:
            assert product is not None, "nothing was wanted of it, and that there is always"
            check_sellable(work, product, quantity, policy)
            raise _lack(work, product, quantity, at, taking.own)
        taken[product_id] = parts
    return taken


def lapse_holds(work: UnitOfWork, at: datetime, till: str, person: str) -> int:
    """Give back what nobody holds any longer, each with its line in the journal; how many holds those were."""
    lapsed = work.holds.lapse(at)
    for hold in lapsed:
        work.journal.write(at, till, person, "lapse", journaled(hold))
    return len(lapsed)


def journaled(hold: Hold) -> dict[str, object]:
    """A hold as the journal names it."""
    summary = summary_of(hold.basket)
    return {
        "key": hold.key,
        "till": hold.till,
        "kind": hold.kind,
        "note": hold.note,
        "pieces": summary.pieces,
        "total": str(summary.total),
        "currency": summary.total.currency.code,
    }


def check_goods(work: UnitOfWork, product: Product, wanted: int, at: datetime, policy: StockPolicy) -> None:
    """Refuse a basket that wants more of a product than is free; raises OutOfStock, GoodsHeld or ExpiredGoods."""
    if wanted > work.stock.free(product.id, at) and not policy.sells_below(product.category):
        raise _lack(work, product, wanted, at)
    check_sellable(work, product, wanted, policy)


def check_sellable(work: UnitOfWork, product: Product, wanted: int, policy: StockPolicy) -> None:
    """Refuse more pieces than have a last day still to come, where the shop sells no others; raises ExpiredGoods."""
    if wanted <= 0 or policy.sells_expired(product.category):
        return
    expired = work.stock.expired(product.id, policy.today)
    if not expired:  # nearly always
        return
    sellable = work.stock.on_hand(product.id) - expired
    oldest = work.stock.oldest_expiry(product.id)
    if wanted > sellable and oldest is not None:
        raise ExpiredGoods(product.code, wanted, max(sellable, 0), oldest)


def _lack(work: UnitOfWork, product: Product, wanted: int, at: datetime, own: int = 0) -> Refused:
    code, on_hand, free = product.code, work.stock.on_hand(product.id), work.stock.free(product.id, at) + own
    return OutOfStock(code, wanted, on_hand) if free >= on_hand else GoodsHeld(code, wanted, free, on_hand - free)
