"""Receiving: a delivery counted from zero by scanning, each scan written down at once, at one till at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pos.application.access.authorize import authorize, authorized_read, authorized_write
from pos.application.access.known_product import known_product
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.ports.purchasing_ports import GoodsReceiptSummary
from pos.application.ports.store import UnitOfWork
from pos.application.purchasing.delivery_line import known_expiry, line_for, new_line, with_expiry
from pos.application.purchasing.delivery_note import DeliveryNote, check_delivery_note
from pos.application.purchasing.delivery_view import (
    CountedChange,
    CountView,
    count_view,
    counted_view,
    delivery_numbered,
    order_of,
)
from pos.application.purchasing.purchase_orders import order_numbered
from pos.application.purchasing.suppliers import PERMISSION, supplier_named
from pos.application.settings.context import UseCase
from pos.domain.catalogue.product import Product
from pos.domain.money import Money
from pos.domain.purchasing.document_day import check_expiry
from pos.domain.purchasing.goods_receipt import (
    COUNTING,
    LONGEST_REASON,
    MOST_PIECES,
    DeliveryScan,
    GoodsReceipt,
    GoodsReceiptLine,
    NoSuchDeliveryLine,
    NothingLeftToUndo,
    NotOnThisOrder,
    TooManyCounted,
    by_product,
    expected_of,
)
from pos.domain.purchasing.purchase_order import OPEN, OrderSummary, PurchaseOrder, check_cost
from pos.domain.purchasing.supplier import check_line
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import check_lot

_MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class ReceiveStart:
    """What there is to receive: deliveries begun and not posted, orders that are open."""

    counting: Sequence[GoodsReceiptSummary]
    orders: Sequence[OrderSummary]


@dataclass(frozen=True, slots=True)
class ReceiveGoods(UseCase):
    """Count a delivery. Every step needs the right `stock`, and the person who counts holds it at this till.

    The steps raise NoSuchDelivery, DeliveryOver, DeliveryHeld.
    """

    read: ReadScan

    def start(self, person: Person) -> ReceiveStart:
        """What there is to do, newest first."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return ReceiveStart(work.receipts.listed(COUNTING, _MOST_LISTED), work.orders.listed(OPEN, _MOST_LISTED))

    def begin(self, person: Person, order: int | None = None) -> CountView:
        """A delivery against an order (its number) or free. One that is being counted for the order is gone on with.

        Raises NoSuchOrder, OrderOver.
        """
        at = self.now()
        location = self.settings().receive_to
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            against = None if order is None else order_numbered(work, order)
            begun = None if against is None else work.receipts.counting_for(against.id)
            if begun is not None:
                receipt = self._held(work, begun, person)
            else:
                if against is not None:
                    against.check_open()
                receipt = self._add(work, against, location, at, person)
                details = {"receipt": receipt.name, "order": None if against is None else against.name}
                work.journal.write(at, self.till, person.name, "begin_receipt", details)
            work.commit()
            return count_view(work, receipt, self.now())

    def _add(
        self, work: UnitOfWork, against: PurchaseOrder | None, location: str, at: datetime, person: Person
    ) -> GoodsReceipt:
        return work.receipts.add(
            GoodsReceipt(
                id=0,
                number=work.stock.next_number("R"),
                state=COUNTING,
                at=at,
                person=person.name,
                location=location,
                order=None if against is None else against.id,
                supplier=None if against is None else against.supplier,
                held_by=person.name,
                held_till=self.till,
            )
        )

    def open(self, number: int, person: Person, *, take_over: bool = False) -> CountView:
        """Go on with a delivery at this till; `take_over` takes it from the person who counts it elsewhere."""
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            receipt = delivery_numbered(work, number)
            receipt.check_counting()
            if take_over and receipt.held_till not in (None, self.till):
                details = {"receipt": receipt.name, "from": receipt.held_by, "till": receipt.held_till}
                work.journal.write(self.now(), self.till, person.name, "take_over_receipt", details)
                receipt = replace(receipt, held_by=None, held_till=None)
            receipt = self._hold(work, receipt, person)
            work.commit()
            return count_view(work, receipt, self.now())

    def leave(self, number: int, person: Person, *, given_up: bool = False) -> None:
        """Let go of a delivery, so that any till can go on with it; one `given_up` is kept if it has anything."""
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            receipt = delivery_numbered(work, number)
            if receipt.state == COUNTING and receipt.held_till == self.till:
                has_delivery_note = receipt.delivery_note or receipt.entry or receipt.charges
                if given_up and not has_delivery_note and not work.receipts.lines(receipt.id):
                    self._drop(work, receipt, person)
                else:
                    work.receipts.change(replace(receipt, held_by=None, held_till=None))
                work.commit()

    def scan(self, number: int, text: str, person: Person, times: int = 1) -> CountedChange:
        """Count what a code names, `times` over; a carton counts its pieces, a GS1 code may say the lot and its day.

        Raises UnknownCode, BadCheckDigit, BadCode, BadGs1, LotConflict, TooManyCounted, BadField for its last day.
        """
        scanned = self.read(text)
        check_expiry(scanned.expiry, self.now().date())
        code = scanned.code.canonical
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            receipt = self._held(work, number, person)
            named = work.products.named(code, self.now())
            if named is None:
                raise UnknownCode(code)
            product, pieces = named[0], named[1] * scanned.count * times
            line = line_for(work, receipt, product, scanned.lot or "", scanned.expiry)
            self._count(work, receipt, product, line, pieces, code, person)
            work.commit()
            return counted_view(work, receipt, product)

    def count_product(self, number: int, product_id: int, pieces: int, person: Person) -> CountedChange:
        """Count pieces of goods that were found by their name instead of scanned."""

        def change(work: UnitOfWork, receipt: GoodsReceipt, product: Product) -> None:
            line = line_for(work, receipt, product, "", None)
            self._count(work, receipt, product, line, pieces, product.code, person)

        return self._on_product(number, product_id, person, change)

    def _count(
        self,
        work: UnitOfWork,
        receipt: GoodsReceipt,
        product: Product,
        line: GoodsReceiptLine,
        pieces: int,
        code: str,
        person: Person,
    ) -> None:
        if not pieces:
            return
        counted = line.counted + pieces
        if not 0 <= counted <= MOST_PIECES:
            raise TooManyCounted(product.code, counted)
        line = work.receipts.put(receipt.id, replace(line, counted=counted))
        scan = DeliveryScan(0, line.no, product.id, pieces, code, self.now(), person.name)
        work.receipts.scanned(receipt.id, scan)

    def correct(self, number: int, line_no: int, by: int, person: Person) -> CountedChange:
        """So many pieces more or fewer on a line, by hand."""

        def change(work: UnitOfWork, receipt: GoodsReceipt, line: GoodsReceiptLine, product: Product) -> None:
            self._count(work, receipt, product, line, by, "", person)

        return self._on_line(number, line_no, person, change)

    def undo(self, number: int, person: Person) -> CountedChange:
        """Take the newest scan (or correction) back. Raises NothingLeftToUndo."""
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            receipt = self._held(work, number, person)
            scan = work.receipts.last_scan(receipt.id)
            if scan is None:
                raise NothingLeftToUndo(receipt.name)
            line = _line_numbered(work, receipt, scan.line)
            after = work.receipts.put(receipt.id, replace(line, counted=line.counted - scan.pieces))
            work.receipts.undo_scan(receipt.id, scan.no)
            others = any(one.no != after.no for one in work.receipts.lines(receipt.id, line.product))
            if not after.counted and not after.closed_short and (after.cost is None or others):
                work.receipts.take_out(receipt.id, after.no)
            work.commit()
            return counted_view(work, receipt, known_product(work, line.product, self.now()))

    def set_lot(self, number: int, line_no: int, lot: str, expiry: date | None, person: Person) -> CountedChange:
        """Say which lot a line is of, and its last day; a lot that has a line already takes its pieces.

        Raises LotConflict where the lot is known with another last day, BadField.
        """
        code = check_lot(lot)
        check_expiry(expiry, self.now().date())

        def change(work: UnitOfWork, receipt: GoodsReceipt, line: GoodsReceiptLine, product: Product) -> None:
            day = known_expiry(work, receipt, product, code, expiry) if code else expiry
            for other in work.receipts.lines(receipt.id, product.id):
                if other.no != line.no and other.lot == code and code:
                    joined = with_expiry(product, other, day)
                    work.receipts.put(receipt.id, replace(joined, counted=other.counted + line.counted))
                    work.receipts.move_scans(receipt.id, line.no, other.no)
                    work.receipts.put(receipt.id, replace(line, counted=0))
                    work.receipts.take_out(receipt.id, line.no)
                    return
            work.receipts.put(receipt.id, replace(line, lot=code, expiry=day))

        return self._on_line(number, line_no, person, change)

    def another_lot(self, number: int, product_id: int, person: Person) -> CountedChange:
        """The next scans of a product are of another lot, on a line of its own."""

        def change(work: UnitOfWork, receipt: GoodsReceipt, product: Product) -> None:
            lines = work.receipts.lines(receipt.id, product.id)
            if not any(not line.lot and not line.counted for line in lines):
                work.receipts.put(receipt.id, new_line(work, receipt, product, lines))

        return self._on_product(number, product_id, person, change)

    def close_short(self, number: int, product_id: int, person: Person, *, closed: bool = True) -> CountedChange:
        """No more of a product will come (or, not `closed`, more may). Raises NotOnThisOrder."""

        def change(work: UnitOfWork, receipt: GoodsReceipt, product: Product) -> None:
            order = order_of(work, receipt)
            if order is None or order.line_of(product.id) is None:
                raise NotOnThisOrder(product.code)
            _close_short(work, receipt, product.id, work.receipts.lines(receipt.id, product.id), closed=closed)

        return self._on_product(number, product_id, person, change)

    def close_rest(self, number: int, person: Person, *, closed: bool = True) -> CountView:
        """No more will come of what is short of its order (or, not `closed`, more may); a free delivery has none."""
        with self.store.begin() as work:
            receipt = self._held(work, number, authorize(work, person, PERMISSION))
            counted = by_product(work.receipts.lines(receipt.id))
            for product, pieces in expected_of(order_of(work, receipt)).items():
                lines = counted.get(product, [])
                if sum(line.counted for line in lines) < pieces:
                    _close_short(work, receipt, product, lines, closed=closed)
            work.commit()
            return count_view(work, receipt, self.now())

    def keep(self, number: int, product_id: int, reason: str, person: Person) -> CountedChange:
        """Keep goods that were not ordered, for a reason; without one they are set aside. Raises NotOnThisOrder."""
        reason = check_line(reason, LONGEST_REASON, "reason")

        def change(work: UnitOfWork, receipt: GoodsReceipt, product: Product) -> None:
            order = order_of(work, receipt)
            if order is None or order.line_of(product.id) is not None:
                raise NotOnThisOrder(product.code)
            for line in work.receipts.lines(receipt.id, product.id):
                work.receipts.put(receipt.id, replace(line, set_aside=not reason, reason=reason))

        return self._on_product(number, product_id, person, change)

    def set_cost(self, number: int, line_no: int, cost: Money | None, person: Person) -> CountedChange:
        """What one piece of the product of a line cost, whatever its lot, in any currency; None: as ordered."""
        check_cost(cost, "cost")

        def change(work: UnitOfWork, receipt: GoodsReceipt, _of: GoodsReceiptLine, product: Product) -> None:
            for line in work.receipts.lines(receipt.id, product.id):
                work.receipts.put(receipt.id, replace(line, cost=cost))

        return self._on_line(number, line_no, person, change)

    def set_delivery_note(self, number: int, delivery_note: DeliveryNote, person: Person) -> CountView:
        """Write down what stands on the documents of a delivery. Raises BadField."""
        check_delivery_note(delivery_note)
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            receipt = self._held(work, number, person)
            supplier = supplier_named(work, delivery_note.supplier)
            receipt = replace(
                receipt,
                supplier=None if supplier is None else supplier.id,
                location=delivery_note.location or receipt.location,
                delivery_note=delivery_note.delivery_note.strip(),
                entry=delivery_note.entry.strip(),
                charges=delivery_note.charges,
            )
            work.receipts.change(receipt)
            work.commit()
            return count_view(work, receipt, self.now())

    def drop(self, number: int, person: Person) -> None:
        """Discard a delivery that is being counted: nothing of it comes into the shop."""
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            self._drop(work, self._held(work, number, person), person)
            work.commit()

    def _drop(self, work: UnitOfWork, receipt: GoodsReceipt, person: Person) -> None:
        pieces = sum(line.counted for line in work.receipts.lines(receipt.id))
        work.receipts.drop(receipt.id)
        details = {"receipt": receipt.name, "pieces": pieces}
        work.journal.write(self.now(), self.till, person.name, "drop_receipt", details)

    def _on_line(
        self,
        number: int,
        line_no: int,
        person: Person,
        change: Callable[[UnitOfWork, GoodsReceipt, GoodsReceiptLine, Product], None],
    ) -> CountedChange:
        with self.store.begin() as work:
            receipt = self._held(work, number, authorize(work, person, PERMISSION))
            line = _line_numbered(work, receipt, line_no)
            product = known_product(work, line.product, self.now())
            change(work, receipt, line, product)
            work.commit()
            return counted_view(work, receipt, product)

    def _on_product(
        self, number: int, product_id: int, person: Person, change: Callable[[UnitOfWork, GoodsReceipt, Product], None]
    ) -> CountedChange:
        with self.store.begin() as work:
            receipt = self._held(work, number, authorize(work, person, PERMISSION))
            product = known_product(work, product_id, self.now())
            change(work, receipt, product)
            work.commit()
            return counted_view(work, receipt, product)

    def _held(self, work: UnitOfWork, number: int, person: Person) -> GoodsReceipt:
        """The delivery, counted here from now on if it is not counted elsewhere."""
        receipt = delivery_numbered(work, number)
        receipt.check_counting()
        return self._hold(work, receipt, person)

    def _hold(self, work: UnitOfWork, receipt: GoodsReceipt, person: Person) -> GoodsReceipt:
        receipt.check_held(self.till)
        if (receipt.held_by, receipt.held_till) != (person.name, self.till):
            receipt = replace(receipt, held_by=person.name, held_till=self.till)
            work.receipts.change(receipt)
        return receipt


def _close_short(
    work: UnitOfWork, receipt: GoodsReceipt, product: int, lines: Sequence[GoodsReceiptLine], *, closed: bool
) -> None:
    """Of ordered goods no more will come, or more may; a line that says nothing else goes with it."""
    for line in lines or ([GoodsReceiptLine(no=0, product=product)] if closed else ()):
        after = work.receipts.put(receipt.id, replace(line, closed_short=closed))
        if not closed and not after.counted:
            work.receipts.take_out(receipt.id, after.no)


def _line_numbered(work: UnitOfWork, receipt: GoodsReceipt, line_no: int) -> GoodsReceiptLine:
    for line in work.receipts.lines(receipt.id):
        if line.no == line_no:
            return line
    raise NoSuchDeliveryLine(line_no)
