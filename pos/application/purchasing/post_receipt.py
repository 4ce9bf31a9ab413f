"""Posting a delivery: the counted goods enter the stock at landed cost, once, and the document is frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from hashlib import sha256

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.purchasing.delivery_view import delivery_numbered, order_of
from pos.application.purchasing.posted_goods_receipt import PostedLine, PostedReceipt, content_of, posted_from
from pos.application.purchasing.suppliers import PERMISSION
from pos.application.settings.context import UseCase
from pos.domain.catalogue.product import Product
from pos.domain.money import Money, half_up
from pos.domain.pricing.rates import RateTable
from pos.domain.purchasing.goods_receipt import (
    POSTED,
    GoodsReceipt,
    GoodsReceiptLine,
    MissingLot,
    NothingCounted,
    by_product,
    expected_of,
)
from pos.domain.purchasing.landed_cost import Arrived, key_of, share_charges
from pos.domain.purchasing.purchase_order import CLOSED, OrderLine, PurchaseOrder
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import Movement


class PostReceipt(UseCase):
    """Posts a delivery, in one transaction or not at all. It is never edited afterwards."""

    @retry_on_rollback
    def __call__(self, number: int, person: Person, *, close_order: bool = False) -> PostedReceipt:
        """Post it; a delivery already posted is returned as it is. `close_order`: nothing more of the order will come.

        Raises NothingCounted, MissingLot, LotConflict, NoRate, DeliveryOver, DeliveryHeld, NotAllowed.
        """
        at, settings = self.now(), self.settings()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            receipt = delivery_numbered(work, number)
            if receipt.state == POSTED:
                return posted_from(receipt)
            receipt.check_counting()
            receipt.check_held(self.till)
            rates = rates_of(work, settings, at)
            posted = post_within(work, receipt, rates, at, person.name, close_order=close_order)
            work.journal.write(at, self.till, person.name, "post_receipt", journal_entry(posted))
            work.commit()
        return posted


def post_within(
    work: UnitOfWork,
    receipt: GoodsReceipt,
    rates: RateTable,
    at: datetime,
    person: str,
    *,
    close_order: bool,
    request: str = "",
) -> PostedReceipt:
    """Post a delivery within the caller's transaction; `request` is the hash of the caller's file."""
    order, lines = order_of(work, receipt), work.receipts.lines(receipt.id)
    products = work.products.by_ids([line.product for line in lines], at)
    kept = _checked(receipt, lines, products)
    posted = _priced(work, receipt, order, kept, products, rates, at, person)
    posted = replace(posted, request=request, lines=_brought_in(work, receipt, posted, at, person))
    counted, expected = by_product(lines), expected_of(order)
    set_aside = {
        product: sum(line.counted for line in of_product if line.set_aside) for product, of_product in counted.items()
    }
    missing = {
        product: pieces - sum(line.kept for line in counted.get(product, ())) for product, pieces in expected.items()
    }
    posted = replace(
        posted,
        set_aside=_listed(products, set_aside),
        missing=_listed(work.products.by_ids(list(expected), at), missing),
    )
    if order is not None:
        posted = replace(posted, order_closed=_bring_order(work, order, lines, close_order, at, person))
    frozen = replace(receipt, posted_at=at, posted_by=person, content=content_of(posted))
    landed = {line.no: line.landed.minor for line in posted.lines if line.landed is not None}
    work.receipts.post(frozen, landed)
    return posted


def journal_entry(posted: PostedReceipt) -> dict[str, object]:
    """The journal details of a posted receipt, with the hash of its content, which is frozen in the store."""
    return {
        "receipt": posted.name,
        "order": posted.order,
        "pieces": posted.pieces,
        "entry": posted.entry,
        "sha256": sha256(content_of(posted).encode()).hexdigest(),
    }


def _checked(
    receipt: GoodsReceipt, lines: Sequence[GoodsReceiptLine], products: Mapping[int, Product]
) -> list[GoodsReceiptLine]:
    kept = [line for line in lines if line.kept]
    if not kept:
        raise NothingCounted(receipt.name)
    for line in kept:
        if products[line.product].asks_lot and not line.lot:
            raise MissingLot(products[line.product].code, line.counted)
    return kept


def _priced(
    work: UnitOfWork,
    receipt: GoodsReceipt,
    order: PurchaseOrder | None,
    kept: Sequence[GoodsReceiptLine],
    products: Mapping[int, Product],
    rates: RateTable,
    at: datetime,
    person: str,
) -> PostedReceipt:
    """Counted lines with their cost in the price currency and their share of the charges."""
    expected, seen = expected_of(order), set[int]()
    costs = [_ordered_cost(order, line.product) if line.cost is None else line.cost for line in kept]
    values = [
        None if cost is None else in_price(cost, line.counted, rates) for cost, line in zip(costs, kept, strict=True)
    ]
    charged = [(charge, in_price(charge.amount, 1, rates)) for charge in receipt.charges]
    arrived = [
        Arrived(line.counted, value, products[line.product].attributes.gross_kg)
        for line, value in zip(kept, values, strict=True)
    ]
    shares = share_charges(sum(value for _, value in charged), arrived)
    lines = []
    for line, cost, value, share in zip(kept, costs, values, shares, strict=True):
        product = products[line.product]
        of_product = None if line.product in seen or order is None else expected.get(line.product, 0)
        seen.add(line.product)
        lines.append(
            PostedLine(
                no=line.no,
                product=product.id,
                code=product.code,
                name=product.name,
                names=product.names,
                lot=line.lot,
                expiry=line.expiry,
                expected=of_product,
                counted=line.counted,
                cost=cost,
                value=None if value is None else Money(value, rates.price),
                charges=Money(share, rates.price),
                landed=None if value is None else Money(value + share, rates.price),
                reason=line.reason,
            )
        )
    supplier = None if receipt.supplier is None else work.suppliers.by_id(receipt.supplier)
    used = {
        money.currency
        for money in [cost for cost in costs if cost is not None] + [charge.amount for charge, _ in charged]
    }
    return PostedReceipt(
        number=receipt.number,
        order=None if order is None else order.name,
        supplier="" if supplier is None else supplier.name,
        delivery_note=receipt.delivery_note,
        entry=receipt.entry,
        location=receipt.location,
        at=at,
        person=person,
        price=rates.price,
        lines=tuple(lines),
        charges=tuple((charge, Money(value, rates.price)) for charge, value in charged),
        shared_by=key_of(arrived) if charged else None,
        rates={one.code: rates.middle(one) for one in sorted(used, key=str) if one != rates.price},
    )


def in_price(cost: Money, pieces: int, rates: RateTable) -> int:
    """The cost of pieces in minor units of the price currency at the customs rate of the day, rounded half up once."""
    return half_up(cost.units * pieces * rates.middle(cost.currency) * Fraction(rates.price.minor_per_unit))


def _ordered_cost(order: PurchaseOrder | None, product: int) -> Money | None:
    line = None if order is None else order.line_of(product)
    return None if line is None else line.cost


def _brought_in(
    work: UnitOfWork, receipt: GoodsReceipt, posted: PostedReceipt, at: datetime, person: str
) -> tuple[PostedLine, ...]:
    """Move the goods in; returns the lines with lots. Goods of unknown cost carry their charges if possible."""
    moves, lines = [], []
    for line in posted.lines:
        lot = None
        if line.lot or receipt.entry:  # goods under a customs document are accounted for by lot, named or not
            lot = work.stock.lot(line.product, line.lot or receipt.name, line.expiry, receipt.entry, at)
            line = replace(line, lot=lot.code, expiry=lot.expiry)  # code and expiry date as in the books
        landed = None if line.landed is None else line.landed.minor
        lot_id = None if lot is None else lot.id
        moves.append(Movement(line.product, line.counted, "receipt", receipt.location, lot_id, landed))
        lines.append(line)
    work.stock.record(moves, at, person, receipt.name)
    for line in posted.lines:
        if line.landed is None and line.charges.minor:
            work.stock.revalue(line.product, line.charges.minor, "charges", at, person, receipt.name)
    return tuple(lines)


def _bring_order(
    work: UnitOfWork, order: PurchaseOrder, lines: Sequence[GoodsReceiptLine], close: bool, at: datetime, person: str
) -> bool:
    """Add delivered pieces to the order's lines, and accepted unordered goods as new ones; whether it is complete."""
    changed = {line.product: line for line in order.lines}
    for product, of_product in by_product(lines).items():
        pieces = sum(line.kept for line in of_product)
        before = changed.get(product)
        if before is None:
            if pieces:
                changed[product] = OrderLine(product, 0, pieces, of_product[0].cost, reason=of_product[0].reason)
            continue
        short = before.closed_short or any(line.closed_short for line in of_product)
        changed[product] = replace(before, received=before.received + pieces, closed_short=short)
    was = {line.product: line for line in order.lines}
    work.orders.bring(order.id, [line for product, line in changed.items() if was.get(product) != line])
    over = close or not any(line.outstanding for line in changed.values())
    if over:
        work.orders.end(order.id, CLOSED, at, person)
    return over


def _listed(products: Mapping[int, Product], pieces: Mapping[int, int]) -> tuple[tuple[str, str, int], ...]:
    """Codes and names of products with their pieces."""
    return tuple((products[one].code, products[one].name, count) for one, count in pieces.items() if count > 0)
