"""JSON of a recorded sale for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pos.application.returns.return_json import returns_json
from pos.application.text.json_amounts import amount, notes_json, rate_text, rates_json
from pos.domain.money import Money
from pos.domain.payment.tender import Change
from pos.domain.sales.parcel import Recipient
from pos.domain.sales.sale import Sale, SaleLine


def sale_json(
    sale: Sale, pdf: str | None, slips: Sequence[str] = (), recipient: Recipient | None = None
) -> dict[str, Any]:
    """The output of `sale ring` and `sale show`: money as decimal strings, values in the currency of the total.

    Only `sale show` says to whom a parcel goes.
    """
    return {
        "receipt": sale.receipt,
        "key": sale.key,
        "at": sale.at.isoformat(),
        "till": sale.till,
        "cashier": sale.cashier,
        "destination": sale.destination or None,
        "regime": sale.regime,
        "total": amount(sale.total),
        "lines": [
            {
                "line": line.line,
                "code": line.code,
                "name": line.name,
                "quantity": line.quantity,
                "carrier": line.carrier,
                "unit_price": str(line.unit_price),
                "discount": str(line.discount),
                "amount": str(line.amount),
                "taxed": line.taxed,
                **_why(line),
            }
            for line in sale.lines
        ],
        "rates": rates_json(sale.rates),
        "quota_rates": {"base": sale.rates.base.code, "per_unit": dict(sale.quota_rates)},
        "paid": [
            {
                "method": paid.tender.method,
                **amount(paid.tender.amount),
                "rate": rate_text(paid.rate),
                "value": str(paid.value),
                "reference": paid.tender.reference,
                "provider": paid.tender.provider or None,
            }
            for paid in sale.paid
        ],
        "discount": _basket(sale),
        "tax": [{"rate": format(rate, "f"), "amount": str(tax)} for rate, tax in sale.tax],
        "note": sale.note or None,
        "rounding": str(sale.rounding),
        "change": _change(sale),
        "visitors": [{"id": v.label, "document": v.masked, "country": v.country} for v in sale.visitors],
        "quota": {label: dict(judged) for label, judged in sale.quota.items()},
        "returns": returns_json(sale.returns),
        "voided_by": sale.voided_by,
        "parcel": _parcel(sale, recipient),
        "pdf": pdf,
        "slips": list(slips),
    }


def _parcel(sale: Sale, recipient: Recipient | None) -> dict[str, Any] | None:
    """How the goods are sent; None for goods that are carried."""
    if sale.parcel is None:
        return None
    sent = {
        "delivery_service": sale.parcel.delivery_service,
        "weight_kg": f"{Decimal(sale.parcel.grams) / 1000:.3f}",
    }
    return sent if recipient is None else {**sent, "recipient": recipient.name, "address": recipient.address}


def _why(line: SaleLine) -> dict[str, Any]:
    """How a line got its price: a manual price beside the catalogue's, promotions, the tax in it, its note."""
    return {
        "catalogue_price": None if line.catalogue is None else str(line.catalogue),
        "promotions": [
            {"promotion": one.promotion, "name": one.name, "pieces": one.pieces, "amount": str(one.amount)}
            for one in line.promotions
        ],
        "basket_discount": None if line.share is None else str(line.share),
        "vat": None if line.vat is None else format(line.vat, "f"),
        "tax": None if line.tax is None else str(line.tax),
        "note": line.note or None,
        "serial": line.serial,
        "lot": line.lot,
        "grams": line.grams,
        "details": dict(line.details),
        "per_kilogram": None if line.per_kg is None else str(line.per_kg),
    }


def _basket(sale: Sale) -> dict[str, Any] | None:
    if sale.basket is None:
        return None
    percent = sale.basket.percent
    return {"percent": None if percent is None else format(percent, "f"), "amount": str(sale.basket_off)}


def _change(sale: Sale) -> Any:
    """One object; a list of them for change in two currencies."""
    parts = [_change_part(change) for change in sale.change]
    if not parts:
        nothing = Money.zero(sale.total.currency)
        return {"amount": str(nothing), "currency": nothing.currency.code, "rate": "1", "notes": {}}
    return parts[0] if len(parts) == 1 else parts


def _change_part(change: Change) -> dict[str, Any]:
    notes = notes_json(change.notes, change.amount.currency)
    return {**amount(change.amount), "rate": rate_text(change.rate), "value": str(change.value), "notes": notes}
