"""What the steps need of deliveries being counted and goods receipts posted, as a Protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pos.domain.purchasing.goods_receipt import Charge, DeliveryScan, GoodsReceipt, GoodsReceiptLine, receipt_name


@dataclass(frozen=True, slots=True)
class GoodsReceiptSummary:
    """What a list shows of a delivery: `pieces` counted so far, who counts it and where, when it was posted."""

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
        """As papers name it."""
        return receipt_name(self.number)


class GoodsReceipts(Protocol):
    """Deliveries by number: counted line by line, posted once, then never changed."""

    def add(self, receipt: GoodsReceipt) -> GoodsReceipt:
        """A new delivery; it with its id."""
        ...

    def by_number(self, number: int) -> GoodsReceipt | None:
        """The delivery with this number, without its lines."""
        ...

    def with_key(self, key: str) -> GoodsReceipt | None:
        """The delivery that a file with this key brought."""
        ...

    def listed(self, state: str | None, limit: int, before: int | None = None) -> Sequence[GoodsReceiptSummary]:
        """Deliveries in a state (None: all), newest first, those with a number below `before`."""
        ...

    def counting_for(self, order_id: int) -> int | None:
        """The number of the delivery that is being counted against an order."""
        ...

    def numbers_for(self, order_id: int) -> Sequence[int]:
        """The numbers of the posted deliveries of an order."""
        ...

    def change(self, receipt: GoodsReceipt) -> None:
        """Write down the papers of a delivery (supplier, place, note, entry), its charges, and who holds it."""
        ...

    def lines(self, receipt_id: int, product: int | None = None) -> Sequence[GoodsReceiptLine]:
        """The lines of a delivery (of one product), in their order."""
        ...

    def put(self, receipt_id: int, line: GoodsReceiptLine) -> GoodsReceiptLine:
        """Write a line down; one without number (0) is added and gets the next."""
        ...

    def take_out(self, receipt_id: int, line_no: int) -> None:
        """Remove a line that counts nothing."""
        ...

    def scanned(self, receipt_id: int, scan: DeliveryScan) -> None:
        """Write a scan down."""
        ...

    def last_scan(self, receipt_id: int, product: int | None = None) -> DeliveryScan | None:
        """The newest scan that was not undone (of one product)."""
        ...

    def undo_scan(self, receipt_id: int, scan_no: int) -> None:
        """Forget a scan."""
        ...

    def move_scans(self, receipt_id: int, line_no: int, to: int) -> None:
        """The scans of one line are another's from now on."""
        ...

    def post(self, receipt: GoodsReceipt, landed: Mapping[int, int]) -> None:
        """Write down that it was posted, with its content, and what its lines cost landed, by line number."""
        ...

    def drop(self, receipt_id: int) -> None:
        """Discard a delivery that is being counted."""
        ...

    def add_charge(self, receipt_id: int, charge: Charge) -> None:
        """Write down a charge that was learnt late."""
        ...

    def printing(self, receipt_id: int) -> int:
        """Its paper is drawn once more: which copy this is, 0 for the first."""
        ...
