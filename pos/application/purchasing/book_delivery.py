"""A delivery from a file: counted and posted in one step, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.purchasing.delivery_line import line_for
from pos.application.purchasing.delivery_note import DeliveryNote, check_delivery_note
from pos.application.purchasing.post_receipt import journal_entry, post_within
from pos.application.purchasing.posted_goods_receipt import PostedReceipt, posted_from
from pos.application.purchasing.purchase_orders import order_numbered
from pos.application.purchasing.suppliers import PERMISSION, supplier_named
from pos.application.settings.context import UseCase
from pos.application.text.json_fields import (
    read_cost,
    read_day,
    read_key,
    read_line_text,
    read_list,
    read_object,
    read_text,
    read_whole,
)
from pos.domain.catalogue.barcode import read_code
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.domain.purchasing.document_day import check_expiry
from pos.domain.purchasing.goods_receipt import (
    COUNTING,
    LONGEST_REASON,
    MOST_PIECES,
    Charge,
    GoodsReceipt,
    NotOnThisOrder,
    TooManyCounted,
    receipt_name,
)
from pos.domain.purchasing.purchase_order import (
    MOST_LINES,
    OrderBeingReceived,
    PurchaseOrder,
    check_cost,
    read_order_name,
)
from pos.domain.purchasing.supplier import check_line
from pos.domain.request_key import KeyReused
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import check_lot


@dataclass(frozen=True, slots=True)
class DeliveredLine:
    """Pieces of a code (cartons as their pieces), of a lot; `reason` accepts goods that were not ordered."""

    code: str
    quantity: int
    lot: str = ""
    expiry: date | None = None
    cost: Money | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The request of a delivery, against an order (its number) or free; a `key` makes the posting idempotent.

    `request` is the hash of the file: the same key with other content is refused.
    """

    lines: Sequence[DeliveredLine]
    order: int | None = None
    delivery_note: DeliveryNote = field(default_factory=DeliveryNote)
    close_order: bool = False
    key: str | None = None
    request: str = ""


class BookDelivery(UseCase):
    """Posts a delivery in one transaction. Needs the permission `stock`."""

    @retry_on_rollback
    def __call__(self, came: Delivery, person: Person) -> PostedReceipt:
        """Post it; a repeated key returns the receipt as posted.

        Raises KeyReused, UnknownCode, NotOnThisOrder, OrderBeingReceived, and what posting raises.
        """
        check_delivery_note(came.delivery_note)
        at, settings = self.now(), self.settings()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            before = None if came.key is None else work.receipts.with_key(came.key)
            if before is not None:
                return _posted_before(posted_from(before), came)
            order = self._order(work, came)
            supplier = supplier_named(work, came.delivery_note.supplier)
            of_order = None if order is None else order.supplier
            receipt = work.receipts.add(
                GoodsReceipt(
                    id=0,
                    number=work.stock.next_number("R"),
                    state=COUNTING,
                    at=at,
                    person=person.name,
                    location=came.delivery_note.location or settings.receive_to,
                    order=None if order is None else order.id,
                    supplier=of_order if supplier is None else supplier.id,
                    delivery_note=came.delivery_note.delivery_note.strip(),
                    entry=came.delivery_note.entry.strip(),
                    charges=came.delivery_note.charges,
                    key=came.key,
                )
            )
            for number, line in enumerate(came.lines):
                _count(work, receipt, order, line, f"lines[{number}]", at)
            rates = rates_of(work, settings, at)
            posted = post_within(
                work, receipt, rates, at, person.name, close_order=came.close_order, request=came.request
            )
            work.journal.write(at, self.till, person.name, "post_receipt", journal_entry(posted))
            work.commit()
        return posted

    def _order(self, work: UnitOfWork, came: Delivery) -> PurchaseOrder | None:
        if came.order is None:
            return None
        order = order_numbered(work, came.order)
        order.check_open()
        counting = work.receipts.counting_for(order.id)
        if counting is not None:
            raise OrderBeingReceived(order.name, receipt_name(counting))
        return order


def _posted_before(posted: PostedReceipt, came: Delivery) -> PostedReceipt:
    """The receipt posted under the key. Raises KeyReused for other content, if the first file's hash is known."""
    if posted.request and posted.request != came.request:
        raise KeyReused(came.key or "")
    return posted


def _count(
    work: UnitOfWork, receipt: GoodsReceipt, order: PurchaseOrder | None, line: DeliveredLine, where: str, at: datetime
) -> None:
    code = read_code(line.code, f"{where}.code").canonical
    named = work.products.named(code, at)
    if named is None:
        raise UnknownCode(code, f"{where}.code")
    product, inside = named
    if order is not None and order.line_of(product.id) is None and not line.reason:
        raise NotOnThisOrder(product.code)
    expiry = check_expiry(line.expiry, at.date(), f"{where}.expiry")
    counted = line_for(work, receipt, product, line.lot, expiry)
    check_cost(line.cost, f"{where}.cost")
    if counted.no and counted.cost != line.cost:
        raise BadField(f"{where}.cost", "given_twice", code)
    pieces = counted.counted + line.quantity * inside
    if pieces > MOST_PIECES:
        raise TooManyCounted(product.code, pieces)
    reason = check_line(line.reason, LONGEST_REASON, f"{where}.reason")
    changed = replace(counted, counted=pieces, cost=line.cost, set_aside=False, reason=reason or counted.reason)
    work.receipts.put(receipt.id, changed)


_FIELDS = (
    "key", "order", "supplier", "delivery_note", "entry", "place", "charges", "close_order", "lines",
)  # fmt: skip


def read_delivery(value: object, price: Currency) -> Delivery:
    """Read the file of `stock receive`. Raises a BadInput naming the field."""
    fields = read_object(value, "delivery", _FIELDS)
    order, key = fields.get("order"), fields.get("key")
    close = fields.get("close_order", False)
    if not isinstance(close, bool):
        raise BadField("close_order", "unknown", str(close)[:20])
    charges = [
        _charge(charge, f"charges[{number}]", price)
        for number, charge in enumerate(read_list(fields, "charges", "", 20))
    ]
    lines = [
        _line(line, f"lines[{number}]", price) for number, line in enumerate(read_list(fields, "lines", "", MOST_LINES))
    ]
    return Delivery(
        lines,
        None if order is None else read_order_name(str(order)),
        DeliveryNote(
            supplier=read_line_text(fields.get("supplier"), "supplier"),
            location=read_line_text(fields.get("place"), "place"),
            delivery_note=read_line_text(fields.get("delivery_note"), "delivery_note"),
            entry=read_line_text(fields.get("entry"), "entry"),
            charges=tuple(charges),
        ),
        close,
        None if key is None else read_key(key),
        sha256(json.dumps(value, sort_keys=True, separators=(",", ":"), default=str).encode()).hexdigest(),
    )


def _charge(value: object, where: str, price: Currency) -> Charge:
    charge = read_object(value, where, ("kind", "amount", "currency"))
    stated = {name: charge[name] for name in ("amount", "currency") if name in charge}
    amount = read_cost(stated if "currency" in stated else stated.get("amount", {}), where, price)
    assert amount is not None
    return Charge(read_text(charge.get("kind"), f"{where}.kind", 10), amount)


def _line(value: object, where: str, price: Currency) -> DeliveredLine:
    line = read_object(value, where, ("code", "quantity", "lot", "expiry", "cost", "reason"))
    quantity = read_whole(line.get("quantity", 1), f"{where}.quantity")
    if quantity < 1:
        raise BadField(f"{where}.quantity", "not_positive", str(quantity))
    return DeliveredLine(
        read_text(line.get("code"), f"{where}.code"),
        quantity,
        check_lot(read_line_text(line.get("lot"), f"{where}.lot"), f"{where}.lot"),
        read_day(line.get("expiry"), f"{where}.expiry"),
        read_cost(line.get("cost"), f"{where}.cost", price),
        read_line_text(line.get("reason"), f"{where}.reason"),
    )
