"""Goods reserved for a sale, deducted by it, and released when the reservation expires."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pos.application.pickup.lapsed_holds import release_lapsed
from pos.application.ports.stock_ports import OnFloor, StockDeduction
from pos.application.ports.store import UnitOfWork
from pos.application.sales.order import SaleOrder
from pos.application.sales.scan_warnings import ExpiredOnSale, ExpiresSoon, ScanWarnings, SoldBelow, UnknownLot
from pos.domain.catalogue.piece import Piece
from pos.domain.catalogue.product import Product
from pos.domain.errors import Refused, RuleBroken
from pos.domain.sales.cart import Cart
from pos.domain.sales.parking import GoodsReserved
from pos.domain.stock.stock import FLOOR, ExpiredGoods, Lot, LotPart, OutOfStock
from pos.domain.stock.stock_policy import StockPolicy

_NOTHING: Mapping[int, int] = {}

RequestedGoods = Mapping[int, tuple[Product, int]]
"""Products and quantities, by product id."""

Taken = Mapping[int, Sequence[LotPart]]
"""Deducted goods by product id: their lots and their cost."""


@dataclass(frozen=True, slots=True)
class DeductedGoods:
    """Goods that a sale deducted: their `parts`, and for the journal what the books did not have.

    `below`: the pieces by code that brought a product below zero. `strange`: the unknown lots, by code.
    """

    parts: Taken
    below: Mapping[str, int] = field(default_factory=dict)
    strange: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def journaled(self) -> dict[str, object]:
        """What the journal records beside the sale."""
        details: dict[str, object] = {}
        if self.below:
            details["below_zero"] = [{"code": code, "pieces": pieces} for code, pieces in self.below.items()]
        if self.strange:
            details["unknown_lots"] = [{"code": code, "lots": list(lots)} for code, lots in self.strange.items()]
        return details


def requested_goods(cart: Cart) -> RequestedGoods:
    """The goods that a basket deducts, by product id, in the one order in which every till locks them."""
    goods: dict[int, tuple[Product, int]] = {}
    for line in cart.lines:
        product, quantity = goods.get(line.product.id, (line.product, 0))
        goods[line.product.id] = (product, quantity + line.quantity)
    return dict(sorted(goods.items()))  # one order for all tills prevents deadlocks


def reserve_goods(
    work: UnitOfWork, cart: Cart, at: datetime, policy: StockPolicy, coming: Mapping[int, int] = _NOTHING
) -> None:
    """Reserve a basket's goods, except those `coming` back (pieces by product) with the same sale.

    Raises OutOfStock, GoodsReserved or ExpiredGoods. Expired reservations were released before.
    """
    for product_id, (product, requested) in requested_goods(cart).items():
        quantity = requested - coming.get(product_id, 0)
        if quantity <= 0:
            continue
        if not policy.sells_expired(product.category):
            floor = work.stock.floor(product_id, at)
            _check_unexpired(product, quantity, floor, floor.free, policy)
        if not work.stock.hold(product_id, quantity, below=policy.sells_below(product.category)):
            raise _shortage(product, quantity, work.stock.floor(product_id, at))


def take_goods(
    work: UnitOfWork, order: SaleOrder, at: datetime, policy: StockPolicy, held: Mapping[int, int] = _NOTHING
) -> DeductedGoods:
    """Deduct the goods of a sale: its reserved ones, or free ones if it has no valid reservation.

    `held` are pieces by product of reservations that were ended for it: those of the customer orders that it picks up.

    Pieces whose codes name a lot come from that lot. Raises OutOfStock, GoodsReserved or ExpiredGoods.
    """
    own = dict(work.holds.take(order.key))
    for product_id, pieces in held.items():
        own[product_id] = own.get(product_id, 0) + pieces
    goods = requested_goods(order.cart)
    named, unknown = _named_lots(work, order.cart, policy)
    takings = [
        _taking(product_id, goods.get(product_id), own.get(product_id, 0), named.get(product_id, _NOTHING), policy)
        for product_id in sorted({**own, **goods})
    ]
    for taking in takings:
        if taking.below and not taking.expired:  # the pieces on the floor would be handed out, regardless of the books
            _check_floor(work, *goods[taking.product], at, policy)
    taken = dict(work.stock.deduct_at_once(takings))
    below: dict[str, int] = {}
    for taking in takings:
        if taking.product not in taken:
            taken[taking.product] = _take(work, taking, goods, order, at, policy)
        if taking.below:
            product, quantity = goods[taking.product]
            missing = min(-work.stock.on_hand(product.id), quantity)
            below |= {product.code: missing} if missing > 0 else {}
    return DeductedGoods(taken, below, unknown)


def _taking(
    product_id: int, goods: tuple[Product, int] | None, own: int, lots: Mapping[int, int], policy: StockPolicy
) -> StockDeduction:
    if goods is None:  # reserved for a row that was removed
        return StockDeduction(product_id, 0, own, policy.today)
    product, quantity = goods
    expired, below = policy.sells_expired(product.category), policy.sells_below(product.category)
    return StockDeduction(product_id, quantity, own, policy.today, lots, expired, below)


def _take(
    work: UnitOfWork, taking: StockDeduction, goods: RequestedGoods, order: SaleOrder, at: datetime, policy: StockPolicy
) -> Sequence[LotPart]:
    """Deduct one product, if necessary after releasing expired reservations; raises why it cannot."""
    parts = work.stock.take(taking)
    if parts is None and release_lapsed(work, at, order.till, order.cashier).holds:
        parts = work.stock.take(taking)
    if parts is not None:
        return parts
    assert taking.quantity, "a request of zero pieces always succeeds"
    product, quantity = goods[taking.product]
    floor = _check_floor(work, product, quantity, at, policy)
    raise _shortage(product, quantity, floor, taking.own)


def _check_floor(work: UnitOfWork, product: Product, quantity: int, at: datetime, policy: StockPolicy) -> OnFloor:
    """The stock on the floor of a product; refuses more than the unexpired pieces."""
    floor = work.stock.floor(product.id, at)
    _check_unexpired(product, quantity, floor, floor.on_hand, policy)
    return floor


def _named_lots(
    work: UnitOfWork, cart: Cart, policy: StockPolicy
) -> tuple[Mapping[int, Mapping[int, int]], Mapping[str, Sequence[str]]]:
    """Pieces by product and lot, as far as named lots are on the floor; and the unknown lots, by code."""
    named: dict[int, dict[int, int]] = {}
    unknown: dict[str, list[str]] = {}
    there: dict[int, dict[int, int]] = {}
    for line in cart.lines:
        product, piece = line.product, line.piece
        check_day(product, piece.expiry, line.quantity, policy)
        if piece.lot is None:
            continue
        lots = work.stock.lots_named(product.id, piece.lot)
        if not lots:
            unknown.setdefault(product.code, []).append(piece.lot)
            continue
        _check_lots(product, lots, line.quantity, policy)
        if product.id not in there:
            locations = work.stock.everywhere(product.id)
            there[product.id] = {x.lot.id: x.on_hand for x in locations if x.location == FLOOR and x.lot is not None}
        left = line.quantity
        for lot in lots:
            pieces = min(left, there[product.id].get(lot.id, 0))
            if pieces:
                there[product.id][lot.id] -= pieces
                of_product = named.setdefault(product.id, {})
                of_product[lot.id] = of_product.get(lot.id, 0) + pieces
                left -= pieces
    return named, unknown


def check_day(product: Product, day: date | None, quantity: int, policy: StockPolicy) -> None:
    """Refuse pieces whose code says that they have expired, where the shop does not sell expired goods;
    ExpiredGoods.
    """
    if day is not None and policy.is_over(day) and not policy.sells_expired(product.category):
        raise ExpiredGoods(product.code, quantity, 0, day)


def _check_lots(product: Product, lots: Sequence[Lot], quantity: int, policy: StockPolicy) -> None:
    """Refuse a named lot that has expired by the books, under whichever document it arrived."""
    days = [lot.expiry for lot in lots]
    if all(policy.is_over(day) for day in days):
        check_day(product, min(day for day in days if day is not None), quantity, policy)


def check_goods(work: UnitOfWork, product: Product, quantity: int, at: datetime, policy: StockPolicy) -> ScanWarnings:
    """Refuse more of a product than is free. Raises OutOfStock, GoodsReserved or ExpiredGoods.

    Returns warnings about what is sold below stock and what expires soon.
    """
    floor = work.stock.floor(product.id, at)
    warnings: list[RuleBroken] = []
    if quantity > floor.free:
        if not policy.sells_below(product.category):
            raise _shortage(product, quantity, floor)
        warnings.append(SoldBelow(product.code, quantity, floor.free))
    if floor.lots and quantity > 0:
        warnings += _check_unexpired(product, quantity, floor, floor.free, policy)
    return tuple(warnings)


def check_piece(work: UnitOfWork, product: Product, piece: Piece, quantity: int, policy: StockPolicy) -> ScanWarnings:
    """Refuse pieces whose code names a past day or an expired lot. Raises ExpiredGoods.

    An unknown lot is sold with a warning.
    """
    warnings: list[RuleBroken] = []
    check_day(product, piece.expiry, quantity, policy)
    days: Iterable[date | None] = (piece.expiry,)
    if piece.lot is not None:
        lots = work.stock.lots_named(product.id, piece.lot)
        if lots:
            _check_lots(product, lots, quantity, policy)
            days = (*days, *(lot.expiry for lot in lots))
        else:
            warnings.append(UnknownLot(product.code, piece.lot))
    known = [day for day in days if day is not None]
    if known:
        warnings += _of_day(product, min(known), policy)
    return tuple(warnings)


def _check_unexpired(
    product: Product, quantity: int, floor: OnFloor, pieces: int, policy: StockPolicy
) -> Sequence[RuleBroken]:
    """Refuse more of `pieces` than have not expired, where the shop sells no others; otherwise return warnings."""
    expired = floor.expired(policy.today)
    first = next((lot.expiry for lot, _ in floor.lots if not policy.is_over(lot.expiry)), None)
    if expired and quantity > pieces - expired:
        oldest = next(lot.expiry for lot, _ in floor.lots)
        assert oldest is not None, "what has expired has a day, and comes first"
        if not policy.sells_expired(product.category):
            raise ExpiredGoods(product.code, quantity, max(pieces - expired, 0), oldest)
        first = oldest
    return () if first is None else _of_day(product, first, policy)


def _of_day(product: Product, day: date, policy: StockPolicy) -> Sequence[RuleBroken]:
    if policy.is_over(day):
        return (ExpiredOnSale(product.code, day),)
    return (ExpiresSoon(product.code, day),) if policy.is_near(day) else ()


def _shortage(product: Product, quantity: int, floor: OnFloor, own: int = 0) -> Refused:
    code, on_hand, free = product.code, floor.on_hand, floor.free + own
    return (
        OutOfStock(code, quantity, on_hand) if free >= on_hand else GoodsReserved(code, quantity, free, on_hand - free)
    )
