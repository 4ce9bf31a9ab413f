"""Ports of suppliers, orders and deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pos.domain.purchasing.goods_receipt import Charge, DeliveryScan, GoodsReceipt, GoodsReceiptLine, receipt_name

if TYPE_CHECKING:
    from pos.domain.money import Money
    from pos.domain.purchasing.purchase_order import OrderLine, OrderSummary, PurchaseOrder
    from pos.domain.purchasing.supplier import Supplier


class Suppliers(Protocol):
    """Suppliers: added and renamed, never removed, because documents name them."""

    def all(self) -> Sequence[Supplier]:
        """All suppliers, by name, including those that no longer deliver."""

    def by_id(self, supplier_id: int) -> Supplier | None: ...

    def by_name(self, name: str) -> Supplier | None:
        """The supplier with this name, regardless of case."""

    def add(self, name: str, contact: str = "") -> Supplier: ...

    def change(self, supplier: Supplier) -> None:
        """Write a new name, contact or active state."""


class Orders(Protocol):
    """Orders to suppliers, by number."""

    def add(self, order: PurchaseOrder) -> PurchaseOrder:
        """Add an order with its lines; return it with its id."""

    def by_number(self, number: int) -> PurchaseOrder | None:
        """The order with this number, with its lines."""

    def by_id(self, order_id: int) -> PurchaseOrder | None:
        """The order with this id, with its lines."""

    def listed(self, state: str | None, limit: int, before: int | None = None) -> Sequence[OrderSummary]:
        """Orders in a state (None: all), newest first, with a number below `before`."""

    def currencies(self, state: str | None) -> Sequence[str]:
        """The currencies in which orders in a state (None: all) have costs, in the order of currencies."""

    def set_cost(self, order_id: int, product: int, cost: Money | None) -> None:
        """Write what one piece of a product costs on an order; None: unknown."""

    def change(self, order: PurchaseOrder) -> None:
        """Write the open part of an order: its supplier, day, note and all of its lines."""

    def bring(self, order_id: int, lines: Sequence[OrderLine]) -> None:
        """Record the received pieces of these lines: `received`, `closed_short`; a product without a line gets one."""

    def end(self, order_id: int, state: str, at: datetime, person: str) -> None:
        """Close or cancel an open order."""

    def outstanding(self, products: Iterable[int]) -> Mapping[int, int]:
        """Pieces of these products that open orders still expect, without products that expect none."""


@dataclass(frozen=True, slots=True)
class GoodsReceiptSummary:
    """A delivery in a list: `pieces` counted so far, its clerk and till, when it was posted."""

    number: int
    state: str
    order: int | None
    supplier: str
    delivery_note: str
    at: datetime
    person: str
    pieces: int
    held_by: str | None
    held_till: str | None
    posted_at: datetime | None = None

    @property
    def name(self) -> str:
        """The number as printed on documents."""
        return receipt_name(self.number)


class GoodsReceipts(Protocol):
    """Deliveries by number: counted line by line, posted once, then never changed."""

    def add(self, receipt: GoodsReceipt) -> GoodsReceipt:
        """Add a delivery; return it with its id."""

    def by_number(self, number: int) -> GoodsReceipt | None:
        """The delivery with this number, without its lines."""

    def with_key(self, key: str) -> GoodsReceipt | None:
        """The delivery imported from a file with this key."""

    def listed(self, state: str | None, limit: int, before: int | None = None) -> Sequence[GoodsReceiptSummary]:
        """Deliveries in a state (None: all), newest first, with a number below `before`."""

    def counting_for(self, order_id: int) -> int | None:
        """The number of the delivery that is being counted against an order."""

    def numbers_for(self, order_id: int) -> Sequence[int]:
        """The numbers of the posted deliveries of an order."""

    def last_priced(self, products: Iterable[int], supplier: int | None) -> Mapping[int, int]:
        """The number of the newest posted delivery of a supplier (None: of any) that brought each of these products at
        a known cost; without products that none has brought so.
        """

    def change(self, receipt: GoodsReceipt) -> None:
        """Write the delivery note of a delivery (supplier, location, note, entry), its charges, and its clerk."""

    def lines(self, receipt_id: int, product: int | None = None) -> Sequence[GoodsReceiptLine]:
        """The lines of a delivery (of one product), in order."""

    def put(self, receipt_id: int, line: GoodsReceiptLine) -> GoodsReceiptLine:
        """Write a line; a line without number (0) is added and gets the next number."""

    def take_out(self, receipt_id: int, line_no: int) -> None:
        """Remove a line without pieces."""

    def scanned(self, receipt_id: int, scan: DeliveryScan) -> None: ...

    def last_scan(self, receipt_id: int, product: int | None = None) -> DeliveryScan | None:
        """The newest scan that was not undone (of one product)."""

    def undo_scan(self, receipt_id: int, scan_no: int) -> None: ...

    def move_scans(self, receipt_id: int, line_no: int, to: int) -> None:
        """Move the scans of one line to another line."""

    def post(self, receipt: GoodsReceipt, landed: Mapping[int, int]) -> None:
        """Record that it was posted, with its content and the landed cost of its lines, by line number."""

    def drop(self, receipt_id: int) -> None:
        """Discard a delivery that is being counted."""

    def add_charge(self, receipt_id: int, charge: Charge) -> None:
        """Record a charge that arrived after posting."""

    def printing(self, receipt_id: int) -> int:
        """Count a printout of its document: 0 for the first, then the number of the copy."""
