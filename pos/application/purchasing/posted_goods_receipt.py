"""A posted goods receipt: its frozen content, as values, as the text in the store and as a view."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pos.application.access.authorize import authorized_read
from pos.application.ports.purchasing_ports import GoodsReceiptSummary
from pos.application.purchasing.delivery_view import order_of, posted_numbered
from pos.application.purchasing.suppliers import PERMISSION
from pos.application.settings.context import UseCase
from pos.application.text.json_amounts import amount, cost_json
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.purchasing.goods_receipt import POSTED, Charge, GoodsReceipt, receipt_name
from pos.domain.purchasing.purchase_order import OPEN
from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class PostedLine:
    """Delivered pieces of a product and lot. `expected` is on the first line of an ordered product.

    `cost` is that of a piece as stated, `value` that of all in the price currency, `charges` their share of freight and
    duty, `landed` both; None for an unknown cost.
    """

    no: int
    product: int
    code: str
    name: str
    names: Mapping[str, str]
    lot: str
    expiry: date | None
    expected: int | None
    counted: int
    cost: Money | None
    value: Money | None
    charges: Money
    landed: Money | None
    reason: str = ""

    def name_in(self, language: str) -> str:
        """The name in a language, or as imported."""
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class PostedReceipt:
    """The posted content. `charges` are as stated and in the price currency; `shared_by` is the key that shared them.

    `rates` are units of the price currency for one unit of each other currency of a cost. `set_aside` went back, and
    `missing` was ordered and not counted, as (code, name, pieces). `request` is the hash of the file that came with a
    key.
    """

    number: int
    order: str | None
    supplier: str
    delivery_note: str
    entry: str
    location: str
    at: datetime
    person: str
    price: Currency
    lines: tuple[PostedLine, ...]
    charges: tuple[tuple[Charge, Money], ...] = ()
    shared_by: str | None = None
    rates: Mapping[str, Fraction] = field(default_factory=dict)
    set_aside: tuple[tuple[str, str, int], ...] = ()
    missing: tuple[tuple[str, str, int], ...] = ()
    order_closed: bool = False
    request: str = ""

    @property
    def name(self) -> str:
        """The number as printed on documents."""
        return receipt_name(self.number)

    @property
    def pieces(self) -> int:
        return sum(line.counted for line in self.lines)


def content_of(posted: PostedReceipt) -> str:
    """The posted content as canonical JSON."""
    content = posted_json(posted) | ({"request": posted.request} if posted.request else {})
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def posted_json(posted: PostedReceipt) -> dict[str, Any]:
    """The posted content as the JSON of the command line and the store."""
    return {
        "receipt": posted.name,
        "order": posted.order,
        "order_closed": posted.order_closed,
        "supplier": posted.supplier,
        "delivery_note": posted.delivery_note,
        "entry": posted.entry,
        "place": posted.location,
        "at": posted.at.isoformat(),
        "person": posted.person,
        "currency": posted.price.code,
        "shared_by": posted.shared_by,
        "rates": {code: str(rate) for code, rate in posted.rates.items()},
        "charges": [
            {"kind": charge.kind, **amount(charge.amount), "value": str(value)} for charge, value in posted.charges
        ],
        "lines": [_line_answer(line) for line in posted.lines],
        "set_aside": [list(one) for one in posted.set_aside],
        "missing": [list(one) for one in posted.missing],
    }


def _line_answer(line: PostedLine) -> dict[str, Any]:
    return {
        "line": line.no,
        "product": line.product,
        "code": line.code,
        "name": line.name,
        "names": dict(line.names),
        "lot": line.lot,
        "expiry": None if line.expiry is None else line.expiry.isoformat(),
        "expected": line.expected,
        "counted": line.counted,
        "cost": cost_json(line.cost),
        "value": None if line.value is None else str(line.value),
        "charges": str(line.charges),
        "landed": None if line.landed is None else str(line.landed),
        "reason": line.reason,
    }


def posted_from(receipt: GoodsReceipt) -> PostedReceipt:
    """Parse the posted content from the store."""
    stored = json.loads(receipt.content or "{}")
    price = CURRENCIES[stored["currency"]]
    return PostedReceipt(
        number=receipt.number,
        order=stored["order"],
        supplier=stored["supplier"],
        delivery_note=stored["delivery_note"],
        entry=stored["entry"],
        location=stored["place"],
        at=datetime.fromisoformat(stored["at"]),
        person=stored["person"],
        price=price,
        lines=tuple(_line_from(line, price) for line in stored["lines"]),
        charges=tuple(
            (Charge(one["kind"], _money(one)), Money.parse(one["value"], price)) for one in stored["charges"]
        ),
        shared_by=stored["shared_by"],
        rates={code: Fraction(rate) for code, rate in stored["rates"].items()},
        set_aside=tuple((code, name, pieces) for code, name, pieces in stored["set_aside"]),
        missing=tuple((code, name, pieces) for code, name, pieces in stored["missing"]),
        order_closed=stored["order_closed"],
        request=stored.get("request", ""),  # receipts of older versions have none
    )


def _money(stored: Mapping[str, str]) -> Money:
    return Money.parse(stored["amount"], CURRENCIES[stored["currency"]])


def _line_from(stored: Mapping[str, Any], price: Currency) -> PostedLine:
    def perhaps(text: str | None) -> Money | None:
        return None if text is None else Money.parse(text, price)

    return PostedLine(
        no=stored["line"],
        product=stored["product"],
        code=stored["code"],
        name=stored["name"],
        names=stored["names"],
        lot=stored["lot"],
        expiry=None if stored["expiry"] is None else date.fromisoformat(stored["expiry"]),
        expected=stored["expected"],
        counted=stored["counted"],
        cost=None if stored["cost"] is None else _money(stored["cost"]),
        value=perhaps(stored["value"]),
        charges=Money.parse(stored["charges"], price),
        landed=perhaps(stored["landed"]),
        reason=stored["reason"],
    )


@dataclass(frozen=True, slots=True)
class PostedView:
    """A receipt as posted. `late` are charges added afterwards; `order_open`: more of its order may come."""

    posted: PostedReceipt
    late: tuple[Charge, ...] = ()
    order_open: bool = False


class ReadPosted(UseCase):
    """Reads posted receipts. Needs the permission `stock`."""

    def listed(self, person: Person, limit: int = 50, before: int | None = None) -> Sequence[GoodsReceiptSummary]:
        """Posted receipts, newest first, those with a number below `before`."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return work.receipts.listed(POSTED, limit, before)

    def __call__(self, number: int, person: Person) -> PostedView:
        """One posted receipt. Raises NoSuchDelivery, DeliveryOver for a delivery never posted, NotAllowed."""
        with authorized_read(self.store, person, PERMISSION) as work:
            receipt = posted_numbered(work, number)
            order = order_of(work, receipt)
            late = tuple(charge for charge in receipt.charges if charge.late)
            return PostedView(posted_from(receipt), late, order is not None and order.state == OPEN)
