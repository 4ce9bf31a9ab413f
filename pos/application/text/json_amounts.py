"""Amounts, rates and notes as JSON for the command line."""

from __future__ import annotations

from fractions import Fraction

from pos.domain.money import Currency, Money
from pos.domain.payment.banknotes import Notes
from pos.domain.pricing.rates import Rate, RateTable

_RATE_DIGITS = 6


def amount(money: Money) -> dict[str, str]:
    """An amount with its currency beside it."""
    return {"amount": str(money), "currency": money.currency.code}


def cost_json(cost: Money | None) -> dict[str, str] | None:
    """A cost as in a file; None for an unknown cost."""
    return None if cost is None else amount(cost)


def rate_text(rate: Fraction) -> str:
    """A rate with at most six decimals; the exact one is the quotient of the frozen rates."""
    scaled = (rate.numerator * 10**_RATE_DIGITS * 2 + rate.denominator) // (2 * rate.denominator)
    whole, part = divmod(scaled, 10**_RATE_DIGITS)
    return f"{whole}.{part:0{_RATE_DIGITS}d}".rstrip("0").rstrip(".")


def rates_json(rates: RateTable) -> dict[str, dict[str, str | None]]:
    """Frozen rates, units of the base per unit."""
    return {code: rate_json(rate) for code, rate in rates.rates.items()}


def rate_json(rate: Rate) -> dict[str, str | None]:
    """One rate, units of the base per unit."""
    return {
        "buy": format(rate.buy, "f"),
        "sell": format(rate.sell, "f"),
        "customs": None if rate.customs is None else format(rate.customs, "f"),
        "from": rate.since.isoformat(),
    }


def notes_json(notes: Notes, currency: Currency) -> dict[str, int]:
    """Notes by value in units, the largest first."""
    counts = {}
    for value, count in sorted(notes.items(), reverse=True):
        text = str(Money(value, currency))
        counts[text.rstrip("0").rstrip(".") if "." in text else text] = count
    return counts
