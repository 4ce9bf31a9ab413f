"""The rates that a sale or a return has frozen, read back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from db.engine.types import from_microseconds, to_microseconds
from pos.domain.money import CURRENCIES
from pos.domain.pricing.rates import Rate, RateTable


def rates_from(frozen: Mapping[str, Any]) -> RateTable:
    """The table of the stored text's object."""
    rates = {}
    for code, found in frozen["rates"].items():
        since = from_microseconds(found["since"])
        customs = None if found["customs"] is None else Decimal(found["customs"])
        rates[code] = Rate(CURRENCIES[code], Decimal(found["buy"]), Decimal(found["sell"]), customs, since)
    return RateTable(CURRENCIES[frozen["base"]], CURRENCIES[frozen["price"]], rates)


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
