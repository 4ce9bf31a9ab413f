"""Goods set aside for a sale, taken by it, and given back when their time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pos.application.basket_text import summary_of
from pos.application.hold_ports import Hold
from pos.application.order import Order
from pos.application.ports import UnitOfWork
from pos.domain.cart import Cart
from pos.domain.errors import Refused
from pos.domain.hold import GoodsHeld
from pos.domain.product import Product
from pos.domain.stock import OutOfStock

_NOTHING: Mapping[int, int] = {}

Wanted = Mapping[int, tuple[str, int]]
"""Code and pieces by product."""


def wanted_of(cart: Cart) -> Wanted:
    """What a basket takes from the shelf, by product in the one order in which every till takes it."""
    wanted: dict[int, tuple[str, int]] = {}
    for line in cart.lines:
        code, quantity = wanted.get(line.product.id, (line.product.code, 0))
        wanted[line.product.id] = (code, quantity + line.quantity)
    return dict(sorted(wanted.items()))  # one order for all tills, or they wait for each other for ever


def hold_goods(work: UnitOfWork, cart: Cart, at: datetime, coming: Mapping[int, int] = _NOTHING) -> None:
    """Set a basket's goods aside, but for those `coming` back (pieces by product) with the same sale.

    Raises OutOfStock or GoodsHeld. What has lapsed was given back before.
    """
    for product_id, (code, wanted) in wanted_of(cart).items():
        quantity = wanted - coming.get(product_id, 0)
        if quantity > 0 and not work.stock.hold(product_id, quantity):
            raise _lack(work, product_id, code, quantity, at)


def take_goods(work: UnitOfWork, order: Order, at: datetime) -> None:
    """Take the goods of a sale: those that it holds, or free ones where its hold has lapsed or there never was one."""
    own = work.holds.take(order.key)
    wanted = wanted_of(order.cart)
    for product_id in sorted({**own, **wanted}):
        code, quantity = wanted.get(product_id, ("", 0))
        held = own.get(product_id, 0)
        if work.stock.take(product_id, quantity, held) is not None:
            continue
        lapsed = lapse_holds(work, at, order.till, order.cashier)
        if not lapsed or work.stock.take(product_id, quantity, held) is None:
            raise _lack(work, product_id, code, quantity, at, held)


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


def check_goods(work: UnitOfWork, product: Product, wanted: int, at: datetime) -> None:
    """Refuse a basket that wants more of a product than is free; raises OutOfStock or GoodsHeld."""
    if wanted > work.stock.free(product.id, at):
        raise _lack(work, product.id, product.code, wanted, at)


def _lack(work: UnitOfWork, product_id: int, code: str, wanted: int, at: datetime, own: int = 0) -> Refused:
    on_hand, free = work.stock.on_hand(product_id), work.stock.free(product_id, at) + own
    return OutOfStock(code, wanted, on_hand) if free >= on_hand else GoodsHeld(code, wanted, free, on_hand - free)
