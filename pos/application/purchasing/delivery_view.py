"""The view of a delivery during the count: expected beside counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.domain.catalogue.product import Product
from pos.domain.money import Money
from pos.domain.purchasing.goods_receipt import (
    POSTED,
    DeliveryOutcome,
    DeliveryOver,
    DeliveryScan,
    DeliveryTally,
    GoodsReceipt,
    GoodsReceiptLine,
    NoSuchDelivery,
    by_product,
    expected_of,
    outcome_of,
    receipt_name,
    tally,
)
from pos.domain.purchasing.purchase_order import PurchaseOrder


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of the count: one lot of a product, or a product without a count so far (`line` None).

    `expected` (None: not ordered) and `together` are of the product, whose further lots have rows with `is_first`
    False. `cost` is that of one piece, typed or as ordered.
    """

    product: Product
    line: GoodsReceiptLine | None
    expected: int | None
    together: int
    outcome: DeliveryOutcome
    is_first: bool = True
    cost: Money | None = None

    @property
    def counted(self) -> int:
        return 0 if self.line is None else self.line.counted

    @property
    def to_go(self) -> int:
        """Pieces of the product still to be counted; negative for a surplus."""
        return (self.expected or 0) - self.together

    @property
    def lacks_lot(self) -> bool:
        return self.product.asks_lot and self.line is not None and self.line.kept > 0 and not self.line.lot


@dataclass(frozen=True, slots=True)
class LastScan:
    """The newest scan: its line and pieces. `code` is empty for a correction by hand, `pack` its pieces at one scan."""

    at: datetime
    person: str
    product: int
    line: int
    pieces: int
    code: str
    pack: int = 1

    @classmethod
    def of(cls, scan: DeliveryScan, pack: int) -> LastScan:
        return cls(scan.at, scan.person, scan.product, scan.line, scan.pieces, scan.code, pack)


@dataclass(frozen=True, slots=True)
class CountView:
    """A whole delivery: its note, rows, sums and newest scan."""

    receipt: GoodsReceipt
    order: PurchaseOrder | None
    supplier: str
    rows: tuple[CountRow, ...]
    tally: DeliveryTally
    last: LastScan | None = None


@dataclass(frozen=True, slots=True)
class CountedChange:
    """What one step changed: the rows of one product (none after its removal), the sums, the newest scan.

    `outcome` is the result for the product; None after its removal.
    """

    receipt: GoodsReceipt
    product: int
    rows: tuple[CountRow, ...]
    tally: DeliveryTally
    last: LastScan | None

    @property
    def outcome(self) -> DeliveryOutcome | None:
        """The result of the count of a product."""
        return self.rows[0].outcome if self.rows else None


def delivery_numbered(work: UnitOfWork, number: int) -> GoodsReceipt:
    """The delivery of a number. Raises NoSuchDelivery."""
    receipt = work.receipts.by_number(number)
    if receipt is None:
        raise NoSuchDelivery(receipt_name(number))
    return receipt


def posted_numbered(work: UnitOfWork, number: int) -> GoodsReceipt:
    """The posted delivery of a number. Raises NoSuchDelivery, DeliveryOver for one never posted."""
    receipt = delivery_numbered(work, number)
    if receipt.state != POSTED:
        raise DeliveryOver(receipt.name, receipt.state)
    return receipt


def order_of(work: UnitOfWork, receipt: GoodsReceipt) -> PurchaseOrder | None:
    """The order that a delivery is counted against."""
    return None if receipt.order is None else work.orders.by_id(receipt.order)


def count_view(work: UnitOfWork, receipt: GoodsReceipt, at: datetime) -> CountView:
    """The whole delivery: first the ordered products, in order, then the others counted."""
    order, lines = order_of(work, receipt), work.receipts.lines(receipt.id)
    counted, expected = by_product(lines), expected_of(order)
    product_ids = [*expected, *(product for product in counted if product not in expected)]
    products = work.products.by_ids(product_ids, at)
    rows = tuple(row for one in product_ids for row in _rows(products[one], order, counted.get(one, ())))
    supplier = None if receipt.supplier is None else work.suppliers.by_id(receipt.supplier)
    return CountView(
        receipt,
        order,
        "" if supplier is None else supplier.name,
        rows,
        tally(order, lines),
        _last_scan(work, receipt),
    )


def counted_view(work: UnitOfWork, receipt: GoodsReceipt, product: Product) -> CountedChange:
    order, lines = order_of(work, receipt), work.receipts.lines(receipt.id)
    mine = by_product(lines).get(product.id, ())
    shown = mine or product.id in expected_of(order)
    return CountedChange(
        receipt,
        product.id,
        tuple(_rows(product, order, mine)) if shown else (),
        tally(order, lines),
        _last_scan(work, receipt),
    )


def _last_scan(work: UnitOfWork, receipt: GoodsReceipt) -> LastScan | None:
    scan = work.receipts.last_scan(receipt.id)
    if scan is None:
        return None
    named = work.products.named(scan.code, scan.at) if scan.code else None
    return LastScan.of(scan, 1 if named is None else named[1])


def _rows(product: Product, order: PurchaseOrder | None, lines: Sequence[GoodsReceiptLine]) -> list[CountRow]:
    ordered = None if order is None else order.line_of(product.id)
    expected = None if ordered is None else ordered.outstanding
    row = CountRow(
        product=product,
        line=None,
        expected=expected,
        together=sum(line.counted for line in lines),
        outcome=outcome_of(expected, lines, ordered=order is not None),
        cost=None if ordered is None else ordered.cost,
    )
    if not lines:
        return [row]
    return [
        replace(row, line=line, is_first=index == 0, cost=row.cost if line.cost is None else line.cost)
        for index, line in enumerate(lines)
    ]
