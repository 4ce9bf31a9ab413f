"""Read a sale request: JSON becomes typed values, and every mistake is named by its field."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from pos.application.pickup.pickup_request import RequestPickUp, read_pickups
from pos.application.quota.declared_purchases import MOST_DECLARED, read_declared
from pos.application.returns.return_order import Back, Exchange, ReturnLine
from pos.application.returns.return_request import read_line
from pos.application.text.iso_dates import iso_day
from pos.application.text.json_fields import (
    RequestApproval,
    quoted,
    read_approval,
    read_document,
    read_goods_code,
    read_grams,
    read_key,
    read_list,
    read_notes,
    read_object,
    read_text,
    unrepeated,
)
from pos.application.text.names import EXCHANGED
from pos.domain.border import border_in_force
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency
from pos.domain.payment.tender import METHODS, Tender, check_tender
from pos.domain.pricing.discount import Discount
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number, receipt_number
from pos.domain.sales.cart_line import LONGEST_NOTE, MOST_OF_ONE_LINE, check_note
from pos.domain.sales.parcel import (
    HEAVIEST_GRAMS,
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_SERVICE,
    Parcel,
    Recipient,
)
from pos.domain.visitors.declared_purchases import Declared
from pos.domain.visitors.document import Document

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_KILOGRAMS = re.compile(r"[0-9]{1,4}(\.[0-9]{1,3})?")
_MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class RequestVisitor:
    """A visitor of the request: document, residence, known days of entry and purchases elsewhere."""

    label: str
    document: Document
    residence: str | None
    entries: tuple[date, ...]
    declared: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A quantity of one code, perhaps discounted. Without a `carrier` the split over the visitors decides."""

    code: str
    quantity: int
    discount: Discount | None
    carrier: str | None
    price: Money | None = None
    note: str = ""
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class SaleRequest:
    """One sale to ring up."""

    key: str
    cashier: str
    destination: str | None
    regime: str | None
    visitors: tuple[RequestVisitor, ...]
    lines: tuple[RequestLine, ...]
    payments: tuple[Tender, ...]
    change_currency: Currency | None
    over_quota: str
    approval: RequestApproval | None
    discount: Discount | None = None
    note: str = ""
    parcel: Parcel | None = None
    recipient: Recipient | None = None
    pickups: tuple[RequestPickUp, ...] = ()


def read_sale_request(element: object, today: date, price: Currency, now: datetime) -> SaleRequest:
    """Read one element of a `sale ring` file. Raises a BadInput that names the field.

    `today` is the shop's day at the instant `now`, `price` the currency of its prices.
    """
    sale = read_object(element, "sale", _SALE_FIELDS)
    destination = sale.get("destination")
    if destination is not None and destination not in border_in_force().sides:
        raise BadField("destination", "unknown", quoted(destination))
    over = sale.get("over_quota", "refuse")
    if over not in ("refuse", "duty"):
        raise BadField("over_quota", "unknown", quoted(over))
    visitors = tuple(
        _visitor(v, f"visitors[{i}]", today, now) for i, v in enumerate(read_list(sale, "visitors", "", 40))
    )
    goods = read_list(sale, "lines", "", _MOST_LINES)
    labels = [visitor.label for visitor in visitors]
    if len(set(labels)) != len(labels):
        raise BadField("visitors", "duplicate", next(x for x in labels if labels.count(x) > 1))
    change = sale.get("change_currency")
    parcel, recipient = (None, None) if sale.get("parcel") is None else read_parcel(sale["parcel"])
    return SaleRequest(
        key=read_key(sale.get("key")),
        cashier=read_text(sale.get("cashier"), "cashier"),
        destination=destination,
        regime=None if sale.get("regime") is None else read_text(sale["regime"], "regime"),
        visitors=visitors,
        lines=tuple(_line(line, f"lines[{i}]", labels, price) for i, line in enumerate(goods)),
        payments=_identified(_payment(p, f"payments[{i}]") for i, p in enumerate(read_list(sale, "payments", "", 50))),
        change_currency=None if change is None else currency(change, "change_currency"),
        over_quota=over,
        approval=None if sale.get("approve") is None else read_approval(sale["approve"]),
        discount=None if sale.get("discount") is None else _discount(sale["discount"], "discount", price),
        note=_note(sale.get("note"), "note"),
        parcel=parcel,
        recipient=recipient,
        pickups=read_pickups(sale),
    )


_SALE_FIELDS = (
    "key", "cashier", "destination", "regime", "visitors", "lines", "payments", "change_currency", "over_quota",
    "approve", "discount", "note", "returns", "refund", "parcel", "pickups",
)  # fmt: skip


def read_parcel(element: object) -> tuple[Parcel, Recipient]:
    """How the goods are sent, and to whom, as a file says it and as the window does.

    Raises a BadInput that names the field; it repeats nothing of the name and the address.
    """
    with unrepeated():
        parcel = read_object(element, "parcel", ("delivery_service", "weight_kg", "recipient", "address"))
    service = read_text(parcel.get("delivery_service"), "parcel.delivery_service", LONGEST_SERVICE)
    weight = parcel.get("weight_kg")
    if not isinstance(weight, str) or not _KILOGRAMS.fullmatch(weight):
        raise BadField("parcel.weight_kg", "missing" if weight is None else "not_a_weight", quoted(weight))
    grams = int(Decimal(weight) * 1000)
    if not 0 < grams <= HEAVIEST_GRAMS:
        raise BadField("parcel.weight_kg", "out_of_range", weight)
    with unrepeated():
        name = read_text(parcel.get("recipient"), "parcel.recipient", LONGEST_NAME)
        address = read_text(parcel.get("address"), "parcel.address", LONGEST_ADDRESS)
    return Parcel(service, grams), Recipient(name, address)


def _day(value: object, field: str) -> date:
    try:
        return iso_day(value)
    except ValueError:
        raise BadField(field, "not_a_date", quoted(value)) from None


def _visitor(element: object, field: str, today: date, now: datetime) -> RequestVisitor:
    with unrepeated():
        visitor = read_object(element, field, ("id", "document", "residence", "entries", "declared"))
        label = read_text(visitor.get("id"), f"{field}.id", 4)
    declared = read_list(visitor, "declared", f"{field}.", MOST_DECLARED)
    residence = visitor.get("residence")
    if residence is not None and (not isinstance(residence, str) or not re.fullmatch("[A-Z]{2}", residence)):
        raise BadField(f"{field}.residence", "not_a_country")
    entries = read_list(visitor, "entries", f"{field}.", 400)
    return RequestVisitor(
        label=label,
        document=read_document(visitor.get("document"), f"{field}.document", today),
        residence=residence,
        entries=_entries(entries, f"{field}.entries"),
        declared=read_declared(declared, f"{field}.declared", now),
    )


def _entries(values: Sequence[object], field: str) -> tuple[date, ...]:
    with unrepeated():
        return tuple(_day(entry, f"{field}[{i}]") for i, entry in enumerate(values))


def _line(element: object, field: str, labels: Sequence[str], price: Currency) -> RequestLine:
    line = read_object(element, field, ("code", "quantity", "discount", "carrier", "price", "note", "grams"))
    quantity = line.get("quantity", 1)
    if isinstance(quantity, bool) or not isinstance(quantity, int):
        raise BadField(f"{field}.quantity", "not_a_whole_number", quoted(quantity))
    if not 1 <= quantity <= MOST_OF_ONE_LINE:
        raise BadField(f"{field}.quantity", "out_of_range", str(quantity))
    carrier = line.get("carrier")
    if carrier is not None and carrier not in labels:
        raise BadField(f"{field}.carrier", "unknown", quoted(carrier)[:4])
    return RequestLine(
        code=read_goods_code(line.get("code"), f"{field}.code"),
        quantity=quantity,
        discount=None if line.get("discount") is None else _discount(line["discount"], f"{field}.discount", price),
        carrier=labels[0] if len(labels) == 1 else carrier,
        price=None if line.get("price") is None else Money.parse(line["price"], price, f"{field}.price"),
        note=_note(line.get("note"), f"{field}.note"),
        grams=read_grams(line.get("grams"), f"{field}.grams"),
    )


def _note(value: object, field: str) -> str:
    return "" if value is None or value == "" else check_note(read_text(value, field, LONGEST_NOTE), field)


def _discount(element: object, field: str, price: Currency) -> Discount:
    discount = read_object(element, field, ("percent", "amount"))
    if len(discount) != 1:
        raise BadField(field, "percent_or_amount")
    if "amount" in discount:
        return Discount(amount=Money.parse(discount["amount"], price, f"{field}.amount"))
    percent = discount["percent"]
    if not isinstance(percent, str) or not _DECIMAL.fullmatch(percent):
        raise BadField(f"{field}.percent", "not_a_number", quoted(percent))
    return Discount(percent=Decimal(percent))


def _payment(element: object, field: str) -> Tender:
    payment = read_object(element, field, ("method", "currency", "amount", "reference", "notes"))
    method = payment.get("method")
    if method not in METHODS:
        raise BadField(f"{field}.method", "missing" if method is None else "unknown", quoted(method))
    money = Money.parse(
        payment.get("amount"), currency(payment.get("currency"), f"{field}.currency"), f"{field}.amount"
    )
    reference = payment.get("reference", "")
    if reference != "":
        reference = read_text(reference, f"{field}.reference")
    notes = payment.get("notes")
    tender = Tender(
        method, money, reference, None if notes is None else read_notes(notes, money.currency, f"{field}.notes")
    )
    check_tender(tender, field)
    return tender


def _identified(payments: Iterable[Tender]) -> tuple[Tender, ...]:
    """A file knows a payment by its words alone: in the words of before it is the payment of before."""
    same: Counter[str] = Counter()
    identified = []
    for tender in payments:
        words = f"{tender.method} {tender.amount.currency.code} {tender.amount} {tender.reference}"
        same[words] += 1
        identified.append(replace(tender, id=uuid.uuid5(uuid.NAMESPACE_OID, f"{words} {same[words]}").hex))
    return tuple(identified)


def read_exchange(sale: object) -> Exchange | None:
    """The `returns` of a sale with its `refund`; None without returns. Raises a BadInput naming the field."""
    assert isinstance(sale, dict), "read_sale_request checks it first"
    rows = read_list(sale, "returns", "", _MOST_LINES)
    refund = sale.get("refund")
    if not rows:
        if refund is not None:
            raise BadField("refund", "without_returns")
        return None
    backs: dict[str, list[ReturnLine]] = {}
    reasons: dict[str, str] = {}
    named: set[tuple[str, int]] = set()
    for index, row in enumerate(rows):
        field = f"returns[{index}]"
        fields = read_object(row, field, ("receipt", "line", "quantity", "to", "reason"))
        receipt = _receipt(fields.get("receipt"), f"{field}.receipt")
        line = read_line({name: value for name, value in fields.items() if name not in ("receipt", "reason")}, field)
        if (receipt, line.line) in named:
            raise BadField(f"{field}.line", "duplicate", str(line.line))
        named.add((receipt, line.line))
        backs.setdefault(receipt, []).append(line)
        if fields.get("reason") is not None:
            reasons[receipt] = read_text(fields["reason"], f"{field}.reason", 200)
    back = tuple(Back(receipt, tuple(lines), reasons.get(receipt, EXCHANGED)) for receipt, lines in backs.items())
    if refund is None:
        return Exchange(back)
    fields = read_object(refund, "refund", ("currency", "method"))
    method = fields.get("method", "cash")
    if method not in METHODS:
        raise BadField("refund.method", "unknown", str(method)[:40])
    return Exchange(back, method, currency(fields.get("currency"), "refund.currency"))


def _receipt(value: object, field: str) -> str:
    text = read_text(value, field)
    try:
        return receipt_number(*read_receipt_number(text))
    except NoSuchReceipt:
        raise BadField(field, "not_a_receipt", text[:40]) from None
