"""A recorded sale as the command line tells it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from pos.application.shift_answer import notes_answer
from pos.domain.goods_return import GoodsReturn, Refund
from pos.domain.money import Money
from pos.domain.rates import Rate, RateTable
from pos.domain.sale import Sale, SaleLine
from pos.domain.tender import Change

_RATE_DIGITS = 6


def sale_answer(sale: Sale, pdf: str | None, slips: Sequence[str] = ()) -> dict[str, Any]:
    """The answer of `sale ring` and `sale show`: money as decimal strings, values in the currency of the total."""
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
        "rates": rates_answer(sale.rates),
        "quota_rates": {"base": sale.rates.base.code, "per_unit": dict(sale.quota_rates)},
        "paid": [
            {
                "method": paid.tender.method,
                **amount(paid.tender.amount),
                "rate": rate_text(paid.rate),
                "value": str(paid.value),
                "reference": paid.tender.reference,
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
        "returns": returns_answer(sale.returns),
        "pdf": pdf,
        "slips": list(slips),
    }


def _why(line: SaleLine) -> dict[str, Any]:
    """Why a line cost what it cost: a price by hand beside the one on file, promotions, the tax in it, its note."""
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
        "per_kilogram": None if line.per_kg is None else str(line.per_kg),
    }


def _basket(sale: Sale) -> dict[str, Any] | None:
    if sale.basket is None:
        return None
    percent = sale.basket.percent
    return {"percent": None if percent is None else format(percent, "f"), "amount": str(sale.basket_off)}


def returns_answer(returns: Sequence[GoodsReturn]) -> list[dict[str, Any]]:
    """What came back with a sale: its receipt, the one it reverses, what it cost and how that went back."""
    return [
        {
            "receipt": back.receipt,
            "reverses": back.reverses,
            "total": amount(back.total),
            "rounding": str(back.rounding),
            "refunds": [refund_answer(refund) for refund in back.refunds],
        }
        for back in returns
    ]


def refund_answer(refund: Refund) -> dict[str, Any]:
    """One way in which money, or the worth of goods, went back."""
    return {
        **amount(refund.amount),
        "method": refund.method,
        "rate": rate_text(refund.rate),
        "value": str(refund.value),
    } | ({} if refund.origin is None else {"paid_by": refund.origin})


def amount(money: Money) -> dict[str, str]:
    """Money as an amount with its currency beside it."""
    return {"amount": str(money), "currency": money.currency.code}


def rate_text(rate: Fraction) -> str:
    """A rate as a decimal of six places at most; the exact one is the quotient of the frozen rates."""
    scaled = (rate.numerator * 10**_RATE_DIGITS * 2 + rate.denominator) // (2 * rate.denominator)
    whole, part = divmod(scaled, 10**_RATE_DIGITS)
    return f"{whole}.{part:0{_RATE_DIGITS}d}".rstrip("0").rstrip(".")


def rates_answer(rates: RateTable) -> dict[str, dict[str, str | None]]:
    """Frozen rates, units of the base per unit."""
    return {code: rate_answer(rate) for code, rate in rates.rates.items()}


def rate_answer(rate: Rate) -> dict[str, str | None]:
    """One rate, units of the base per unit."""
    return {
        "buy": format(rate.buy, "f"),
        "sell": format(rate.sell, "f"),
        "customs": None if rate.customs is None else format(rate.customs, "f"),
        "from": rate.since.isoformat(),
    }


def _change(sale: Sale) -> Any:
    """One object, a list of them where change went back in two currencies, None without change."""
    parts = [_change_part(change) for change in sale.change]
    if not parts:
        return {"amount": "0.00", "currency": sale.total.currency.code, "rate": "1", "notes": {}}
    return parts[0] if len(parts) == 1 else parts


def _change_part(change: Change) -> dict[str, Any]:
    notes = notes_answer(change.notes, change.amount.currency)
    return {**amount(change.amount), "rate": rate_text(change.rate), "value": str(change.value), "notes": notes}
