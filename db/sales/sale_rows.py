"""A sale as rows: its write-once part, and its bytes in the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from db.engine.canonical import dumps
from db.engine.types import to_digits, to_microseconds
from db.sales.cash import notes_text
from db.sales.frozen_rates import rates_content
from db.sales.judgements import judgement_rows
from pos.application.ports.visitor_ports import LockedVisitor
from pos.domain.catalogue.product_fields import CUSTOMS_ATTRIBUTES
from pos.domain.money import Money
from pos.domain.payment.tender import Change, Paid
from pos.domain.pricing.promotion import Promoted
from pos.domain.returns.goods_return import GoodsReturn, Refund, ReturnedLine
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.visitors.declared_purchases import Declared
from pos.domain.visitors.visitor import Visitor

_NOT_IN_THE_CHAIN = frozenset(
    {"id", "sale_id", "rates_id", "goods_id", "mac", "carried_out_at", "moved_to", "taxed_now", "returned"}
)
"""Surrogate numbers of rows, the hash itself, and later facts about a sale; those are journaled.

What a number of `sealed_text` or `sold_goods` stands for is in the chain word for word.
"""

_CAME_LATER = frozenset(
    {
        "basket_percent",
        "basket_minor",
        "note",
        "catalogue_minor",
        "vat",
        "tax_minor",
        "discount_kind",
        "origin",
        "exchanged_in",
        "annuls",
        "delivery_service",
        "parcel_g",
        "serial",
        "lot",
        "grams",
        "per_kg_minor",
        "rate",
        "details",
    }
)
"""Columns that older tables did not have: where they are empty they are not in the chain, as in older rows."""


def is_chained(name: str) -> bool:
    """Whether the hash of a sale covers a column."""
    return name not in _NOT_IN_THE_CHAIN


def chained(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row in the chain."""
    return {
        name: value
        for name, value in row.items()
        if (value is not None or name not in _CAME_LATER) and name not in _NOT_IN_THE_CHAIN
    }


class Rows:
    """The rows of one sale as column values of the chain.

    In the store the texts of `sale` and `lines` that many sales repeat are rows of their own, and `judgements` are
    what `sale` has as `quota`.
    """

    __slots__ = (
        "change", "declared", "judgements", "lines", "payments", "promotions", "quota", "refunds", "returned", "sale",
    )  # fmt: skip

    def __init__(
        self,
        sale_row: dict[str, Any],
        lines: list[dict[str, Any]],
        payments: list[dict[str, Any]],
        change: list[dict[str, Any]],
        quota: list[dict[str, Any]],
        declared: Sequence[dict[str, Any]] = (),
        returned: Sequence[dict[str, Any]] = (),
        refunds: Sequence[dict[str, Any]] = (),
        promotions: Sequence[dict[str, Any]] = (),
        judgements: Sequence[dict[str, str]] = (),
    ) -> None:
        self.sale = sale_row
        self.lines = lines
        self.payments = payments
        self.change = change
        self.quota = quota
        self.declared = declared
        self.returned = returned
        self.refunds = refunds
        self.promotions = promotions
        self.judgements = judgements

    @classmethod
    def of_return(cls, back: GoodsReturn, before: str, business_date: date) -> Rows:
        """A return: a row of its own kind in the till's numbering, with the goods and the refund."""
        lines = [_returned_row(no, back, line) for no, line in enumerate(back.lines)]
        refunds = [_refund_row(no, refund) for no, refund in enumerate(back.refunds)]
        return cls(_return_row(back, before, business_date), [], [], [], [], (), lines, refunds)

    @classmethod
    def of(cls, sold: Sale, before: str, visitors: Mapping[str, LockedVisitor], business_date: date) -> Rows:
        declared = [(visitor.label, line) for visitor in sold.visitors for line in visitor.declared]
        return cls(
            _sale_row(sold, before, business_date),
            [_line_row(line) for line in sold.lines],
            [_payment_row(no, paid) for no, paid in enumerate(sold.paid)],
            [_change_row(no, change) for no, change in enumerate(sold.change)],
            _quota_rows(sold, visitors),
            [
                _declared_row(no, sold, label, line, visitors[label].visitor)
                for no, (label, line) in enumerate(declared)
            ],
            promotions=[_promotion_row(line, promoted) for line in sold.lines for promoted in line.promotions],
            judgements=judgement_rows(sold.quota),
        )

    def content(self) -> bytes:
        return together(self.contents())

    def contents(self) -> dict[str, str]:
        """The chained form of each part, by its name."""
        parts: dict[str, Sequence[dict[str, Any]]] = {
            "lines": self.lines,
            "payments": self.payments,
            "change": self.change,
            "quota": self.quota,
        }
        later = {
            "declared": self.declared,
            "returned": self.returned,
            "refunds": self.refunds,
            "promotions": self.promotions,
        }
        parts |= {name: rows for name, rows in later.items() if rows}  # older sales keep their hash
        return {name: rows_content(rows) for name, rows in parts.items()} | {"sale": row_content(self.sale)}


PARTS = ("change", "declared", "lines", "payments", "promotions", "quota", "refunds", "returned")
ALWAYS_PRESENT = frozenset({"change", "lines", "payments", "quota"})


def row_content(row: Mapping[str, Any]) -> str:
    """The chained form of a row."""
    return dumps(chained(row))


def rows_content(rows: Sequence[Mapping[str, Any]]) -> str:
    """The chained form of rows."""
    return dumps([chained(row) for row in rows])


def together(contents: Mapping[str, str]) -> bytes:
    """The bytes of a sale built from its parts; equal to those of `content`."""
    return ("{" + ",".join(f'"{name}":{contents[name]}' for name in sorted(contents)) + "}").encode()


def _sale_row(sold: Sale, before: str, business_date: date) -> dict[str, Any]:
    return {
        "till": sold.till,
        "number": sold.number,
        "key": sold.key,
        "kind": "sale",
        "at": to_microseconds(sold.at),
        "business_date": business_date.isoformat(),
        "cashier": sold.cashier,
        "approved_by": sold.approved_by,
        "shift_id": sold.shift,
        "destination": sold.destination,
        "nationality": sold.visitors[0].nationality if sold.visitors else None,
        "regime": sold.regime,
        "regime_version": sold.regime_version,
        "currency": sold.total.currency.code,
        "total_minor": sold.total.minor,
        "discount_minor": sold.discounts.minor,
        "rounding_minor": sold.rounding.minor,
        "pieces": sold.pieces,
        "rates": dumps(rates_content(sold.rates, sold.quota_rates)),
        "visitors": dumps([visitor_content(v) for v in sold.visitors]),
        "quota": dumps(sold.quota),
        "before": before,
        "basket_percent": None if sold.basket is None else _text(sold.basket.percent),
        "basket_minor": None if sold.basket is None else sold.basket_off.minor,
        "note": sold.note or None,
        "exchanged_in": None,
        "annuls": None,
        "delivery_service": None if sold.parcel is None else sold.parcel.delivery_service,
        "parcel_g": None if sold.parcel is None else sold.parcel.grams,
    }


def _return_row(back: GoodsReturn, before: str, business_date: date) -> dict[str, Any]:
    return {
        "till": back.till,
        "number": back.number,
        "key": back.key,
        "kind": "return",
        "at": to_microseconds(back.at),
        "business_date": business_date.isoformat(),
        "cashier": back.cashier,
        "approved_by": back.approved_by,
        "shift_id": back.shift,
        "destination": "",
        "nationality": None,
        "regime": None,
        "regime_version": None,
        "currency": back.total.currency.code,
        "total_minor": back.total.minor,
        "discount_minor": 0,
        "rounding_minor": back.rounding.minor,
        "pieces": back.pieces,
        "rates": dumps(rates_content(back.rates, {})),
        "visitors": dumps([]),
        "quota": dumps({}),
        "before": before,
        "exchanged_in": back.exchanged_in,
        "annuls": back.reverses if back.is_void else None,
        "delivery_service": None,
        "parcel_g": None,
    }


def _returned_row(no: int, back: GoodsReturn, line: ReturnedLine) -> dict[str, Any]:
    return {
        "no": no,
        "reverses": back.reverses,
        "of_line": line.of_line,
        "product_id": line.product_id,
        "code": line.code,
        "name": line.name,
        "names": dumps(dict(line.names)),
        "category": line.category,
        "quantity": line.quantity,
        "amount_minor": line.amount.minor,
        "place": line.to,
        "reason": back.reason,
        "vat": _text(line.vat),
        "tax_minor": _minor(line.tax),
        "serial": line.serial,
    }


def _refund_row(no: int, refund: Refund) -> dict[str, Any]:
    return {
        "no": no,
        "method": refund.method,
        "currency": refund.amount.currency.code,
        "amount_minor": refund.amount.minor,
        "value_minor": refund.value.minor,
        "rate": str(refund.rate),
        "notes": None if refund.notes is None else notes_text(refund.notes),
        "origin": refund.origin,
    }


def _line_row(line: SaleLine) -> dict[str, Any]:
    return {
        "line_no": line.line,
        "product_id": line.product_id,
        "code": line.code,
        "name": line.name,
        "names": dumps(dict(line.names)),
        "category": line.category,
        "quantity": line.quantity,
        "unit_price_minor": line.unit_price.minor,
        "discount_minor": line.discount.minor,
        "amount_minor": line.amount.minor,
        "carrier": line.carrier,
        "taxed": line.taxed,
        "catalogue_minor": _minor(line.catalogue),
        "basket_minor": _minor(line.share),
        "vat": _text(line.vat),
        "tax_minor": _minor(line.tax),
        "note": line.note or None,
        "discount_kind": line.discount_kind,
        "serial": line.serial,
        "lot": line.lot,
        "grams": line.grams,
        "per_kg_minor": _minor(line.per_kg),
        "details": dumps(dict(line.details)) if line.details else None,
    } | {name: _plain(getattr(line.attributes, name)) for name in CUSTOMS_ATTRIBUTES}


def _minor(money: Money | None) -> int | None:
    return None if money is None else money.minor


def _plain(value: Decimal | int | str | None) -> int | str | None:
    return to_digits(value) if isinstance(value, Decimal) else value


def _text(exact: Decimal | None) -> str | None:
    return None if exact is None else to_digits(exact)


def _promotion_row(line: SaleLine, promoted: Promoted) -> dict[str, Any]:
    return {
        "line_no": line.line,
        "promotion_id": promoted.promotion,
        "name": promoted.name,
        "pieces": promoted.pieces,
        "amount_minor": promoted.amount.minor,
    }


def _payment_row(no: int, paid: Paid) -> dict[str, Any]:
    tender = paid.tender
    return {
        "no": no,
        "method": tender.method,
        "currency": tender.amount.currency.code,
        "amount_minor": tender.amount.minor,
        "value_minor": paid.value.minor,
        "reference": tender.reference,
        "notes": None if tender.notes is None else notes_text(tender.notes),
        "origin": tender.origin,
        "tender": tender.id if tender.method in ("card", "qr") else None,
        "provider": tender.provider or None,
        "rate": None if tender.rate is None else str(tender.rate),
    }


def _change_row(no: int, change: Change) -> dict[str, Any]:
    return {
        "no": no,
        "currency": change.amount.currency.code,
        "amount_minor": change.amount.minor,
        "value_minor": change.value.minor,
        "rate": str(change.rate),
        "notes": notes_text(change.notes),
    }


def _quota_rows(sold: Sale, visitors: Mapping[str, LockedVisitor]) -> list[dict[str, Any]]:
    at = to_microseconds(sold.at)
    return [
        {
            "line_no": line.line,
            "visitor_id": visitors[line.carrier].visitor,
            "regime": sold.regime or "",
            "at": at,
            "carried_out_at": None,
            "quantity": line.quantity,
            "taxed": line.taxed,
        }
        for line in sold.lines
        if line.carrier is not None and line.carrier in visitors
    ]


def _declared_row(no: int, sold: Sale, label: str, line: Declared, visitor_id: int) -> dict[str, Any]:
    return {
        "no": no,
        "visitor_id": visitor_id,
        "carrier": label,
        "regime": sold.regime or "",
        "at": to_microseconds(line.at),
        "left_before": None if line.carried_out_at is None else to_microseconds(line.carried_out_at),
        "name": line.name,
        "category": line.category,
        "quantity": line.quantity,
        "unit_price_minor": line.unit_price.minor,
        "discount_minor": line.discount.minor,
        "currency": line.unit_price.currency.code,
        "taxed": line.taxed,
    } | {name: _plain(getattr(line.attributes, name)) for name in CUSTOMS_ATTRIBUTES}


def visitor_content(visitor: Visitor) -> dict[str, Any]:
    """A visitor as stored with the sale: without the birth date, which is not needed once the quota is judged."""
    return {
        "label": visitor.label,
        "key": visitor.key,
        "kind": visitor.kind,
        "country": visitor.country,
        "nationality": visitor.nationality,
        "masked": visitor.masked,
        "name": visitor.name,
        "residence": visitor.residence,
    }
