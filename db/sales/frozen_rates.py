"""The rates frozen in a sale or a return, read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from db.engine.types import from_microseconds, to_microseconds
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.pricing.rates import Rate, RateTable
from pos.domain.pricing.spread import worth_of


def rates_from(frozen: Mapping[str, Any]) -> RateTable:
    """The table of the stored text's object."""
    rates = {}
    for code, rate in frozen["rates"].items():
        since = from_microseconds(rate["since"])
        customs = None if rate["customs"] is None else Decimal(rate["customs"])
        rates[code] = Rate(CURRENCIES[code], Decimal(rate["buy"]), Decimal(rate["sell"]), customs, since)
    return RateTable(CURRENCIES[frozen["base"]], CURRENCIES[frozen["price"]], rates)


@lru_cache(maxsize=64)
def _frozen(text: str) -> RateTable:
    """The rates of a receipt; the receipts of a day repeat the same text."""
    return rates_from(json.loads(text))


@lru_cache(maxsize=256)
def _middle(currency: str, frozen: str) -> tuple[Fraction, Currency]:
    rates = _frozen(frozen)
    return rates.middle(CURRENCIES[currency]), rates.price


@lru_cache(maxsize=256)
def rate_at(currency: str, frozen: str) -> Fraction:
    """Units of the price currency for which one unit of tendered money counted, at the stored rates of its receipt."""
    return _frozen(frozen).taking(CURRENCIES[currency])


@lru_cache(maxsize=4096)
def worth_at(minor: int, currency: str, frozen: str) -> Money:
    """The value of foreign money, negative where it is paid out, at the stored rates of its receipt, rounded alone."""
    return worth_of(Money(minor, CURRENCIES[currency]), *_middle(currency, frozen))


def rates_content(rates: RateTable, quota_rates: Mapping[str, str]) -> dict[str, Any]:
    """The rates as a sale keeps them."""
    return {
        "base": rates.base.code,
        "price": rates.price.code,
        "quota": dict(quota_rates),
        "rates": {
            code: {
                "buy": format(rate.buy, "f"),
                "sell": format(rate.sell, "f"),
                "customs": None if rate.customs is None else format(rate.customs, "f"),
                "since": to_microseconds(rate.since),
            }
            for code, rate in rates.rates.items()
        },
    }
