"""A goods receipt as it was posted: what stands on its paper for ever, as values and as the text in the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pos.application.purchasing.purchase_orders import cost_json
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.purchasing.goods_receipt import Charge, GoodsReceipt, receipt_name


@dataclass(frozen=True, slots=True)
class PostedLine:
    """Pieces of a product and lot that came. `expected` stands on the first line of a product that was ordered.

    `cost` is that of a piece as it was stated, `value` that of all in the price currency, `charges` their share of
    freight and duty, `landed` both; None where nobody knows the cost.
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
        """The name in a language, or as it came."""
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class PostedReceipt:
    """What was posted. `charges` are stated and in the price currency; `shared_by` is the key that shared them.

    `rates` are units of the price currency for one unit of each other currency of a cost. `set_aside` went back, and
    `missing` was ordered and not counted, as (code, name, pieces). `request` is the hash of the file that came with
    a key.
    """

    number: int
    order: str | None
    supplier: str
    delivery_note: str
    entry: str
    place: str
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
        """As papers name it."""
        return receipt_name(self.number)

    @property
    def pieces(self) -> int:
        """Pieces that came into the shop."""
        return sum(line.counted for line in self.lines)


def content_of(posted: PostedReceipt) -> str:
    """What was posted as text: canonical JSON."""
    content = posted_json(posted) | ({"request": posted.request} if posted.request else {})
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def posted_json(posted: PostedReceipt) -> dict[str, Any]:
    """What was posted as the command line tells it and the store keeps it."""
    return {
        "receipt": posted.name,
        "order": posted.order,
        "order_closed": posted.order_closed,
        "supplier": posted.supplier,
        "delivery_note": posted.delivery_note,
        "entry": posted.entry,
        "place": posted.place,
        "at": posted.at.isoformat(),
        "person": posted.person,
        "currency": posted.price.code,
        "shared_by": posted.shared_by,
        "rates": {code: str(rate) for code, rate in posted.rates.items()},
        "charges": [
            {"kind": charge.kind, **_stated(charge.amount), "value": str(value)} for charge, value in posted.charges
        ],
        "lines": [_line_answer(line) for line in posted.lines],
        "set_aside": [list(one) for one in posted.set_aside],
        "missing": [list(one) for one in posted.missing],
    }


def _stated(amount: Money) -> dict[str, str]:
    return {"amount": str(amount), "currency": amount.currency.code}


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
    """What was posted, read back from the store."""
    found = json.loads(receipt.content or "{}")
    price = CURRENCIES[found["currency"]]
    return PostedReceipt(
        number=receipt.number,
        order=found["order"],
        supplier=found["supplier"],
        delivery_note=found["delivery_note"],
        entry=found["entry"],
        place=found["place"],
        at=datetime.fromisoformat(found["at"]),
        person=found["person"],
        price=price,
        lines=tuple(_line_from(line, price) for line in found["lines"]),
        charges=tuple((Charge(one["kind"], _money(one)), Money.parse(one["value"], price)) for one in found["charges"]),
        shared_by=found["shared_by"],
        rates={code: Fraction(rate) for code, rate in found["rates"].items()},
        set_aside=tuple((code, name, pieces) for code, name, pieces in found["set_aside"]),
        missing=tuple((code, name, pieces) for code, name, pieces in found["missing"]),
        order_closed=found["order_closed"],
        request=found.get("request", ""),  # those of before it was kept have none
    )


def _money(found: Mapping[str, str]) -> Money:
    return Money.parse(found["amount"], CURRENCIES[found["currency"]])


def _line_from(found: Mapping[str, Any], price: Currency) -> PostedLine:
    def perhaps(text: str | None) -> Money | None:
        return None if text is None else Money.parse(text, price)

    return PostedLine(
        no=found["line"],
        product=found["product"],
        code=found["code"],
        name=found["name"],
        names=found["names"],
        lot=found["lot"],
        expiry=None if found["expiry"] is None else date.fromisoformat(found["expiry"]),
        expected=found["expected"],
        counted=found["counted"],
        cost=None if found["cost"] is None else _money(found["cost"]),
        value=perhaps(found["value"]),
        charges=Money.parse(found["charges"], price),
        landed=perhaps(found["landed"]),
        reason=found["reason"],
    )
