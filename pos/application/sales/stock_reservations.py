"""Goods set aside for a sale, taken by it, and given back when their time is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pos.application.ports.reservation_ports import Hold
from pos.application.ports.stock_ports import OnFloor, StockDeduction
from pos.application.ports.store import UnitOfWork
from pos.application.sales.basket_json import summary_of
from pos.application.sales.order import SaleOrder
from pos.application.sales.scan_warnings import ExpiredOnSale, ExpiresSoon, News, SoldBelow, UnknownLot
from pos.domain.catalogue.piece import Piece
from pos.domain.catalogue.product import Product
from pos.domain.errors import Refused, RuleBroken
from pos.domain.sales.cart import Cart
from pos.domain.sales.parking import GoodsReserved
from pos.domain.stock.stock import FLOOR, ExpiredGoods, Lot, LotPart, OutOfStock
from pos.domain.stock.stock_policy import StockPolicy

_NOTHING: Mapping[int, int] = {}

Wanted = Mapping[int, tuple[Product, int]]
"""The goods and how many pieces of them, by product."""

Taken = Mapping[int, Sequence[LotPart]]
"""What went off the shelf, by product: of which lots, and what it cost."""


@dataclass(frozen=True, slots=True)
class DeductedGoods:
    """What a sale took off the shelf: its `parts`, and for the journal what of it was not there by the books.

    `below` are the pieces by code that brought a product below zero, `strange` the lots (by code) that nobody knows.
    """

    parts: Taken
    below: Mapping[str, int] = field(default_factory=dict)
    strange: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def journaled(self) -> dict[str, object]:
        """What the journal says of it beside the sale."""
        told: dict[str, object] = {}
        if self.below:
            told["below_zero"] = [{"code": code, "pieces": pieces} for code, pieces in self.below.items()]
        if self.strange:
            told["unknown_lots"] = [{"code": code, "lots": list(lots)} for code, lots in self.strange.items()]
        return told


def wanted_of(cart: Cart) -> Wanted:
    """What a basket takes from the shelf, by product in the one order in which every till takes it."""
    wanted: dict[int, tuple[Product, int]] = {}
    for line in cart.lines:
        product, quantity = wanted.get(line.product.id, (line.product, 0))
        wanted[line.product.id] = (product, quantity + line.quantity)
    return dict(sorted(wanted.items()))  # one order for all tills, or they wait for each other for ever


def reserve_goods(
    work: UnitOfWork, cart: Cart, at: datetime, policy: StockPolicy, coming: Mapping[int, int] = _NOTHING
) -> None:
    """Set a basket's goods aside, but for those `coming` back (pieces by product) with the same sale.

    Raises OutOfStock, GoodsReserved or ExpiredGoods. What has lapsed was given back before.
    """
    for product_id, (product, wanted) in wanted_of(cart).items():
        quantity = wanted - coming.get(product_id, 0)
        if quantity <= 0:
            continue
        if not policy.sells_expired(product.category):
            floor = work.stock.floor(product_id, at)
            _check_unexpired(product, quantity, floor, floor.free, policy)
        if not work.stock.hold(product_id, quantity, below=policy.sells_below(product.category)):
            raise _lack(product, quantity, work.stock.floor(product_id, at))


def take_goods(work: UnitOfWork, order: SaleOrder, at: datetime, policy: StockPolicy) -> DeductedGoods:
    """Take the goods of a sale: those that it holds, or free ones where its hold has lapsed or there never was one.

    What was taken; pieces whose codes named a lot are of that lot. Raises OutOfStock, GoodsReserved or ExpiredGoods.
    """
    own = work.holds.take(order.key)
    wanted = wanted_of(order.cart)
    named, strange = _named_lots(work, order.cart, policy)
    takings = [
        _taking(product_id, wanted.get(product_id), own.get(product_id, 0), named.get(product_id, _NOTHING), policy)
        for product_id in sorted({**own, **wanted})
    ]
    for taking in takings:
        if taking.below and not taking.expired:  # what lies there is what would be given, books or no books
            _check_floor(work, *wanted[taking.product], at, policy)
    taken = dict(work.stock.deduct_at_once(takings))
    below: dict[str, int] = {}
    for taking in takings:
        if taking.product not in taken:
            taken[taking.product] = _take(work, taking, wanted, order, at, policy)
        if taking.below:
            product, quantity = wanted[taking.product]
            missing = min(-work.stock.on_hand(product.id), quantity)
            below |= {product.code: missing} if missing > 0 else {}
    return DeductedGoods(taken, below, strange)


def _taking(
    product_id: int, wanted: tuple[Product, int] | None, own: int, lots: Mapping[int, int], policy: StockPolicy
) -> StockDeduction:
    if wanted is None:  # held for a row that is no more
        return StockDeduction(product_id, 0, own, policy.today)
    product, quantity = wanted
    expired, below = policy.sells_expired(product.category), policy.sells_below(product.category)
    return StockDeduction(product_id, quantity, own, policy.today, lots, expired, below)


def _take(
    work: UnitOfWork, taking: StockDeduction, wanted: Wanted, order: SaleOrder, at: datetime, policy: StockPolicy
) -> Sequence[LotPart]:
    """Take of one product, if need be what a hold that has lapsed gives back; or say why not."""
    parts = work.stock.take(taking)
    if parts is None and expire_reservations(work, at, order.till, order.cashier):
        parts = work.stock.take(taking)
    if parts is not None:
        return parts
    assert taking.quantity, "nothing was wanted of it, and that there is always"
    product, quantity = wanted[taking.product]
    floor = _check_floor(work, product, quantity, at, policy)
    raise _lack(product, quantity, floor, taking.own)


def _check_floor(work: UnitOfWork, product: Product, quantity: int, at: datetime, policy: StockPolicy) -> OnFloor:
    """What lies on the floor of a product; refuses more than has a last day to come."""
    floor = work.stock.floor(product.id, at)
    _check_unexpired(product, quantity, floor, floor.on_hand, policy)
    return floor


def _named_lots(
    work: UnitOfWork, cart: Cart, policy: StockPolicy
) -> tuple[Mapping[int, Mapping[int, int]], Mapping[str, Sequence[str]]]:
    """Pieces by product and lot, as far as named lots lie on the floor; and the lots that nobody knows here."""
    named: dict[int, dict[int, int]] = {}
    strange: dict[str, list[str]] = {}
    there: dict[int, dict[int, int]] = {}
    for line in cart.lines:
        product, piece = line.product, line.piece
        check_day(product, piece.expiry, line.quantity, policy)
        if piece.lot is None:
            continue
        lots = work.stock.lots_named(product.id, piece.lot)
        if not lots:
            strange.setdefault(product.code, []).append(piece.lot)
            continue
        _check_lots(product, lots, line.quantity, policy)
        if product.id not in there:
            places = work.stock.everywhere(product.id)
            there[product.id] = {x.lot.id: x.on_hand for x in places if x.place == FLOOR and x.lot is not None}
        left = line.quantity
        for lot in lots:
            pieces = min(left, there[product.id].get(lot.id, 0))
            if pieces:
                there[product.id][lot.id] -= pieces
                of_product = named.setdefault(product.id, {})
                of_product[lot.id] = of_product.get(lot.id, 0) + pieces
                left -= pieces
    return named, strange


def check_day(product: Product, day: date | None, wanted: int, policy: StockPolicy) -> None:
    """Refuse pieces whose own code says that their last day is over, where the shop sells no such; ExpiredGoods."""
    if day is not None and policy.is_over(day) and not policy.sells_expired(product.category):
        raise ExpiredGoods(product.code, wanted, 0, day)


def _check_lots(product: Product, lots: Sequence[Lot], wanted: int, policy: StockPolicy) -> None:
    """Refuse a named lot that by the books has expired, whichever document it came under."""
    days = [lot.expiry for lot in lots]
    if all(policy.is_over(day) for day in days):
        check_day(product, min(day for day in days if day is not None), wanted, policy)


def expire_reservations(work: UnitOfWork, at: datetime, till: str, person: str) -> int:
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


def check_goods(work: UnitOfWork, product: Product, wanted: int, at: datetime, policy: StockPolicy) -> News:
    """Refuse a basket that wants more of a product than is free; raises OutOfStock, GoodsReserved or ExpiredGoods.

    What is sold all the same, and what will soon expire, is told.
    """
    floor = work.stock.floor(product.id, at)
    told: list[RuleBroken] = []
    if wanted > floor.free:
        if not policy.sells_below(product.category):
            raise _lack(product, wanted, floor)
        told.append(SoldBelow(product.code, wanted, floor.free))
    if floor.lots and wanted > 0:
        told += _check_unexpired(product, wanted, floor, floor.free, policy)
    return tuple(told)


def check_piece(work: UnitOfWork, product: Product, piece: Piece, wanted: int, policy: StockPolicy) -> News:
    """Refuse pieces whose code names a day that is over or a lot that has expired; raises ExpiredGoods.

    A lot that nobody knows is sold, and told.
    """
    told: list[RuleBroken] = []
    check_day(product, piece.expiry, wanted, policy)
    days: Iterable[date | None] = (piece.expiry,)
    if piece.lot is not None:
        lots = work.stock.lots_named(product.id, piece.lot)
        if lots:
            _check_lots(product, lots, wanted, policy)
            days = (*days, *(lot.expiry for lot in lots))
        else:
            told.append(UnknownLot(product.code, piece.lot))
    known = [day for day in days if day is not None]
    if known:
        told += _of_day(product, min(known), policy)
    return tuple(told)


def _check_unexpired(
    product: Product, wanted: int, floor: OnFloor, pieces: int, policy: StockPolicy
) -> Sequence[RuleBroken]:
    """Refuse more of `pieces` than have a last day still to come, where the shop sells no others; else what to tell."""
    expired = floor.expired(policy.today)
    first = next((lot.expiry for lot, _ in floor.lots if not policy.is_over(lot.expiry)), None)
    if expired and wanted > pieces - expired:
        oldest = next(lot.expiry for lot, _ in floor.lots)
        assert oldest is not None, "what has expired has a day, and comes first"
        if not policy.sells_expired(product.category):
            raise ExpiredGoods(product.code, wanted, max(pieces - expired, 0), oldest)
        first = oldest
    return () if first is None else _of_day(product, first, policy)


def _of_day(product: Product, day: date, policy: StockPolicy) -> Sequence[RuleBroken]:
    if policy.is_over(day):
        return (ExpiredOnSale(product.code, day),)
    return (ExpiresSoon(product.code, day),) if policy.is_near(day) else ()


def sellable(work: UnitOfWork, product: Product, at: datetime, policy: StockPolicy) -> int:
    """How many pieces are free, without expired ones that the shop does not sell."""
    floor = work.stock.floor(product.id, at)
    if not floor.lots or policy.sells_expired(product.category):
        return floor.free
    return max(floor.free - floor.expired(policy.today), 0)


def _lack(product: Product, wanted: int, floor: OnFloor, own: int = 0) -> Refused:
    code, on_hand, free = product.code, floor.on_hand, floor.free + own
    return OutOfStock(code, wanted, on_hand) if free >= on_hand else GoodsReserved(code, wanted, free, on_hand - free)
